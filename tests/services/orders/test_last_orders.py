from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import event

from pos_app.services.orders.last_orders import list_last_orders, load_order
from tests.services.stories import sold

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tests.houses import OpenHouse


def test_the_last_orders_of_a_till_come_newest_first(house: OpenHouse) -> None:
    small = house.small
    first = sold(house, small.seats_of(1, (1, 2)))
    second = sold(house, [small.seat(2, 1, small.gala_id), small.seat(2, 1)])
    sold(house, [small.seat(3, 1)], actor=small.elsewhere(small.cashier))
    orders = house.database.read(list_last_orders, small.till_id)
    assert [order.number for order in orders] == [second.number, first.number]
    evening, gala = orders[0].performances
    assert (evening.performance_id, gala.performance_id) == (small.performance_id, small.gala_id)
    assert (evening.title, str(evening.spoken())) == ("The Cherry Orchard", "Stalls, row B, seat 1")
    assert (gala.starts_at - evening.starts_at).days == 1
    assert [str(one.spoken()) for one in orders[1].performances] == ["Stalls, row A, seats 1\u20132"]
    assert (orders[1].till_name, orders[1].staff_name) == ("Till 1", "Carla Cash")
    assert 590 < orders[0].seconds_to_void <= 600
    detail = house.database.read(load_order, first.order_id)
    assert [(ticket.price_minor, ticket.void) for ticket in detail.tickets] == [(4000, False)] * 2
    assert {ticket.performance_id for ticket in detail.tickets} == {small.performance_id}
    assert detail.staff_name == "Carla Cash"
    assert detail.fee_minor == 0
    # A fee of the ticket for the gala, and the gala's fee of the order.
    assert house.database.read(load_order, orders[0].order_id).fee_minor == 50 + 150
    assert [order.number for order in house.database.read(list_last_orders, small.till_id, limit=1)] == [second.number]


def test_ten_orders_are_read_in_as_few_round_trips_as_one(house: OpenHouse) -> None:
    small = house.small

    def asked(limit: int) -> int:
        statements: list[str] = []

        def count(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
            statements.append(statement)

        def read(session: Session) -> None:
            engine = session.connection().engine
            event.listen(engine, "before_cursor_execute", count)
            try:
                list_last_orders(session, small.till_id, limit=limit)
            finally:
                event.remove(engine, "before_cursor_execute", count)

        house.database.read(read)
        return len(statements)

    for number in (1, 2, 3):
        sold(house, [small.seat(number, 1, small.gala_id), small.seat(number, 1)])
    assert asked(3) == asked(1) > 0
