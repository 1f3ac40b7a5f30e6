"""The places of an area: which they are, how they stand (counted from the inventory, never kept), and taking some."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import and_, case, false, func, not_, or_, select

from pos_app.db.clock import utc_now
from pos_app.db.models import Area, Seat
from pos_app.domain.errors import NotFound, TooFewPlaces
from pos_app.domain.seats import ClaimKind, PlaceRuns, SeatState, runs_of
from pos_app.domain.sentences import say, say_count
from pos_app.services.seats.claims import INVENTORY, may_take, these_seats

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from pos_app.domain.sentences import Sentence

NO_HOLD = 0
"""The hold id of a basket that holds nothing yet."""
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
class PlaceCount:
    """How places stand. free: for anyone; mine: of this basket; held: kept for others, in whatever way; sold."""

    capacity: int
    free: int
    mine: int
    held: int
    sold: int


def load_area(session: Session, area_id: int) -> tuple[str, PlaceRuns]:
    """Return the name and the places of an area. Raises NotFound."""
    name = session.execute(select(Area.name).where(Area.id == area_id)).scalar_one_or_none()
    if name is None:
        raise NotFound(say("This area is not there any more."), advice=say("Choose another one."))
    return name, load_area_places(session, [area_id])[area_id]


def load_area_places(session: Session, area_ids: Sequence[int]) -> dict[int, PlaceRuns]:
    """Return the places of areas, by area; an area without places has none."""
    if not area_ids:
        return {}
    # A seat's zone is in its index; its area is in no index of SQLite.
    of_area = and_(Seat.plan_id == Area.plan_id, Seat.zone_id == Area.zone_id, Seat.area_id == Area.id)
    of_these = and_(Area.id.in_(area_ids), Seat.deleted_at.is_(None))
    ends = session.execute(
        select(Area.id, func.min(Seat.id), func.max(Seat.id), func.count()).join(Seat, of_area).where(of_these)
        .group_by(Area.id)
    )  # fmt: skip
    places = dict.fromkeys(area_ids, PlaceRuns())
    for area_id, first, last, count in ends.all():
        if last - first + 1 == count:
            places[area_id] = PlaceRuns(((first, last),))
        else:
            ids = session.execute(select(Seat.id).join(Area, of_area).where(of_these, Area.id == area_id))
            places[area_id] = runs_of(ids.scalars())
    return places


def count_places(session: Session, performance_id: int, places: PlaceRuns, hold_id: int | None) -> PlaceCount:
    """Count places of a performance as a basket sees them; what a basket holds beyond its time is free."""
    seat = INVENTORY.c
    mine = and_(_owned(hold_id or NO_HOLD), seat.claim_until >= utc_now())
    free = may_take(NO_HOLD)
    row = session.execute(
        select(
            func.count().label("capacity"),
            _sum_of(free).label("free"),
            _sum_of(mine).label("mine"),
            _sum_of(seat.state == SeatState.SOLD).label("sold"),
        ).where(these_places(performance_id, places))
    ).one()
    capacity, free_count, mine_count, sold = (int(number or 0) for number in row)
    return PlaceCount(capacity, free_count, mine_count, capacity - free_count - mine_count - sold, sold)


def pick_places(session: Session, performance_id: int, area_id: int, wanted: int) -> list[int]:
    """Lock so many free places of an area and return their seats, for what is not a basket.

    Raises TooFewPlaces (it says how many are left), NotFound.
    """
    name, places = load_area(session, area_id)
    chosen = choose_places(session, performance_id, places, NO_HOLD, wanted)
    if len(chosen) < wanted:
        raise TooFewPlaces(tell_left(name, len(chosen), more=False), left=len(chosen), advice=say("Choose fewer."))
    return chosen


def choose_places(session: Session, performance_id: int, places: PlaceRuns, hold_id: int, wanted: int) -> list[int]:
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


def tell_left(area: str, left: int, *, more: bool) -> Sentence:
    """Say how many places are left in an area. more: beside those that the basket has already."""
    if more and not left:
        return say("No more place is left in {area}.", area=area)
    if more:
        return say_count(
            "Only {count} more place is left in {area}.",
            "Only {count} more places are left in {area}.",
            left,
            area=area,
        )
    if not left:
        return say("No place is left in {area}.", area=area)
    return say_count(
        "Only {count} place is left in {area}.", "Only {count} places are left in {area}.", left, area=area
    )


def these_places(performance_id: int, places: PlaceRuns) -> ColumnElement[bool]:
    """Name places by primary key."""
    seat = INVENTORY.c
    named = (seat.seat_id.between(first, last) for first, last in places.runs)
    return and_(seat.performance_id == performance_id, or_(false(), *named))


def _owned(hold_id: int) -> ColumnElement[bool]:
    """Claimed by this basket."""
    seat = INVENTORY.c
    return and_(seat.state == SeatState.CLAIMED, seat.claim_kind == ClaimKind.BASKET, seat.claim_id == hold_id)


def _free_for(hold_id: int) -> ColumnElement[bool]:
    """May be taken by this basket, and is not its own already."""
    return and_(may_take(hold_id), not_(_is_true(_owned(hold_id))))


def _find_free(session: Session, where: ColumnElement[bool], hold_id: int, most: int) -> list[int]:
    statement = _BY_KEY.where(where, _free_for(hold_id)).order_by(INVENTORY.c.seat_id).limit(most)
    return list(session.execute(statement).scalars())


def _lock(session: Session, where: ColumnElement[bool], hold_id: int, wanted: int, *, skip_locked: bool) -> list[int]:
    statement = _BY_KEY.where(where, _free_for(hold_id)).order_by(INVENTORY.c.seat_id).limit(wanted)
    return list(session.execute(statement.with_for_update(skip_locked=skip_locked)).scalars())


def _sum_of(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))


def _is_true(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """Take NULL for false, so that its negation is true."""
    return case((condition, 1), else_=0) == 1
