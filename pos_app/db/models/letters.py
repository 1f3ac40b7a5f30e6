"""Letters to customers: what is to be sent and was, each try of it, who sends, and how a house words them."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from pos_app.db.base import MYSQL_TABLE, Base, Big, Code, Document, Flag, Key, Moment, Name, ShortText, Word


class OutboxEmail(Base):
    """A letter, written in the transaction that it tells about. kind, state: see domain/letters/kinds.py.

    message_id: made at the first try, the same at each. language: a locale; "": the house's. facts: JSON, what only the
    moment of writing knew. due_at: when it is tried next. leased_by, leased_until: who sends it now, and until when
    nobody else does. failure: why the last try did not succeed, JSON. may_be_twice: a try ended after the letter was
    handed over and before the server's answer. subject, body, attachments (JSON: name, type, bytes, SHA-256): as it was
    sent. again_of_id: the letter that this one repeats. Customer and performance are named without a foreign key: the
    row that a key points at would be locked behind seats.
    """

    __tablename__ = "outbox_email"
    __table_args__ = (
        Index("ix_outbox_email_state_due_at", "state", "due_at"),
        Index("ix_outbox_email_order_id", "order_id"),
        Index("ix_outbox_email_customer_id", "customer_id"),
        Index("ix_outbox_email_performance_id", "performance_id"),
        MYSQL_TABLE,
    )
    id: Mapped[Key]
    request_id: Mapped[Code] = mapped_column(unique=True)
    message_id: Mapped[Name | None] = mapped_column(unique=True)
    kind: Mapped[Word]
    language: Mapped[str] = mapped_column(String(20), default="")
    order_id: Mapped[int | None] = mapped_column(ForeignKey("orders.id"))
    change_id: Mapped[int | None] = mapped_column(ForeignKey("order_change.id"))
    customer_id: Mapped[Big | None]
    performance_id: Mapped[Big | None]
    recipient: Mapped[Name]
    facts: Mapped[Document]
    part: Mapped[int] = mapped_column(default=1)
    parts: Mapped[int] = mapped_column(default=1)
    state: Mapped[Word] = mapped_column(default="waiting")
    tries: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[Moment]
    leased_by: Mapped[Code | None]
    leased_until: Mapped[Moment | None]
    first_tried_at: Mapped[Moment | None]
    failure: Mapped[ShortText] = mapped_column(default="")
    may_be_twice: Mapped[Flag] = mapped_column(default=False)
    subject: Mapped[ShortText] = mapped_column(default="")
    body: Mapped[Document | None]
    attachments: Mapped[Document | None]
    again_of_id: Mapped[Big | None]
    staff_id: Mapped[Big | None]
    created_at: Mapped[Moment]
    sent_at: Mapped[Moment | None]
    closed_at: Mapped[Moment | None]


class OutboxTry(Base):
    """One try to send a letter. handed_at: written just before the letter itself goes over the line.

    outcome: see domain/letters/sending.py; "": it is under way, or its till died. answer: the server's, or the
    computer's, in its own words.
    """

    __tablename__ = "outbox_try"
    __table_args__ = (Index("ix_outbox_try_letter_id", "letter_id"), MYSQL_TABLE)
    id: Mapped[Key]
    letter_id: Mapped[int] = mapped_column(ForeignKey("outbox_email.id"))
    till_id: Mapped[int | None] = mapped_column(ForeignKey("till.id"))
    leased_by: Mapped[Code]
    began_at: Mapped[Moment]
    handed_at: Mapped[Moment | None]
    ended_at: Mapped[Moment | None]
    outcome: Mapped[Word] = mapped_column(default="")
    answer: Mapped[ShortText] = mapped_column(default="")


class LetterSender(Base):
    """How sending stands at a till: trouble with the service stops its queue, and no letter. why: see sending.py."""

    __tablename__ = "letter_sender"
    till_id: Mapped[int] = mapped_column(ForeignKey("till.id"), primary_key=True, autoincrement=False)
    why: Mapped[Word] = mapped_column(default="")
    answer: Mapped[ShortText] = mapped_column(default="")
    since: Mapped[Moment]
    next_at: Mapped[Moment | None]
    seen_at: Mapped[Moment]


class LetterTemplate(Base):
    """How a house words one kind of letter in one language; where there is none, the standard one serves."""

    __tablename__ = "letter_template"
    __table_args__ = (UniqueConstraint("kind", "language"), MYSQL_TABLE)
    id: Mapped[Key]
    kind: Mapped[Word]
    language: Mapped[str] = mapped_column(String(20))
    subject: Mapped[ShortText]
    body: Mapped[Document]
    revision: Mapped[int] = mapped_column(default=1)
    staff_id: Mapped[Big | None]
    changed_at: Mapped[Moment]
