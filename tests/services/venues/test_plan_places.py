from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pos_app.domain.venues.plan_part_edits import put_area
from tests.services.venues.plan_stories import FLOOR, add_draft, hall, save

if TYPE_CHECKING:
    from tests.houses import OpenHouse


def test_an_area_shrinks_and_grows(house: OpenHouse) -> None:
    before = add_draft(house, hall())
    for capacity in (25, 60):
        wanted = put_area(before.draft, "balcony", replace(FLOOR, capacity=capacity))
        before = save(house, before, wanted).opened
        assert before.draft == wanted
