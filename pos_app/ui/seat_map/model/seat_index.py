"""A grid over the seats: which seat is here, which seats are in this rectangle."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pos_app.ui.seat_map.model.view import SEAT_UNITS

if TYPE_CHECKING:
    from numpy.typing import NDArray

CELL = 48.0
REACH = SEAT_UNITS * 0.62
"""How far from a seat's centre a click still means it."""


class SeatIndex:
    """The seats sorted by grid cell, row of cells by row of cells, so that neighbours stand side by side."""

    def __init__(self, x: NDArray[np.float64], y: NDArray[np.float64]) -> None:
        self._x, self._y = x, y
        self._min_x = float(x.min()) - CELL if len(x) else 0.0
        self._min_y = float(y.min()) - CELL if len(y) else 0.0
        self._columns = int((float(x.max()) - self._min_x) / CELL) + 2 if len(x) else 1
        self._rows = int((float(y.max()) - self._min_y) / CELL) + 2 if len(y) else 1
        columns = ((x - self._min_x) / CELL).astype(np.int64)
        rows = ((y - self._min_y) / CELL).astype(np.int64)
        keys = rows * self._columns + columns
        self._seats = np.argsort(keys, kind="stable")
        self._keys = keys[self._seats]

    def in_rect(self, left: float, top: float, right: float, bottom: float) -> NDArray[np.intp]:
        """Return the seats of all cells that touch a rectangle of the plan: all within it, and some close by."""
        first_column = max(0, int((left - self._min_x) // CELL))
        last_column = min(self._columns - 1, int((right - self._min_x) // CELL))
        first_row = max(0, int((top - self._min_y) // CELL))
        last_row = min(self._rows - 1, int((bottom - self._min_y) // CELL))
        if first_column > last_column or first_row > last_row:
            return np.empty(0, np.intp)
        if first_column == 0 and last_column == self._columns - 1:
            begin, end = np.searchsorted(self._keys, (first_row * self._columns, (last_row + 1) * self._columns))
            return self._seats[begin:end]
        starts = np.arange(first_row, last_row + 1) * self._columns
        begins = np.searchsorted(self._keys, starts + first_column)
        ends = np.searchsorted(self._keys, starts + last_column + 1)
        return np.concatenate([self._seats[b:e] for b, e in zip(begins.tolist(), ends.tolist(), strict=True)])

    def within(self, left: float, top: float, right: float, bottom: float) -> NDArray[np.intp]:
        """Return, in the plan's order, exactly the seats whose centres lie in a rectangle of the plan."""
        near = self.in_rect(left, top, right, bottom)
        x, y = self._x[near], self._y[near]
        return np.sort(near[(x >= left) & (x <= right) & (y >= top) & (y <= bottom)])

    def nearest(self, x: float, y: float) -> int:
        """Return the seat nearest to a plan point within reach, or -1."""
        near = self.in_rect(x - REACH, y - REACH, x + REACH, y + REACH)
        if not len(near):
            return -1
        distance = (self._x[near] - x) ** 2 + (self._y[near] - y) ** 2
        best = int(distance.argmin())
        return int(near[best]) if float(distance[best]) <= REACH * REACH else -1

    def occupied(self, x: NDArray[np.float64], y: NDArray[np.float64], reach: float) -> NDArray[np.bool_]:
        """Return for each point whether a seat's centre is nearer than reach, which is at most a cell."""
        columns = ((x - self._min_x) // CELL).astype(np.int64)
        rows = ((y - self._min_y) // CELL).astype(np.int64)
        found = np.zeros(len(x), np.bool_)
        for row in (rows - 1, rows, rows + 1):
            begins = np.searchsorted(self._keys, row * self._columns + columns - 1)
            ends = np.searchsorted(self._keys, row * self._columns + columns + 2)
            for step in range(int(np.max(ends - begins, initial=0))):
                among = np.flatnonzero(begins + step < ends)
                seats = self._seats[begins[among] + step]
                near = (self._x[seats] - x[among]) ** 2 + (self._y[seats] - y[among]) ** 2 < reach * reach
                found[among[near]] = True
        return found

    def around(self, seats: NDArray[np.intp], reach: float) -> NDArray[np.intp]:
        """Return, each once, the seats that may overlap one of the given seats."""
        found = [
            self.in_rect(x - reach, y - reach, x + reach, y + reach)
            for x, y in zip(self._x[seats].tolist(), self._y[seats].tolist(), strict=True)
        ]
        return np.unique(np.concatenate(found)) if found else np.empty(0, np.intp)
