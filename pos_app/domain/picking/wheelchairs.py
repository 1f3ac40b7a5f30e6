"""Wheelchair places with their companions: one request, the companions beside the wheelchairs or nearest to them."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from pos_app.domain.picking.blocks import best_block
from pos_app.domain.picking.companions import apart, own_companions
from pos_app.domain.picking.house import COMPANION, ORDINARY, WHEELCHAIR
from pos_app.domain.picking.orphans import orphans_left
from pos_app.domain.picking.splits import Splits

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pos_app.domain.picking.house import PickingHouse
    from pos_app.domain.picking.proposals import Wish

_MOST_ANCHORS: Final = 60
"""The party is put together about so many wheelchair places at most, those with the best sight first."""
_MOST_COMPARED: Final = 6
"""So many whole parties are compared, those about the best wheelchair places and companions first."""


class Party(NamedTuple):
    """The slots of a whole party. borrowed: those among them that are kept for companions of other wheelchairs."""

    slots: list[int]
    borrowed: list[int]


class _Core(NamedTuple):
    """Wheelchairs, and the companions on places of their own."""

    slots: list[int]
    companions: int


def wheelchair_party(house: PickingHouse, wish: Wish, eligible: bytearray) -> Party | None:
    """Return the whole party, or None.

    The order: no companion's place of another wheelchair, most companions on places of their own, fewest single seats
    left over, fewest blocks, fewest restricted views, the best sight and nearest to each other. Who has no companion's
    place sits with the party's other guests, in one block beside the wheelchairs or else nearest to them.
    """
    parties: list[tuple[tuple[int, int, int, int, float], Party]] = []
    compared = 0
    for core in _cores(house, wish, eligible):
        party = _complete(house, wish, eligible, core)
        if party is None or (not wish.may_split and len(blocks_of(house, party.slots)) > 1):
            continue
        parties.append((_rank(house, wish, core, party), party))
        compared += not party.borrowed
        if compared == _MOST_COMPARED:
            break
    return min(parties)[1] if parties else None


def blocks_of(house: PickingHouse, slots: list[int]) -> list[list[int]]:
    """Put slots that are side by side together."""
    blocks: list[list[int]] = []
    for slot in sorted(slots):
        if blocks and blocks[-1][-1] + 1 == slot and house.at[slot] >= 0:
            blocks[-1].append(slot)
        else:
            blocks.append([slot])
    return blocks


def _cores(house: PickingHouse, wish: Wish, eligible: bytearray) -> list[_Core]:
    """Return wheelchairs with their companions, the best first."""
    chairs = _by_zone(house, eligible, WHEELCHAIR)
    own = own_companions(house) if wish.companions else {}
    running = house.running
    anchors = sorted((running[slot + 1] - running[slot], slot, zone) for zone in chairs for slot in chairs[zone])
    found: dict[tuple[int, ...], tuple[tuple[int, int, float], _Core]] = {}
    for _, anchor, zone in anchors[:_MOST_ANCHORS]:
        chosen = sorted(chairs[zone], key=lambda slot: (apart(house, slot, anchor), slot))[: wish.wheelchairs]
        if len(chosen) < wish.wheelchairs:
            continue
        companions = _companions(house, wish, chosen, own, eligible)
        slots = sorted(chosen + companions)
        core = _Core(slots, len(companions))
        found.setdefault(tuple(slots), ((-len(companions), len(blocks_of(house, slots)), _cost(house, slots)), core))
    return [core for _, core in sorted(found.values())]


def _by_zone(house: PickingHouse, eligible: bytearray, code: int) -> dict[int, list[int]]:
    zones: defaultdict[int, list[int]] = defaultdict(list)
    zone, at = house.places.zone, house.at
    slot = eligible.find(code)
    while slot >= 0:
        zones[zone[at[slot]]].append(slot)
        slot = eligible.find(code, slot + 1)
    return dict(zones)


def _companions(
    house: PickingHouse, wish: Wish, chosen: list[int], own: Mapping[int, Sequence[int]], eligible: bytearray
) -> list[int]:
    """Return the places of as many companions as have one; each wheelchair gets its first before any gets a second."""
    taken = set(chosen)
    offered = {chair: [slot for slot in own[chair] if eligible[slot] == COMPANION] for chair in chosen if chair in own}
    found: list[int] = []
    while any(offered.values()):
        for chair, slots in offered.items():
            if len(found) == wish.companions:
                return found
            if slots:
                seat = _nearest(house, slots, taken, chair)
                slots.remove(seat)
                taken.add(seat)
                found.append(seat)
    return found


def _nearest(house: PickingHouse, free: Sequence[int], taken: set[int], served: int) -> int:
    """Return the seat nearest to a wheelchair, one that touches its block before any other."""
    first, last = served, served
    while first - 1 in taken:
        first -= 1
    while last + 1 in taken:
        last += 1
    return min(free, key=lambda slot: (slot not in {first - 1, last + 1}, apart(house, slot, served), slot))


def _complete(house: PickingHouse, wish: Wish, eligible: bytearray, core: _Core) -> Party | None:
    """Seat the rest of the party: on ordinary seats, and only then on companions' places of other wheelchairs."""
    rest = wish.count - len(core.slots)
    if not rest:
        return Party(core.slots, [])
    start, end = house.slots_of(house.places.zone[house.at[core.slots[0]]])
    left = bytearray(start) + eligible[start:end] + bytearray(house.slots - end)
    for slot in core.slots:
        left[slot] = 0
    others = _others(house, wish, left, core.slots, rest)
    if others is None:
        return _borrowing(house, left, core, rest)
    return Party(sorted(core.slots + others), [])


