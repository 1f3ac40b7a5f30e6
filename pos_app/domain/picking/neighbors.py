"""Which rows are neighbours: those with no third row between them, wherever the plan has them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import takewhile
from math import hypot
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

_NEAR: Final = 8
"""Neighbours are looked for among so many rows that are next nearer or next farther from the focal point."""


@dataclass(frozen=True, slots=True)
class RowOfHouse:
    """A row and its slots (the aisles' too), from start up to but not including end; and where its middle seat is."""

    zone: int
    start: int
    end: int
    middle_x: float
    middle_y: float


class RowNeighbors:
    """The rows of each zone, from the focal point outwards, and their neighbours, found when asked for.

    Two rows are neighbours when no third row of the zone is nearer to both of them than they are to each other
    (the relative neighbourhood graph): the next row behind, also over a cross aisle; the same row beyond an aisle.
    only: the rows that there are; the others are passed over as if they were not in the house.
    """

    def __init__(
        self, rows: Sequence[RowOfHouse], focal: tuple[float, float], *, only: Collection[int] | None = None
    ) -> None:
        x, y = focal
        zones: defaultdict[int, list[tuple[float, int]]] = defaultdict(list)
        self._rows = rows
        for i in range(len(rows)) if only is None else only:
            row = rows[i]
            zones[row.zone].append((hypot(row.middle_x - x, row.middle_y - y), i))
        self._orders = {zone: [i for _, i in sorted(rows)] for zone, rows in zones.items()}
        self._rank = {i: rank for order in self._orders.values() for rank, i in enumerate(order)}
        self._known: dict[int, tuple[int, ...]] = {}

    def of(self, row: int) -> tuple[int, ...]:
        """Return the neighbours of a row (both are indexes of the rows)."""
        found = self._known.get(row)
        if found is None:
            found = self._known[row] = tuple(self._find(row))
        return found

    def _near(self, row: int) -> list[int]:
        order, rank = self._orders[self._rows[row].zone], self._rank[row]
        return [other for other in order[max(0, rank - _NEAR) : rank + _NEAR + 1] if other != row]

    def _find(self, row: int) -> Iterator[int]:
        here = self._rows[row]
        near = self._near(row)
        away = {other: _distance(here, self._rows[other]) for other in near}
        near.sort(key=lambda other: (away[other], other))
        for other in near:
            there, limit = self._rows[other], away[other]
            nearer = takewhile(lambda third: away[third] < limit, near)  # noqa: B023 - used up before the next round
            if not any(_distance(self._rows[third], there) < limit for third in nearer):
                yield other


def _distance(one: RowOfHouse, other: RowOfHouse) -> float:
    return hypot(one.middle_x - other.middle_x, one.middle_y - other.middle_y)
