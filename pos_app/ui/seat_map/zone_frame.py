"""The seats of one zone seen along and across its rows."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from pos_app.services.seats.map_data import SeatPlan


class ZoneFrame:
    """Coordinates turned by the zone's slant in degrees: along its rows, and down from the first to the last."""

    def __init__(self, x: NDArray[np.float64], y: NDArray[np.float64], turn: float) -> None:
        self._cos, self._sin = math.cos(math.radians(turn)), math.sin(math.radians(turn))
        self._along = x * self._cos + y * self._sin
        self._down = y * self._cos - x * self._sin
        self.is_empty = not len(x)
        self.width = float(np.ptp(self._along)) if len(x) else 0.0

    def along(self, x: float, y: float) -> float:
        """Return how far along the rows a plan point lies, kept beside the zone."""
        return min(max(x * self._cos + y * self._sin, float(self._along.min())), float(self._along.max()))

    def side(self, x: float, y: float) -> float:
        """Return whether a plan point lies above (-1) or below (1) the middle of the zone."""
        middle = float(self._down.min() + self._down.max()) / 2
        return 1.0 if y * self._cos - x * self._sin > middle else -1.0

    def edge(self, along: float, half_width: float, towards: float) -> float:
        """Return how far down the outermost seat of a strip across the rows is, above (-1) or below (1)."""
        within = self._down[np.abs(self._along - along) < half_width]
        if not len(within):
            within = self._down
        return float(within.max() if towards > 0 else within.min())

    def to_plan(self, along: float, down: float) -> tuple[float, float]:
        """Return a point in plan units."""
        return along * self._cos - down * self._sin, along * self._sin + down * self._cos


def seats_by_zone(plan: SeatPlan) -> list[NDArray[np.intp]]:
    """Return the seats of each zone of a plan."""
    order = np.argsort(plan.zone, kind="stable")
    borders = np.searchsorted(plan.zone[order], np.arange(len(plan.zones) + 1))
    return [order[borders[i] : borders[i + 1]] for i in range(len(plan.zones))]
