"""The Main House of the demo: stalls and circle on arcs in three blocks each, and eight boxes; 1,404 places."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Final

from pos_app.demo.drawing import ROW_DEPTH, ROW_LETTERS, Draft, Spot, arc, on_circle, seat_degrees
from pos_app.domain.seats import SeatKind

if TYPE_CHECKING:
    from pos_app.demo.drawing import DrawnPlan

PREMIUM: Final = "Premium"
CATEGORY_A: Final = "Category A"
CATEGORY_B: Final = "Category B"
CATEGORY_C: Final = "Category C"
CATEGORIES: Final = {PREMIUM: "#45259B", CATEGORY_A: "#2C73DC", CATEGORY_B: "#13856E", CATEGORY_C: "#E58BB1"}

_FRONT: Final = 820.0
"""The radius of the first row. All arcs are drawn about one point behind the stage."""
_STAGE_EDGE: Final = _FRONT - 62
_STAGE_DEPTH: Final = 175.0
_STALLS_ROWS: Final = 18
_CIRCLE_FRONT: Final = _FRONT + _STALLS_ROWS * ROW_DEPTH + 78
_WHEELCHAIR_ROW_SEATS: Final = 20
_PAIRS: Final = {
    position: SeatKind.WHEELCHAIR if chair else SeatKind.COMPANION
    for position, chair in {0: True, 1: False, 3: True, 4: False, 15: False, 16: True, 18: False, 19: True}.items()
}
"""In the last row of the stalls, at the level entrance: each wheelchair place beside its companion's."""


@dataclass(frozen=True, slots=True)
class _Row:
    """A row through all three blocks; gap: from block to block, in seats."""

    radius: float
    letter: str
    centre_seats: int
    side_seats: int
    gap: float
    centre_category: str
    side_category: str
    kinds: dict[int, SeatKind]


def draw_theatre() -> DrawnPlan:
    """Draw the Main House; the same every time."""
    draft = Draft()
    _add_tier(draft, "Stalls", _FRONT, 27.0, [_stalls_row(i) for i in range(_STALLS_ROWS)])
    _add_tier(draft, "Circle", _CIRCLE_FRONT, 23.5, [_circle_row(i) for i in range(9)])
    _add_boxes(draft)
    return draft.finish("Main House", Spot(0.0, _STAGE_EDGE), CATEGORIES, stage_depth=_STAGE_DEPTH)


def _stalls_row(i: int) -> _Row:
    category = PREMIUM if i < 5 else CATEGORY_A if i < 11 else CATEGORY_B
    last = i == _STALLS_ROWS - 1
    return _Row(
        radius=_FRONT + i * ROW_DEPTH,
        letter=ROW_LETTERS[i],
        centre_seats=_WHEELCHAIR_ROW_SEATS if last else 18 + i // 2,
        side_seats=9 + i * 2 // 5,
        gap=1.5,
        centre_category=category,
        side_category=category,
        kinds=_PAIRS if last else {},
    )


def _circle_row(i: int) -> _Row:
    category = CATEGORY_A if i < 2 else CATEGORY_B if i < 5 else CATEGORY_C
    return _Row(
        radius=_CIRCLE_FRONT + i * ROW_DEPTH,
        letter=ROW_LETTERS[i],
        centre_seats=26 + i // 2,
        side_seats=14 + i // 2,
        gap=1.5,
        centre_category=category,
        side_category=CATEGORY_C if i > 3 else category,
        kinds={},
    )


def _add_tier(draft: Draft, tier: str, radius: float, side_degrees: float, rows: list[_Row]) -> None:
    """Add three blocks whose seats are numbered right across the house."""
    turns = (("left", -side_degrees), ("centre", 0.0), ("right", side_degrees))
    left, centre, right = (draft.add_zone(f"{tier} {name}", on_circle(radius - 38, turn)) for name, turn in turns)
    for row in rows:
        away = seat_degrees(row.radius) * ((row.centre_seats + row.side_seats) / 2 + row.gap)
        draft.add_row(left, row.letter, arc(row.radius, -away, row.side_seats), row.side_category)
        draft.add_row(
            centre,
            row.letter,
            arc(row.radius, 0.0, row.centre_seats),
            row.centre_category,
            first_number=row.side_seats + 1,
            kinds=row.kinds,
        )
        draft.add_row(
            right,
            row.letter,
            arc(row.radius, away, row.side_seats),
            row.side_category,
            first_number=row.side_seats + row.centre_seats + 1,
        )


def _add_boxes(draft: Draft) -> None:
    """Add four boxes on each side, three rows of two chairs in each; the two nearest the stage are the dearest."""
    for (side, letters), i in product(((-1, "ABCD"), (1, "EFGH")), range(4)):
        degrees = side * (36.6 + 0.62 * i)
        middle = on_circle(892.0 + i * 124, degrees)
        zone = draft.add_zone(f"Box {letters[i]}", Spot(middle.x, middle.y - 62))
        cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
        chairs = [(across, along) for along in (-25.0, 0.0, 25.0) for across in (-12.5, 12.5)]
        spots = [
            Spot(middle.x + across * cos + along * sin, middle.y - across * sin + along * cos, -degrees)
            for across, along in chairs
        ]
        draft.add_row(zone, "", spots, PREMIUM if i < 2 else CATEGORY_A)
