"""What was reserved is paid, all of it or some seats: the story of the customer at the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pos_app.domain.errors import OrderChanged, PickUpElsewhere
from pos_app.services.orders.reservations.listing import list_reservations
from pos_app.services.orders.reservations.picking_up import leave_pick_up, pick_up
from tests.services.orders.ledgers import require_sound
from tests.services.orders.reserving import ask_to_pay, opened, reserved

if TYPE_CHECKING:
    from tests.houses import OpenHouse


def test_some_come_first_and_the_others_later(house: OpenHouse) -> None:
    small, database = house.small, house.database
    seats = small.seats_of(1, (1, 2, 3), small.gala_id)
    made = reserved(house, seats, "Zoë Novák")
    (listed,) = database.read(list_reservations, small.cashier, text="novak")
    assert (listed.order_id, listed.seats, listed.owed_minor) == (made.order_id, 3, 3 * 4050 + 150)
    open_here = opened(house, made.order_id)
    with pytest.raises(PickUpElsewhere, match="Till 1") as refused:
        opened(house, made.order_id, small.elsewhere(small.cashier))
    assert refused.value.till_name == "Till 1"
    request = ask_to_pay(open_here, seats[:1])
    sale = database.transact(pick_up, small.cashier, request)
    assert (sale.total_minor, sale.change_minor, len(sale.ticket_ids)) == (4050 + 150, 500, 1)
    assert database.transact(pick_up, small.cashier, request) == sale
    (listed,) = database.read(list_reservations, small.cashier, performance_id=small.gala_id)
    assert (listed.seats, listed.owed_minor, listed.open_at) == (2, 2 * 4050, "")
    there = opened(house, made.order_id, small.elsewhere(small.cashier))
    database.transact(leave_pick_up, small.elsewhere(small.cashier), made.order_id, there.hold.basket_key)
    rest = opened(house, made.order_id)
    last = database.transact(pick_up, small.cashier, ask_to_pay(rest))
    assert (last.total_minor, len(last.ticket_ids)) == (2 * 4050, 2)
    assert not set(last.ticket_ids) & set(sale.ticket_ids)
    assert database.read(list_reservations, small.cashier) == ()
    with pytest.raises(OrderChanged, match="picked up and paid, by Carla Cash at Till 1"):
        opened(house, made.order_id)
    require_sound(house)
