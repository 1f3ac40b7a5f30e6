"""Wheelchair places with their companions: one request, the companions beside the wheelchairs or nearest to them."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from math import hypot
from typing import TYPE_CHECKING, Final

from pos_app.domain.picking.blocks import best_block
from pos_app.domain.picking.house import COMPANION, ORDINARY, WHEELCHAIR
from pos_app.domain.picking.orphans import orphans_left
from pos_app.domain.picking.splits import Splits

if TYPE_CHECKING:
    from pos_app.domain.picking.house import PickingHouse
    from pos_app.domain.picking.proposals import Wish

_MOST_ANCHORS: Final = 60
"""The party is put together about so many wheelchair places at most, the nearest to the focal point first."""


def wheelchair_party(house: PickingHouse, wish: Wish, eligible: bytearray) -> list[int] | None:
    """Return the slots of the whole party, or None.

    The order: all companions on companions' places, fewest blocks, fewest restricted views, least distance to the
    focal point and to each other. The party's other seats are one block in their zone: beside them or else nearest.
    """
    chairs = _by_zone(house, eligible, WHEELCHAIR)
    companions = _by_zone(house, eligible, COMPANION)
    ordinary = _by_zone(house, eligible, ORDINARY) if wish.companions else {}
    running = house.running
    anchors = sorted((running[slot + 1] - running[slot], slot, zone) for zone in chairs for slot in chairs[zone])
    cores = []
    for _, anchor, zone in anchors[:_MOST_ANCHORS]:
        offered = (companions.get(zone, []), ordinary.get(zone, []))
        core = _core(house, wish, anchor, chairs[zone], offered)
        if core is not None:
            cores.append((_judge(house, core), core))
    for _, core in sorted(cores):
        others = _others(house, wish, eligible, core) if wish.ordinary else []
        if others is not None:
            return sorted(core + others)
    return None


def _by_zone(house: PickingHouse, eligible: bytearray, code: int) -> dict[int, list[int]]:
    zones: defaultdict[int, list[int]] = defaultdict(list)
    zone, at = house.places.zone, house.at
    slot = eligible.find(code)
    while slot >= 0:
        zones[zone[at[slot]]].append(slot)
        slot = eligible.find(code, slot + 1)
    return dict(zones)


def blocks_of(house: PickingHouse, slots: list[int]) -> list[list[int]]:
    """Put slots that are side by side together."""
    blocks: list[list[int]] = []
    for slot in sorted(slots):
        if blocks and blocks[-1][-1] + 1 == slot and house.at[slot] >= 0:
            blocks[-1].append(slot)
        else:
            blocks.append([slot])
    return blocks


def _core(
    house: PickingHouse, wish: Wish, anchor: int, chairs: list[int], offered: tuple[list[int], list[int]]
) -> list[int] | None:
    """Return an anchor with the other wheelchairs and the companions in its zone, or None.

    offered: the free places of companions and, for want of those, the ordinary seats.
    """
    chosen = sorted(chairs, key=lambda slot: (_apart(house, slot, anchor), slot))[: wish.wheelchairs]
    if len(chosen) < wish.wheelchairs:
        return None
    taken = set(chosen)
    for wanted in range(wish.companions):
        # Each wheelchair gets its first companion before any gets a second.
        served = chosen[wanted % len(chosen)]
        for seats in offered:
            seat = _nearest(house, [slot for slot in seats if slot not in taken], taken, served)
            if seat is not None:
                taken.add(seat)
                break
        else:
            return None
    return sorted(taken)


def _nearest(house: PickingHouse, free: list[int], taken: set[int], served: int) -> int | None:
    """Return the seat nearest to a wheelchair, one that touches its block before any other."""
    first, last = served, served
    while first - 1 in taken:
        first -= 1
    while last + 1 in taken:
        last += 1
    return min(
        free, key=lambda slot: (slot not in {first - 1, last + 1}, _apart(house, slot, served), slot), default=None
    )


def _others(house: PickingHouse, wish: Wish, eligible: bytearray, core: list[int]) -> list[int] | None:
    """Return the seats of those who need neither kind of place, or None."""
    places = house.places
    at = [house.at[slot] for slot in core]
    x, y = sum(places.x[i] for i in at) / len(at), sum(places.y[i] for i in at) / len(at)
    zone = places.zone[at[0]]
    start, end = house.slots_of(zone)
    left = bytearray(start) + eligible[start:end] + bytearray(house.slots - end)
    for slot in core:
        left[slot] = 0
    running = house.running_costs(x, y, zone)
    first = best_block(house, wish.ordinary, left, running=running, avoid_orphans=wish.avoid_orphans)
    beside = _blocks_beside(house, core, wish.ordinary, left)
    if first is not None:
        blocks = [list(range(start, start + wish.ordinary)) for start in (first, *beside)]

        def rank(block: list[int]) -> tuple[int, int, int, int]:
            left_over = len(orphans_left(house, [places.seat[house.at[slot]] for slot in core + block]))
            cost = running[block[-1] + 1] - running[block[0]]
            return left_over * wish.avoid_orphans, len(blocks_of(house, core + block)), cost, block[0]

        return min(blocks, key=rank)
    if not wish.may_split:
        return None
    parts = Splits(house, wish.ordinary, left, running, avoid_orphans=wish.avoid_orphans).best()
    return None if parts is None else [slot for start, size in parts for slot in range(start, start + size)]


def _blocks_beside(house: PickingHouse, core: list[int], count: int, left: bytearray) -> list[int]:
    """Return where blocks of ordinary seats begin that touch the wheelchairs or their companions."""
    starts = [start for block in blocks_of(house, core) for start in (block[0] - count, block[-1] + 1)]
    return [start for start in starts if start >= 0 and left[start : start + count] == bytes([ORDINARY]) * count]


def _judge(house: PickingHouse, core: list[int]) -> tuple[int, int, float]:
    """Return how many sit on ordinary seats, in how many blocks, and how far away and apart."""
    running = house.running
    substitutes = sum(house.flags[slot] == ORDINARY for slot in core)
    away = sum(running[slot + 1] - running[slot] for slot in core) / len(core)
    apart = sum(_apart(house, one, other) for one, other in pairwise(core)) / len(core)
    return substitutes, len(blocks_of(house, core)), away + 100 * apart


def _apart(house: PickingHouse, one: int, other: int) -> float:
    places, i, j = house.places, house.at[one], house.at[other]
    return hypot(places.x[i] - places.x[j], places.y[i] - places.y[j])
