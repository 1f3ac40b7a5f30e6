"""Single seats that a hand-picked basket would leave over, and the nearest way to sit that leaves none."""

from __future__ import annotations

from collections import defaultdict
from enum import IntEnum
from math import hypot
from typing import TYPE_CHECKING, Final

from pos_app.domain.picking.house import ORDINARY, RESTRICTED_KIND, SCALE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from pos_app.domain.picking.house import PickingHouse
    from pos_app.domain.picking.neighbors import RowOfHouse

_ROWS_TRIED: Final = 12
"""Beyond the row itself, so many of the nearest rows are tried before any farther one."""


class _Last(IntEnum):
    """What stands at the end of the row walked so far."""

    NOTHING = 0
    """The row's end, an aisle, or a seat that is not to be had."""
    OURS = 1
    FREE = 2
    """A free seat that has another one beside it."""
    ALONE = 3
    """A free seat with nothing before it."""
    ALONE_BESIDE_US = 4


_Way = tuple[int, tuple[int, ...]]
"""How far the party moves in all (hundredths of a plan unit), and its slots."""
_State = tuple[int, _Last]
"""How many blocks there are so far, and what stands last; how many are seated follows from the slots."""


def orphans_left(house: PickingHouse, chosen: Collection[int]) -> tuple[int, ...]:
    """Return the seats that would each stay behind alone if `chosen` were taken, and that were not alone before.

    A seat is alone when it is free and has no free ordinary seat beside it; wheelchair places and those of
    companions are never alone. The chosen seats count as free before, whatever the house says of them.
    """
    slots = {house.slot_of(i) for i in map(house.index_of, chosen) if i >= 0}
    ours = {slot for slot in slots if house.code(house.at[slot]) == ORDINARY}
    flags = house.flags

    def stays_free(slot: int) -> bool:
        return flags[slot] == ORDINARY and slot not in slots

    beside = sorted({slot + step for slot in ours for step in (-1, 1)})
    return tuple(
        house.places.seat[house.at[slot]]
        for slot in beside
        if stays_free(slot) and not stays_free(slot - 1) and not stays_free(slot + 1)
    )


def shift_without_orphans(house: PickingHouse, chosen: Collection[int]) -> tuple[int, ...] | None:
    """Return the seats nearest to `chosen` that leave no single seat over, or None.

    As many sit in a row as before, in no more blocks and in the same categories; those of one row may move to
    another row of their zone. Wheelchair places and those of companions stay, and so does who is in their row.
    The chosen seats count as free.
    """
    if not orphans_left(house, chosen):
        return tuple(chosen)
    rows = house.rows()
    slots = {house.slot_of(i) for i in map(house.index_of, chosen) if i >= 0}
    groups: defaultdict[int, list[int]] = defaultdict(list)
    used = set()
    for slot in sorted(slots):
        row = house.row_at(slot)
        used.add(row)
        if house.code(house.at[slot]) == ORDINARY:
            groups[row].append(slot)
    fixed = {slot for slot in slots if house.code(house.at[slot]) != ORDINARY}
    movable = slots - fixed
    settled = set(fixed)
    for home, group in groups.items():
        if not orphans_left(house, [house.places.seat[house.at[slot]] for slot in group]):
            settled.update(group)
            continue
        others = [row for row in range(len(rows)) if rows[row].zone == rows[home].zone and row not in used]
        if any(rows[home].start <= slot < rows[home].end for slot in fixed):
            others = []
        found = _nearest_way(house, group, home, others, movable)
        if found is None:
            return None
        row, moved = found
        used.add(row)
        settled.update(moved)
    return tuple(house.places.seat[house.at[slot]] for slot in sorted(settled))


def _nearest_way(
    house: PickingHouse, group: list[int], home: int, others: list[int], movable: set[int]
) -> tuple[int, tuple[int, ...]] | None:
    rows, places = house.rows(), house.places
    x = sum(places.x[house.at[slot]] for slot in group) / len(group)
    y = sum(places.y[house.at[slot]] for slot in group) / len(group)
    others.sort(key=lambda row: (hypot(rows[row].middle_x - x, rows[row].middle_y - y), row))
    best: tuple[int, int, tuple[int, ...]] | None = None
    for tried, row in enumerate([home, *others]):
        if best is not None and tried > _ROWS_TRIED:
            break
        way = _best_way(house, group, rows[row], movable)
        if way is not None and (best is None or way[0] < best[0]):
            best = (way[0], row, way[1])
    return None if best is None else (best[1], best[2])


def _best_way(house: PickingHouse, group: list[int], row: RowOfHouse, movable: set[int]) -> _Way | None:
    """Walk along a row and keep, for each state that one can be in, the way that moves the party least."""
    most_blocks = sum(1 for slot in group if slot - 1 not in movable)
    ways: list[dict[_State, _Way]] = [{} for _ in range(len(group) + 1)]
    ways[0][0, _Last.NOTHING] = (0, ())
    for slot in range(row.start, row.end + 1):
        free = house.flags[slot] == ORDINARY or slot in movable
        grown: list[dict[_State, _Way]] = [{} for _ in range(len(group) + 1)]
        for seated, states in enumerate(ways):
            move = _move(house, group[seated], slot) if free and seated < len(group) else None
            for (blocks, last), way in states.items():
                for taken, now in _steps(last, free=free):
                    if not taken:
                        _keep(grown[seated], (blocks, now), way)
                    elif move is not None and blocks + (last != _Last.OURS) <= most_blocks:
                        state = (blocks + (last != _Last.OURS), now)
                        _keep(grown[seated + 1], state, (way[0] + move, (*way[1], slot)))
        ways = grown
    return min(ways[len(group)].values(), default=None)


def _steps(last: _Last, *, free: bool) -> Iterator[tuple[bool, _Last]]:
    """Yield what may come next: whether the party takes the slot, and what then stands last."""
    if not free:
        if last is not _Last.ALONE_BESIDE_US:
            yield False, _Last.NOTHING
        return
    if last in {_Last.NOTHING, _Last.OURS, _Last.FREE}:
        yield True, _Last.OURS
    if last is _Last.NOTHING:
        yield False, _Last.ALONE
    elif last is _Last.OURS:
        yield False, _Last.ALONE_BESIDE_US
    else:
        yield False, _Last.FREE


def _keep(states: dict[_State, _Way], state: _State, way: _Way) -> None:
    if state not in states or way < states[state]:
        states[state] = way


def _move(house: PickingHouse, old: int, new: int) -> int | None:
    """Return how far somebody moves from a slot to another, or None where that is no equal seat."""
    places, one, other = house.places, house.at[old], house.at[new]
    if places.category[one] != places.category[other]:
        return None
    if places.kind[other] == RESTRICTED_KIND != places.kind[one]:
        return None
    return round(hypot(places.x[one] - places.x[other], places.y[one] - places.y[other]) * SCALE)
