"""Counters: the computer, its key, its drawer, and who works at it."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from pos_app.db.base import Amount, Base, Code, Document, Flag, Key, Moment, Name, ShortText, SmallKey, Word


class Till(Base):
    """A counter's computer. machine_key is made by the machine at its first start. kind: counter, office, gate."""

    __tablename__ = "till"
    id: Mapped[SmallKey]
    machine_key: Mapped[Code] = mapped_column(unique=True)
    name: Mapped[Name] = mapped_column(unique=True)
    kind: Mapped[Word] = mapped_column(default="counter")
    ticket_queue: Mapped[Name] = mapped_column(default="")
    paper: Mapped[Word] = mapped_column(default="a4")
    created_at: Mapped[Moment]
    last_seen_at: Mapped[Moment | None]
    deleted_at: Mapped[Moment | None]


class TillKey(Base):
    """The public half of a till's signing key (hex); enrolled by a manager, revocable.

    signature: the house key's, over the till's id and this key (hex); NULL before the house has a key.
    """

    __tablename__ = "till_key"
    id: Mapped[SmallKey]
    till_id: Mapped[int] = mapped_column(ForeignKey("till.id"))
    public_key: Mapped[str] = mapped_column(String(64), unique=True)
    enrolled_by: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id"))
    enrolled_at: Mapped[Moment]
    revoked_at: Mapped[Moment | None]
    signature: Mapped[str | None] = mapped_column(String(128))


class Drawer(Base):
    """A cash drawer; usually one a till."""

    __tablename__ = "drawer"
    id: Mapped[SmallKey]
    till_id: Mapped[int] = mapped_column(ForeignKey("till.id"))
    name: Mapped[Name]
    deleted_at: Mapped[Moment | None]


class Shift(Base):
    """A cashier's session at a drawer. state: open, closed. Amounts in minor units."""

    __tablename__ = "shift"
    id: Mapped[Key]
    request_id: Mapped[Code] = mapped_column(unique=True)
    drawer_id: Mapped[int] = mapped_column(ForeignKey("drawer.id"))
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"))
    open_drawer_id: Mapped[int | None] = mapped_column(unique=True)
    """The drawer while the shift is open, NULL once closed: one open shift a drawer."""
    float_minor: Mapped[Amount]
    opened_at: Mapped[Moment]
    closed_at: Mapped[Moment | None]
    expected_minor: Mapped[Amount | None]
    counted_minor: Mapped[Amount | None]
    count: Mapped[Document] = mapped_column(default="")


class CashMovement(Base):
    """Cash put into or taken out of a drawer other than by a sale (negative: out)."""

    __tablename__ = "cash_movement"
    id: Mapped[Key]
    request_id: Mapped[Code] = mapped_column(unique=True)
    shift_id: Mapped[int] = mapped_column(ForeignKey("shift.id"))
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"))
    amount_minor: Mapped[Amount]
    reason: Mapped[ShortText]
    drawer_opened: Mapped[Flag] = mapped_column(default=False)
    created_at: Mapped[Moment]
