from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pos_app.services.seats.map_plan import load_plan
from pos_app.services.venues.plan_preview import preview_plan
from pos_app.services.venues.plan_store import add_plan
from tests.kinds import SQLITE
from tests.services.venues.plan_stories import hall

if TYPE_CHECKING:
    from tests.houses import OpenHouse


@SQLITE
def test_a_draft_is_seen_as_it_will_be_once_it_is_stored(house: OpenHouse) -> None:
    draft = hall()
    stored = house.database.transact(add_plan, house.small.manager, house.small.venue_id, draft)
    seen, there = preview_plan(draft).plan, house.database.read(load_plan, stored.plan.plan_id)
    for column in ("x", "y", "angle", "zone", "position", "category", "kind"):
        assert np.array_equal(getattr(seen, column), getattr(there, column)), column
    assert (seen.numbers, seen.width, seen.focal_y) == (there.numbers, there.width, there.focal_y)
    assert [seen.place(at) for at in range(49)] == [there.place(at) for at in range(49)]
    assert [(one.name, one.label_x, one.label_y) for one in seen.zones] == [
        (one.name, one.label_x, one.label_y) for one in there.zones
    ]
    assert [(one.name, one.zone, one.category, one.capacity, one.shape) for one in seen.areas] == [
        (one.name, one.zone, one.category, one.capacity, one.shape) for one in there.areas
    ]


def test_what_is_chosen_on_the_map_is_found_in_the_draft() -> None:
    preview = preview_plan(hall())
    assert preview.seat_guids[0] == "stalls-a-1"
    assert preview.index_of()["balcony-k-6"] == 48
    assert preview.area_guids == ("floor",)
    assert preview.row_guids[preview.plan.row_of[0]] == "stalls-a"
    assert preview.zone_guids[preview.plan.zone[48]] == "balcony"
