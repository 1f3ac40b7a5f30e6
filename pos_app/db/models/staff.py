"""Who works here, every try to sign in, and what was approved."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from pos_app.db.base import MYSQL_TABLE, Base, Code, Flag, Key, Moment, Name, SmallKey, Word


class StaffMember(Base):
    """A person who works here. name_key is the name normalised for signing in."""

    __tablename__ = "staff_member"
    id: Mapped[SmallKey]
    name: Mapped[Name]
    name_key: Mapped[Name] = mapped_column(unique=True)
    role: Mapped[Word]
    active: Mapped[Flag] = mapped_column(default=True)
    created_at: Mapped[Moment]
    deleted_at: Mapped[Moment | None]


class StaffSecret(Base):
    """What somebody signs in with, read one name at a time. Hashes are argon2id; pin_hash: "" for no PIN.

    Once the house has a key, a PIN's hash is sealed under the pepper (pos_app.services.staff.sealing).
    """

    __tablename__ = "staff_secret"
    staff_id: Mapped[int] = mapped_column(Integer, ForeignKey("staff_member.id"), primary_key=True, autoincrement=False)
    password_hash: Mapped[str] = mapped_column(String(200))
    pin_hash: Mapped[str] = mapped_column(String(300), default="")


class SignInAttempt(Base):
    """One try; stored as failed before the password is looked at, so that many tries at once all count.

    purpose: sign_in or approval.
    """

    __tablename__ = "sign_in_attempt"
    __table_args__ = (Index("ix_sign_in_attempt_name_key_id", "name_key", "id"), MYSQL_TABLE)
    id: Mapped[Key]
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id"))
    name_key: Mapped[Name]
    till_id: Mapped[int | None] = mapped_column(ForeignKey("till.id"))
    purpose: Mapped[Word]
    succeeded: Mapped[Flag] = mapped_column(default=False)
    created_at: Mapped[Moment]


class SignInTurn(Base):
    """A name that was tried: its row is locked while a try is counted, so that nobody counts past another's try."""

    __tablename__ = "sign_in_turn"
    name_key: Mapped[Name] = mapped_column(primary_key=True)


class Approval(Base):
    """That somebody, whose secret was right, allowed one thing (permission) at a till.

    spent_on: the request, or the list of work, that it was spent on; NULL: not yet, and after two minutes never.
    """

    __tablename__ = "approval"
    __table_args__ = (Index("ix_approval_spent_on", "spent_on"), MYSQL_TABLE)
    id: Mapped[Key]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"))
    till_id: Mapped[int] = mapped_column(ForeignKey("till.id"))
    permission: Mapped[Word]
    created_at: Mapped[Moment]
    spent_on: Mapped[Code | None]
    spent_at: Mapped[Moment | None]
