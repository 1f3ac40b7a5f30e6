"""Who may take a seat: the one predicate that holding and selling share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, bindparam, case, or_, select, update

from pos_app.db.base import table_of
from pos_app.db.clock import utc_now
from pos_app.db.models import PerformanceSeat
from pos_app.domain.seats import ClaimKind, Guard, SeatKey, SeatState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import BindParameter, ColumnElement
    from sqlalchemy.orm import Session

INVENTORY = table_of(PerformanceSeat)


def open_to_all() -> ColumnElement[bool]:
    """Free, or a basket's whose time is over; and no waiting list has first call."""
    seat = INVENTORY.c
    lapsed = and_(seat.state == SeatState.CLAIMED, seat.claim_kind == ClaimKind.BASKET, seat.claim_until < utc_now())
    return and_(seat.guarded != Guard.FIRST_CALL, or_(seat.state == SeatState.FREE, lapsed))


def of_basket(hold_id: int | BindParameter[int]) -> ColumnElement[bool]:
    """Claimed by this very basket, whether its time is over or not."""
    return and_(_of_a_basket(), INVENTORY.c.claim_id == hold_id)


def of_baskets(hold_ids: Sequence[int] | BindParameter[Sequence[int]]) -> ColumnElement[bool]:
    """Claimed by one of these baskets, whether its time is over or not."""
    return and_(_of_a_basket(), INVENTORY.c.claim_id.in_(hold_ids))


def _of_a_basket() -> ColumnElement[bool]:
    return and_(INVENTORY.c.state == SeatState.CLAIMED, INVENTORY.c.claim_kind == ClaimKind.BASKET)


def of_reservation(order_id: int | BindParameter[int]) -> ColumnElement[bool]:
    """Reserved to this very order, whether its time is over or not."""
    return and_(_of_a_reservation(), INVENTORY.c.claim_id == order_id)


def of_reservations(order_ids: Sequence[int] | BindParameter[Sequence[int]]) -> ColumnElement[bool]:
    """Reserved to one of these orders, whether its time is over or not."""
    return and_(_of_a_reservation(), INVENTORY.c.claim_id.in_(order_ids))


def _of_a_reservation() -> ColumnElement[bool]:
    return and_(INVENTORY.c.state == SeatState.CLAIMED, INVENTORY.c.claim_kind == ClaimKind.RESERVATION)


def may_take(hold_id: int | BindParameter[int]) -> ColumnElement[bool]:
    """Open to all, or this basket's own."""
    return or_(open_to_all(), of_basket(hold_id))


def these_seats(
    performance_id: int | BindParameter[int], seat_ids: Sequence[int] | BindParameter[Sequence[int]]
) -> ColumnElement[bool]:
    """Name seats by primary key."""
    return and_(INVENTORY.c.performance_id == performance_id, INVENTORY.c.seat_id.in_(seat_ids))


_THESE = these_seats(bindparam("of_performance"), bindparam("seats", expanding=True))


_OWNED = select(INVENTORY.c.seat_id).where(_THESE, of_basket(bindparam("taker")))


_TAKEABLE = select(INVENTORY.c.seat_id).where(_THESE, may_take(bindparam("taker")))


def owned_by(session: Session, hold_id: int, performance_id: int, seat_ids: Sequence[int]) -> set[int]:
    """Return which of the seats the basket holds now."""
    asked = {"of_performance": performance_id, "seats": list(seat_ids), "taker": hold_id}
    return set(session.connection().execute(_OWNED, asked).scalars())


def not_takeable(session: Session, hold_id: int, performance_id: int, seat_ids: Sequence[int]) -> list[SeatKey]:
    """Return which of the seats this basket may not take now."""
    asked = {"of_performance": performance_id, "seats": list(seat_ids), "taker": hold_id}
    takeable = set(session.connection().execute(_TAKEABLE, asked).scalars())
    return [SeatKey(performance_id, seat_id) for seat_id in seat_ids if seat_id not in takeable]


def guard_of_a_freed() -> ColumnElement[int]:
    """What guarded becomes of a seat that is set free: the flag is never read where that is decided.

    Whoever uses it calls services/waiting/serving.py in the same transaction, after its seats.
    """
    return case((INVENTORY.c.guarded == Guard.FITS_NOBODY, int(Guard.FIRST_CALL)), else_=INVENTORY.c.guarded)


_FREE = (
    update(INVENTORY)
    .where(
        these_seats(bindparam("of_performance"), bindparam("seats", expanding=True)),
        of_baskets(bindparam("givers", expanding=True)),
    )
    .values(
        state=SeatState.FREE,
        claim_kind=None,
        claim_id=None,
        claim_until=None,
        guarded=guard_of_a_freed(),
        changed_at=utc_now(),
    )
)


def free_seats(session: Session, hold_ids: Sequence[int], performance_id: int, seat_ids: Sequence[int]) -> int:
    """Set free those of the seats that these baskets still claim; return how many."""
    given = {"of_performance": performance_id, "seats": list(seat_ids), "givers": list(hold_ids)}
    return int(session.connection().execute(_FREE, given).rowcount)
