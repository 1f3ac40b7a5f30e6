"""Shows, their dated evenings, and what a seat costs on each."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, Integer, SmallInteger, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from pos_app.db.base import MYSQL_TABLE, Amount, Base, Document, Flag, Moment, Name, ShortText, SmallKey, Word
from pos_app.db.types import Picture


class Event(Base):
    """The show."""

    __tablename__ = "event"
    id: Mapped[SmallKey]
    title: Mapped[Name]
    description: Mapped[Document] = mapped_column(default="")
    kind: Mapped[Word] = mapped_column(default="")
    deleted_at: Mapped[Moment | None]


class EventArtwork(Base):
    """The picture of an event, re-encoded as PNG or JPEG; apart from the event, so that lists do not read it."""

    __tablename__ = "event_artwork"
    event_id: Mapped[int] = mapped_column(Integer, ForeignKey("event.id"), primary_key=True, autoincrement=False)
    image: Mapped[bytes] = mapped_column(Picture)
    media_type: Mapped[Word]
    width: Mapped[int]
    height: Mapped[int]
    changed_at: Mapped[Moment]


class Performance(Base):
    """One dated evening of an event on a seating plan, or several days of it. Fees in minor units of its currency.

    state: scheduled or cancelled. hold_seconds: how long a basket keeps seats.
    """

    __tablename__ = "performance"
    __table_args__ = (Index("ix_performance_starts_at", "starts_at"), MYSQL_TABLE)
    id: Mapped[SmallKey]
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    plan_id: Mapped[int] = mapped_column(ForeignKey("seating_plan.id"))
    starts_at: Mapped[Moment]
    ends_at: Mapped[Moment | None]
    """When it is over; NULL: it has no end."""
    doors_at: Mapped[Moment | None]
    on_sale_at: Mapped[Moment | None]
    off_sale_at: Mapped[Moment | None]
    state: Mapped[Word] = mapped_column(default="scheduled")
    cancelled_at: Mapped[Moment | None]
    cancel_reason: Mapped[ShortText] = mapped_column(default="")
    hold_seconds: Mapped[int] = mapped_column(default=900)
    ticket_fee_minor: Mapped[Amount] = mapped_column(default=0)
    order_fee_minor: Mapped[Amount] = mapped_column(default=0)
    deleted_at: Mapped[Moment | None]


class TicketType(Base):
    """Who you are: Adult, Child, Senior, Wheelchair companion, Complimentary."""

    __tablename__ = "ticket_type"
    id: Mapped[SmallKey]
    name: Mapped[Name] = mapped_column(unique=True)
    letter: Mapped[str] = mapped_column(String(2), default="")
    seat_kind: Mapped[Word] = mapped_column(default="")
    """Only for seats of this kind, where it is not empty."""
    complimentary: Mapped[Flag] = mapped_column(default=False)
    sort: Mapped[int] = mapped_column(SmallInteger, default=0)
    deleted_at: Mapped[Moment | None]


class Price(Base):
    """What a ticket type costs in a price category on one performance; no row: not offered."""

    __tablename__ = "price"
    __table_args__ = (UniqueConstraint("performance_id", "category_id", "ticket_type_id"), MYSQL_TABLE)
    id: Mapped[SmallKey]
    performance_id: Mapped[int] = mapped_column(ForeignKey("performance.id"))
    category_id: Mapped[int] = mapped_column(ForeignKey("price_category.id"))
    ticket_type_id: Mapped[int] = mapped_column(ForeignKey("ticket_type.id"))
    amount_minor: Mapped[Amount]
