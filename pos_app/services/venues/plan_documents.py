"""What of a plan is written as documents beside the rows, and how stored parts without a guid are called."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from pos_app.db.models import PlanScenery
from pos_app.domain.venues.plan_draft import SEAT_RADIUS, rounded
from pos_app.domain.venues.pretix.areas import write_shape_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy.orm import Session

    from pos_app.domain.venues.plan_draft import PlanDraft
    from pos_app.domain.venues.plan_shapes import PlanShape


@dataclass(frozen=True, slots=True)
class PlanDetails:
    """What the file format knows and no column holds.

    zones: x, y, zone_id by guid. rows: x, y, row_label, seat_label, number_position by guid. seats: uuid, radius,
    start_direction by guid, where they are not the usual. shapes: scenery, as scenery_document writes it.
    """

    zones: Mapping[str, list[Any]]
    rows: Mapping[str, list[Any]]
    seats: Mapping[str, list[Any]]
    shapes: list[Mapping[str, Any]]


def load_details(session: Session, plan_id: int) -> PlanDetails:
    """Return the documents of a plan; empty ones for a plan that has none."""
    stored = session.execute(
        select(PlanScenery.shapes, PlanScenery.details).where(PlanScenery.plan_id == plan_id)
    ).one_or_none()
    if stored is None:
        return PlanDetails({}, {}, {}, [])
    details = json.loads(stored.details)
    return PlanDetails(
        details.get("zones", {}), details.get("rows", {}), details.get("seats", {}), json.loads(stored.shapes)
    )


def scenery_document(draft: PlanDraft) -> str:
    """Write the scenery of all zones, positions counted from the plan's corner."""
    return _json(
        [
            {"zone": zone.guid, **write_shape_of(shifted(shape, zone.x, zone.y))}
            for zone in draft.zones
            for shape in zone.scenery
        ]
    )


def details_document(draft: PlanDraft) -> str:
    """Write what PlanDetails says."""
    return _json(
        {
            "zones": {zone.guid: [zone.x, zone.y, zone.zone_id] for zone in draft.zones},
            "rows": {
                row.guid: [row.x, row.y, row.row_label, row.seat_label, row.number_position]
                for zone in draft.zones
                for row in zone.rows
            },
            "seats": {
                seat.guid: [seat.uuid, seat.radius, seat.start_direction]
                for _, _, seat in draft.seats()
                if seat.uuid or seat.radius != SEAT_RADIUS or seat.start_direction
            },
        }
    )


def area_document(shape: PlanShape, x: float, y: float) -> str:
    """Write the outline of an area whose zone stands at x and y."""
    return _json(write_shape_of(shifted(shape, x, y)))


def shifted(shape: PlanShape, dx: float, dy: float) -> PlanShape:
    """Return a shape whose position is counted from elsewhere."""
    return replace(shape, x=rounded(shape.x + dx), y=rounded(shape.y + dy))


def single_guids(stored: Iterable[tuple[int, str]], what: str) -> dict[int, str]:
    """Return a guid by id, each given once: plans that no manager stored may have none, or one twice."""
    taken: set[str] = set()
    found = {}
    for row_id, guid in stored:
        own = guid if guid and guid not in taken else f"{(guid or what)[:40]}-{row_id}"
        taken.add(own)
        found[row_id] = own
    return found


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
