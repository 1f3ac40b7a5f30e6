"""The best seats, asked for and held."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from pos_app.services.selling.best_seats import hold_best_seats

if TYPE_CHECKING:
    from pos_app.domain.picking.proposals import Wish
    from pos_app.services.selling.best_seats import HeldBest
    from tests.houses import OpenHouse


A, B = 0, 1


def best(house: OpenHouse, wish: Wish, basket_key: str = "", **more: Any) -> HeldBest:
    return house.database.transact(
        hold_best_seats, house.small.cashier, basket_key or uuid4().hex, house.small.performance_id, wish, **more
    )
