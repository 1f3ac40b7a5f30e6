"""Seats that were given back for resale: given back to their lines, and told where they are in somebody's way.

Until they are sold they know whose they still are (prior_order_line_id), free or in a basket or offered. Anybody may
buy one; nobody reserves one or keeps it back, for the house would have to pay for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, or_, select, update

from pos_app.db.clock import utc_now
from pos_app.db.models import Hold, Till
from pos_app.db.results import matched_rows
from pos_app.domain.seats import ClaimKind, Guard, SeatKey, SeatState, tell_places
from pos_app.domain.selling.holds import by_performance
from pos_app.domain.sentences import Moment, say
from pos_app.services.seats.claims import INVENTORY, these_seats
from pos_app.services.seats.places import places_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from pos_app.domain.sentences import Sentence


def is_nobodys() -> ColumnElement[bool]:
    """Free whoever has first call, or in a basket whose time is over and that had it from nobody who waited."""
    seat = INVENTORY.c
    lapsed = and_(seat.state == SeatState.CLAIMED, seat.claim_kind == ClaimKind.BASKET, seat.claim_until < utc_now())
    return or_(seat.state == SeatState.FREE, and_(lapsed, seat.guarded != Guard.FIRST_CALL))


def give_seats_back(session: Session, lines: Mapping[SeatKey, int]) -> set[SeatKey]:
    """Let seats on resale be sold to their lines again, those that nobody holds; return which. Lock them before."""
    given = set()
    for seat, line_id in sorted(lines.items()):
        result = session.execute(
            update(INVENTORY)
            .where(
                these_seats(seat.performance_id, [seat.seat_id]),
                is_nobodys(),
                INVENTORY.c.prior_order_line_id == line_id,
            )
            .values(
                state=SeatState.SOLD,
                claim_kind=None,
                claim_id=None,
                claim_until=None,
                order_line_id=line_id,
                prior_order_line_id=None,
                changed_at=utc_now(),
            )
        )
        if matched_rows(result):
            given.add(seat)
    return given


def free_again(session: Session, seats: Collection[SeatKey]) -> set[SeatKey]:
    """Return which of these seats nobody holds. A plain read."""
    return {
        SeatKey(performance, seat)
        for performance, ids in by_performance(seats)
        for seat in session.scalars(select(INVENTORY.c.seat_id).where(these_seats(performance, ids), is_nobodys()))
    }


def returned_among(session: Session, seats: Collection[SeatKey]) -> list[SeatKey]:
    """Return which of these seats somebody gave back for resale, and nobody has bought."""
    return [
        SeatKey(performance, seat)
        for performance, ids in by_performance(seats)
        for seat in session.execute(
            select(INVENTORY.c.seat_id)
            .where(these_seats(performance, ids), INVENTORY.c.prior_order_line_id.is_not(None))
            .order_by(INVENTORY.c.seat_id)
        ).scalars()
    ]


def tell_returned(session: Session, seats: Collection[SeatKey]) -> Sentence:
    """Say that seats are on resale, and that they can be sold only."""
    places = places_of(session, [seat.seat_id for seat in seats])
    return say(
        "On resale for a guest, to be sold and not to be kept: {places}.",
        places=tell_places(places[seat.seat_id] for seat in sorted(seats)),
    )


def tell_holder(session: Session, seat: SeatKey, time_zone: str) -> Sentence:
    """Say who has a seat on resale just now: a till, or somebody who waited, and until when."""
    place = places_of(session, [seat.seat_id])[seat.seat_id].spoken()
    row = session.execute(
        select(INVENTORY.c.claim_kind, INVENTORY.c.claim_until, Till.name)
        .outerjoin(Hold, and_(INVENTORY.c.claim_kind == ClaimKind.BASKET, Hold.id == INVENTORY.c.claim_id))
        .outerjoin(Till, Till.id == Hold.till_id)
        .where(these_seats(seat.performance_id, [seat.seat_id]))
    ).one_or_none()
    if row is None or row.claim_until is None:
        return say("{place}: it is not on resale any more.", place=place)
    until = Moment(row.claim_until, time_zone, year=False)
    if row.claim_kind == ClaimKind.OFFER:
        return say("{place} is offered to somebody who waited, until {until}.", place=place, until=until)
    return say("Somebody is buying {place} at {till} until {until}.", place=place, till=row.name or "", until=until)
