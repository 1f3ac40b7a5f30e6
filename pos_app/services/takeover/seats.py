"""The seats that are taken over: sold ones, and those that wait under a name for their release."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NoReturn

from sqlalchemy import case, select, update

from pos_app.db.clock import utc_now
from pos_app.db.results import matched_rows
from pos_app.domain.errors import SeatsTaken
from pos_app.domain.seats import ClaimKind, SeatKey, SeatState
from pos_app.domain.sentences import say
from pos_app.services.seats.claims import INVENTORY, open_to_all, these_seats
from pos_app.services.seats.returned import returned_among, tell_returned
from pos_app.services.takeover.taken_tickets import in_chunks

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from pos_app.services.takeover.orders import FoundOrder


def take_seats(
    session: Session,
    orders: Sequence[FoundOrder],
    order_ids: Iterable[int],
    line_ids: Mapping[tuple[int, int], int],
) -> None:
    """Take the seats of orders with the predicate of every taker; all of them, or SeatsTaken.

    order_ids: in the order of the orders; line_ids: by performance and seat.
    """
    seats: defaultdict[int, dict[int, tuple[int, datetime | None]]] = defaultdict(dict)
    for order, order_id in zip(orders, order_ids, strict=True):
        for one in order.lines:
            seats[one.performance_id][one.seat_id] = (order_id, order.release_at)
    for performance_id, wanted in sorted(seats.items()):
        for ids in in_chunks(sorted(wanted)):
            # Locked in the order of their keys, whatever becomes of each.
            session.execute(select(INVENTORY.c.seat_id).where(these_seats(performance_id, ids)).with_for_update())
            until: defaultdict[datetime | None, list[int]] = defaultdict(list)
            for seat_id in ids:
                until[wanted[seat_id][1]].append(seat_id)
            taken = 0
            for release_at, some in until.items():
                if release_at is None:
                    owners = {seat_id: line_ids[performance_id, seat_id] for seat_id in some}
                    taken += _sell(session, performance_id, owners)
                else:
                    owners = {seat_id: wanted[seat_id][0] for seat_id in some}
                    taken += _reserve(session, performance_id, owners, release_at)
            if taken != len(ids):
                _refuse(session, orders, performance_id)


def _sell(session: Session, performance_id: int, lines: Mapping[int, int]) -> int:
    """Turn seats to sold; return how many were taken. lines: of the orders, by seat."""
    return _take(
        session,
        performance_id,
        lines,
        state=SeatState.SOLD,
        claim_kind=None,
        claim_id=None,
        claim_until=None,
        order_line_id=case(dict(lines), value=INVENTORY.c.seat_id),
    )


def _reserve(session: Session, performance_id: int, orders: Mapping[int, int], until: datetime) -> int:
    """Claim seats for reservations; return how many were taken. orders: by seat."""
    return _take(
        session,
        performance_id,
        orders,
        state=SeatState.CLAIMED,
        claim_kind=ClaimKind.RESERVATION,
        claim_id=case(dict(orders), value=INVENTORY.c.seat_id),
        claim_until=until,
    )


def _take(session: Session, performance_id: int, seats: Iterable[int], **columns: Any) -> int:
    taken = session.execute(
        update(INVENTORY)
        .where(these_seats(performance_id, list(seats)), open_to_all(), INVENTORY.c.prior_order_line_id.is_(None))
        .values(changed_at=utc_now(), **columns)
    )
    return matched_rows(taken)


def _refuse(session: Session, orders: Sequence[FoundOrder], performance_id: int) -> NoReturn:
    wanted = [
        SeatKey(performance_id, one.seat_id)
        for order in orders
        for one in order.lines
        if one.performance_id == performance_id
    ]
    if returned := returned_among(session, wanted):
        raise SeatsTaken(
            tell_returned(session, returned),
            seats=tuple((seat.performance_id, seat.seat_id) for seat in returned),
            advice=say("Nothing was taken over. Take them off resale first."),
        )
    lines = sorted(one.line.line for order in orders for one in order.lines if one.performance_id == performance_id)
    raise SeatsTaken(
        say(
            "A seat of the lines {first} to {last} was sold or held here just now.",
            first=str(lines[0]),
            last=str(lines[-1]),
        ),
        advice=say("Nothing was taken over. Look at the list again."),
    )
