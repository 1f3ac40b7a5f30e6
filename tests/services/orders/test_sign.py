"""Whether a picture of an order is stale."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.domain.door.check_in import Verdict
from pos_app.domain.orders.page import OrderSign
from pos_app.services.orders.page import load_order_page
from pos_app.services.orders.reservations.opening import leave_pick_up
from pos_app.services.orders.sign import load_order_sign
from tests.services.orders.exchanging import scan
from tests.services.orders.reserving import opened, reserved
from tests.services.stories import signed_code, sold

if TYPE_CHECKING:
    from tests.houses import OpenHouse


def test_a_picture_is_stale_when_a_till_opens_the_reservation_and_when_it_leaves_it(house: OpenHouse) -> None:
    small = house.small
    made = reserved(house, small.seats_of(1, (1, 2)))

    def sign() -> OrderSign:
        return house.database.read(load_order_sign, small.cashier, made.order_id)

    before = house.database.read(load_order_page, small.cashier, made.order_id)
    assert sign() == before.sign
    picked = opened(house, made.order_id)
    assert sign() == OrderSign(before.revision, small.cashier.till_name)
    assert sign() == house.database.read(load_order_page, small.cashier, made.order_id).sign
    house.database.transact(leave_pick_up, small.cashier, made.order_id, picked.hold.basket_key)
    assert sign() == before.sign


def test_a_picture_is_stale_when_a_guest_comes_in(house: OpenHouse) -> None:
    small = house.small
    sale = sold(house, small.seats_of(1, (1, 2)))

    def sign() -> OrderSign:
        return house.database.read(load_order_sign, small.cashier, sale.order_id)

    before = sign()
    code = signed_code(house, sale.ticket_ids[0])
    assert scan(house, code).verdict is Verdict.ADMITTED
    assert sign() != before
    assert sign() == house.database.read(load_order_page, small.cashier, sale.order_id).sign
