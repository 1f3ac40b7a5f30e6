"""Seating plans for the tests of the seat map: a theatre, a stadium, an arena, one small room."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace

import numpy as np

from pos_app.domain.seats import PlaceRuns
from pos_app.domain.venues.area_shapes import AreaShape, ShapeKind
from pos_app.services.seats.map_data import PlanArea, PlanCategory, PlanZone, SeatClaim, SeatPlan, SeatStates

FOUR_CATEGORIES = ("Premium", "Category A", "Category B", "Category C")
PITCH, ROW_DEPTH, FRONT = 23.0, 27.0, 820.0


@dataclass
class PlanDraft:
    """Collects rows of seats: (x, y, angle) points with what they share."""

    categories: tuple[str, ...] = FOUR_CATEGORIES
    zones: list[PlanZone] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    seats: list[tuple[float, float, float, int, int, int, int, int, str]] = field(default_factory=list)

    def zone(self, name: str, x: float, y: float) -> int:
        self.zones.append(PlanZone(name, x, y))
        return len(self.zones) - 1

    def row(
        self,
        zone: int,
        label: str,
        points: list[tuple[float, float, float]],
        category: int,
        first: int = 1,
        kinds: dict[int, int] | None = None,
    ) -> None:
        self.labels.append(label)
        row = len(self.labels) - 1
        for place, (x, y, angle) in enumerate(points):
            kind = (kinds or {}).get(place, 0)
            self.seats.append((x, y, angle, zone, row, place, category, kind, str(first + place)))

    def plan(self, focal_x: float, focal_y: float) -> SeatPlan:
        x, y, angle, zone, row, place, category, kind, numbers = (
            zip(*self.seats, strict=True) if self.seats else [()] * 9
        )
        return SeatPlan(
            plan_id=1,
            width=max(x, default=400.0) + 60,
            height=max(y, default=300.0) + 50,
            focal_x=focal_x,
            focal_y=focal_y,
            seat_id=np.arange(1, len(x) + 1, dtype=np.int32) * 3,
            x=np.array(x, np.float64),
            y=np.array(y, np.float64),
            angle=np.array(angle, np.float32),
            zone=np.array(zone, np.int16),
            row_of=np.array(row, np.int32),
            position=np.array(place, np.int16),
            category=np.array(category, np.int16),
            kind=np.array(kind, np.int8),
            numbers=tuple(numbers),
            row_labels=tuple(self.labels),
            zones=tuple(self.zones),
            categories=tuple(PlanCategory(i + 1, name, "") for i, name in enumerate(self.categories)),
        )


def theatre() -> SeatPlan:
    """About 1,400 seats on arcs: stalls and circle in three blocks each, eight boxes, wheelchair places."""
    draft = PlanDraft()
    centre_x, centre_y = 900.0, -480.0

    def arc(radius: float, middle: float, count: int) -> list[tuple[float, float, float]]:
        step = PITCH / radius
        turns = [middle + step * (i - (count - 1) / 2) for i in range(count)]
        return [(centre_x + radius * math.sin(t), centre_y + radius * math.cos(t), -math.degrees(t)) for t in turns]

    def label_at(radius: float, turn: float) -> tuple[float, float]:
        return centre_x + radius * math.sin(turn), centre_y + radius * math.cos(turn)

    def tier(name: str, radius: float, rows: int, centre_seats: int, side_seats: int, categories: list[int]) -> None:
        turn = 0.46 if name == "Stalls" else 0.4
        left = draft.zone(f"{name} left", *label_at(radius - 38, -turn))
        middle = draft.zone(f"{name} centre", *label_at(radius - 38, 0))
        right = draft.zone(f"{name} right", *label_at(radius - 38, turn))
        for i in range(rows):
            r, row, category = radius + i * ROW_DEPTH, "ABCDEFGHJKLMNPQRSTUVW"[i], categories[i]
            centre, sides = centre_seats + i // 2, side_seats + i * 2 // 5
            seat = PITCH / r
            kinds = {0: 1, 1: 2, 3: 1, 4: 2, 15: 2, 16: 1, 18: 2, 19: 1, 8: 3} if i == 17 else None
            away = seat * ((centre - 1) / 2 + 1.5 + sides / 2 + 0.5)
            draft.row(left, row, arc(r, -away, sides), category)
            draft.row(middle, row, arc(r, 0, centre), category, sides + 1, kinds)
            draft.row(right, row, arc(r, away, sides), category, sides + centre + 1)

    tier("Stalls", FRONT, 18, 18, 9, [0] * 5 + [1] * 6 + [2] * 7)
    tier("Circle", FRONT + 18 * ROW_DEPTH + 78, 9, 26, 14, [1, 1, 2, 2, 2, 3, 3, 3, 3])
    for side, names in ((-1, "ABCD"), (1, "EFGH")):
        for i, name in enumerate(names):
            turn, radius = side * math.radians(36.6 + 0.62 * i), 892.0 + i * 124
            x, y = label_at(radius, turn)
            zone = draft.zone(f"Box {name}", x - 60 * math.sin(turn) * 0, y - 62)
            points = []
            for k in range(6):
                across, along = (k % 2 - 0.5) * 25, (k // 2 - 1) * 25
                cos, sin = math.cos(turn), math.sin(turn)
                points.append((x + across * cos + along * sin, y - across * sin + along * cos, -math.degrees(turn)))
            draft.row(zone, "", points, 0 if i < 2 else 1)
    return draft.plan(centre_x, centre_y + FRONT - 62)


def stadium(seats: int = 60_000) -> SeatPlan:
    """A grid of straight rows in blocks, numbered per row."""
    draft = PlanDraft(categories=(*FOUR_CATEGORIES, "Gold", "Students", "Press", "Guests", "Standing"))
    blocks, rows_per_block, per_row = 12, 20, 25
    bands = seats // (blocks * rows_per_block * per_row)
    for band in range(bands):
        for block in range(blocks):
            left, top = block * (per_row * PITCH + 60), 300 + band * (rows_per_block * PITCH + 60)
            zone = draft.zone(f"Block {band + 1}{block + 1:02d}", left + 276, top - 34)
            for row in range(rows_per_block):
                points = [(left + i * PITCH, top + row * PITCH, 0.0) for i in range(per_row)]
                draft.row(zone, str(row + 1), points, (band + block) % 9)
    return draft.plan(blocks * (per_row * PITCH + 60) / 2, 200)


def arena() -> SeatPlan:
    """Full circles of seats around a round stage, all in one zone whose name is Arabic."""
    draft = PlanDraft(categories=("أمامي", "خلفي"))
    zone = draft.zone("المدرج", 500, 130)
    for i in range(8):
        radius = 150 + i * ROW_DEPTH
        count = int(2 * math.pi * radius / PITCH)
        turns = [2 * math.pi * k / count for k in range(count)]
        points = [(500 + radius * math.sin(t), 500 + radius * math.cos(t), -math.degrees(t) % 360) for t in turns]
        draft.row(zone, "ابتثجحخد"[i], points, i // 4)
    return draft.plan(500, 500)


def room(*, rows: int = 4, seats: int = 6, zone: str = "Stalls") -> SeatPlan:
    """A small room: straight rows, category by row."""
    draft = PlanDraft()
    index = draft.zone(zone, 100.0, 70.0)
    for row in range(rows):
        points = [(40 + i * PITCH, 100 + row * ROW_DEPTH, 0.0) for i in range(seats)]
        draft.row(index, "ABCDEFGH"[row], points, row % 4)
    return draft.plan(40 + (seats - 1) * PITCH / 2, 40)


STANDING, TERRACE, GALLERY, BAR = range(4)
"""The areas of the mixed house."""


def mixed() -> SeatPlan:
    """A small room with four areas, one of each shape, around its four rows."""
    plan = room(seats=14)
    shapes = (
        ("Standing", 120, AreaShape(ShapeKind.RECTANGLE, 30, 215, 0, 330, 130)),
        ("Terrace with a view of the sea", 60, AreaShape(ShapeKind.CIRCLE, 470, 280, 0, 140, 140)),
        ("Gallery", 40, AreaShape(ShapeKind.POLYGON, 400, 60, 0, points=GALLERY_CORNERS)),
        ("Bar", 12, AreaShape(ShapeKind.ELLIPSE, 90, 400, 20, 110, 60)),
    )
    first = 100_000
    areas = []
    for index, (name, capacity, shape) in enumerate(shapes):
        places = PlaceRuns(((first, first + capacity - 1),))
        areas.append(PlanArea(index + 1, name, 1, index, capacity, shape, places))
        first += capacity
    return replace(plan, zones=(*plan.zones, PlanZone("Standing", 195.0, 280.0)), areas=tuple(areas))


GALLERY_CORNERS = ((0.0, 0.0), (160.0, 20.0), (150.0, 120.0), (60.0, 120.0), (60.0, 60.0), (0.0, 60.0))


def only_standing() -> SeatPlan:
    """A house without one seat: room to stand, and nothing else."""
    plan = empty()
    shape = AreaShape(ShapeKind.RECTANGLE, 30, 100, 0, 300, 200)
    area = PlanArea(1, "Floor", 0, 0, 300, shape, PlaceRuns(((1, 300),)))
    return replace(plan, focal_x=180.0, focal_y=60.0, areas=(area,))


def counted_states(plan: SeatPlan, free: dict[int, int], mine: dict[int, int] | None = None) -> SeatStates:
    """All seats free, and so many places in the areas."""
    return replace(all_states([0] * len(plan.seat_id)), area_free=free, area_mine=mine or {})


def empty() -> SeatPlan:
    """A plan with a zone and not one seat."""
    draft = PlanDraft()
    draft.zone("Stalls", 100, 100)
    return draft.plan(100, 50)


def all_states(states: list[int], claims: dict[int, SeatClaim] | None = None, performance: int = 1) -> SeatStates:
    """The states of all seats."""
    return SeatStates(performance, None, np.array(states, np.int8), claims or {}, "1")


def changed_states(
    changes: dict[int, int], claims: dict[int, SeatClaim] | None = None, performance: int = 1
) -> SeatStates:
    """The states of some seats."""
    index = np.array(list(changes), np.int32)
    return SeatStates(performance, index, np.array(list(changes.values()), np.int8), claims or {}, "2")


def busy_states(plan: SeatPlan, seed: int = 7) -> SeatStates:
    """An evening half sold: parties of up to five, some held, house and blocked seats."""
    rng = np.random.default_rng(seed)
    count = len(plan.seat_id)
    state = np.zeros(count, np.int8)
    at = 0
    while at < count:
        party = int(rng.integers(1, 6))
        chance = float(rng.random())
        state[at : at + party] = (
            3 if chance < 0.42 else 2 if chance < 0.46 else 4 if chance < 0.48 else 5 if chance < 0.5 else 0
        )
        at += party
    state[plan.kind > 0] = 0
    claims = {int(i): SeatClaim("Till 2", 250.0) for i in np.flatnonzero(state == 2)}
    return SeatStates(1, None, state, claims, "1")
