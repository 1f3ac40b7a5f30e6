"""A basket that takes places of an area."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from pos_app.services.selling.area_holds import set_places

if TYPE_CHECKING:
    from pos_app.domain.selling.holds import PlacedHold
    from tests.houses import OpenHouse


def take(house: OpenHouse, area: int, total: int) -> PlacedHold:
    small = house.small
    held = house.database.transact(set_places, small.cashier, uuid4().hex, small.performance_id, area, total)
    assert held is not None
    return held
