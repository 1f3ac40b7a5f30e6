from __future__ import annotations

import math
from itertools import pairwise

import pytest

from pos_app.domain.seats import SeatKind
from pos_app.domain.venues.plan_generator import COMPANION, WHEELCHAIR, PlanWish, ZoneWish, generate_plan
from pos_app.domain.venues.plan_limits import PlanRefused, require_sound_plan
from pos_app.domain.venues.plan_numbers import Numbering
from tests.domain.venues.drafts import CATEGORIES, drawn, numbers


def test_a_straight_hall_is_drawn_within_its_size_and_before_its_stage() -> None:
    draft = drawn()
    require_sound_plan(draft)
    assert draft.seat_count == 18
    bounds = draft.bounds()
    assert bounds is not None
    assert (bounds[0], bounds[2]) == (60.0, draft.width - 60.0)
    assert bounds[3] == draft.height - 60.0
    assert draft.focus == ((bounds[0] + bounds[2]) / 2, bounds[1] - 62.0)
    assert draft.focus[1] >= 175.0, "a stage has room behind its edge"
    assert [row.label for row in draft.zones[0].rows] == ["A", "B", "C"]


def test_curved_rows_look_at_the_stage_and_keep_their_distances() -> None:
    draft = drawn(curvature=1.0)
    row = draft.zones[0].rows[2].seats
    assert row[0].angle > 0 > row[-1].angle, "those on the left look to the right"
    assert row[0].y < row[3].y, "the ends come forward"
    steps = [math.dist((a.x, a.y), (b.x, b.y)) for a, b in pairwise(row)]
    assert max(steps) - min(steps) < 0.001
    assert 22.0 < steps[0] <= 23.0


def test_an_aisle_is_drawn_and_parts_neighbours() -> None:
    draft = drawn(aisles_after=(2,))
    assert [row.positions() for row in draft.zones[0].rows] == [(0, 1, 3, 4), (0, 1, 3, 4, 5), (0, 1, 3, 4, 5, 6)]


def test_wheelchair_places_and_rows_of_another_category_are_where_they_were_wished() -> None:
    draft = drawn(wheelchair={(2, 0): WHEELCHAIR, (2, 1): COMPANION}, category_of_row={2: "B"}, first_row=5)
    last = draft.zones[0].rows[2]
    assert [seat.kind for seat in last.seats[:3]] == [SeatKind.WHEELCHAIR, SeatKind.COMPANION, SeatKind.SEAT]
    assert {seat.category for seat in last.seats} == {"B"}
    assert last.label == "H"


def test_rows_may_be_numbered_through() -> None:
    assert numbers(drawn(continuous=True, first_number=11))[1] == ["15", "16", "17", "18", "19"]


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        (PlanWish("x", (), CATEGORIES), "no seats"),
        (PlanWish("x", (ZoneWish("Z", (0,), "A"),), CATEGORIES), "no seats"),
        (PlanWish("x", (ZoneWish("Z", (3, 0), "A"),), CATEGORIES), "row has no seats"),
        (PlanWish("x", (ZoneWish("Z", (3,), "C"),), CATEGORIES), "no category “C”"),
        (PlanWish("x", (ZoneWish(" ", (3,), "A"),), CATEGORIES), "zone has no name"),
        (PlanWish("x", (ZoneWish("Z", (60_001,), "A"),), CATEGORIES), "60,001 places"),
        (PlanWish("x", (ZoneWish("Z", (3,), "A"),), CATEGORIES, curvature=2), "curve"),
        (
            PlanWish("x", (ZoneWish("Z", (3,), "A", numbering=Numbering.ODD_EVEN, continuous=True),), CATEGORIES),
            "go on",
        ),
        (PlanWish("x", (ZoneWish("Z", (3,), "A", first_number=-1),), CATEGORIES), "number"),
        (PlanWish("x", (ZoneWish("Z", (3,), "A"), ZoneWish("z ", (3,), "A")), CATEGORIES), "Two zones"),
    ],
)
def test_what_cannot_be_drawn_is_refused(wish: PlanWish, words: str) -> None:
    with pytest.raises(PlanRefused, match=words):
        generate_plan(wish)
