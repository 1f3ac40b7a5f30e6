"""The areas of a plan as they lie on the map: outlines, the room for their words, and how many places are left."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath, QPolygonF

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from pos_app.services.seats.map_data import PlanArea, SeatPlan, SeatStates

GRID = 32
"""So many lines each way are searched for the middle of a crooked area."""


@dataclass(frozen=True, slots=True)
class DrawnArea:
    """An area in plan units. words: the rectangle that its words may fill."""

    path: QPainterPath
    bounds: QRectF
    words: QRectF


class MapAreas:
    """The areas of one plan and what is left in them; all is free until states arrive."""

    def __init__(self, plan: SeatPlan, drawn: tuple[DrawnArea, ...] | None = None) -> None:
        self.areas = plan.areas
        self.drawn = drawn_areas(plan) if drawn is None else drawn
        self._performance_id: int | None = None
        self._start_anew()

    def __len__(self) -> int:
        """Return how many areas there are."""
        return len(self.areas)

    def take(self, states: SeatStates) -> tuple[bool, bool]:
        """Take over the counts of all areas or of the changed ones.

        Returns whether any count differs, and whether an area is sold out now or is not any more.
        """
        before, sold_out = (dict(self.free), dict(self.mine)), self.sold_out()
        if states.index is None:
            self._performance_id = states.performance_id
            self._start_anew()
        elif states.performance_id != self._performance_id:
            return False, False
        self.free.update(states.area_free)
        self.mine.update(states.area_mine)
        return before != (self.free, self.mine), sold_out != self.sold_out()

    def sold_out(self) -> set[int]:
        """Return the areas in which nothing is left."""
        return {at for at, free in self.free.items() if free <= 0}

    def at(self, x: float, y: float) -> int:
        """Return the area at a plan point, the topmost where they overlap, or -1."""
        point = QPointF(x, y)
        for index in reversed(range(len(self.drawn))):
            if self.drawn[index].bounds.contains(point) and self.drawn[index].path.contains(point):
                return index
        return -1

    def _start_anew(self) -> None:
        self.free = {index: area.capacity for index, area in enumerate(self.areas)}
        self.mine = dict.fromkeys(range(len(self.areas)), 0)


def drawn_areas(plan: SeatPlan) -> tuple[DrawnArea, ...]:
    """Return the areas of a plan as they lie on the map."""
    return tuple(_drawn(area) for area in plan.areas)


def _drawn(area: PlanArea) -> DrawnArea:
    corners = area.shape.outline()
    path = QPainterPath()
    path.addPolygon(QPolygonF([QPointF(x, y) for x, y in corners]))
    path.closeSubpath()
    return DrawnArea(path, path.boundingRect(), _room(np.array(corners, np.float64)))


def _room(corners: NDArray[np.float64]) -> QRectF:
    """Return a large level rectangle within an outline: the best of those around the middle of each line across it."""
    (left, top), (right, bottom) = corners.min(axis=0), corners.max(axis=0)
    ys = np.linspace(top, bottom, GRID + 2)[1:-1]
    spans = [_widest_span(corners, float(y)) for y in ys]
    best, room = 0.0, QRectF(left, top, right - left, bottom - top)
    for first in range(GRID):
        begin, end = -np.inf, np.inf
        for last in range(first, GRID):
            begin, end = max(begin, spans[last][0]), min(end, spans[last][1])
            height = float(ys[last] - ys[first])
            # Words are broad: twice as broad as high is as good as it gets.
            worth = min(end - begin, 2.4 * height) * height
            if end > begin and worth > best:
                best, room = worth, QRectF(begin, float(ys[first]), end - begin, height)
    return room


def _widest_span(corners: NDArray[np.float64], y: float) -> tuple[float, float]:
    """Return the longest piece of a level line that lies within an outline."""
    starts, ends = corners, np.roll(corners, -1, axis=0)
    crossing = (starts[:, 1] > y) != (ends[:, 1] > y)
    one, other = starts[crossing], ends[crossing]
    xs = np.sort(one[:, 0] + (y - one[:, 1]) / (other[:, 1] - one[:, 1]) * (other[:, 0] - one[:, 0]))
    pieces = [(float(a), float(b)) for a, b in zip(xs[::2], xs[1::2], strict=False)]
    return max(pieces, key=lambda piece: piece[1] - piece[0], default=(0.0, 0.0))
