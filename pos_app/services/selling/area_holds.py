"""General admission: areas whose places nobody sees, taken by number and counted from the inventory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pos_app.domain.errors import InvalidInput, TooFewPlaces
from pos_app.domain.seats import SeatKey
from pos_app.domain.selling.holds import read_places
from pos_app.domain.sentences import say
from pos_app.services.seats.area_places import (
    NO_HOLD,
    choose_places,
    load_area,
    tell_left,
)
from pos_app.services.selling.holds import answer, find_hold, place_hold, release_seats, require_running
from pos_app.services.selling.on_sale import require_on_sale

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from pos_app.domain.roles import Actor
    from pos_app.domain.selling.holds import PlacedHold

MOST_PLACES: Final = 500
"""One basket takes no more places of an area."""


def set_places(
    session: Session,
    actor: Actor,
    basket_key: str,
    performance_id: int,
    area_id: int,
    total: int,
    *,
    after_start: bool = False,
) -> PlacedHold | None:
    """Let a basket hold so many places of an area in all: the rest is taken or given back, all of it or nothing.

    A total may be asked for again: that changes nothing, and the answer names all its places as taken, because the
    till may not have heard of them. Returns the basket, or None when nothing is left in it.
    Raises TooFewPlaces (it says how many are left) and what place_hold raises.
    """
    if not 0 <= total <= MOST_PLACES:
        raise InvalidInput(
            say("One basket takes 0 to {most} places of an area.", most=MOST_PLACES),
            advice=say("Choose fewer."),
        )
    name, places = load_area(session, area_id)
    hold = find_hold(session, basket_key, lock=True)
    held = () if hold is None else read_places(hold.places)
    mine = sorted(seat for seat in held if seat.performance_id == performance_id and seat.seat_id in places)
    if total < len(mine):
        return release_seats(session, basket_key, mine[total:])
    if hold is not None:
        require_running(hold)
        if total == len(mine):
            return answer(hold, held, taken=mine)
    elif not total:
        return None
    require_on_sale(session, actor, performance_id, after_start=after_start)
    wanted = total - len(mine)
    chosen = choose_places(session, performance_id, places, NO_HOLD if hold is None else hold.id, wanted)
    if len(chosen) < wanted:
        left = len(chosen)
        raise TooFewPlaces(tell_left(name, left, more=bool(mine)), left=left, advice=say("Choose fewer."))
    seats = [SeatKey(performance_id, seat_id) for seat_id in chosen]
    return place_hold(session, actor, basket_key, seats, after_start=after_start)
