from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.services.venues.plan_catalogue import sold_on
from pos_app.services.venues.plan_store import add_plan
from tests.services.venues.plan_stories import hall, opened

if TYPE_CHECKING:
    from tests.houses import OpenHouse


def test_a_stored_plan_is_read_back_as_it_was_drawn(house: OpenHouse) -> None:
    shares: list[float] = []
    stored = house.database.transact(add_plan, house.small.manager, house.small.venue_id, hall(), shares.append)
    assert stored.draft == hall()
    assert shares[-1] == 1.0
    assert (stored.plan.places, stored.plan.version, stored.plan.newest) == (89, 1, True)
    assert house.database.read(sold_on, [stored.plan.plan_id]) == set()
    assert opened(house, stored.plan.plan_id) == stored
