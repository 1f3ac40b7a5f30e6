"""A party in several blocks: as few as there can be, in neighbouring rows of one zone, near to each other."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from itertools import accumulate, combinations, islice, product
from math import hypot
from typing import TYPE_CHECKING, Final, NamedTuple

from pos_app.domain.picking.house import ORDINARY, SCALE, runs_of
from pos_app.domain.picking.neighbors import RowNeighbors
from pos_app.domain.picking.part_sizes import Shape, offsets, part_sizes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pos_app.domain.picking.house import PickingHouse

_MOST_TRIED: Final = 300
"""So many parts are placed to compare ways to sit, those in the nearest rows first: of two parts, half as many ways."""
_MOST_GROUPS: Final = 1500
"""So many groups of rows are looked at; after that the nearest seats that will do are taken."""


class _Run(NamedTuple):
    start: int
    shape: Shape
    distance: int


def _longest_first(run: _Run) -> tuple[int, int, int]:
    return -run.shape.length, run.distance, run.start


class _Seated(NamedTuple):
    """A way to sit: its badness (people alone, orphans, inequality), its cost, and the blocks (first slot, size)."""

    badness: int
    cost: float
    blocks: tuple[tuple[int, int], ...]


class Splits:
    """The splits of one wish.

    running: running sums of what each slot costs. across_taken: rows are neighbours too when all the rows between
    them are taken.
    """

    def __init__(
        self,
        house: PickingHouse,
        count: int,
        eligible: bytearray,
        running: Sequence[int],
        *,
        avoid_orphans: bool,
        across_taken: bool = False,
    ) -> None:
        self._house = house
        self._count = count
        self._running = running
        self._avoid = avoid_orphans
        self._looked_at = 0
        self._filtered = eligible is not house.flags
        self._spans = self._find_spans(eligible)
        self._neighbors = house.neighbors()
        if across_taken:
            self._neighbors = RowNeighbors(house.rows(), house.focal, only=self._spans)
        self._lengths = {
            row: sorted([end - start for start, end in spans], reverse=True) for row, spans in self._spans.items()
        }
        self._most_seated = self._most_by_zone()
        self._known_runs: dict[int, list[_Run]] = {}

    def best(self) -> tuple[tuple[int, int], ...] | None:
        """Return the blocks as (first slot, size), in the order of slots, or None."""
        count = self._count
        large = {zone: most for zone, most in self._most_seated.items() if most[-1] >= count}
        roots = self._nearest_first(row for row in self._spans if self._zone_of(row) in large)
        least = min((bisect_left(most, count) for most in large.values()), default=count + 1)
        for parts in range(max(2, least), count + 1):
            ways = (way for group in self._groups(roots, parts) for way in self._ways(group, parts))
            found = min(
                (seated for way in islice(ways, _MOST_TRIED // parts) if (seated := self._seat(way))), default=None
            )
            if found is not None:
                return found.blocks
            if self._looked_at >= _MOST_GROUPS:
                break
        gathered = self._gather(roots)
        return None if gathered is None else gathered.blocks

    def _nearest_first(self, rows: Iterable[int]) -> list[int]:
        running = self._running
        nearest = [
            (min([(running[end] - running[start]) // (end - start) for start, end in self._spans[row]]), row)
            for row in rows
        ]
        return [row for _, row in sorted(nearest)]

    def _zone_of(self, row: int) -> int:
        return self._house.rows()[row].zone

    def _most_by_zone(self) -> dict[int, list[int]]:
        """Return, for each zone, how many sit at most in no, one, two ... parts, wherever those are."""
        lengths: defaultdict[int, list[int]] = defaultdict(list)
        for row, its_lengths in self._lengths.items():
            lengths[self._zone_of(row)] += its_lengths
        return {
            zone: list(accumulate(sorted(some, reverse=True)[: self._count], initial=0))
            for zone, some in lengths.items()
        }

    def _gather(self, roots: Sequence[int]) -> _Seated | None:
        """Return some way to sit: from a row outwards, always on the longest run in the neighbouring rows."""
        left = set(roots)
        for root in roots:
            if root not in left:
                continue
            rows, chosen, seated = {root}, set[_Run](), 0
            while seated < self._count:
                near = {other for row in rows for other in self._neighbors.of(row) if other in self._spans}
                offered = [(run, row) for row in sorted(rows | near) for run in self._runs(row) if run not in chosen]
                if not offered:
                    break
                run, row = max(offered, key=lambda one: (one[0].shape.length, -one[0].distance, -one[0].start))
                rows.add(row)
                chosen.add(run)
                seated += run.shape.length
            else:
                return self._seat(tuple(sorted(chosen)))
            left -= rows
        return None

    def _find_spans(self, eligible: bytearray) -> dict[int, list[tuple[int, int]]]:
        """Return the runs of eligible seats of each row: from which slot, and up to which."""
        ends = [row.end for row in self._house.rows()]
        found: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
        i = 0
        for match in runs_of(1).finditer(eligible):
            span = match.span()
            while ends[i] <= span[0]:
                i += 1
            found[i].append(span)
        return dict(found)

    def _runs(self, row: int) -> list[_Run]:
        """Return the runs of a row, the longest first."""
        if row not in self._known_runs:
            runs = [self._run(start, end) for start, end in self._spans[row]]
            self._known_runs[row] = sorted(runs, key=_longest_first)
        return self._known_runs[row]

    def _run(self, start: int, end: int) -> _Run:
        flags, running = self._house.flags, self._running
        before = _free_beside(flags, start, -1) if self._filtered else 0
        after = _free_beside(flags, end - 1, 1) if self._filtered else 0
        distance = (running[end] - running[start]) // (end - start)
        return _Run(start, Shape(end - start, before, after), distance)

    def _groups(self, roots: Sequence[int], parts: int) -> Iterator[tuple[int, ...]]:
        """Yield groups of neighbouring rows that seat the party in so many parts, each row with one at least."""
        seen: set[tuple[int, ...]] = set()
        for root in roots:
            most = self._most_seated[self._zone_of(root)]
            waiting: list[tuple[int, ...]] = [(root,)]
            while waiting:
                group = waiting.pop()
                if group in seen:
                    continue
                if self._looked_at >= _MOST_GROUPS:
                    return
                self._looked_at += 1
                seen.add(group)
                if self._capacity(group, parts) >= self._count:
                    yield group
                short = self._count - sum(self._lengths[row][0] for row in group)
                if len(group) < parts and short <= most[min(parts - len(group), len(most) - 1)]:
                    border = {other for row in group for other in self._neighbors.of(row) if other in self._spans}
                    waiting += [tuple(sorted((*group, other))) for other in sorted(border - set(group))]

    def _capacity(self, group: tuple[int, ...], parts: int) -> int:
        """Return how many sit at most in so many parts, one in each row at least."""
        longest = sum(self._lengths[row][0] for row in group)
        more = parts - len(group)
        if not more:
            return longest
        return longest + sum(
            sorted((length for row in group for length in self._lengths[row][1 : more + 1]), reverse=True)[:more]
        )

    def _ways(self, group: tuple[int, ...], parts: int) -> Iterator[tuple[_Run, ...]]:
        """Yield choices of runs, one of each row and the rest from any; the longest of each row is among them."""
        width = 8 if parts == 2 else 3 if parts <= 4 else 1
        more = parts - len(group)
        offered = [self._runs(row)[: width + more] for row in group]
        for chosen in product(*(runs[:width] for runs in offered)):
            taken = set(chosen)
            rest = sorted((run for runs in offered for run in runs if run not in taken), key=_longest_first)
            for others in combinations(rest[: max(more, width)], more):
                runs = (*chosen, *others)
                if sum(run.shape.length for run in runs) >= self._count:
                    yield tuple(sorted(runs))

    def _seat(self, runs: tuple[_Run, ...]) -> _Seated | None:
        shapes = tuple(run.shape for run in runs)
        sized = part_sizes(self._count, shapes, avoid_orphans=self._avoid)
        if sized is None:
            return None
        badness, sizes = sized
        largest = max(range(len(runs)), key=lambda i: (sizes[i], -runs[i].distance, -i))
        blocks = [(0, 0)] * len(runs)
        blocks[largest] = self._place(runs[largest], sizes[largest], None)
        anchor = self._middle(*blocks[largest])
        for i, run in enumerate(runs):
            if i != largest:
                blocks[i] = self._place(run, sizes[i], anchor)
        others = [self._middle(*block) for i, block in enumerate(blocks) if i != largest]
        middle = (sum(x for x, _ in others) / len(others), sum(y for _, y in others) / len(others))
        blocks[largest] = self._place(runs[largest], sizes[largest], middle)
        return _Seated(badness, self._cost(blocks), tuple(blocks))

    def _place(self, run: _Run, size: int, near: tuple[float, float] | None) -> tuple[int, int]:
        """Put a part into a run: near the focal point, and near the others."""
        running = self._running

        def cost(first: int) -> float:
            away = (running[first + size] - running[first]) / size / SCALE
            if near is None:
                return away
            x, y = self._middle(first, size)
            return away + hypot(x - near[0], y - near[1])

        _, where = offsets(run.shape, size, avoid_orphans=self._avoid)
        return min((run.start + offset for offset in where), key=lambda first: (cost(first), first)), size

    def _middle(self, first: int, size: int) -> tuple[float, float]:
        places, at = self._house.places, self._house.at
        one, other = at[first], at[first + size - 1]
        return (places.x[one] + places.x[other]) / 2, (places.y[one] + places.y[other]) / 2

    def _cost(self, blocks: Sequence[tuple[int, int]]) -> float:
        """Return the mean distance of all to the focal point, and twice that of the parts to their common middle."""
        running, count = self._running, self._count
        away = sum(running[first + size] - running[first] for first, size in blocks) / count / SCALE
        middles = [(*self._middle(first, size), size) for first, size in blocks]
        x = sum(x * size for x, _, size in middles) / count
        y = sum(y * size for _, y, size in middles) / count
        apart = sum(hypot(its_x - x, its_y - y) * size for its_x, its_y, size in middles) / count
        return away + 2 * apart


def _free_beside(flags: bytearray, slot: int, step: int) -> int:
    """Return how many seats are free next to one, up to two."""
    if flags[slot + step] != ORDINARY:
        return 0
    return 1 if flags[slot + 2 * step] != ORDINARY else 2
