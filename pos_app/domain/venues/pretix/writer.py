"""Exporting a seating plan as the pretix seating-plan JSON of today; `reader` tells the format.

Reading what was written gives the same plan: keys of our own keep what only Foyer knows (kinds of seats, angles,
capacities, the focal point).
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pos_app.domain.seats import SeatKind
from pos_app.domain.venues.plan_draft import SEAT_RADIUS
from pos_app.domain.venues.plan_geometry import guess_focus
from pos_app.domain.venues.pretix.areas import plain_number, write_shape_of, written_point

if TYPE_CHECKING:
    from pos_app.domain.venues.plan_draft import DraftArea, DraftRow, DraftSeat, DraftZone, PlanDraft


def write_plan(draft: PlanDraft) -> bytes:
    """Write a plan as UTF-8."""
    root: dict[str, Any] = {
        "name": draft.name,
        "zones": [_zone(zone) for zone in draft.zones],
        "categories": [{"name": category.name, "color": category.color} for category in draft.categories],
        "size": {"width": plain_number(draft.width), "height": plain_number(draft.height)},
    }
    if draft.focus != guess_focus(draft):
        root["foyer_focal_point"] = written_point(draft.focus)
    return json.dumps(root, ensure_ascii=False, separators=(",", ":")).encode()


def _zone(zone: DraftZone) -> dict[str, Any]:
    written: dict[str, Any] = {"name": zone.name, "uuid": zone.guid, "position": written_point((zone.x, zone.y))}
    if zone.zone_id:
        written["zone_id"] = zone.zone_id
    written["rows"] = [_row(row) for row in zone.rows]
    areas = [write_shape_of(shape) for shape in zone.scenery]
    areas += [_area(area) for area in zone.areas]
    written["areas"] = areas
    if zone.label is not None:
        written["foyer_label"] = written_point(zone.label)
    return written


def _row(row: DraftRow) -> dict[str, Any]:
    written: dict[str, Any] = {
        "row_number": row.label,
        "row_number_position": row.number_position or None,
        "uuid": row.guid,
        "position": written_point((row.x, row.y)),
    }
    if row.row_label:
        written["row_label"] = row.row_label
    if row.seat_label:
        written["seat_label"] = row.seat_label
    written["seats"] = [_seat(seat) for seat in row.seats]
    return written


def _seat(seat: DraftSeat) -> dict[str, Any]:
    written: dict[str, Any] = {
        "seat_guid": seat.guid,
        "seat_number": seat.number,
        "category": seat.category,
        "position": {"x": plain_number(seat.x), "y": plain_number(seat.y)},
    }
    if seat.uuid:
        written["uuid"] = seat.uuid
    if seat.start_direction:
        written["start_direction"] = seat.start_direction
    if seat.radius != SEAT_RADIUS:
        written["radius"] = plain_number(seat.radius)
    if seat.kind is not SeatKind.SEAT:
        written["foyer_kind"] = str(seat.kind)
    if seat.angle:
        written["foyer_angle"] = plain_number(seat.angle)
    return written


def _area(area: DraftArea) -> dict[str, Any]:
    own = {"foyer_capacity": area.capacity, "foyer_category": area.category, "foyer_name": area.name}
    return {**write_shape_of(area.shape), "uuid": area.guid, **own}
