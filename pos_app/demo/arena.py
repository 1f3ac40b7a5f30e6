"""The Arena of the demo: 20,000 seats in three rings of blocks about a floor where 1,500 guests stand."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pos_app.demo.drawing import ROW_DEPTH, SEAT_PITCH, Draft, Spot, arc, on_circle
from pos_app.domain.seats import SeatKind
from pos_app.domain.venues.area_shapes import AreaShape, ShapeKind

if TYPE_CHECKING:
    from pos_app.demo.drawing import DrawnPlan

FLOOR: Final = "Floor standing"
LOWER_RING: Final = "Lower ring"
MIDDLE_RING: Final = "Middle ring"
UPPER_RING: Final = "Upper ring"
CATEGORIES: Final = {LOWER_RING: "#45259B", MIDDLE_RING: "#2C73DC", FLOOR: "#B4510B", UPPER_RING: "#13856E"}
SEATS: Final = 20_000
STANDING_PLACES: Final = 1500

_DEGREES: Final = 270.0
"""The rings leave a quarter of the circle to the stage."""
_AISLE_SEATS: Final = 2.4
_FLOOR_RADIUS: Final = 600.0
_STAGE_DEGREES: Final = 128.0
"""The floor ends at the stage: a straight edge from one side of the circle to the other."""
_FLOOR_POINTS: Final = 96
_PAIRS: Final = {0: SeatKind.WHEELCHAIR, 1: SeatKind.COMPANION}


@dataclass(frozen=True, slots=True)
class _Ring:
    category: str
    hundred: int
    radius: float
    rows: int
    blocks: int

    @property
    def degrees(self) -> float:
        """What a block takes up of the circle."""
        return _DEGREES / self.blocks


_RINGS: Final = (
    _Ring(LOWER_RING, 100, 700.0, 20, 9),
    _Ring(MIDDLE_RING, 200, 1330.0, 26, 18),
    _Ring(UPPER_RING, 300, 2122.0, 21, 18),
)


def draw_arena() -> DrawnPlan:
    """Draw the Arena; the same every time."""
    draft = Draft()
    draft.add_area(FLOOR, STANDING_PLACES, FLOOR, _floor())
    too_many = sum(ring.blocks * _seats_in(ring, row) for ring in _RINGS for row in range(ring.rows)) - SEATS
    for ring in _RINGS:
        for block in range(ring.blocks):
            # The very last row gives up the seats that are too many.
            spare = len(range(block, too_many, ring.blocks)) if ring is _RINGS[-1] else 0
            _add_block(draft, ring, block, spare)
    edge = on_circle(_FLOOR_RADIUS, _STAGE_DEGREES).y
    return draft.finish("Arena", Spot(0.0, edge - 40), CATEGORIES, stage_depth=420.0)


def _floor() -> AreaShape:
    turns = (_STAGE_DEGREES * (2 * i / (_FLOOR_POINTS - 1) - 1) for i in range(_FLOOR_POINTS))
    spots = (on_circle(_FLOOR_RADIUS, turn) for turn in turns)
    return AreaShape(ShapeKind.POLYGON, 0.0, 0.0, points=tuple((round(s.x, 2), round(s.y, 2)) for s in spots))


def _seats_in(ring: _Ring, row: int) -> int:
    """Return how many seats one block has in a row: more towards the back."""
    return math.floor((ring.radius + row * ROW_DEPTH) * math.radians(ring.degrees) / SEAT_PITCH - _AISLE_SEATS)


def _add_block(draft: Draft, ring: _Ring, block: int, spare: int) -> None:
    """Add a block of rows, its last row so many seats shorter."""
    middle = ring.degrees * (block - (ring.blocks - 1) / 2)
    heart = on_circle(ring.radius + (ring.rows - 1) / 2 * ROW_DEPTH, middle)
    zone = draft.add_zone(f"Block {ring.hundred + block + 1}", heart)
    for row in range(ring.rows):
        is_last = row == ring.rows - 1
        seats = _seats_in(ring, row) - (spare if is_last else 0)
        spots = arc(ring.radius + row * ROW_DEPTH, middle, seats)
        kinds = _PAIRS if is_last and ring.category == LOWER_RING else {}
        draft.add_row(zone, str(row + 1), spots, ring.category, kinds=kinds)
