"""The free seats of a house, laid out so that blocks are found by scanning bytes.

Every seat has a slot; seats side by side have slots side by side, and an empty slot stands wherever a row ends or an
aisle runs through it. A run of free seats is then a run of equal bytes, which a regular expression finds, and how badly
a block sees is the difference of two running sums. (20,000 seats in pure Python: some milliseconds.)
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, pairwise, repeat
from math import hypot
from operator import mul, sub
from typing import TYPE_CHECKING, Any, Final, TypeVar

from pos_app.domain.picking.neighbors import RowNeighbors, RowOfHouse
from pos_app.domain.picking.sightlines import AHEAD, axis_of, seen_from

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

T = TypeVar("T")
Slots = TypeVar("Slots", list[int], bytearray)

TAKEN: Final = 0
ORDINARY: Final = 1
WHEELCHAIR: Final = 2
COMPANION: Final = 3
_CODES: Final = (ORDINARY, WHEELCHAIR, COMPANION, ORDINARY)

RESTRICTED_KIND: Final = 3
SCALE: Final = 100
"""Costs are whole hundredths of a plan unit: sums are exact, and a symmetrical house gives true ties."""
RESTRICTED_COST: Final = 1 << 40
"""One seat with a restricted view counts as worse than any block without."""
RESERVED_COST: Final = 1 << 45
"""One place for a wheelchair or a companion that is given to somebody else counts as worse than any view."""
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
        self.axis: Final = axis_of(places.x, places.y, focal)
        """Which way the stage looks; None where the seats stand all around it."""
        keys = [
            (zone << 48) + (row << 20) + position + _MIDDLE
            for zone, row, position in zip(places.zone, places.row, places.position, strict=True)
        ]
        self._order = sorted(range(len(keys)), key=keys.__getitem__)
        self._keys = self._ordered(keys)
        steps = map(sub, self._keys[1:], self._keys)
        ends = [*(i for i, step in enumerate(steps, start=1) if step != 1), len(keys)]
        self._runs = [(start, end, start + aisles + _EDGE) for aisles, (start, end) in enumerate(pairwise([0, *ends]))]
        """The seats side by side: from and to in the order of slots, and the slot of the first."""
        self.slots: Final = len(keys) + len(ends) + 2 * _EDGE
        self.at: Final = self._laid_out(self._order, [-1] * self.slots)
        """Which place stands in a slot; -1: none."""
        self._codes = bytes(map(_CODES.__getitem__, places.kind))
        self._codes_in_order = self._ordered(self._codes)
        self._slot_of: list[int] = []
        self._rows: list[RowOfHouse] | None = None
        self._neighbors: RowNeighbors | None = None
        self._masks: dict[int, int] = {}
        self._index: dict[int, int] = {}
        self.running: Final = list(accumulate(self._laid_out(self._costs(), [0] * self.slots), initial=0))
        """Running sums of the costs of slots: what the slots a to b cost is running[b] - running[a]."""
        self.flags = bytearray()
        """What is free in each slot: TAKEN (or nothing there), ORDINARY, WHEELCHAIR or COMPANION."""
        self.update_free(free)

    def update_free(self, free: Iterable[object]) -> None:
        """Take over all states anew: one truth value a place."""
        in_order = self._ordered(list(free))
        codes = [code if is_free else TAKEN for code, is_free in zip(self._codes_in_order, in_order, strict=True)]
        self.flags = self._laid_out(bytes(codes), bytearray(self.slots))

    def set_free(self, seats: Iterable[int], *, free: bool) -> None:
        """Say of some seats that they are free, or not; seats that the plan does not have are passed over."""
        for seat in seats:
            i = self.index_of(seat)
            if i >= 0:
                self.flags[self.slot_of(i)] = self._codes[i] if free else TAKEN

    def slot_of(self, index: int) -> int:
        """Return the slot of a place."""
        if not self._slot_of:
            self._slot_of = [0] * len(self._order)
            for slot, i in enumerate(self.at):
                if i >= 0:
                    self._slot_of[i] = slot
        return self._slot_of[index]

    def index_of(self, seat: int) -> int:
        """Return which place a seat is, or -1."""
        if not self._index:
            self._index = {known: i for i, known in enumerate(self.places.seat)}
        return self._index.get(seat, -1)

    def code(self, index: int) -> int:
        """Return what a place is when it is free: ORDINARY, WHEELCHAIR or COMPANION."""
        return self._codes[index]

    def running_costs(self, x: float, y: float, zone: int) -> list[int]:
        """Return running sums as in `running`, but about another point, and for one zone: of use only within it."""
        places = self.places
        start, end = self.slots_of(zone)
        costs = [0] * self.slots
        for slot in range(start, end):
            if (i := self.at[slot]) >= 0:
                costs[slot] = int(hypot(places.x[i] - x, places.y[i] - y) * SCALE)
                costs[slot] += RESTRICTED_COST if places.kind[i] == RESTRICTED_KIND else 0
        return list(accumulate(costs, initial=0))

    def off_axis(self, x: float, y: float) -> float:
        """Return how far to the side of the stage's axis a point lies, in plan units."""
        ahead_x, ahead_y = self.axis or AHEAD
        return abs((x - self.focal[0]) * ahead_y - (y - self.focal[1]) * ahead_x)

    def _costs(self) -> list[int]:
        places = self.places
        seen = seen_from(places.x, places.y, self.focal, self.axis)
        costs = list(map(int, map(mul, seen, repeat(SCALE))))
        if RESTRICTED_KIND in places.kind:
            restricted = (i for i, kind in enumerate(places.kind) if kind == RESTRICTED_KIND)
            for i in restricted:
                costs[i] += RESTRICTED_COST
        return self._ordered(costs)

    def _ordered(self, values: Sequence[T]) -> list[T]:
        return list(map(values.__getitem__, self._order))

    def _laid_out(self, in_order: Sequence[Any], slots: Slots) -> Slots:
        """Put values that are in the order of slots into their slots."""
        for start, end, slot in self._runs:
            slots[slot : slot + end - start] = in_order[start:end]
        return slots

    def eligible(self, category: int | None, zone: int | None, without: Collection[int] = ()) -> bytearray:
        """Return the flags with everything free of another category or zone left out, and the seats `without` too."""
        if category is None and zone is None and not without:
            return self.flags
        kept = self.flags
        if category is not None:
            both = int.from_bytes(kept, "little") & self._mask(category)
            kept = bytearray(both.to_bytes(self.slots, "little"))
        if zone is not None:
            start, end = self.slots_of(zone)
            kept = bytearray(start) + kept[start:end] + bytearray(self.slots - end)
        if without:
            kept = bytearray(kept)
            for i in map(self.index_of, without):
                if i >= 0:
                    kept[self.slot_of(i)] = TAKEN
        return kept

    def slots_of(self, zone: int) -> tuple[int, int]:
        """Return the slots of a zone: the first, and the one after the last; both are 0 where there is no such zone."""
        rows = [row for row in self.rows() if row.zone == zone]
        return (rows[0].start, rows[-1].end) if rows else (0, 0)

    def _mask(self, category: int) -> int:
        """Return a number whose bytes let the flags of one category through."""
        if category not in self._masks:
            through = [0xFF if one == category else 0 for one in self._ordered(self.places.category)]
            mask = self._laid_out(bytes(through), bytearray(self.slots))
            self._masks[category] = int.from_bytes(mask, "little")
        return self._masks[category]

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
        rows = [key >> 20 for key in self._keys]
        slot_at = {start: slot for start, _, slot in self._runs}
        starts = [start for start, _, _ in self._runs if start == 0 or rows[start] != rows[start - 1]] if rows else []
        found = []
        for start, end in pairwise([*starts, len(rows)]):
            middle = self._order[(start + end) // 2]
            found.append(
                RowOfHouse(
                    self.places.zone[middle],
                    slot_at[start],
                    slot_at.get(end, self.slots - _EDGE) - 1,
                    self.places.x[middle],
                    self.places.y[middle],
                )
            )
        return found


@cache
def runs_of(length: int) -> re.Pattern[bytes]:
    """Return the expression that finds runs of at least so many ordinary seats."""
    return re.compile(b"\x01{%d,}" % length)
