"""The seats of reservations: claimed by their order, sold to it, moved to another time, and given back.

Each statement names its seats by primary key, and takes none but those that are the order's own.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from sqlalchemy import and_, bindparam, case, select, update

from pos_app.db.clock import utc_now
from pos_app.domain.errors import SeatsTaken
from pos_app.domain.seats import ClaimKind, SeatKey, SeatState
from pos_app.domain.selling.holds import by_performance
from pos_app.services.seats.claims import (
    INVENTORY,
    guard_of_a_freed,
    may_take,
    of_reservation,
    of_reservations,
    these_seats,
)
from pos_app.services.seats.places import tell_gone
from pos_app.services.seats.returned import returned_among, tell_returned

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime

    from sqlalchemy import ColumnElement, Update
    from sqlalchemy.orm import Session

    from pos_app.domain.sentences import Sentence

_THESE = these_seats(bindparam("of_performance"), bindparam("seats", expanding=True))
_OWN = of_reservation(bindparam("order"))


def _claimed(which: ColumnElement[bool]) -> Update:
    return (
        update(INVENTORY)
        .where(_THESE, which)
        .values(
            state=SeatState.CLAIMED,
            claim_kind=ClaimKind.RESERVATION,
            claim_id=bindparam("taker_order"),
            claim_until=bindparam("until"),
            changed_at=utc_now(),
        )
    )


# Built once: the first runs at a counter while somebody waits.
_KEEP = _claimed(and_(may_take(bindparam("taker")), INVENTORY.c.prior_order_line_id.is_(None)))
_MOVE = update(INVENTORY).where(_THESE, _OWN).values(claim_until=bindparam("until"), changed_at=utc_now())
_FREE = (
    update(INVENTORY)
    .where(_THESE, of_reservations(bindparam("orders", expanding=True)))
    .values(
        state=SeatState.FREE,
        claim_kind=None,
        claim_id=None,
        claim_until=None,
        guarded=guard_of_a_freed(),
        changed_at=utc_now(),
    )
)


@cache
def _sell(number: int) -> Update:
    by_seat = [
        (
            INVENTORY.c.seat_id == bindparam(f"seat_{turn}"),
            bindparam(f"line_{turn}", type_=INVENTORY.c.order_line_id.type),
        )
        for turn in range(number)
    ]
    return (
        update(INVENTORY)
        .where(_THESE, _OWN)
        .values(
            state=SeatState.SOLD,
            claim_kind=None,
            claim_id=None,
            claim_until=None,
            order_line_id=case(*by_seat),
            changed_at=utc_now(),
        )
    )


def reserve_seats(
    session: Session,
    order_id: int,
    hold_id: int,
    seats: Collection[SeatKey],
    until: datetime,
    advice: Sentence,
) -> None:
    """Claim seats for an order with the take-over predicate of holding; all of them, or SeatsTaken with this advice."""
    gone: list[SeatKey] = []
    connection = session.connection()
    for performance, ids in by_performance(seats):
        these = {"of_performance": performance, "seats": ids}
        result = connection.execute(_KEEP, {**these, "taker": hold_id, "taker_order": order_id, "until": until})
        if result.rowcount != len(ids):
            gone += _not_own(session, order_id, performance, ids)
    if gone and (returned := returned_among(session, gone)):
        raise SeatsTaken(
            tell_returned(session, returned),
            seats=tuple((seat.performance_id, seat.seat_id) for seat in returned),
            advice=advice,
        )
    _require_none(session, gone, advice)


def sell_reserved(session: Session, order_id: int, lines: Mapping[SeatKey, int], advice: Sentence) -> None:
    """Turn seats that are reserved to an order to sold; all of them, or SeatsTaken with this advice."""
    gone: list[SeatKey] = []
    by_seat = {(seat.performance_id, seat.seat_id): line for seat, line in lines.items()}
    for performance, ids in by_performance(lines):
        # Looked at before they are sold: afterwards nothing tells them from others' seats. The rows are locked.
        gone += _not_own(session, order_id, performance, ids, lock=True)
        named = {f"seat_{turn}": seat for turn, seat in enumerate(ids)}
        named |= {f"line_{turn}": by_seat[performance, seat] for turn, seat in enumerate(ids)}
        these = {"of_performance": performance, "seats": ids, "order": order_id}
        session.connection().execute(_sell(len(ids)), {**these, **named})
    _require_none(session, gone, advice)


def move_claims(session: Session, order_id: int, seats: Collection[SeatKey], until: datetime) -> None:
    """Let the seats that are reserved to an order be so until another time."""
    for performance, ids in by_performance(seats):
        given = {"of_performance": performance, "seats": ids, "order": order_id, "until": until}
        session.connection().execute(_MOVE, given)


def free_reserved(session: Session, order_ids: Collection[int], seats: Collection[SeatKey]) -> int:
    """Set free those of the seats that are still reserved to one of these orders; return how many."""
    freed = 0
    for performance, ids in by_performance(seats):
        given = {"of_performance": performance, "seats": ids, "orders": sorted(order_ids)}
        freed += int(session.connection().execute(_FREE, given).rowcount)
    return freed


def missing_seats(session: Session, order_id: int, seats: Collection[SeatKey]) -> list[SeatKey]:
    """Return those of the seats that are not reserved to an order (any more)."""
    return [
        seat for performance, ids in by_performance(seats) for seat in _not_own(session, order_id, performance, ids)
    ]


def _not_own(
    session: Session, order_id: int, performance_id: int, seat_ids: Collection[int], *, lock: bool = False
) -> list[SeatKey]:
    own = select(INVENTORY.c.seat_id).where(these_seats(performance_id, list(seat_ids)), of_reservation(order_id))
    found = set(session.execute(own.with_for_update() if lock else own).scalars())
    return [SeatKey(performance_id, seat) for seat in seat_ids if seat not in found]


def _require_none(session: Session, gone: list[SeatKey], advice: Sentence) -> None:
    if gone:
        raise SeatsTaken(
            tell_gone(session, gone),
            seats=tuple((seat.performance_id, seat.seat_id) for seat in gone),
            advice=advice,
        )
