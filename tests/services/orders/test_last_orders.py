from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.services.orders.last_orders import list_last_orders, load_order
from tests.services.stories import (
    sold,
)

if TYPE_CHECKING:
    from tests.houses import OpenHouse


def test_the_last_orders_of_a_till_come_newest_first(house: OpenHouse) -> None:
    small = house.small
    first = sold(house, small.seats_of(1, (1, 2)))
    second = sold(house, [small.seat(2, 1, small.gala_id), small.seat(2, 1)])
    sold(house, [small.seat(3, 1)], actor=small.elsewhere(small.cashier))
    orders = house.database.read(list_last_orders, small.till_id)
    assert [order.number for order in orders] == [second.number, first.number]
    assert orders[1].places == "Stalls A 1, 2"
    assert 590 < orders[0].seconds_to_void <= 600
    detail = house.database.read(load_order, first.order_id)
    assert [(ticket.price_minor, ticket.void) for ticket in detail.tickets] == [(4000, False)] * 2
    assert detail.staff_name == "Carla Cash"
    assert [order.number for order in house.database.read(list_last_orders, small.till_id, limit=1)] == [second.number]
