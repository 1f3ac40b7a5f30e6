"""Waiting lists: one a performance, who waits on it, and the seats that are held for them when some come free."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from pos_app.db.base import MYSQL_TABLE, Base, Big, Code, Document, Flag, Key, Moment, ShortText, Word


class WaitingList(Base):
    """The list of a performance, from the first time that it was opened. state: open, closed.

    offer_minutes: how long an offer stands at the most. performance_id is the key: whatever frees a seat of the
    performance raises passes, a lock on one server and a certification on a cluster. Whoever opens or closes it writes
    its seats first.
    """

    __tablename__ = "waiting_list"
    performance_id: Mapped[int] = mapped_column(ForeignKey("performance.id"), primary_key=True, autoincrement=False)
    state: Mapped[Word] = mapped_column(default="open")
    passes: Mapped[Big] = mapped_column(default=0)
    request_id: Mapped[Code | None] = mapped_column(unique=True)
    """The request that opened or closed it last."""
    reason: Mapped[ShortText] = mapped_column(default="")
    offer_minutes: Mapped[int] = mapped_column(default=120)
    opened_at: Mapped[Moment]
    closed_at: Mapped[Moment | None]


class WaitingEntry(Base):
    """A party that waits for a performance. state: see domain/waiting/entries.py.

    seats: how many they are. categories, zones: ids that will do, "3,7"; "": any. together: side by side, or in one
    area; else any seats will do, and never fewer than asked for. until: nobody is offered anything later (NULL: as long
    as it is on sale). turn: the lower, the sooner; the id at first. passed_over: why others behind were served before,
    JSON (domain/waiting/passing.py). moved_reason: why somebody was moved up. code: by which it is found, as it stands
    in the letters.
    """

    __tablename__ = "waiting_entry"
    __table_args__ = (
        Index("ix_waiting_entry_performance_id_state", "performance_id", "state"),
        Index("ix_waiting_entry_customer_id", "customer_id"),
        MYSQL_TABLE,
    )
    id: Mapped[Key]
    request_id: Mapped[Code] = mapped_column(unique=True)
    code: Mapped[Code] = mapped_column(unique=True)
    performance_id: Mapped[int] = mapped_column(ForeignKey("performance.id"))
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"))
    seats: Mapped[int]
    categories: Mapped[ShortText] = mapped_column(default="")
    zones: Mapped[ShortText] = mapped_column(default="")
    together: Mapped[Flag] = mapped_column(default=True)
    until: Mapped[Moment | None]
    turn: Mapped[Big] = mapped_column(default=0)
    state: Mapped[Word] = mapped_column(default="waiting")
    revision: Mapped[int] = mapped_column(default=0)
    passed_over: Mapped[Document] = mapped_column(default="")
    passed_over_at: Mapped[Moment | None]
    moved_reason: Mapped[ShortText] = mapped_column(default="")
    till_id: Mapped[int] = mapped_column(ForeignKey("till.id"))
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"))
    created_at: Mapped[Moment]
    closed_at: Mapped[Moment | None]


class WaitingOffer(Base):
    """Seats held for a party that waited. state: open, sold, lapsed, withdrawn. places: as a hold lists them.

    While it is open its seats are claimed by it (claim_kind offer), or by the basket of the till that has it open for
    paying (pickup_hold_id); they are its lock: whoever changes an offer locks its seats first. order_id: what was sold.
    """

    __tablename__ = "waiting_offer"
    __table_args__ = (
        Index("ix_waiting_offer_state_expires_at", "state", "expires_at"),
        Index("ix_waiting_offer_performance_id_state", "performance_id", "state"),
        Index("ix_waiting_offer_waiting_entry_id", "waiting_entry_id"),
        Index("ix_waiting_offer_pickup_hold_id", "pickup_hold_id"),
        MYSQL_TABLE,
    )
    id: Mapped[Key]
    waiting_entry_id: Mapped[int] = mapped_column(ForeignKey("waiting_entry.id"))
    performance_id: Mapped[int] = mapped_column(ForeignKey("performance.id"))
    places: Mapped[Document]
    state: Mapped[Word] = mapped_column(default="open")
    created_at: Mapped[Moment]
    expires_at: Mapped[Moment]
    pickup_hold_id: Mapped[Big | None]
    order_id: Mapped[Big | None]
    reason: Mapped[ShortText] = mapped_column(default="")
    closed_at: Mapped[Moment | None]


class Resale(Base):
    """A sold seat that its holder gave back on commission. state: open, resold, taken_back, came_in, unsold.

    open_line_id: the line while it is open, so that there are never two. commission_minor: what the house keeps of it,
    as it was told (minor units of the order's currency). made_by_id, ended_by_id: changes of the seller's order.
    """

    __tablename__ = "resale"
    __table_args__ = (
        Index("ix_resale_performance_id_state", "performance_id", "state"),
        Index("ix_resale_order_id", "order_id"),
        Index("ix_resale_order_line_id", "order_line_id"),
        MYSQL_TABLE,
    )
    id: Mapped[Key]
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"))
    order_line_id: Mapped[int] = mapped_column(ForeignKey("order_line.id"))
    open_line_id: Mapped[Big | None] = mapped_column(unique=True)
    performance_id: Mapped[int] = mapped_column(ForeignKey("performance.id"))
    seat_id: Mapped[int] = mapped_column(ForeignKey("seat.id"))
    commission_minor: Mapped[Big]
    state: Mapped[Word] = mapped_column(default="open")
    made_by_id: Mapped[Big]
    ended_by_id: Mapped[Big | None]
    created_at: Mapped[Moment]
    closed_at: Mapped[Moment | None]
