from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.services.seats.map_plan import load_plan
from tests.services.venues.plan_stories import add_draft, hall

if TYPE_CHECKING:
    from tests.houses import OpenHouse


def test_a_stored_plan_is_shown_on_the_map_as_it_was_drawn(house: OpenHouse) -> None:
    draft = hall()
    shown = house.database.read(load_plan, add_draft(house, draft).plan.plan_id)
    assert len(shown.seat_id) == draft.seat_count
    assert [zone.name for zone in shown.zones] == ["Stalls", "Balcony"]
    assert shown.areas[0].capacity == 40
    first = shown.place(0)
    assert (first.zone, first.row, first.number) == ("Stalls", "A", "1")
    assert shown.position[:8].tolist() == [0, 1, 2, 3, 5, 6, 7, 8], "an aisle leaves a place out"
