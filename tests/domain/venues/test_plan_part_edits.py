from __future__ import annotations

import pytest

from pos_app.domain.venues.plan_draft import DraftArea
from pos_app.domain.venues.plan_limits import PlanRefused
from pos_app.domain.venues.plan_part_edits import (
    add_category,
    edit_category,
    new_guid,
    put_area,
    remove_area,
    remove_category,
    set_focus,
)
from pos_app.domain.venues.plan_shapes import PlanShape
from tests.domain.venues.drafts import BOX, drawn


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
