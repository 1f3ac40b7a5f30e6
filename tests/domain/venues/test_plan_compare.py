from __future__ import annotations

from dataclasses import replace

from pos_app.domain.venues.plan_compare import count_changes
from pos_app.domain.venues.plan_draft import DraftArea
from pos_app.domain.venues.plan_part_edits import put_area, remove_area
from pos_app.domain.venues.plan_seat_edits import move_seats, remove_seats, rename_zone
from tests.domain.venues.drafts import BOX, drawn


def test_a_plan_that_is_the_same_has_no_changes() -> None:
    assert count_changes(drawn(), drawn()) == (0, 0, 0)


def test_seats_are_added_removed_and_changed() -> None:
    draft = drawn()
    fewer = remove_seats(draft, {"stalls-a-1", "stalls-a-2"})
    assert count_changes(draft, move_seats(fewer, {"stalls-b-1"}, 1, 0)) == (0, 2, 1)
    assert count_changes(fewer, draft) == (2, 0, 0)


def test_a_new_name_of_a_zone_changes_all_its_places() -> None:
    assert count_changes(drawn(), rename_zone(drawn(), "circle", "Balcony")) == (0, 0, 3)


def test_where_a_zone_and_its_rows_share_a_place_otherwise_nothing_moves() -> None:
    draft = drawn()
    rows = tuple(replace(row, x=row.x + 10) for row in draft.zones[0].rows)
    zone = replace(draft.zones[0], x=draft.zones[0].x - 10, rows=rows)
    assert count_changes(draft, replace(draft, zones=(zone, *draft.zones[1:]))) == (0, 0, 0)


def test_places_of_an_area_are_counted_by_its_capacity() -> None:
    floor = put_area(drawn(), "stalls", DraftArea("floor", "Floor", 100, "A", BOX))
    larger = put_area(floor, "stalls", DraftArea("floor", "Floor", 130, "A", BOX))
    assert count_changes(drawn(), floor) == (100, 0, 0)
    assert count_changes(floor, larger) == (30, 0, 0)
    assert count_changes(larger, floor) == (0, 30, 0)
    assert count_changes(floor, remove_area(floor, "floor")) == (0, 100, 0)
