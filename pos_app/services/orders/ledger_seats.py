"""Seats of an order that changes: locked together, given back, or taken over by other lines of the same order."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from sqlalchemy import and_, case, select, update

from pos_app.db.clock import utc_now
from pos_app.db.models import PerformanceSeat
from pos_app.db.results import matched_rows
from pos_app.domain.errors import OrderChanged
from pos_app.domain.seats import SeatKey, SeatState
from pos_app.domain.sentences import say
from pos_app.services.seats.claims import INVENTORY, guard_of_a_freed, these_seats

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sqlalchemy.orm import Session


def lock_seats(session: Session, seats: set[SeatKey]) -> dict[SeatKey, int | None]:
    """Lock seats, old and new, by one locking read for each performance in the order of the key.

    Returns the line that each is sold to, None where it is not sold.
    """
    found: dict[SeatKey, int | None] = {}
    for performance_id, some in _by_performance(seats):
        rows = session.execute(
            select(PerformanceSeat.seat_id, PerformanceSeat.order_line_id)
            .where(PerformanceSeat.performance_id == performance_id, PerformanceSeat.seat_id.in_(some))
            .order_by(PerformanceSeat.seat_id)
            .with_for_update()
        )
        found |= {SeatKey(performance_id, row.seat_id): row.order_line_id for row in rows}
    return found


def free_sold(session: Session, lines: Mapping[SeatKey, int]) -> None:
    """Set sold seats free, guarded where people wait; each by its own line. Raises OrderChanged."""
    for performance_id, some in _by_performance(set(lines)):
        for seat in some:
            freed = session.execute(
                update(INVENTORY)
                .where(
                    these_seats(performance_id, [seat]),
                    INVENTORY.c.state == SeatState.SOLD,
                    INVENTORY.c.order_line_id == lines[SeatKey(performance_id, seat)],
                )
                .values(
                    state=SeatState.FREE,
                    order_line_id=None,
                    guarded=guard_of_a_freed(),
                    changed_at=utc_now(),
                )
            )
            if matched_rows(freed) != 1:
                raise _not_its_own()


def repoint(session: Session, seats: Mapping[SeatKey, tuple[int, int]]) -> None:
    """Let sold seats go from one line of an order to another, never free between. seats: (old line, new line) of each.

    Raises OrderChanged.
    """
    for performance_id, some in _by_performance(set(seats)):
        pairs = [seats[SeatKey(performance_id, seat)] for seat in some]
        result = session.execute(
            update(INVENTORY)
            .where(
                these_seats(performance_id, some),
                INVENTORY.c.state == SeatState.SOLD,
                INVENTORY.c.order_line_id.in_([old for old, _ in pairs]),
            )
            .values(
                order_line_id=case(
                    *[
                        (and_(INVENTORY.c.seat_id == seat, INVENTORY.c.order_line_id == old), new)
                        for seat, (old, new) in zip(some, pairs, strict=True)
                    ],
                    else_=INVENTORY.c.order_line_id,
                ),
                changed_at=utc_now(),
            )
        )
        now = session.execute(
            select(PerformanceSeat.seat_id, PerformanceSeat.order_line_id).where(
                PerformanceSeat.performance_id == performance_id, PerformanceSeat.seat_id.in_(some)
            )
        )
        wanted = {seat: new for seat, (_, new) in zip(some, pairs, strict=True)}
        if matched_rows(result) != len(some) or {row.seat_id: row.order_line_id for row in now} != wanted:
            raise _not_its_own()


def _by_performance(seats: set[SeatKey]) -> Iterator[tuple[int, list[int]]]:
    for performance_id, some in groupby(sorted(seats), key=lambda seat: seat.performance_id):
        yield performance_id, [seat.seat_id for seat in some]


def _not_its_own() -> OrderChanged:
    return OrderChanged(
        say("A seat of this order is not sold to it any more."),
        advice=say("Nothing was changed. Tell support the number of the order."),
    )
