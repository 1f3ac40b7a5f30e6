"""Which companions' places belong to which wheelchair place, whoever sits there now: the house keeps them together."""

from __future__ import annotations

from collections import defaultdict
from math import hypot
from statistics import median
from typing import TYPE_CHECKING, Final

from pos_app.domain.picking.house import COMPANION, WHEELCHAIR

if TYPE_CHECKING:
    from pos_app.domain.picking.house import PickingHouse

_PITCH: Final = 23.0
"""From seat to seat, where a plan tells nothing (plan units)."""
_FIRST_REACH: Final = 5.0
"""So many seats away may the first companion's place be, for example in the row behind."""
_MORE_REACH: Final = 3.0
"""So many seats away may those of further companions be; an ordinary seat is nearer than others."""


def own_companions(house: PickingHouse) -> dict[int, tuple[int, ...]]:
    """Return the slots of the companions' places of each wheelchair place (its slot), the first companion's first.

    Each wheelchair place has one companion's place before any has two: one side by side with it, else the nearest.
    What is left over then belongs to the nearest wheelchair place. A companion's place far from any belongs to none.
    """
    own: dict[int, tuple[int, ...]] = {}
    chairs, companions = _by_zone(house, WHEELCHAIR), _by_zone(house, COMPANION)
    pitch = _pitch(house, [slot for slots in (*chairs.values(), *companions.values()) for slot in slots])
    for zone, its_chairs in chairs.items():
        own.update(_shared_out(house, its_chairs, companions.get(zone, []), pitch))
    return own


def apart(house: PickingHouse, one: int, other: int) -> float:
    """Return how far two slots are apart, in plan units."""
    places, i, j = house.places, house.at[one], house.at[other]
    return hypot(places.x[i] - places.x[j], places.y[i] - places.y[j])


def _by_zone(house: PickingHouse, code: int) -> dict[int, list[int]]:
    zones: defaultdict[int, list[int]] = defaultdict(list)
    for i, zone in enumerate(house.places.zone):
        if house.code(i) == code:
            zones[zone].append(house.slot_of(i))
    return zones


def _pitch(house: PickingHouse, slots: list[int]) -> float:
    """Return how far neighbours are apart here, in plan units."""
    pairs = [(slot, slot + step) for slot in slots for step in (-1, 1) if house.at[slot + step] >= 0]
    return median([apart(house, *pair) for pair in pairs]) if pairs else _PITCH


def _shared_out(
    house: PickingHouse, chairs: list[int], companions: list[int], pitch: float
) -> dict[int, tuple[int, ...]]:
    away = {(chair, slot): apart(house, chair, slot) for chair in chairs for slot in companions}
    nearest = {slot: min(away[chair, slot] for chair in chairs) for slot in companions}
    pairs = sorted((not _touch(house, *pair), round(far, 1), *pair) for pair, far in away.items())
    own: dict[int, list[int]] = {chair: [] for chair in chairs}
    left = set(companions)
    for apart_in_row, far, chair, slot in pairs:
        belongs = not apart_in_row or far <= round(nearest[slot], 1)
        if slot in left and not own[chair] and belongs and far <= _FIRST_REACH * pitch:
            own[chair].append(slot)
            left.remove(slot)
    for _, far, chair, slot in pairs:
        if slot in left and far <= round(nearest[slot], 1) and far <= _MORE_REACH * pitch:
            own[chair].append(slot)
            left.remove(slot)
    return {chair: tuple(slots) for chair, slots in own.items()}


def _touch(house: PickingHouse, one: int, other: int) -> bool:
    """Tell whether nothing but such places stands between two slots of a row."""
    low, high = sorted((one, other))
    if high - low > _FIRST_REACH:
        return False
    between = [house.at[slot] for slot in range(low, high + 1)]
    return all(i >= 0 and house.code(i) in {WHEELCHAIR, COMPANION} for i in between)
