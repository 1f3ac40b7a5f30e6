"""Reservations on the work list of a cancelled performance: given back, with nothing to refund."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from pos_app.domain.errors import NotOnSale
from pos_app.domain.orders.work_lists import OpenWorkList, WorkDeed, WorkState, WorkStep
from pos_app.flows.work_lists import work_off_order
from pos_app.services.orders.page import load_order_page
from pos_app.services.orders.reservations.listing import list_ending, list_reservations
from pos_app.services.orders.reservations.opening import leave_pick_up
from pos_app.services.orders.reservations.picking_up import pick_up
from pos_app.services.orders.work_lists.lists import open_work_list
from pos_app.services.orders.work_lists.reading import load_work_list, look_for_work
from pos_app.services.season.cancellations import cancel_performance
from tests.services.orders.ledgers import require_sound
from tests.services.orders.reserving import ask_to_pay, move_release, opened, picked_up, reserved

if TYPE_CHECKING:
    from tests.houses import OpenHouse


def test_a_cancelled_performance_gives_its_reservations_back_too(house: OpenHouse) -> None:
    small, database = house.small, house.database
    unpaid = reserved(house, small.seats_of(1, (1, 2), small.gala_id))
    seats = small.seats_of(2, (1, 2, 3), small.gala_id)
    part = reserved(house, seats)
    picked_up(house, part.order_id, seats[:1])
    elsewhere = reserved(house, [small.seat(3, 1, small.gala_id), small.seat(3, 1)])
    for reservation in (unpaid, elsewhere):
        move_release(house, reservation.order_id, 40)
    assert len(database.read(list_ending)) == 2
    database.transact(cancel_performance, small.manager, small.gala_id, "The tenor is ill.")
    assert [one.order_id for one in database.read(list_ending)] == [elsewhere.order_id], "nobody keeps the other longer"
    for reservation in (unpaid, elsewhere):
        move_release(house, reservation.order_id, 3600)
    with pytest.raises(NotOnSale, match="cancelled"):
        database.transact(pick_up, small.cashier, ask_to_pay(picked := opened(house, unpaid.order_id)))
    outlook = database.read(look_for_work, small.manager, small.gala_id)
    assert (outlook.orders, outlook.tickets) == (3, 6)
    list_id = database.transact(open_work_list, small.manager, OpenWorkList(uuid4().hex, small.gala_id))
    paid = {one.order_id: one.paid_minor for one in database.read(load_work_list, small.manager, list_id).orders}
    assert paid == {unpaid.order_id: 0, part.order_id: 4050 + 150, elsewhere.order_id: 0}

    def give_back(order_id: int) -> WorkState:
        step = WorkStep(list_id, order_id, WorkDeed.REFUND)
        return work_off_order(database, small.manager, step).state

    assert give_back(unpaid.order_id) is WorkState.FAILED, "a till has it open"
    database.transact(leave_pick_up, small.cashier, unpaid.order_id, picked.hold.basket_key)
    for order_id in (unpaid.order_id, part.order_id, elsewhere.order_id, unpaid.order_id):
        assert give_back(order_id) is WorkState.REFUNDED
    assert database.read(load_order_page, small.cashier, unpaid.order_id).standing == "released"
    assert database.read(load_order_page, small.cashier, part.order_id).due_minor == 4050 + 150
    (left,) = database.read(list_reservations, small.cashier)
    assert (left.order_id, left.seats, left.owed_minor) == (elsewhere.order_id, 1, 4000 + 150)
    require_sound(house)
