from __future__ import annotations

import math
import random
from collections import Counter
from itertools import combinations, groupby
from typing import TYPE_CHECKING

import pytest

from pos_app.demo.parties import cut_into_parties, first_places
from pos_app.demo.studio import draw_studio
from pos_app.demo.theatre import draw_theatre
from pos_app.domain.seats import SeatKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos_app.demo.drawing import DrawnPlan

PLANS = [pytest.param(draw_theatre(), id="theatre"), pytest.param(draw_studio(), id="studio")]


def test_the_theatre_has_about_1400_seats_in_its_parts() -> None:
    plan = draw_theatre()
    zones = Counter(seat.zone for seat in plan.seats)
    assert len(plan.seats) == 1404
    assert [zone.name for zone in plan.zones][:6] == [
        "Stalls left", "Stalls centre", "Stalls right", "Circle left", "Circle centre", "Circle right",
    ]  # fmt: skip
    assert {name: zones[name] for name in zones if name.startswith("Box ")} == {f"Box {x}": 6 for x in "ABCDEFGH"}
    assert set(plan.categories) == {seat.category for seat in plan.seats}
    assert len(plan.categories) == 4


def test_the_studio_has_220_seats() -> None:
    assert len(draw_studio().seats) == 220


@pytest.mark.parametrize("draw", [draw_theatre, draw_studio])
def test_a_plan_is_the_same_every_time(draw: Callable[[], DrawnPlan]) -> None:
    assert draw() == draw()


@pytest.mark.parametrize("plan", PLANS)
def test_no_two_seats_have_one_guid_or_one_printed_place(plan: DrawnPlan) -> None:
    assert max(Counter(seat.guid for seat in plan.seats).values()) == 1
    assert max(Counter((seat.zone, seat.row, seat.number) for seat in plan.seats).values()) == 1
    assert max(len(seat.guid) for seat in plan.seats) <= 64


@pytest.mark.parametrize("plan", PLANS)
def test_no_seat_stands_in_another_or_outside_the_plan(plan: DrawnPlan) -> None:
    cells: dict[tuple[int, int], list[tuple[float, float]]] = {}
    for seat in plan.seats:
        x, y = seat.spot.x, seat.spot.y
        assert 0 < x < plan.width
        assert 0 < y < plan.height
        for dx in (-1, 0, 1):
            for dy in (-1, 0, 1):
                cells.setdefault((int(x // 23) + dx, int(y // 23) + dy), []).append((x, y))
    nearest = min(math.dist(one, other) for near in cells.values() for one, other in combinations(near, 2))
    assert nearest > 19


@pytest.mark.parametrize("plan", PLANS)
def test_every_wheelchair_place_has_a_companion_beside_it(plan: DrawnPlan) -> None:
    by_place = {(seat.zone, seat.row, seat.position): seat.kind for seat in plan.seats}
    chairs = [place for place, kind in by_place.items() if kind is SeatKind.WHEELCHAIR]
    assert len(chairs) >= 2
    for zone, row, position in chairs:
        beside = {by_place.get((zone, row, position + step)) for step in (-1, 1)}
        assert SeatKind.COMPANION in beside


@pytest.mark.parametrize("plan", PLANS)
def test_parties_fill_the_house_side_by_side_and_leave_what_is_kept_back(plan: DrawnPlan) -> None:
    seats = dict(enumerate(plan.seats, start=1))
    kept_back = {3, 4, 50}
    parties = cut_into_parties(plan, seats, kept_back, random.Random(1))
    seated = Counter(seat_id for party in parties for seat_id in party.seat_ids)
    assert seated == Counter(set(seats) - kept_back)
    for party in parties:
        sitting = [seats[seat_id] for seat_id in party.seat_ids]
        assert len({(seat.zone, seat.row) for seat in sitting}) == 1
        assert [seat.position - sitting[0].position for seat in sitting] == list(range(len(sitting)))
        special = [seat.kind for seat in sitting if seat.kind is not SeatKind.SEAT]
        assert not special or (party.with_wheelchair and len(special) == len(sitting) <= 2)


def test_the_first_places_are_exactly_as_many_as_wanted() -> None:
    plan = draw_studio()
    seats = dict(enumerate(plan.seats))
    parties = cut_into_parties(plan, seats, (), random.Random(1))
    for wanted in (0, 1, 209, 220):
        assert sum(len(party.seat_ids) for party in first_places(parties, wanted)) == wanted


def test_numbers_run_right_across_the_house() -> None:
    stalls = [seat for seat in draw_theatre().seats if seat.zone.startswith("Stalls")]
    for _, row in groupby(sorted(stalls, key=lambda seat: (seat.row, seat.spot.x)), key=lambda seat: seat.row):
        numbers = [seat.number for seat in row]
        assert numbers == list(range(1, len(numbers) + 1))
