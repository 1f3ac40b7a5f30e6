from __future__ import annotations

import math

import pytest

from pos_app.demo.arena import draw_arena
from pos_app.demo.drawing import DrawnPlan
from pos_app.demo.studio import draw_studio
from pos_app.demo.theatre import draw_theatre
from pos_app.domain.picking.house import PickingHouse, Places
from pos_app.domain.picking.proposals import Proposal, Wish
from pos_app.domain.picking.rule import best_seats
from pos_app.domain.picking.sightlines import axis_of, seen_from
from pos_app.domain.seats import SeatKind

STAGE = (0.0, 0.0)
KINDS = list(SeatKind)


def rows_about(turn: float, spread: float = 60.0) -> tuple[list[float], list[float]]:
    """Seats about a stage that looks so many degrees to the left of straight down the plan."""
    spots = [(away, math.radians(turn + at)) for away in (100, 130, 160) for at in (-spread, -spread / 2, 0, spread)]
    return [away * math.sin(at) for away, at in spots], [away * math.cos(at) for away, at in spots]


@pytest.mark.parametrize(
    ("turn", "axis"), [(0, (0, 1)), (8, (0, 1)), (90, (1, 0)), (180, (0, -1)), (265, (-1, 0)), (360, (0, 1))]
)
def test_a_stage_looks_at_its_seats_along_the_plan(turn: float, axis: tuple[float, float]) -> None:
    assert axis_of(*rows_about(turn), STAGE) == axis


def test_a_stage_in_a_corner_looks_out_of_it() -> None:
    ahead = axis_of(*rows_about(52, spread=30.0), STAGE)
    assert ahead is not None
    assert math.hypot(*ahead) == pytest.approx(1)
    assert min(ahead) > 0.5


def test_a_stage_in_the_middle_looks_nowhere_and_its_seats_see_by_their_distance() -> None:
    x, y = [100.0, 0.0, -100.0, 0.0], [0.0, 100.0, 0.0, -100.0]
    assert axis_of(x, y, STAGE) is None
    assert seen_from(x, y, STAGE, None) == [100.0] * 4
    assert axis_of([], [], STAGE) is None


def test_who_sits_to_the_side_sees_worse_and_who_sits_behind_worst() -> None:
    front, diagonal, beside, behind = seen_from([0, 71, 100, 0], [100, 71, 0, -100], STAGE, (0.0, 1.0))
    assert front == pytest.approx(100)
    assert 170 < diagonal < 180
    assert beside == pytest.approx(350)
    assert behind == pytest.approx(600)


def house_of(drawn: DrawnPlan) -> PickingHouse:
    names = [zone.name for zone in drawn.zones]
    rows = sorted({(seat.zone, seat.row) for seat in drawn.seats})
    categories = list(drawn.categories)
    places = Places(
        seat=list(range(len(drawn.seats))),
        row=[rows.index((seat.zone, seat.row)) + 1 for seat in drawn.seats],
        position=[seat.position for seat in drawn.seats],
        x=[seat.spot.x for seat in drawn.seats],
        y=[seat.spot.y for seat in drawn.seats],
        zone=[names.index(seat.zone) for seat in drawn.seats],
        category=[categories.index(seat.category) for seat in drawn.seats],
        kind=[KINDS.index(seat.kind) for seat in drawn.seats],
    )
    return PickingHouse(places, [True] * len(drawn.seats), (drawn.focus.x, drawn.focus.y))


@pytest.mark.parametrize(
    ("drawn", "zones"),
    [(draw_arena(), {"Block 105"}), (draw_theatre(), {"Stalls centre"}), (draw_studio(), {"Studio"})],
    ids=lambda one: one.name if isinstance(one, DrawnPlan) else "",
)
def test_the_best_of_the_demo_houses_sit_before_the_stage_and_so_do_the_next(drawn: DrawnPlan, zones: set[str]) -> None:
    house = house_of(drawn)
    for _ in range(4):
        answer = best_seats(house, Wish(4))
        assert isinstance(answer, Proposal)
        seats = [drawn.seats[seat] for seat in answer.seats]
        assert {seat.zone for seat in seats} == zones
        middle = sum(seat.spot.x for seat in seats) / 4 - drawn.focus.x
        away = sum(seat.spot.y for seat in seats) / 4 - drawn.focus.y
        assert abs(math.degrees(math.atan2(middle, away))) < 45
        house.set_free(answer.seats, free=False)


def test_nobody_is_put_beside_or_behind_the_stage_of_the_arena_while_there_is_room_before_it() -> None:
    drawn = draw_arena()
    house = house_of(drawn)
    for _ in range(200):
        answer = best_seats(house, Wish(4))
        assert isinstance(answer, Proposal)
        spots = [drawn.seats[seat].spot for seat in answer.seats]
        assert all(abs(spot.x - drawn.focus.x) < 1.5 * (spot.y - drawn.focus.y) for spot in spots)
        house.set_free(answer.seats, free=False)
