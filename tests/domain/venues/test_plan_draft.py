"""Generating a plan, and editing it: every edit is another draft, and the one before is as it was."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from pos_app.domain.seats import SeatKind
from pos_app.domain.venues.plan_draft import DraftArea, DraftCategory, DraftRow, DraftSeat, DraftZone
from pos_app.domain.venues.plan_generator import COMPANION, WHEELCHAIR, PlanWish, ZoneWish, generate_plan
from pos_app.domain.venues.plan_limits import PlanRefused, require_sound_plan
from pos_app.domain.venues.plan_numbers import Numbering
from pos_app.domain.venues.plan_part_edits import (
    add_category,
    edit_category,
    new_guid,
    put_area,
    remove_area,
    remove_category,
    set_focus,
)
from pos_app.domain.venues.plan_seat_edits import (
    move_seats,
    number_on,
    remove_seats,
    rename_rows,
    rename_zone,
    renumber,
    set_category,
    set_kind,
)
from pos_app.domain.venues.plan_shapes import PlanShape

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos_app.domain.venues.plan_draft import PlanDraft

CATEGORIES = (DraftCategory("A", "#111111"), DraftCategory("B", "#222222"))
BOX = PlanShape("rectangle", 0, 0, 0, "", "", 100, 50)


def drawn(*, curvature: float = 0.0, **more: object) -> PlanDraft:
    wish = ZoneWish("Stalls", (4, 5, 6), "A", **more)  # type: ignore[arg-type]  # a few fields of the wish
    return generate_plan(PlanWish("Hall", (wish, ZoneWish("Circle", (3,), "B")), CATEGORIES, curvature))


def numbers(draft: PlanDraft, zone: int = 0) -> list[list[str]]:
    return [[seat.number for seat in row.seats] for row in draft.zones[zone].rows]


def spot(draft: PlanDraft, guid: str) -> tuple[float, float]:
    return next((z.x + r.x + s.x, z.y + r.y + s.y) for z, r, s in draft.seats() if s.guid == guid)


def with_row(draft: PlanDraft, row: DraftRow) -> PlanDraft:
    stalls, *others = draft.zones
    return replace(draft, zones=(replace(stalls, rows=(*stalls.rows, row)), *others))


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


def test_an_edit_shares_what_it_left_alone() -> None:
    draft = drawn()
    edited = set_category(draft, {"stalls-a-1", "nobody"}, "B")
    assert next(seat for _, _, seat in edited.seats()).category == "B"
    assert next(seat for _, _, seat in draft.seats()).category == "A"
    assert edited.zones[1] is draft.zones[1]
    assert edited.zones[0].rows[1] is draft.zones[0].rows[1]
    assert set_kind(draft, set(), SeatKind.WHEELCHAIR) is draft


def test_seats_are_removed_and_rows_that_are_empty_too() -> None:
    draft = drawn()
    edited = remove_seats(draft, {"stalls-a-1", *(seat.guid for seat in draft.zones[0].rows[1].seats)})
    assert [row.label for row in edited.zones[0].rows] == ["A", "C"]
    assert edited.seat_count == 12


def test_seats_are_moved() -> None:
    draft = drawn()
    x, y = spot(draft, "stalls-a-1")
    assert spot(move_seats(draft, {"stalls-a-1"}, 1.5, -2), "stalls-a-1") == (x + 1.5, y - 2)


def test_chosen_seats_are_renumbered_row_by_row() -> None:
    draft = drawn()
    chosen = draft.guids - {"stalls-a-4", "circle-a-1", "circle-a-2", "circle-a-3"}
    edited = renumber(draft, chosen, Numbering.RIGHT_TO_LEFT, first=10)
    assert numbers(edited) == [
        ["12", "11", "10", "4"],
        ["14", "13", "12", "11", "10"],
        ["15", "14", "13", "12", "11", "10"],
    ]
    assert numbers(renumber(draft, chosen, Numbering.ODD_EVEN))[1] == ["5", "3", "1", "2", "4"]


def test_a_row_drawn_from_right_to_left_is_numbered_as_it_stands() -> None:
    draft = drawn()
    row = draft.zones[0].rows[0]
    turned = DraftRow("turned", "Z", tuple(DraftSeat(f"t{s.guid}", s.number, "A", s.x, s.y) for s in row.seats[::-1]))
    edited = renumber(with_row(draft, turned), {seat.guid for seat in turned.seats}, Numbering.LEFT_TO_RIGHT)
    assert numbers(edited)[-1] == ["4", "3", "2", "1"]


def test_rows_are_numbered_through_and_as_a_snake() -> None:
    draft = drawn()
    chosen = {seat.guid for row in draft.zones[0].rows for seat in row.seats}
    assert numbers(number_on(draft, chosen))[1] == ["5", "6", "7", "8", "9"]
    assert numbers(number_on(draft, chosen, serpentine=True))[1] == ["9", "8", "7", "6", "5"]
    assert numbers(number_on(draft, chosen, from_right=True, first=100))[0] == ["103", "102", "101", "100"]


def test_rows_and_zones_are_renamed() -> None:
    edited = rename_zone(rename_rows(drawn(), dict.fromkeys(("stalls-a", "stalls-c"), " X ")), "circle", "Balcony")
    assert [row.label for row in edited.zones[0].rows] == ["X", "B", "X"]
    assert edited.zones[1].name == "Balcony"


def test_categories_are_added_renamed_and_removed() -> None:
    draft = edit_category(add_category(drawn(), "C", "#333333"), "A", new_name="Front", color="#444444")
    assert {seat.category for _, seat in draft.zones[0].seats()} == {"Front"}
    with pytest.raises(PlanRefused, match="places of “B”"):
        remove_category(draft, "B")
    draft = remove_category(remove_category(draft, "B", seats_to="C"), "Nobody")
    assert draft.category_names() == ("Front", "C")
    assert {seat.category for _, seat in draft.zones[1].seats()} == {"C"}
    with pytest.raises(PlanRefused, match="already"):
        add_category(draft, "C", "")


def test_areas_are_put_changed_moved_and_removed() -> None:
    draft = put_area(drawn(), "stalls", DraftArea("floor", "Floor", 100, "A", BOX))
    assert draft.place_count == 118
    moved = put_area(draft, "circle", DraftArea("floor", "Floor", 50, "B", BOX))
    assert [len(zone.areas) for zone in moved.zones] == [0, 1]
    assert remove_area(moved, "floor").place_count == 18
    for area in (
        DraftArea("x", "X", 0, "A", BOX),
        DraftArea("x", "X", 1, "Z", BOX),
        DraftArea("x", " ", 1, "A", BOX),
        DraftArea("x", "X", 1, "A", PlanShape("text")),
    ):
        with pytest.raises(PlanRefused):
            put_area(draft, "stalls", area)


def test_a_new_part_is_called_like_no_other() -> None:
    assert new_guid("Box", {"box", "box-2"}) == "box-3"


def test_the_focus_is_set() -> None:
    assert set_focus(drawn(), (1, 2)).focus == (1, 2)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda draft: replace(draft, zones=(*draft.zones[1:], DraftZone("x" * 65, "X"))),
        lambda draft: put_area(draft, "stalls", DraftArea("stalls-a", "A", 3, "A", BOX)),
        lambda draft: with_row(draft, DraftRow("r", "x" * 41, ())),
        lambda draft: with_row(draft, DraftRow("r", "x", (DraftSeat("", "1", "A", 0, 0),))),
        lambda draft: with_row(draft, DraftRow("r", "x", (DraftSeat("q", "1", "?", 0, 0),))),
        lambda draft: remove_seats(draft, draft.guids),
    ],
)
def test_a_plan_that_cannot_be_stored_is_told_apart(spoil: Callable[[PlanDraft], PlanDraft]) -> None:
    with pytest.raises(PlanRefused):
        require_sound_plan(spoil(drawn()))
