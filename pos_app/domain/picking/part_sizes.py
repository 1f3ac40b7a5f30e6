"""How many sit in each part of a split party, and where in a run of free seats a part leaves no single seat over."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

_LONELY = 1_000_000
_ORPHAN = 10_000


class Shape(NamedTuple):
    """A run of eligible seats: its length, and how many free seats beyond it on either side, up to two."""

    length: int
    before: int
    after: int


@lru_cache(maxsize=4096)
def offsets(shape: Shape, size: int, *, avoid_orphans: bool) -> tuple[int, tuple[int, ...]]:
    """Return how few single seats a part of this size leaves over, and the offsets in the run that leave so few."""
    if not avoid_orphans:
        return 0, tuple(range(shape.length - size + 1))
    left_over = [
        (shape.before + offset == 1) + (shape.length - size - offset + shape.after == 1)
        for offset in range(shape.length - size + 1)
    ]
    fewest = min(left_over)
    return fewest, tuple(offset for offset, left in enumerate(left_over) if left == fewest)


@lru_cache(maxsize=4096)
def part_sizes(count: int, shapes: tuple[Shape, ...], *, avoid_orphans: bool) -> tuple[int, tuple[int, ...]] | None:
    """Share a party out among runs, at least one to each; return (how bad, the sizes), or None if they do not fit.

    Nobody sits alone where that can be avoided, then no single seat is left over, then the parts are equal.
    """
    best: dict[int, tuple[int, tuple[int, ...]]] = {0: (0, ())}
    for shape in shapes:
        grown: dict[int, tuple[int, tuple[int, ...]]] = {}
        for seated, (badness, sizes) in best.items():
            for size in range(1, min(shape.length, count - seated) + 1):
                worse = badness + _ORPHAN * offsets(shape, size, avoid_orphans=avoid_orphans)[0]
                worse += size * size + (_LONELY if size == 1 else 0)
                candidate = (worse, (*sizes, size))
                if seated + size not in grown or candidate < grown[seated + size]:
                    grown[seated + size] = candidate
        best = grown
    return best.get(count)
