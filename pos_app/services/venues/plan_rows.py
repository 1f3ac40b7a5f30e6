"""Writing the rows of a plan: what is new, in a few large statements."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import delete, insert, select

from pos_app.db.base import table_of
from pos_app.db.bulk import insert_rows
from pos_app.db.models import Area, PlanRow, PlanScenery, PriceCategory, Seat, Zone
from pos_app.db.results import insert_row
from pos_app.domain.seats import SeatKind
from pos_app.domain.venues.plan_draft import rounded
from pos_app.services.venues.plan_documents import area_document, details_document, scenery_document

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from sqlalchemy.orm import Session

    from pos_app.domain.venues.plan_draft import DraftArea, DraftRow, DraftSeat, DraftZone, PlanDraft

    Progress = Callable[[float], None]

SEATS: Final = table_of(Seat)
MOST_SORT: Final = 32_000
"""Orders and positions are small integers; who comes after that many comes last."""


def insert_parts(session: Session, plan_id: int, draft: PlanDraft, on_progress: Progress | None = None) -> None:
    """Store all parts of a plan whose own row is there; on_progress is told the share that is done (0 to 1)."""
    categories = add_categories(session, plan_id, draft)
    zones = add_zones(session, plan_id, list(enumerate(draft.zones)))
    rows = add_rows(
        session, plan_id, [(zones[zone.guid], at, row) for zone in draft.zones for at, row in enumerate(zone.rows)]
    )
    values = [
        {"plan_id": plan_id, "guid": seat.guid, **facts} for seat, facts in seat_facts(draft, zones, rows, categories)
    ]
    for zone, area in draft.areas():
        area_id = add_area(session, plan_id, zones[zone.guid], zone, area)
        facts = place_facts(zone, area, zones[zone.guid], area_id, categories)
        values += [
            {"plan_id": plan_id, "guid": f"{area.guid}-{number}", "number": str(number), "position": position, **facts}
            for number, position in place_numbers(range(1, area.capacity + 1))
        ]
    insert_rows(session, SEATS, values, None if on_progress is None else lambda done: on_progress(done / len(values)))
    put_documents(session, plan_id, draft)


def add_categories(session: Session, plan_id: int, draft: PlanDraft) -> dict[str, int]:
    """Store all categories; return their ids by name."""
    session.execute(
        insert(PriceCategory),
        [
            {"plan_id": plan_id, "name": one.name, "color": one.color, "sort": sort}
            for sort, one in enumerate(draft.categories)
        ],
    )
    stored = session.execute(select(PriceCategory.name, PriceCategory.id).where(PriceCategory.plan_id == plan_id))
    return {row.name: row.id for row in stored}


def add_zones(session: Session, plan_id: int, zones: Iterable[tuple[int, DraftZone]]) -> dict[str, int]:
    """Store zones with their places in the order; return the ids of all zones of the plan by guid."""
    values = [{"plan_id": plan_id, "guid": zone.guid, **zone_facts(zone, sort)} for sort, zone in zones]
    if values:
        session.execute(insert(Zone), values)
    stored = session.execute(select(Zone.guid, Zone.id).where(Zone.plan_id == plan_id))
    return {row.guid: row.id for row in stored}


def add_rows(session: Session, plan_id: int, rows: Iterable[tuple[int, int, DraftRow]]) -> dict[str, int]:
    """Store rows (zone's id, place in the order, row); return the ids of all rows of the plan by guid."""
    values = [
        {"zone_id": zone_id, "guid": row.guid, "label": row.label, "sort": min(sort, MOST_SORT)}
        for zone_id, sort, row in rows
    ]
    insert_rows(session, table_of(PlanRow), values)
    stored = session.execute(
        select(PlanRow.guid, PlanRow.id).join(Zone, Zone.id == PlanRow.zone_id).where(Zone.plan_id == plan_id)
    )
    return {row.guid: row.id for row in stored}


def add_area(session: Session, plan_id: int, zone_id: int, zone: DraftZone, area: DraftArea) -> int:
    """Store an area without its places; return its id."""
    return insert_row(session, Area, plan_id=plan_id, zone_id=zone_id, guid=area.guid, **area_facts(zone, area))


def put_documents(session: Session, plan_id: int, draft: PlanDraft) -> None:
    """Write scenery and details anew."""
    session.execute(delete(PlanScenery).where(PlanScenery.plan_id == plan_id))
    session.execute(
        insert(PlanScenery).values(plan_id=plan_id, shapes=scenery_document(draft), details=details_document(draft))
    )


def zone_facts(zone: DraftZone, sort: int) -> dict[str, Any]:
    """Return the columns of a zone that may change."""
    label_x, label_y = zone.label_place()
    return {"name": zone.name, "label_x": label_x, "label_y": label_y, "sort": sort}


def area_facts(zone: DraftZone, area: DraftArea) -> dict[str, Any]:
    """Return the columns of an area that may change."""
    return {"name": area.name, "capacity": area.capacity, "shape": area_document(area.shape, zone.x, zone.y)}


def seat_facts(
    draft: PlanDraft, zones: Mapping[str, int], rows: Mapping[str, int], categories: Mapping[str, int]
) -> Iterator[tuple[DraftSeat, dict[str, Any]]]:
    """Yield each seat with its columns that may change."""
    for zone in draft.zones:
        zone_id = zones[zone.guid]
        for row in zone.rows:
            left, top, row_id = zone.x + row.x, zone.y + row.y, rows[row.guid]
            for seat, position in zip(row.seats, row.positions(), strict=True):
                yield (
                    seat,
                    {
                        "zone_id": zone_id,
                        "row_id": row_id,
                        "area_id": None,
                        "category_id": categories[seat.category],
                        "number": seat.number,
                        "position": min(position, MOST_SORT),
                        "kind": str(seat.kind),
                        "x": rounded(left + seat.x),
                        "y": rounded(top + seat.y),
                        "angle": seat.angle,
                    },
                )


def place_facts(
    zone: DraftZone, area: DraftArea, zone_id: int, area_id: int, categories: Mapping[str, int]
) -> dict[str, Any]:
    """Return the columns that all places of an area share."""
    xs, ys = zip(*area.shape.corners(), strict=True)
    return {
        "zone_id": zone_id,
        "row_id": None,
        "area_id": area_id,
        "category_id": categories[area.category],
        "kind": str(SeatKind.SEAT),
        "x": rounded(zone.x + (min(xs) + max(xs)) / 2),
        "y": rounded(zone.y + (min(ys) + max(ys)) / 2),
        "angle": 0.0,
    }


def place_numbers(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield the numbers of places of an area with their positions."""
    for number in numbers:
        yield number, min(number, MOST_SORT)