def _borrowing(house: PickingHouse, left: bytearray, core: _Core, rest: int) -> Party | None:
    """Seat the rest on all the ordinary seats that there are, and on the nearest companions' places of others."""
    ordinary = [slot for slot, flag in enumerate(left) if flag == ORDINARY]
    companions = [slot for slot, flag in enumerate(left) if flag == COMPANION]
    if len(ordinary) + len(companions) < rest or len(ordinary) >= rest:
        return None
    taken = {*core.slots, *ordinary}
    anchor = next(slot for slot in core.slots if house.flags[slot] == WHEELCHAIR)
    borrowed: list[int] = []
    for _ in range(rest - len(ordinary)):
        seat = _nearest(house, [slot for slot in companions if slot not in taken], taken, anchor)
        taken.add(seat)
        borrowed.append(seat)
    return Party(sorted(taken), sorted(borrowed))


def _others(house: PickingHouse, wish: Wish, left: bytearray, core: list[int], count: int) -> list[int] | None:
    """Return ordinary seats for those who need no other kind of place, or None where there are too few."""
    places = house.places
    at = [house.at[slot] for slot in core]
    x, y = sum(places.x[i] for i in at) / len(at), sum(places.y[i] for i in at) / len(at)
    running = house.running_costs(x, y, places.zone[at[0]])
    first = best_block(house, count, left, running=running, avoid_orphans=wish.avoid_orphans)
    if first is not None:
        blocks = [list(range(one, one + count)) for one in (first, *_blocks_beside(house, core, count, left))]

        def rank(block: list[int]) -> tuple[int, int, int, int]:
            left_over = len(orphans_left(house, [places.seat[house.at[slot]] for slot in core + block]))
            cost = running[block[-1] + 1] - running[block[0]]
            return left_over * wish.avoid_orphans, len(blocks_of(house, core + block)), cost, block[0]

        return min(blocks, key=rank)
    if not wish.may_split or left.count(ORDINARY) < count:
        return None
    parts = Splits(house, count, left, running, avoid_orphans=wish.avoid_orphans).best()
    if parts is not None:
        return [slot for start, size in parts for slot in range(start, start + size)]
    free = [slot for slot, flag in enumerate(left) if flag == ORDINARY]
    taken = set(core)
    for _ in range(count):
        taken.add(_nearest(house, [slot for slot in free if slot not in taken], taken, core[0]))
    return sorted(taken - set(core))


def _blocks_beside(house: PickingHouse, core: list[int], count: int, left: bytearray) -> Iterator[int]:
    """Yield where blocks of ordinary seats begin that touch the wheelchairs or their companions."""
    for block in blocks_of(house, core):
        for start in (block[0] - count, block[-1] + 1):
            if start >= 0 and left[start : start + count] == bytes([ORDINARY]) * count:
                yield start


def _rank(house: PickingHouse, wish: Wish, core: _Core, party: Party) -> tuple[int, int, int, int, float]:
    """Return how good a party sits, the less the better."""
    alone = len(orphans_left(house, [house.places.seat[house.at[slot]] for slot in party.slots]))
    blocks = len(blocks_of(house, party.slots))
    return len(party.borrowed), -core.companions, alone * wish.avoid_orphans, blocks, _cost(house, party.slots)


def _cost(house: PickingHouse, slots: list[int]) -> float:
    """Return how badly places see and how far they are apart."""
    running = house.running
    sight = sum(running[slot + 1] - running[slot] for slot in slots) / len(slots)
    return sight + 100 * sum(apart(house, *pair) for pair in pairwise(slots)) / len(slots)
