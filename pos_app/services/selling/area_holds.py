"""General admission: areas whose places nobody sees, taken by number and counted from the inventory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from pos_app.db.models import Area, Performance
from pos_app.domain.errors import InvalidInput, NotFound, TooFewPlaces
from pos_app.domain.seats import SeatKey
from pos_app.domain.selling.holds import read_places
from pos_app.services.seats.area_places import NO_HOLD, count_places, free_for, load_area_places, these_places
from pos_app.services.seats.claims import INVENTORY, these_seats
from pos_app.services.selling.holds import answer, find_hold, place_hold, release_seats, require_running
from pos_app.services.selling.on_sale import require_on_sale

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from pos_app.domain.roles import Actor
    from pos_app.domain.seats import PlaceRuns
    from pos_app.domain.selling.holds import PlacedHold

MOST_PLACES: Final = 500
"""One basket takes no more places of an area."""
_SPARE: Final = 64
"""Places that others lock are skipped while so many more are free. Near the end tills queue instead: of two that skip
each other's places, both would be told that too few are left."""

_BY_KEY: Final = (
    select(INVENTORY.c.seat_id)
    .with_hint(INVENTORY, "FORCE INDEX (PRIMARY)", "mysql")
    .with_hint(INVENTORY, "FORCE INDEX (PRIMARY)", "mariadb")
)
"""By the primary key, in its order: sorted afterwards, a LIMIT would lock all rows that were read."""


@dataclass(frozen=True, slots=True)
class AreaCount:
    """How an area stands. free: for anyone; mine: of this basket; held: kept for others, in whatever way; sold."""

    area_id: int
    capacity: int
    free: int
    mine: int
    held: int
    sold: int


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
        raise InvalidInput(f"One basket takes 0 to {MOST_PLACES} places of an area.", advice="Choose fewer.")
    name, places = _load_area(session, area_id)
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
    chosen = _choose(session, performance_id, places, NO_HOLD if hold is None else hold.id, wanted)
    if len(chosen) < wanted:
        left = len(chosen)
        raise TooFewPlaces(_left_words(name, left, more=bool(mine)), left=left, advice="Choose fewer.")
    seats = [SeatKey(performance_id, seat_id) for seat_id in chosen]
    return place_hold(session, actor, basket_key, seats, after_start=after_start)


def pick_places(session: Session, performance_id: int, area_id: int, wanted: int) -> list[int]:
    """Lock so many free places of an area and return their seats, for what is not a basket.

    Raises TooFewPlaces (it says how many are left), NotFound.
    """
    name, places = _load_area(session, area_id)
    chosen = _choose(session, performance_id, places, NO_HOLD, wanted)
    if len(chosen) < wanted:
        raise TooFewPlaces(_left_words(name, len(chosen), more=False), left=len(chosen), advice="Choose fewer.")
    return chosen


def count_areas(session: Session, performance_id: int, hold_id: int | None = None) -> tuple[AreaCount, ...]:
    """Count the places of each area of a performance as the basket of hold_id sees them, in the order of their ids."""
    area_ids = session.execute(
        select(Area.id)
        .join(Performance, Performance.plan_id == Area.plan_id)
        .where(Performance.id == performance_id)
        .order_by(Area.id)
    )
    places = load_area_places(session, area_ids.scalars().all())
    counts = {area: count_places(session, performance_id, its, hold_id) for area, its in places.items()}
    return tuple(AreaCount(area, one.capacity, one.free, one.mine, one.held, one.sold) for area, one in counts.items())


def _load_area(session: Session, area_id: int) -> tuple[str, PlaceRuns]:
    name = session.execute(select(Area.name).where(Area.id == area_id)).scalar_one_or_none()
    if name is None:
        raise NotFound("This area is not there any more.", advice="Choose another one.")
    return name, load_area_places(session, [area_id])[area_id]


def _choose(session: Session, performance_id: int, places: PlaceRuns, hold_id: int, wanted: int) -> list[int]:
    """Lock so many free places and return their seats; fewer only when no more are free."""
    here, may_skip = these_places(performance_id, places), True
    while True:
        # Looked up without locks first, because a locking statement touches every place that it passes over.
        candidates = _find_free(session, here, hold_id, wanted + _SPARE)
        are_plenty = len(candidates) == wanted + _SPARE
        chosen = _lock(
            session, these_seats(performance_id, candidates), hold_id, wanted, skip_locked=are_plenty and may_skip
        )
        if len(chosen) == wanted or not are_plenty:
            return chosen
        may_skip = False


def _find_free(session: Session, where: ColumnElement[bool], hold_id: int, most: int) -> list[int]:
    statement = _BY_KEY.where(where, free_for(hold_id)).order_by(INVENTORY.c.seat_id).limit(most)
    return list(session.execute(statement).scalars())


def _lock(session: Session, where: ColumnElement[bool], hold_id: int, wanted: int, *, skip_locked: bool) -> list[int]:
    statement = _BY_KEY.where(where, free_for(hold_id)).order_by(INVENTORY.c.seat_id).limit(wanted)
    return list(session.execute(statement.with_for_update(skip_locked=skip_locked)).scalars())


def _left_words(area: str, left: int, *, more: bool) -> str:
    other = "more " if more else ""
    if not left:
        return f"No {other}place is left in {area}."
    if left == 1:
        return f"Only 1 {other}place is left in {area}."
    return f"Only {left} {other}places are left in {area}."
