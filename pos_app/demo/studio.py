"""The Studio of the demo: one small room with straight rows and an aisle in the middle; 220 places.

For concerts its rows are taken out but two: 120 guests stand in front of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pos_app.demo.drawing import ROW_DEPTH, ROW_LETTERS, SEAT_PITCH, Draft, Spot
from pos_app.domain.seats import SeatKind
from pos_app.domain.venues.area_shapes import AreaShape, ShapeKind

if TYPE_CHECKING:
    from pos_app.demo.drawing import DrawnPlan

FRONT_SEATS: Final = "Front seats"
BACK_SEATS: Final = "Back seats"
CATEGORIES: Final = {FRONT_SEATS: "#45259B", BACK_SEATS: "#14866F"}

STANDING: Final = "Standing"
SEATED: Final = "Seated"
STANDING_CATEGORIES: Final = {SEATED: "#45259B", STANDING: "#2C73DC"}
STANDING_PLACES: Final = 120

_ROWS: Final = 11
_SEATS: Final = 20
_FRONT_ROWS: Final = 5
_AISLE: Final = 40.0
_STAGE_TO_FRONT: Final = 70.0
_FLOOR_DEPTH: Final = 180.0
_PAIRS: Final = {
    0: SeatKind.WHEELCHAIR,
    1: SeatKind.COMPANION,
    _SEATS - 2: SeatKind.COMPANION,
    _SEATS - 1: SeatKind.WHEELCHAIR,
}
"""In the last row, beside the doors."""


def draw_studio() -> DrawnPlan:
    """Draw the Studio; the same every time."""
    draft = Draft()
    zone = draft.add_zone("Studio", Spot(0.0, -36.0))
    for i in range(_ROWS):
        spots = [Spot(_across(position), i * ROW_DEPTH) for position in range(_SEATS)]
        category = FRONT_SEATS if i < _FRONT_ROWS else BACK_SEATS
        draft.add_row(zone, ROW_LETTERS[i], spots, category, kinds=_PAIRS if i == _ROWS - 1 else {})
    return draft.finish("Studio", Spot(0.0, -_STAGE_TO_FRONT), CATEGORIES, stage_depth=130.0)


def draw_standing_studio() -> DrawnPlan:
    """Draw the Studio with room to stand and two rows behind it; the same every time."""
    draft = Draft()
    half = (_SEATS - 1) / 2 * SEAT_PITCH + _AISLE / 2
    floor = AreaShape(ShapeKind.RECTANGLE, -half, 0.0, width=2 * half, height=_FLOOR_DEPTH)
    draft.add_area(STANDING, STANDING_PLACES, STANDING, floor)
    zone = draft.add_zone("Rows", Spot(0.0, _FLOOR_DEPTH + 24.0))
    for i in range(2):
        spots = [Spot(_across(position), _FLOOR_DEPTH + 62.0 + i * ROW_DEPTH) for position in range(_SEATS)]
        draft.add_row(zone, ROW_LETTERS[i], spots, SEATED, kinds=_PAIRS if i == 1 else {})
    return draft.finish("Studio, standing", Spot(0.0, -_STAGE_TO_FRONT + 30), STANDING_CATEGORIES, stage_depth=130.0)


def _across(position: int) -> float:
    middle = (_SEATS - 1) / 2
    side = 1 if position > middle else -1
    return (position - middle) * SEAT_PITCH + side * _AISLE / 2
