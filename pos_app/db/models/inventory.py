"""What is for sale: one row for each place of each performance, and the baskets that hold some for a while."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer
from sqlalchemy.orm import Mapped, mapped_column

from pos_app.db.base import MYSQL_TABLE, Base, Big, Code, Document, Flag, Key, Moment, ShortText, Word
from pos_app.db.types import Small


class PerformanceSeat(Base):
    """One place of a performance. Every statement names its seats by this primary key; no number is kept elsewhere.

    prior_order_line_id: returned for resale, and still valid for its holder until somebody buys it; it stays while the
    seat is in a basket or offered. order_line_id and prior_order_line_id carry no foreign key: the hot statements would
    lock the lines they name.
    """

    __tablename__ = "performance_seat"
    __table_args__ = (
        CheckConstraint("state IN ('free', 'claimed', 'sold')", name="state"),
        CheckConstraint("(state = 'claimed') = (claim_kind IS NOT NULL)", name="claim"),
        CheckConstraint("(state = 'sold') = (order_line_id IS NOT NULL)", name="sale"),
        Index("ix_performance_seat_performance_id_changed_at", "performance_id", "changed_at"),
        MYSQL_TABLE,
    )
    performance_id: Mapped[int] = mapped_column(Integer, ForeignKey("performance.id"), primary_key=True)
    seat_id: Mapped[int] = mapped_column(Integer, ForeignKey("seat.id"), primary_key=True)
    state: Mapped[Word] = mapped_column(default="free")
    claim_kind: Mapped[Word | None]
    claim_id: Mapped[Big | None]
    claim_until: Mapped[Moment | None]
    order_line_id: Mapped[Big | None]
    prior_order_line_id: Mapped[Big | None]
    guarded: Mapped[int] = mapped_column(Small, default=0)
    """One of Guard (domain/seats.py): whether a waiting list has first call."""
    changed_at: Mapped[Moment]


class Hold(Base):
    """The truth about a basket: whose, and until when. Made with the first seat; its time does not restart.

    basket_key is made by the till, so that a repeated request finds what the first one did. places lists the seats as
    "performance:seat,seat;performance:seat", sorted, so that they can be named by primary key. closed_as: released,
    expired, sold or exchanged; closed_at is NULL while it is open.
    """

    __tablename__ = "hold"
    __table_args__ = (Index("ix_hold_closed_at_expires_at", "closed_at", "expires_at"), MYSQL_TABLE)
    id: Mapped[Key]
    basket_key: Mapped[Code] = mapped_column(unique=True)
    till_id: Mapped[int] = mapped_column(ForeignKey("till.id"))
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"))
    places: Mapped[Document]
    seconds: Mapped[int]
    created_at: Mapped[Moment]
    expires_at: Mapped[Moment]
    extended_at: Mapped[Moment | None]
    extend_reason: Mapped[ShortText] = mapped_column(default="")
    extend_request_id: Mapped[Code | None]
    """The request that extended it, so that its repeat is answered and not refused."""
    closed_at: Mapped[Moment | None]
    closed_as: Mapped[Word | None]
    with_offers: Mapped[Flag] = mapped_column(default=False, server_default="0")
    """Seats in it were offered to somebody who waited: given back, they go back to their offer."""


class KeptBack(Base):
    """Seats that the house keeps out of sale, with a reason. Their claim_id is this id. kind: house or blocked.

    places lists the seats as a hold does. release_at: when they go on sale by themselves (None: when somebody says so);
    release_before_doors: minutes, from which release_at is worked out again when the doors move. closed_as: released
    or expired.
    """

    __tablename__ = "kept_back"
    __table_args__ = (Index("ix_kept_back_closed_at_release_at", "closed_at", "release_at"), MYSQL_TABLE)
    id: Mapped[Key]
    request_id: Mapped[Code] = mapped_column(unique=True)
    performance_id: Mapped[int] = mapped_column(ForeignKey("performance.id"))
    kind: Mapped[Word]
    reason: Mapped[ShortText]
    places: Mapped[Document]
    release_at: Mapped[Moment | None]
    release_before_doors: Mapped[int | None]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"))
    created_at: Mapped[Moment]
    closed_at: Mapped[Moment | None]
    closed_as: Mapped[Word | None]


class ReleaseRequest(Base):
    """One till asks another to let a held seat go. answer: one of Answer."""

    __tablename__ = "release_request"
    __table_args__ = (Index("ix_release_request_to_till_id_answered_at", "to_till_id", "answered_at"), MYSQL_TABLE)
    id: Mapped[Key]
    request_id: Mapped[Code] = mapped_column(unique=True)
    performance_id: Mapped[int] = mapped_column(ForeignKey("performance.id"))
    seat_id: Mapped[int] = mapped_column(ForeignKey("seat.id"))
    hold_id: Mapped[int] = mapped_column(ForeignKey("hold.id"))
    from_till_id: Mapped[int] = mapped_column(ForeignKey("till.id"))
    to_till_id: Mapped[int] = mapped_column(ForeignKey("till.id"))
    asked_by: Mapped[int] = mapped_column(ForeignKey("staff_member.id"))
    created_at: Mapped[Moment]
    answer: Mapped[Word] = mapped_column(default="")
    answered_at: Mapped[Moment | None]
