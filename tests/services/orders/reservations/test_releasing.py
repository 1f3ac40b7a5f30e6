"""Nobody came: seats are given back when their time is over, and never while a till has them open for paying."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pos_app.domain.errors import OrderChanged
from pos_app.services.orders.page import load_order_page
from pos_app.services.orders.reservations.listing import list_ending, list_reservations
from pos_app.services.orders.reservations.opening import leave_pick_up
from pos_app.services.orders.reservations.picking_up import pick_up
from pos_app.services.orders.reservations.releasing import release_reservations
from tests.services.orders.exchanging import last_entry
from tests.services.orders.ledgers import require_sound
from tests.services.orders.reserving import ask_to_pay, move_release, opened, reserved
from tests.services.stories import put_hold_back, seat_row, sold

if TYPE_CHECKING:
    from tests.houses import OpenHouse


def test_nobody_came_and_the_seats_are_on_sale_again(house: OpenHouse) -> None:
    small, database = house.small, house.database
    seats = small.seats_of(1, (1, 2), small.gala_id)
    lost = reserved(house, seats)
    kept = reserved(house, small.seats_of(2, (1,)))
    assert database.transact(release_reservations).orders == 0
    move_release(house, lost.order_id, 30)
    assert [one.order_id for one in database.read(list_ending)] == [lost.order_id]
    move_release(house, lost.order_id, -10)
    done = database.transact(release_reservations)
    assert (done.orders, done.seats, done.more) == (1, 2, False)
    assert database.transact(release_reservations).orders == 0
    page = database.read(load_order_page, small.cashier, lost.order_id)
    assert page.standing == "released"
    assert page.owed_minor == 0
    told = last_entry(house, "reservation_released")
    assert told["order"] == lost.number
    assert told["seats"] == [[seat.performance_id, seat.seat_id] for seat in seats]
    assert [one.order_id for one in database.read(list_reservations, small.cashier)] == [kept.order_id]
    with pytest.raises(OrderChanged, match="its time was over"):
        opened(house, lost.order_id)
    sold(house, seats)
    require_sound(house)


def test_what_is_open_for_paying_cannot_lapse(house: OpenHouse) -> None:
    small, database = house.small, house.database
    made = reserved(house, small.seats_of(1, (1, 2)))
    move_release(house, made.order_id, 20)
    picked = opened(house, made.order_id)
    assert picked.release_at < picked.hold.expires_at
    assert seat_row(house, small.seat(1, 1)).claim_until == picked.hold.expires_at
    assert database.read(list_ending) == ()
    move_release(house, made.order_id, -10)
    assert database.transact(release_reservations).orders == 0
    sale = database.transact(pick_up, small.cashier, ask_to_pay(picked))
    assert len(sale.ticket_ids) == 2
    require_sound(house)


def test_who_only_looks_keeps_nothing_longer_than_was_told(house: OpenHouse) -> None:
    small, database = house.small, house.database
    made = reserved(house, small.seats_of(1, (1, 2)))
    move_release(house, made.order_id, 20)
    picked = opened(house, made.order_id)
    database.transact(leave_pick_up, small.cashier, made.order_id, picked.hold.basket_key)
    (waiting,) = database.read(list_reservations, small.cashier)
    assert waiting.release_at == picked.release_at == seat_row(house, small.seat(1, 1)).claim_until
    require_sound(house)


def test_what_was_open_too_long_lapses_and_still_sells_until_then(house: OpenHouse) -> None:
    small, database = house.small, house.database
    first, second = (reserved(house, [small.seat(row, 1)]) for row in (1, 2))
    picked = [opened(house, made.order_id) for made in (first, second)]
    for one in picked:
        put_hold_back(house, one.hold.basket_key, made=910, left=-10)
        move_release(house, one.order_id, -10, open_too=True)
    assert len(database.transact(pick_up, small.cashier, ask_to_pay(picked[0])).ticket_ids) == 1
    assert database.transact(release_reservations).orders == 1
    with pytest.raises(OrderChanged, match="its time was over"):
        database.transact(pick_up, small.cashier, ask_to_pay(picked[1]))
    require_sound(house)
