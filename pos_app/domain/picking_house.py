"""The free seats of a house, laid out so that blocks are found by scanning bytes.

Every seat has a slot; seats side by side have slots side by side, and an empty slot stands wherever a row ends or an
aisle runs through it. A run of free seats is then a run of equal bytes, which a regular expression finds, and the
distance of a block is the difference of two running sums. (20,000 seats in pure Python: some milliseconds.)
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, pairwise, repeat
from math import hypot
from operator import sub
from typing import TYPE_CHECKING, Final

from pos_app.domain.row_neighbors import RowNeighbors, RowOfHouse

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

TAKEN: Final = 0
ORDINARY: Final = 1
WHEELCHAIR: Final = 2
COMPANION: Final = 3
_CODES: Final = (ORDINARY, WHEELCHAIR, COMPANION, ORDINARY)

RESTRICTED_KIND: Final = 3
SCALE: Final = 100
"""Distances are whole hundredths of a plan unit: sums are exact, and a symmetrical house gives true ties."""
RESTRICTED_COST: Final = 1 << 40
"""One seat with a restricted view counts as farther than any block without."""
ORPHAN_COST: Final = 1 << 50
"""One single seat left over counts more than any view."""
_EDGE: Final = 2
_MIDDLE: Final = 1 << 19
"""Added to positions, so that a plan may count them from below zero."""


@dataclass(frozen=True, slots=True)
class Places:
    """A drawn plan as parallel sequences, one entry a place.

    row: its key, unique within the zone. position: within the row; a gap in positions is an aisle. x, y: plan units.
    kind: 0 seat, 1 wheelchair, 2 companion, 3 restricted view.
    """

    seat: Sequence[int]
    row: Sequence[int]
    position: Sequence[int]
    x: Sequence[float]
    y: Sequence[float]
    zone: Sequence[int]
    category: Sequence[int]
    kind: Sequence[int]


class PickingHouse:
    """A plan with what is free in it; build it once, then tell it what changes.

    focal: the point that everyone looks at. free: one truth value a place, in the order of `places`.
    """

    def __init__(self, places: Places, free: Iterable[object], focal: tuple[float, float]) -> None:
        self.places = places
        self.focal = focal
        keys = [
            (zone << 48) + (row << 20) + position + _MIDDLE
            for zone, row, position in zip(places.zone, places.row, places.position, strict=True)
        ]
        order = sorted(range(len(keys)), key=keys.__getitem__)
        in_order = [keys[i] for i in order]
        breaks = accumulate((right - left != 1 for left, right in pairwise(in_order)), initial=_EDGE)
        slots = [i + before for i, before in enumerate(breaks)] if order else []
        self.slots: Final = (slots[-1] if slots else _EDGE) + _EDGE + 1
        self.at: Final = [-1] * self.slots
        """Which place stands in a slot; -1: none."""
        self.slot_of: Final = [0] * len(order)
        for slot, i in zip(slots, order, strict=True):
            self.at[slot] = i
            self.slot_of[i] = slot
        self._in_order = (in_order, slots)
        self._codes = [_CODES[kind] for kind in places.kind]
        self._rows: list[RowOfHouse] | None = None
        self._neighbors: RowNeighbors | None = None
        self._index: dict[int, int] | None = None
        self.running: Final = self.running_costs(*focal)
        """Running sums of the costs of slots: what the slots a to b cost is running[b] - running[a]."""
        self.flags = bytearray(self.slots)
        """What is free in each slot: TAKEN (or nothing there), ORDINARY, WHEELCHAIR or COMPANION."""
        self.update_free(free)

    def update_free(self, free: Iterable[object]) -> None:
        """Take over all states anew: one truth value a place."""
        flags = bytearray(self.slots)
        for slot, code, is_free in zip(self.slot_of, self._codes, free, strict=True):
            if is_free:
                flags[slot] = code
        self.flags = flags

    def set_free(self, seats: Iterable[int], *, free: bool) -> None:
        """Say of some seats that they are free, or not; seats that the plan does not have are passed over."""
        for seat in seats:
            i = self.index_of(seat)
            if i >= 0:
                self.flags[self.slot_of[i]] = self._codes[i] if free else TAKEN

    def index_of(self, seat: int) -> int:
        """Return which place a seat is, or -1."""
        if self._index is None:
            self._index = {known: i for i, known in enumerate(self.places.seat)}
        return self._index.get(seat, -1)

    def code(self, index: int) -> int:
        """Return what a place is when it is free: ORDINARY, WHEELCHAIR or COMPANION."""
        return self._codes[index]

    def running_costs(self, x: float, y: float) -> list[int]:
        """Return running sums of the costs about a point."""
        places = self.places
        distances = map(hypot, map(sub, places.x, repeat(x)), map(sub, places.y, repeat(y)))
        costs = [0] * self.slots
        for slot, kind, distance in zip(self.slot_of, places.kind, distances, strict=True):
            costs[slot] = int(distance * SCALE) + (RESTRICTED_COST if kind == RESTRICTED_KIND else 0)
        return list(accumulate(costs, initial=0))

    def eligible(self, category: int | None, zone: int | None) -> bytearray:
        """Return the flags with everything free of another category or zone left out."""
        if category is None and zone is None:
            return self.flags
        places, flags = self.places, self.flags
        kept = bytearray(self.slots)
        for slot, its_category, its_zone in zip(self.slot_of, places.category, places.zone, strict=True):
            if (category is None or its_category == category) and (zone is None or its_zone == zone):
                kept[slot] = flags[slot]
        return kept

    def rows(self) -> list[RowOfHouse]:
        """Return the rows, by zone and row."""
        if self._rows is None:
            self._rows = self._find_rows()
        return self._rows

    def row_at(self, slot: int) -> int:
        """Return which of the rows a slot belongs to."""
        return bisect_right(self.rows(), slot, key=lambda row: row.start) - 1

    def neighbors(self) -> RowNeighbors:
        """Return which rows are neighbours."""
        if self._neighbors is None:
            self._neighbors = RowNeighbors(self.rows(), self.focal)
        return self._neighbors

    def _find_rows(self) -> list[RowOfHouse]:
        in_order, slots = self._in_order
        starts = [0] if slots else []
        starts += [i for i, (left, right) in enumerate(pairwise(in_order), start=1) if left >> 20 != right >> 20]
        found = []
        for start, end in pairwise([*starts, len(slots)]):
            first, middle = self.at[slots[start]], self.at[slots[(start + end) // 2]]
            found.append(
                RowOfHouse(
                    self.places.zone[first],
                    self.places.row[first],
                    slots[start],
                    slots[end - 1] + 1,
                    self.places.x[middle],
                    self.places.y[middle],
                )
            )
        return found


@cache
def runs_of(length: int) -> re.Pattern[bytes]:
    """Return the expression that finds runs of at least so many ordinary seats."""
    return re.compile(b"\x01{%d,}" % length)
