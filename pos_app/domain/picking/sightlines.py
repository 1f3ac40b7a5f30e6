"""How badly a place sees the stage: by its distance, and by how far it is to the side of the stage.

Places that see equally well lie on an ellipse with the stage in its focus: straight before the stage what counts is the
distance, at 45 degrees a place counts as 1.7 times as far, beside the stage 3.5 times, and behind it 6 times.
"""

from __future__ import annotations

from itertools import repeat
from math import atan2, cos, hypot, pi, sin
from operator import sub
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence

Point: TypeAlias = tuple[float, float]

SIDE: Final = 2.5
"""How much the angle counts beside the distance."""
_ALL_AROUND: Final = 0.25
"""The middle of all seats is so near to the stage, by their mean distance, where they stand all around it."""
_UPRIGHT: Final = pi / 9
"""A stage that is turned by less than this (20 degrees) is one that looks straight along the plan."""
AHEAD: Final[Point] = (0.0, 1.0)
"""Down the plan: what stages look along as a rule."""


def axis_of(x: Sequence[float], y: Sequence[float], stage: Point) -> Point | None:
    """Return which way a stage looks, as a step of length 1; None where the seats stand all around it.

    stage: the middle of its edge. It looks towards the middle of the seats, straight along the plan where it
    nearly does.
    """
    if not x:
        return None
    across = sum(x) / len(x) - stage[0]
    away = sum(y) / len(y) - stage[1]
    mean = sum(map(hypot, map(sub, x, repeat(stage[0])), map(sub, y, repeat(stage[1])))) / len(x)
    if hypot(across, away) <= _ALL_AROUND * mean:
        return None
    turn = atan2(away, across)
    quarters = round(turn / (pi / 2))
    if abs(turn - quarters * pi / 2) < _UPRIGHT:
        # Whole steps: a symmetrical house has true ties.
        return ((1.0, 0.0), (0.0, 1.0), (-1.0, 0.0), (0.0, -1.0))[quarters % 4]
    return cos(turn), sin(turn)


def seen_from(x: Sequence[float], y: Sequence[float], stage: Point, axis: Point | None) -> list[float]:
    """Return for each place how badly it sees, in plan units: its distance, and more to the side."""
    stage_x, stage_y = stage
    distances = map(hypot, map(sub, x, repeat(stage_x)), map(sub, y, repeat(stage_y)))
    if axis is None:
        return list(distances)
    ahead_x, ahead_y = axis
    return [
        away + SIDE * (away - (px - stage_x) * ahead_x - (py - stage_y) * ahead_y)
        for away, px, py in zip(distances, x, y, strict=True)
    ]
