"""A reservation is found by name, by the order's number and by its slip; the soonest release stands first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.domain.codes import grouped
from pos_app.domain.orders.finding import OrderQuery
from pos_app.domain.orders.standing import OrderStanding
from pos_app.services.orders.finding.search import find_orders
from pos_app.services.orders.reservations.listing import list_reservations, list_reserved_performances
from pos_app.services.orders.reservations.releasing import release_reservations
from pos_app.services.orders.reservations.slips import load_slip
from tests.services.orders.reserving import move_release, opened, picked_up, reserved

if TYPE_CHECKING:
    from tests.houses import OpenHouse


def test_the_soonest_release_stands_first_with_who_has_it_open(house: OpenHouse) -> None:
    small, database = house.small, house.database
    late = reserved(house, [small.seat(1, 1)])
    soon = reserved(house, [small.seat(1, 2), small.seat(1, 2, small.gala_id)])
    move_release(house, soon.order_id, 1200)
    opened(house, late.order_id, small.elsewhere(small.cashier))
    told = database.read(list_reservations, small.cashier)
    assert [(one.order_id, one.open_at) for one in told] == [(soon.order_id, ""), (late.order_id, "Till 2")]
    assert 1100 < told[0].seconds_left <= 1200
    (gala,) = database.read(list_reservations, small.cashier, performance_id=small.gala_id)
    assert (gala.order_id, len(gala.performances)) == (soon.order_id, 2)
    assert len(database.read(list_reservations, small.cashier, limit=1)) == 1


def test_each_performance_of_which_a_seat_is_reserved_is_told_once(house: OpenHouse) -> None:
    small, database = house.small, house.database

    def told() -> list[int]:
        return [one.performance_id for one in database.read(list_reserved_performances, small.cashier)]

    assert told() == []
    reserved(house, [small.seat(1, 1)])
    both = reserved(house, [small.seat(1, 2), small.seat(1, 2, small.gala_id)])
    assert sorted(told()) == sorted([small.performance_id, small.gala_id])
    picked_up(house, both.order_id)
    assert told() == [small.performance_id]


def test_an_order_number_or_a_slip_finds_the_reservation(house: OpenHouse) -> None:
    small, database = house.small, house.database
    made = reserved(house, small.seats_of(1, (1, 2)), "Zoë Novák", note="rings twice")
    reserved(house, [small.seat(2, 1)], "Bert")
    for typed in (made.number, grouped(made.number).lower(), "novak zoe", "twice", made.number[:4]):
        assert [one.order_id for one in database.read(list_reservations, small.cashier, text=typed)] == [made.order_id]
        rows = database.read(find_orders, small.cashier, OrderQuery(typed)).rows
        assert [row.order_id for row in rows] == [made.order_id]
    waiting = database.read(find_orders, small.cashier, OrderQuery(standing=OrderStanding.RESERVED)).rows
    assert len(waiting) == 2
    move_release(house, made.order_id, -10)
    database.transact(release_reservations)
    (gone,) = database.read(find_orders, small.cashier, OrderQuery(standing=OrderStanding.RELEASED)).rows
    assert gone.order_id == made.order_id
    slip = database.read(
        load_slip, waiting[0].order_id if waiting[0].order_id != made.order_id else waiting[1].order_id
    )
    assert (slip.reserved.tickets, slip.reserved.total_minor) == (1, 4000)
