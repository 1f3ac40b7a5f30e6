"""Seats turned to sold for good, with the predicate by which they are held."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, case, func, select, update

from pos_app.db.clock import utc_now
from pos_app.domain.errors import SeatsTaken
from pos_app.domain.seats import SeatKey, SeatState
from pos_app.domain.selling.holds import by_performance
from pos_app.services.seats.claims import INVENTORY, may_take, these_seats
from pos_app.services.seats.places import tell_gone

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Update
    from sqlalchemy.orm import Session

    from pos_app.domain.sentences import Sentence
    from pos_app.services.resale.reselling import Seller

# Built once, as in holds.py.
_THESE = these_seats(bindparam("of_performance"), bindparam("seats", expanding=True))
_TAKEN = select(INVENTORY.c.seat_id).where(_THESE, INVENTORY.c.order_line_id.in_(bindparam("lines", expanding=True)))


@cache
def _take(number: int, *, resold: bool) -> Update:
    """Return the statement that turns so many seats to sold, with the take-over predicate of holding.

    resold: some were given back for resale, and are still those of the line that was seen; else none is.
    """
    by_seat = [
        (
            INVENTORY.c.seat_id == bindparam(f"seat_{turn}"),
            bindparam(f"line_{turn}", type_=INVENTORY.c.order_line_id.type),
        )
        for turn in range(number)
    ]
    prior = INVENTORY.c.prior_order_line_id
    as_seen = [
        (INVENTORY.c.seat_id == bindparam(f"seat_{turn}"), bindparam(f"prior_{turn}", type_=prior.type))
        for turn in range(number)
    ]
    return (
        update(INVENTORY)
        .where(_THESE, may_take(bindparam("taker")))
        .where(func.coalesce(prior, 0) == case(*as_seen) if resold else prior.is_(None))
        .values(
            state=SeatState.SOLD,
            claim_kind=None,
            claim_id=None,
            claim_until=None,
            order_line_id=case(*by_seat),
            prior_order_line_id=None,
            changed_at=utc_now(),
        )
    )


def take_for_good(
    session: Session,
    hold_id: int,
    lines: Mapping[SeatKey, int],
    advice: Sentence,
    sellers: Mapping[SeatKey, Seller],
) -> None:
    """Turn seats to sold with the take-over predicate of holding; all of them, or SeatsTaken with this advice.

    sellers: whose those are that were given back for resale, as it was seen before; another seller is as if the seat
    were gone. Whoever calls it with some resells them (services/resale/reselling.py).
    """
    gone: list[SeatKey] = []
    connection = session.connection()
    by_seat = {(seat.performance_id, seat.seat_id): line for seat, line in lines.items()}
    for performance, ids in by_performance(lines):
        named = {f"seat_{turn}": seat for turn, seat in enumerate(ids)}
        named |= {f"line_{turn}": by_seat[performance, seat] for turn, seat in enumerate(ids)}
        prior = [sellers[seat].line_id if seat in sellers else 0 for seat in (SeatKey(performance, one) for one in ids)]
        if resold := any(prior):
            named |= {f"prior_{turn}": line for turn, line in enumerate(prior)}
        these = {"of_performance": performance, "seats": ids}
        result = connection.execute(_take(len(ids), resold=resold), {"taker": hold_id, **these, **named})
        if result.rowcount != len(ids):
            ours = connection.execute(_TAKEN, {**these, "lines": list(lines.values())})
            got = set(ours.scalars())
            gone += [SeatKey(performance, seat) for seat in ids if seat not in got]
    if gone:
        raise SeatsTaken(
            tell_gone(session, gone),
            seats=tuple((seat.performance_id, seat.seat_id) for seat in gone),
            advice=advice,
        )
