"""Sales that are refused, and of which nothing may come."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select

from pos_app.db.models import Order
from pos_app.services.selling.sales import sell

if TYPE_CHECKING:
    from pos_app.domain.errors import (
        PosError,
    )
    from pos_app.domain.selling.sales import SaleRequest
    from tests.houses import OpenHouse


def orders_made(house: OpenHouse) -> int:
    return house.database.read(lambda session: session.scalar(select(func.count()).select_from(Order)) or 0)


def refused(house: OpenHouse, request: SaleRequest, error: type[PosError], saying: str | None = None) -> PosError:
    """Try to sell; nothing may come of it."""
    before = orders_made(house)
    with pytest.raises(error, match=saying) as refusal:
        house.database.transact(sell, house.small.cashier, request)
    assert orders_made(house) == before
    return refusal.value
