"""The best block of seats side by side: with the best sight of the stage, and no single seat left over beside it."""

from __future__ import annotations

from operator import sub
from typing import TYPE_CHECKING

from pos_app.domain.picking.house import ORDINARY, ORPHAN_COST, SCALE, runs_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pos_app.domain.picking.house import PickingHouse


def best_block(
    house: PickingHouse, count: int, eligible: bytearray, *, running: Sequence[int], avoid_orphans: bool
) -> int | None:
    """Return the first slot of the best block of `count` eligible ordinary seats, or None.

    The order: fewest single seats left over, fewest restricted views, the best sight (see sightlines), nearest to the
    axis of the stage, lowest slot.
    """
    best = -1
    ties: list[tuple[int, list[int]]] = []
    for run in runs_of(count).finditer(eligible):
        start, end = run.span()
        costs = list(map(sub, running[start + count : end + 1], running[start : end + 1 - count]))
        if avoid_orphans:
            for first in orphaning_starts(house.flags, start, end, count):
                costs[first - start] += ORPHAN_COST
        least = min(costs)
        if best < 0 or least < best:
            best, ties = least, [(start, costs)]
        elif least == best:
            ties.append((start, costs))
    firsts = [start + i for start, costs in ties for i, cost in enumerate(costs) if cost == best]
    return min(firsts, key=lambda first: (off_centre(house, first, count), first), default=None)


def orphaning_starts(flags: bytearray, start: int, end: int, count: int) -> list[int]:
    """Return where, within an eligible run, a block would have to begin to leave a single seat beside it.

    A start that leaves one on both sides is named twice. Free seats beyond the run (of another category) count.
    """
    found = []
    if flags[start - 1] != ORDINARY:
        found.append(start + 1)
    elif flags[start - 2] != ORDINARY:
        found.append(start)
    if flags[end] != ORDINARY:
        found.append(end - 1 - count)
    elif flags[end + 1] != ORDINARY:
        found.append(end - count)
    return [first for first in found if start <= first <= end - count]


def off_centre(house: PickingHouse, first: int, count: int) -> int:
    """Return how far to the side of the stage's axis a block lies, in hundredths of a plan unit."""
    x, y, at = house.places.x, house.places.y, house.at
    across = sum(x[at[slot]] for slot in range(first, first + count)) / count
    away = sum(y[at[slot]] for slot in range(first, first + count)) / count
    return round(house.off_axis(across, away) * SCALE)
