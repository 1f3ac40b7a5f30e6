"""A draft as the seat map shows it, before anything is stored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from pos_app.domain.seats import PlaceRuns, SeatKind
from pos_app.domain.venues.area_shapes import AreaShape, ShapeKind
from pos_app.domain.venues.plan_draft import rounded
from pos_app.services.seats.map_data import PlanArea, PlanCategory, PlanZone, SeatPlan
from pos_app.services.venues.plan_rows import MOST_SORT

if TYPE_CHECKING:
    from pos_app.domain.venues.plan_draft import DraftArea, DraftZone, PlanDraft

_KINDS = {kind: code for code, kind in enumerate(SeatKind)}


@dataclass(frozen=True, slots=True, eq=False)
class PlanPreview:
    """A plan for the map whose seat ids count from 1, and the guids of its seats and areas by their index on it."""

    plan: SeatPlan
    seat_guids: tuple[str, ...]
    area_guids: tuple[str, ...]
    row_guids: tuple[str, ...]
    """By the row of SeatPlan.row_of; the first one, "", stands for no row."""
    zone_guids: tuple[str, ...]

    def index_of(self) -> dict[str, int]:
        """Return the index on the map by guid of the seat."""
        return {guid: index for index, guid in enumerate(self.seat_guids)}


def preview_plan(draft: PlanDraft) -> PlanPreview:
    """Return a draft as the map takes it; a tenth of a second or two for 60,000 seats, so not on the GUI thread."""
    categories = {one.name: at for at, one in enumerate(draft.categories)}
    columns: list[tuple[float, float, float, int, int, int, int, int]] = []
    guids: list[str] = []
    numbers: list[str] = []
    rows, labels = [""], [""]
    for at_zone, zone in enumerate(draft.zones):
        for row in zone.rows:
            left, top, row_of = zone.x + row.x, zone.y + row.y, len(rows)
            rows.append(row.guid)
            labels.append(row.label)
            for seat, position in zip(row.seats, row.positions(), strict=True):
                columns.append((
                    rounded(left + seat.x), rounded(top + seat.y), seat.angle, at_zone, row_of,
                    min(position, MOST_SORT), categories[seat.category], _KINDS[seat.kind],
                ))  # fmt: skip
                guids.append(seat.guid)
                numbers.append(seat.number)
    facts = np.array(columns, dtype=np.float64).reshape(-1, 8)
    plan = SeatPlan(
        plan_id=0,
        width=draft.width,
        height=draft.height,
        focal_x=draft.focus[0],
        focal_y=draft.focus[1],
        seat_id=np.arange(1, len(guids) + 1, dtype=np.int32),
        x=np.ascontiguousarray(facts[:, 0]),
        y=np.ascontiguousarray(facts[:, 1]),
        angle=facts[:, 2].astype(np.float32),
        zone=facts[:, 3].astype(np.int16),
        row_of=facts[:, 4].astype(np.int32),
        position=facts[:, 5].astype(np.int16),
        category=facts[:, 6].astype(np.int16),
        kind=facts[:, 7].astype(np.int8),
        numbers=tuple(numbers),
        row_labels=tuple(labels),
        zones=tuple(PlanZone(zone.name, *zone.label_place()) for zone in draft.zones),
        categories=tuple(PlanCategory(at + 1, one.name, one.color) for at, one in enumerate(draft.categories)),
        areas=_areas(draft, categories, first_id=len(guids) + 1),
    )
    return PlanPreview(
        plan,
        tuple(guids),
        tuple(area.guid for _, area in draft.areas()),
        tuple(rows),
        tuple(zone.guid for zone in draft.zones),
    )


def _areas(draft: PlanDraft, categories: dict[str, int], *, first_id: int) -> tuple[PlanArea, ...]:
    found: list[PlanArea] = []
    for at_zone, zone in enumerate(draft.zones):
        for area in zone.areas:
            places = PlaceRuns(((first_id, first_id + area.capacity - 1),))
            first_id += area.capacity
            outline = _outline(zone, area)
            found.append(
                PlanArea(len(found) + 1, area.name, at_zone, categories[area.category], area.capacity, outline, places)
            )
    return tuple(found)


def _outline(zone: DraftZone, area: DraftArea) -> AreaShape:
    outline = area.shape.area_shape(zone.x, zone.y)
    return outline or AreaShape(ShapeKind.RECTANGLE, zone.x, zone.y, 0.0, 100.0, 50.0)
