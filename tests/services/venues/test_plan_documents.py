from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.domain.venues.plan_shapes import PlanShape
from pos_app.services.venues.plan_documents import load_details, shifted, single_guids
from tests.services.venues.plan_stories import add_draft, hall

if TYPE_CHECKING:
    from tests.houses import OpenHouse


def test_a_guid_is_given_once_also_where_none_or_the_same_one_is_stored() -> None:
    stored = [(1, "a"), (2, ""), (3, "a"), (4, "b")]
    assert single_guids(stored, "zone") == {1: "a", 2: "zone-2", 3: "a-3", 4: "b"}


def test_what_only_the_file_knows_is_kept_beside_the_rows(house: OpenHouse) -> None:
    opened = add_draft(house, hall())
    details = house.database.read(load_details, opened.plan.plan_id)
    assert details.zones["stalls"][2] == "Z-1"
    first = opened.draft.zones[0].rows[0]
    assert details.rows[first.guid][2:] == ["Row %s", "", "both"]
    assert details.seats == {first.seats[0].guid: ["u-1", 12.0, "<>"]}, "only where they are not the usual"
    assert [one["zone"] for one in details.shapes] == ["stalls"]


def test_a_plan_without_documents_has_empty_ones(house: OpenHouse) -> None:
    details = house.database.read(load_details, house.small.plan_id)
    assert (details.zones, details.rows, details.seats, details.shapes) == ({}, {}, {}, [])


def test_a_shape_is_counted_from_elsewhere() -> None:
    moved = shifted(PlanShape("text", 1, 2), 10, -5)
    assert (moved.x, moved.y) == (11, -3)
