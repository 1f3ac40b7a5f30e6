"""Storing drawn plans: a hall of 20,000 seats in a few large statements."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import insert, select

from pos_app.db.models import Area, PlanRow, PriceCategory, Seat, SeatingPlan, Venue, Zone
from pos_app.db.results import insert_row
from pos_app.demo.house import TIME_ZONE
from pos_app.domain.seats import SeatKind
from pos_app.domain.venues.area_shapes import write_shape

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sqlalchemy.orm import Session

    from pos_app.demo.drawing import DrawnArea, DrawnPlan, DrawnSeat

CURRENCY: Final = "EUR"
ORGANISATION: Final = "Meridian Theatre"
ADDRESS: Final = "4 Harbour Street, Dublin"


@dataclass(frozen=True, slots=True)
class StoredPlan:
    """A plan with its ids: categories and areas by name, seats by the id they were given, in the order of drawing."""

    plan_id: int
    drawn: DrawnPlan
    category_ids: Mapping[str, int]
    seats: Mapping[int, DrawnSeat]
    area_ids: Mapping[str, int]


def add_venue(session: Session, name: str) -> int:
    """Store a venue; returns its key."""
    return insert_row(session, Venue, name=name, address=ADDRESS, time_zone=TIME_ZONE, currency=CURRENCY)


def add_plan(session: Session, venue_id: int, drawn: DrawnPlan) -> StoredPlan:
    """Store a plan of a venue."""
    plan = insert_row(
        session,
        SeatingPlan,
        venue_id=venue_id,
        name=drawn.name,
        width=drawn.width,
        height=drawn.height,
        focal_x=drawn.focus.x,
        focal_y=drawn.focus.y,
    )
    categories = {
        name: insert_row(session, PriceCategory, plan_id=plan, name=name, color=color, sort=sort)
        for sort, (name, color) in enumerate(drawn.categories.items())
    }
    zones = _add_zones(session, plan, drawn)
    rows = _add_rows(session, zones, drawn)
    areas = {area.zone: _add_area(session, plan, zones[area.zone], area) for area in drawn.areas}
    session.execute(
        insert(Seat),
        [
            {
                "plan_id": plan,
                "zone_id": zones[seat.zone],
                "row_id": rows[zones[seat.zone], seat.row],
                "area_id": None,
                "category_id": categories[seat.category],
                "guid": seat.guid,
                "number": str(seat.number),
                "position": seat.position,
                "kind": seat.kind,
                "x": seat.spot.x,
                "y": seat.spot.y,
                "angle": seat.spot.angle,
            }
            for seat in drawn.seats
        ]
        + [
            {**place, "plan_id": plan, "zone_id": zones[area.zone], "category_id": categories[area.category]}
            for area in drawn.areas
            for place in _places(area, areas[area.zone])
        ],
    )
    by_guid = {seat.guid: seat for seat in drawn.seats}
    stored = session.execute(
        select(Seat.id, Seat.guid).where(Seat.plan_id == plan, Seat.area_id.is_(None)).order_by(Seat.id)
    )
    return StoredPlan(plan, drawn, categories, {row.id: by_guid[row.guid] for row in stored}, areas)


def _add_zones(session: Session, plan: int, drawn: DrawnPlan) -> dict[str, int]:
    session.execute(
        insert(Zone),
        [
            {
                "plan_id": plan,
                "guid": zone.name.lower().replace(" ", "-"),
                "name": zone.name,
                "label_x": zone.label.x,
                "label_y": zone.label.y,
                "sort": sort,
            }
            for sort, zone in enumerate(drawn.zones)
        ],
    )
    return {row.name: row.id for row in session.execute(select(Zone.id, Zone.name).where(Zone.plan_id == plan))}


def _add_rows(session: Session, zones: Mapping[str, int], drawn: DrawnPlan) -> dict[tuple[int, str], int]:
    """Store the rows in the order of drawing; returns their keys by zone and label."""
    wanted = dict.fromkeys((seat.zone, seat.row) for seat in drawn.seats)
    session.execute(
        insert(PlanRow),
        [
            {
                "zone_id": zones[zone],
                "guid": f"{zone} {row}".strip().lower().replace(" ", "-"),
                "label": row,
                "sort": sort,
            }
            for sort, (zone, row) in enumerate(wanted)
        ],
    )
    stored = session.execute(
        select(PlanRow.id, PlanRow.zone_id, PlanRow.label).where(PlanRow.zone_id.in_(list(zones.values())))
    )
    return {(row.zone_id, row.label): row.id for row in stored}


def _add_area(session: Session, plan: int, zone: int, area: DrawnArea) -> int:
    return insert_row(
        session,
        Area,
        plan_id=plan,
        zone_id=zone,
        guid=area.guid,
        name=area.zone,
        capacity=area.capacity,
        shape=write_shape(area.shape),
    )


def _places(area: DrawnArea, area_id: int) -> Iterator[dict[str, Any]]:
    """Yield the numbered places of an area, which nobody sees."""
    middle = area.middle
    for number in range(1, area.capacity + 1):
        yield {
            "row_id": None,
            "area_id": area_id,
            "guid": f"{area.guid}-{number}",
            "number": str(number),
            "position": number,
            "kind": SeatKind.SEAT,
            "x": middle.x,
            "y": middle.y,
            "angle": 0.0,
        }
