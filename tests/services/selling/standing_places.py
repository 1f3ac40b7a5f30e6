"""An area with twelve places, and baskets that take them by number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from sqlalchemy import select

from pos_app.db.models import Seat
from pos_app.services.selling.area_holds import set_places
from tests.areas import AreaCount, count_areas

if TYPE_CHECKING:
    from pos_app.domain.selling.holds import PlacedHold
    from tests.houses import OpenHouse


CAPACITY = 12


def take(house: OpenHouse, area: int, total: int, basket_key: str = "", **more: Any) -> PlacedHold:
    held = house.database.transact(
        set_places,
        more.pop("actor", house.small.cashier),
        basket_key or uuid4().hex,
        house.small.performance_id,
        area,
        total,
        **more,
    )
    assert held is not None
    return held


def counts(house: OpenHouse, hold_id: int | None = None) -> AreaCount:
    (count,) = house.database.read(count_areas, house.small.performance_id, hold_id)
    return count


def place_ids(house: OpenHouse, area: int) -> list[int]:
    query = select(Seat.id).where(Seat.area_id == area).order_by(Seat.id)
    return house.database.read(lambda session: list(session.scalars(query)))
