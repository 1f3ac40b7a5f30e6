"""Who buys: customers, and their verified addresses."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from pos_app.db.base import MYSQL_TABLE, Base, Big, Code, Key, Moment, Name, ShortText


class Customer(Base):
    """Somebody who buys; optional for a walk-up sale. The id is the number that people know the customer by.

    revision rises with each change, and with each order: whoever counts what a customer has writes it first. email_key,
    phone_key: the address and the digits normalised for comparing. marks: a JSON list of words. letters_at: when it was
    said that letters may come; NULL: they may not. language: a locale, in which letters are; "": that of the house.
    merged_into_id: the customer that this one is a number of by now. erased_at: when all personal words went.
    """

    __tablename__ = "customer"
    __table_args__ = (
        Index("ix_customer_merged_into_id", "merged_into_id"),
        Index("ix_customer_phone_key", "phone_key"),
        MYSQL_TABLE,
    )
    id: Mapped[Key]
    request_id: Mapped[Code | None] = mapped_column(unique=True)
    revision: Mapped[int] = mapped_column(default=0, server_default="0")
    name: Mapped[Name]
    email: Mapped[Name] = mapped_column(default="")
    email_key: Mapped[Name | None] = mapped_column(unique=True)
    email_verified_at: Mapped[Moment | None]
    phone: Mapped[str] = mapped_column(String(40), default="")
    phone_key: Mapped[str] = mapped_column(String(40), default="", server_default=text("''"))
    note: Mapped[ShortText] = mapped_column(default="")
    marks: Mapped[ShortText] = mapped_column(default="[]", server_default=text("'[]'"))
    letters_at: Mapped[Moment | None]
    language: Mapped[str] = mapped_column(String(20), default="", server_default=text("''"))
    merged_into_id: Mapped[Big | None]
    created_at: Mapped[Moment]
    deleted_at: Mapped[Moment | None]
    erased_at: Mapped[Moment | None]


class EmailVerification(Base):
    """A six-digit code sent to an address; only its hash is kept, with a salt. closed_at: when another one was sent."""

    __tablename__ = "email_verification"
    id: Mapped[Key]
    request_id: Mapped[Code | None] = mapped_column(unique=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"))
    email: Mapped[Name]
    code_hash: Mapped[Name]
    tries: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[Moment]
    expires_at: Mapped[Moment]
    verified_at: Mapped[Moment | None]
    closed_at: Mapped[Moment | None]
