"""The places of a plan that is changed where it is: taken away, brought back, and counted for an area.

A place that goes is marked as deleted and kept out of the way, so that it comes back with its id when its guid does.
(To delete it, SQLite would search the whole inventory for each one.)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import delete, func, select, update

from pos_app.db.bulk import insert_rows, rewrite_rows
from pos_app.db.clock import utc_now
from pos_app.db.models import Area, PerformanceSeat, Seat
from pos_app.db.results import matched_rows
from pos_app.domain.seats import SeatState
from pos_app.domain.venues.plan_limits import PlanRefused
from pos_app.services.seats.claims import INVENTORY
from pos_app.services.venues.plan_rows import SEATS, add_area, area_facts, place_facts, place_numbers

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.orm import Session

    from pos_app.domain.venues.plan_draft import PlanDraft

_AT_ONCE: Final = 1_000


def update_areas(
    session: Session,
    plan_id: int,
    draft: PlanDraft,
    performance_ids: Sequence[int],
    keys: tuple[Mapping[str, int], Mapping[str, int]],
    aside: Mapping[str, Any],
) -> None:
    """Remove, change and add areas with their places. The places to go are chosen among those that nobody has."""
    zones, categories = keys
    stored = {area.guid or f"area-{area.id}": area for area in stored_areas(session, plan_id)}
    wanted = {area.guid for _, area in draft.areas()}
    for guid, area in stored.items():
        if guid not in wanted:
            remove_places(session, performance_ids, sorted(_places(session, plan_id, area.id)), aside)
    for zone, area in draft.areas():
        zone_id = zones[zone.guid]
        known = stored.get(area.guid)
        if known is None:
            area_id = add_area(session, plan_id, zone_id, zone, area)
        else:
            area_id = known.id
            facts = {"guid": area.guid, "zone_id": zone_id, **area_facts(zone, area)}
            session.execute(update(Area).where(Area.id == area_id).values(**facts))
        facts = place_facts(zone, area, zone_id, area_id, categories)
        places = _places(session, plan_id, area_id)
        session.execute(update(Seat).where(Seat.plan_id == plan_id, Seat.area_id == area_id).values(**facts))
        over = len(places) - area.capacity
        if over > 0:
            spare = _untaken(session, performance_ids, places)
            remove_places(session, performance_ids, sorted(spare)[-over:], aside, at_least=over)
        taken = set(places.values())
        free_numbers = (n for n in range(1, area.capacity + len(places) + 1) if f"{area.guid}-{n}" not in taken)
        add_places(
            session,
            plan_id,
            [
                {"plan_id": plan_id, "guid": f"{area.guid}-{number}", "number": str(number), "position": at, **facts}
                for _, (number, at) in zip(range(-over), place_numbers(free_numbers), strict=False)
            ],
        )


def add_places(session: Session, plan_id: int, rows: Sequence[dict[str, Any]]) -> None:
    """Store new places; those that were there once come back."""
    put_aside = select(SEATS.c.guid, SEATS.c.id).where(SEATS.c.plan_id == plan_id, SEATS.c.deleted_at.is_not(None))
    known = {row.guid: row.id for row in session.execute(put_aside)}
    back = [{"id": known[row["guid"]], **row, "deleted_at": None} for row in rows if row["guid"] in known]
    rewrite_rows(session, SEATS, back)
    insert_rows(session, SEATS, [row for row in rows if row["guid"] not in known])


def remove_places(
    session: Session,
    performance_ids: Sequence[int],
    seat_ids: Sequence[int],
    aside: Mapping[str, Any],
    *,
    at_least: int = 0,
) -> None:
    """Take places out of the plan and off sale. Raises PlanRefused when somebody has one of them.

    aside: the columns of a place that is gone; it may belong to nothing that goes too.
    """
    if len(seat_ids) < at_least:
        raise PlanRefused("Some of these places were taken just now; nothing was saved.", advice="Try again.")
    for start in range(0, len(seat_ids), _AT_ONCE):
        some = seat_ids[start : start + _AT_ONCE]
        for performance_id in performance_ids:
            here = (INVENTORY.c.performance_id == performance_id, INVENTORY.c.seat_id.in_(some))
            there = session.execute(select(func.count()).select_from(INVENTORY).where(*here)).scalar_one()
            gone = session.execute(
                delete(PerformanceSeat).where(
                    *here, INVENTORY.c.state == SeatState.FREE, INVENTORY.c.prior_order_line_id.is_(None)
                )
            )
            if matched_rows(gone) != there:
                raise PlanRefused(
                    "Some of these places were taken just now; nothing was saved.", advice="Look at the plan again."
                )
        session.execute(update(Seat).where(Seat.id.in_(some)).values(**aside, deleted_at=utc_now()))


def stored_areas(session: Session, plan_id: int) -> Sequence[Any]:
    """Return id and guid of the areas of a plan, in order."""
    return session.execute(select(Area.id, Area.guid).where(Area.plan_id == plan_id).order_by(Area.id)).all()


def _places(session: Session, plan_id: int, area_id: int) -> dict[int, str]:
    """Return the guids of the places of an area, by id."""
    rows = session.execute(
        select(Seat.id, Seat.guid).where(Seat.plan_id == plan_id, Seat.area_id == area_id, Seat.deleted_at.is_(None))
    )
    return {row.id: row.guid for row in rows}


def _untaken(session: Session, performance_ids: Sequence[int], places: Mapping[int, str]) -> set[int]:
    """Return which of the places are free on all performances."""
    seat = INVENTORY.c
    rows = session.execute(
        select(seat.seat_id).where(seat.performance_id.in_(performance_ids), seat.state != SeatState.FREE).distinct()
    )
    return set(places) - set(rows.scalars())
