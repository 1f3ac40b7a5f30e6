from __future__ import annotations

import math
import random
from collections import Counter
from itertools import combinations, groupby
from typing import TYPE_CHECKING

import pytest

from pos_app.demo.arena import draw_arena
from pos_app.demo.parties import choose_groups, cut_into_crowds, cut_into_parties, first_places
from pos_app.demo.studio import draw_standing_studio, draw_studio
from pos_app.demo.theatre import draw_theatre
from pos_app.domain.seats import SeatKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos_app.demo.drawing import DrawnPlan

DRAWINGS = {
    "theatre": draw_theatre,
    "studio": draw_studio,
    "standing studio": draw_standing_studio,
    "arena": draw_arena,
}
PLANS = [pytest.param(draw(), id=name) for name, draw in DRAWINGS.items()]


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


def test_the_studio_has_120_places_to_stand_before_two_rows() -> None:
    plan = draw_standing_studio()
    assert [(area.zone, area.capacity) for area in plan.areas] == [("Standing", 120)]
    assert Counter(seat.row for seat in plan.seats) == {"A": 20, "B": 20}


def test_the_arena_has_20_000_seats_in_45_blocks_about_the_floor() -> None:
    plan = draw_arena()
    assert len(plan.seats) == 20_000
    assert [(area.zone, area.capacity) for area in plan.areas] == [("Floor standing", 1500)]
    blocks = Counter(seat.zone for seat in plan.seats)
    assert len(blocks) == 45
    assert min(blocks.values()) > 150
    assert set(plan.categories) == {*(seat.category for seat in plan.seats), *(area.category for area in plan.areas)}


@pytest.mark.parametrize("plan", PLANS)
def test_no_seat_stands_in_an_area(plan: DrawnPlan) -> None:
    for area in plan.areas:
        corners = area.shape.outline()
        assert all(0 < x < plan.width and 0 < y < plan.height for x, y in corners)
        inside = [seat.guid for seat in plan.seats if _is_inside(seat.spot.x, seat.spot.y, corners)]
        assert inside == []
        assert _is_inside(area.middle.x, area.middle.y, corners)


def _is_inside(x: float, y: float, corners: tuple[tuple[float, float], ...]) -> bool:
    edges = zip(corners, (*corners[1:], corners[0]), strict=True)
    crossed = [(y1 > y) != (y2 > y) and x < x1 + (y - y1) / (y2 - y1) * (x2 - x1) for (x1, y1), (x2, y2) in edges]
    return sum(crossed) % 2 == 1


@pytest.mark.parametrize("draw", DRAWINGS.values(), ids=DRAWINGS)
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


def test_crowds_are_exactly_as_many_as_wanted() -> None:
    for wanted in (0, 1, 73, 240):
        crowds = cut_into_crowds("Floor", wanted, random.Random(1))
        assert sum(crowd.places for crowd in crowds) == wanted
        assert all(crowd.places > 0 for crowd in crowds)


def test_large_groups_sit_in_one_block_each_and_nobody_on_anothers_seat() -> None:
    seats = dict(enumerate(draw_arena().seats, start=1))
    groups = choose_groups(seats, 40, random.Random(1))
    seated = Counter(seat_id for group in groups for seat_id in group.seat_ids)
    assert max(seated.values()) == 1
    for group in groups:
        assert len({seats[seat_id].zone for seat_id in group.seat_ids}) == 1
        assert {seats[seat_id].kind for seat_id in group.seat_ids} == {SeatKind.SEAT}


def test_numbers_run_right_across_the_house() -> None:
    stalls = [seat for seat in draw_theatre().seats if seat.zone.startswith("Stalls")]
    for _, row in groupby(sorted(stalls, key=lambda seat: (seat.row, seat.spot.x)), key=lambda seat: seat.row):
        numbers = [seat.number for seat in row]
        assert numbers == list(range(1, len(numbers) + 1))
