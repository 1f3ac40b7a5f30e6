from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select

from pos_app.db.models import Order
from tests.small_house import sell_seats

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tests.houses import OpenHouse


@pytest.mark.parametrize("evening", [1, 2])
def test_each_test_gets_a_house_that_has_sold_nothing(house: OpenHouse, evening: int) -> None:
    def count_orders(session: Session) -> int | None:
        return session.scalar(select(func.count()).select_from(Order))

    assert house.database.read(count_orders) == 0
    house.database.transact(sell_seats, house.small, house.small.seats_of(1, (1, 2)))
    assert house.database.read(count_orders) == 1
