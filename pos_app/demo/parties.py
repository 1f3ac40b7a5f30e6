"""Who sits where: rows are cut into parties side by side, and the best places go first, more or less."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Final

from pos_app.domain.seats import SeatKind

if TYPE_CHECKING:
    import random
    from collections.abc import Collection, Iterator, Mapping

    from pos_app.demo.drawing import DrawnPlan, DrawnSeat

SIZES: Final = {1: 3, 2: 22, 3: 8, 4: 22, 5: 7, 6: 16, 8: 14, 10: 16, 14: 16, 20: 20}
"""How often a party of so many comes: couples, families, friends, and the groups of schools and clubs."""
GROUP_SIZES: Final = (60, 80, 100, 120)
"""Fan clubs, schools and companies: few orders fill much of an arena."""
_MANY_PLACES: Final = 200
"""From so many standing guests on they come in large groups too."""
_BEST_ROW_AWAY: Final = 200.0
"""How far behind the stage edge the best places are, in plan units."""
_WHIM: Final = 1.4
"""How much chance counts beside the place: 0 would sell strictly from the best outwards."""


@dataclass(frozen=True, slots=True)
class Party:
    """Guests who sit side by side; seat ids in their order, and whether one of them comes in a wheelchair."""

    seat_ids: tuple[int, ...]
    with_wheelchair: bool


@dataclass(frozen=True, slots=True)
class Crowd:
    """Guests who stand together in an area, by its name."""

    area: str
    places: int


def cut_into_crowds(area: str, places: int, chance: random.Random) -> list[Crowd]:
    """Return crowds that take exactly so many places of an area."""
    crowds = []
    sizes = SIZES if places < _MANY_PLACES else dict.fromkeys(GROUP_SIZES, 1)
    while places:
        size = min(places, chance.choices(list(sizes), list(sizes.values()))[0])
        crowds.append(Crowd(area, size))
        places -= size
    return crowds


def choose_groups(seats: Mapping[int, DrawnSeat], groups: int, chance: random.Random) -> list[Party]:
    """Return large groups that take rows of a huge house, one behind the other; each group in a block of its own."""
    by_block: dict[str, list[int]] = {}
    for seat_id, seat in seats.items():
        if seat.kind is SeatKind.SEAT:
            by_block.setdefault(seat.zone, []).append(seat_id)
    blocks = chance.choices(list(by_block), k=groups)
    parties = []
    for block in blocks:
        size = chance.choice(GROUP_SIZES)
        parties.append(Party(tuple(by_block[block][:size]), with_wheelchair=False))
        by_block[block] = by_block[block][size:]
    return [party for party in parties if party.seat_ids]


def cut_into_parties(
    plan: DrawnPlan, seats: Mapping[int, DrawnSeat], kept_back: Collection[int], chance: random.Random
) -> list[Party]:
    """Return parties that fill the whole house but for the seats kept back, the first to buy first."""
    ranked = []
    for run in _runs(seats, kept_back):
        seated = 0
        while seated < len(run):
            size, chair = _next_size(run[seated:], seats, chance)
            ids = tuple(run[seated : seated + size])
            seated += size
            ranked.append((_distance(plan, seats[ids[len(ids) // 2]]) + _WHIM * chance.random(), Party(ids, chair)))
    ranked.sort(key=lambda pair: pair[0])
    return [party for _, party in ranked]


def first_places(parties: list[Party], places: int) -> list[Party]:
    """Return the parties that take exactly so many places; the last one is cut short if need be."""
    chosen = []
    for party in parties:
        if places <= 0:
            break
        ids = party.seat_ids[:places]
        chosen.append(Party(ids, party.with_wheelchair))
        places -= len(ids)
    return chosen


def _runs(seats: Mapping[int, DrawnSeat], kept_back: Collection[int]) -> Iterator[list[int]]:
    """Yield the seats that stand side by side without a seat kept back between them."""
    ordered = sorted(seats, key=lambda seat_id: (seats[seat_id].zone, seats[seat_id].row, seats[seat_id].position))
    for _, row in groupby(ordered, key=lambda seat_id: (seats[seat_id].zone, seats[seat_id].row)):
        for kept, run in groupby(row, key=lambda seat_id: seat_id in kept_back):
            if not kept:
                yield list(run)


def _next_size(run: list[int], seats: Mapping[int, DrawnSeat], chance: random.Random) -> tuple[int, bool]:
    """Return how many sit down next; a wheelchair place goes with the companion's beside it, and with nobody else."""
    kinds = [seats[seat_id].kind for seat_id in run[: max(SIZES)]]
    if kinds[0] is not SeatKind.SEAT:
        return (2, True) if len(kinds) > 1 and {*kinds[:2]} == {SeatKind.WHEELCHAIR, SeatKind.COMPANION} else (1, True)
    ordinary = next((i for i, kind in enumerate(kinds) if kind is not SeatKind.SEAT), len(kinds))
    return min(ordinary, chance.choices(list(SIZES), list(SIZES.values()))[0]), False


def _distance(plan: DrawnPlan, seat: DrawnSeat) -> float:
    """Return how far a seat is from the best place; 1 is the width of the plan."""
    away = math.hypot(seat.spot.x - plan.focus.x, seat.spot.y - plan.focus.y - _BEST_ROW_AWAY)
    return away / plan.width
