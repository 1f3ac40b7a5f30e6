"""Small houses drawn by chance, and the rule told once more in the plainest way, to hold the real one against."""

from __future__ import annotations

import random
from dataclasses import dataclass
from itertools import combinations
from math import atan2, copysign, cos, hypot, pi, radians
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from pos_app.domain.picking.house import PickingHouse, Places

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from pos_app.domain.picking.proposals import Wish

PITCH = 23.0
DEPTH = 27.0


@dataclass(frozen=True)
class Chair:
    """One place; `free` is part of it here."""

    seat: int
    row: int
    position: int
    x: float
    y: float
    zone: int
    category: int
    kind: int
    free: bool

    @property
    def ordinary(self) -> bool:
        return self.kind in {0, 3}

    @property
    def spot(self) -> tuple[int, int, int]:
        return self.zone, self.row, self.position


@dataclass(frozen=True)
class Model:
    """A house as a list of chairs."""

    chairs: tuple[Chair, ...]
    focal: tuple[float, float]

    def house(self, order: Sequence[int] | None = None) -> PickingHouse:
        chairs = [self.chairs[i] for i in order] if order else self.chairs
        columns: dict[str, Any] = {
            name: [getattr(chair, name) for chair in chairs]
            for name in ("seat", "row", "position", "x", "y", "zone", "category", "kind")
        }
        return PickingHouse(Places(**columns), [chair.free for chair in chairs], self.focal)

    def by_seat(self) -> dict[int, Chair]:
        return {chair.seat: chair for chair in self.chairs}

    def sight(self, chairs: Collection[Chair]) -> float:
        """How badly these see, on the average: the stage looks down the plan at them, or at those beside it."""
        return sum(self._sight(chair) for chair in chairs) / len(chairs)

    def _sight(self, chair: Chair) -> float:
        x, y = chair.x - self.focal[0], chair.y - self.focal[1]
        aside = sum(one.x - self.focal[0] for one in self.chairs)
        ahead = sum(one.y - self.focal[1] for one in self.chairs)
        turn = atan2(aside, ahead)
        if abs(turn) < radians(20):
            turn = 0.0
        elif abs(abs(turn) - pi / 2) < radians(20):
            turn = copysign(pi / 2, turn)
        return hypot(x, y) * (1 + 2.5 * (1 - cos(atan2(x, y) - turn)))

    def open_to(self, wish: Wish) -> list[Chair]:
        """The free places of the category and the zone."""
        return [
            chair
            for chair in self.chairs
            if chair.free and wish.category in {None, chair.category} and wish.zone in {None, chair.zone}
        ]

    def orphans(self, taken: Collection[Chair]) -> set[int]:
        """The seats that are alone once these are taken, and were not while all of these were free."""
        open_before = {chair.spot for chair in self.chairs if (chair.free or chair in taken) and chair.ordinary}
        open_after = open_before - {chair.spot for chair in taken}
        return {
            chair.seat
            for chair in self.chairs
            if chair.spot in open_after and _alone(chair, open_after) and not _alone(chair, open_before)
        }

    def blocks(self, wish: Wish) -> Iterator[list[Chair]]:
        """All blocks of the wished size."""
        at = {chair.spot: chair for chair in self.open_to(wish) if chair.ordinary}
        for zone, row, position in at:
            spots = [(zone, row, position + i) for i in range(wish.count)]
            if all(spot in at for spot in spots):
                yield [at[spot] for spot in spots]

    def rank(self, block: Collection[Chair], wish: Wish) -> tuple[int, int, float]:
        """How good a block is, the less the better."""
        left_over = len(self.orphans(block)) if wish.avoid_orphans else 0
        return left_over, sum(chair.kind == 3 for chair in block), self.sight(block)

    def fewest_parts(self, wish: Wish) -> int | None:
        """In how few parts the party can sit in rows of one zone that lie side by side, each of them used."""
        at = {chair.spot for chair in self.open_to(wish) if chair.ordinary}
        runs: list[tuple[int, int, int]] = []
        for zone, row, position in sorted(at):
            if (zone, row, position - 1) not in at:
                length = 1
                while (zone, row, position + length) in at:
                    length += 1
                runs.append((zone, row, length))
        zones = [[run for run in runs if run[0] == zone] for zone in {zone for zone, _, _ in runs}]
        for parts in range(1, wish.count + 1):
            for some in (some for zone in zones for some in combinations(zone, parts)):
                rows = sorted({row for _, row, _ in some})
                side_by_side = rows == list(range(rows[0], rows[-1] + 1))
                if side_by_side and sum(length for _, _, length in some) >= wish.count:
                    return parts
        return None


def _alone(chair: Chair, open_spots: set[tuple[int, int, int]]) -> bool:
    return not any((chair.zone, chair.row, chair.position + step) in open_spots for step in (-1, 1))


@st.composite
def models(draw: st.DrawFn, *, kinds: Sequence[int] = (0, 0, 0, 0, 0, 3), most_rows: int = 4) -> Model:
    """Houses of one or two zones, rows one behind the other, with aisles, in any order and more or less sold."""
    chance = random.Random(draw(st.integers(0, 1 << 32)))
    spots: list[tuple[int, int, int, float, float]] = []
    for zone in range(chance.randint(1, 2)):
        for row in range(chance.randint(1, most_rows)):
            seats = chance.randint(1, 9)
            aisle = chance.randint(0, 12)
            spots += [
                (zone, row + 1, i + (i >= aisle), (i - seats / 2) * PITCH + zone * 400, 100 + row * DEPTH)
                for i in range(seats)
            ]
    seat_ids = chance.sample(range(1, 1000), len(spots))
    categories = draw(st.integers(1, 3))
    border = chance.randint(1, 9)
    free_share = draw(st.sampled_from((0.3, 0.5, 0.7, 0.85, 0.95, 1.0)))
    chairs = tuple(
        Chair(
            seat_ids[i],
            row,
            position,
            x,
            y,
            zone,
            (row + (position >= border)) % categories,
            chance.choice(kinds),
            free=chance.random() < free_share,
        )
        for i, (zone, row, position, x, y) in enumerate(spots)
    )
    return Model(chairs, (chance.choice((0.0, 37.0, 200.0)), 0.0))
