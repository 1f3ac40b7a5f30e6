"""The Studio of the demo: one small room with straight rows and an aisle in the middle; 220 places."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pos_app.demo.drawing import ROW_DEPTH, ROW_LETTERS, SEAT_PITCH, Draft, Spot
from pos_app.domain.seats import SeatKind

if TYPE_CHECKING:
    from pos_app.demo.drawing import DrawnPlan

FRONT_SEATS: Final = "Front seats"
BACK_SEATS: Final = "Back seats"
CATEGORIES: Final = {FRONT_SEATS: "#45259B", BACK_SEATS: "#14866F"}

_ROWS: Final = 11
_SEATS: Final = 20
_FRONT_ROWS: Final = 5
_AISLE: Final = 40.0
_STAGE_TO_FRONT: Final = 70.0
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


def _across(position: int) -> float:
    middle = (_SEATS - 1) / 2
    side = 1 if position > middle else -1
    return (position - middle) * SEAT_PITCH + side * _AISLE / 2
