"""What was reserved is paid, all of it or some seats: the story of the customer at the window."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from sqlalchemy import update

from pos_app.db.clock import utc_plus
from pos_app.db.models import Price
from pos_app.domain.errors import (
    InvalidInput,
    NotPermitted,
    OrderChanged,
    PaymentRefused,
    PickUpElsewhere,
    PriceChanged,
    RefundRefused,
    SaleAfterStart,
    VoidRefused,
)
from pos_app.domain.orders.finding import OrderQuery
from pos_app.domain.orders.refunds import RefundAsk
from pos_app.domain.orders.standing import OrderStanding
from pos_app.domain.roles import Permission
from pos_app.domain.selling.sales import PaymentMethod, Tender, VoidRequest
from pos_app.services.orders.collecting import hand_over
from pos_app.services.orders.finding.search import find_orders
from pos_app.services.orders.page import load_order_page
from pos_app.services.orders.refunds.making import preview_refund
from pos_app.services.orders.refunds.voids import void_order
from pos_app.services.orders.reservations.listing import list_reservations
from pos_app.services.orders.reservations.opening import leave_pick_up
from pos_app.services.orders.reservations.picking_up import confirm_pick_up, pick_up, settle_pick_up
from tests.services.letters.written import customer
from tests.services.orders.ledgers import require_sound
from tests.services.orders.reserving import ask_to_pay, opened, reserved
from tests.services.stories import change_performance, hold
from tests.small_house import allow

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


def raise_prices(house: OpenHouse) -> None:
    dearer = update(Price).values(amount_minor=Price.amount_minor + 500)
    house.database.transact(lambda session: session.execute(dearer))


def test_the_price_that_was_told_is_kept_until_a_manager_says_otherwise(house: OpenHouse) -> None:
    small, database = house.small, house.database
    seats = small.seats_of(1, (1, 2, 3), small.gala_id)
    made = reserved(house, seats)
    raise_prices(house)
    picked = opened(house, made.order_id)
    assert picked.price_has_changed
    assert [(line.told_minor, line.now_minor) for line in picked.lines if line.seat] == [(4000, 4500)] * 3
    kept = ask_to_pay(picked, seats[:1])
    assert database.transact(pick_up, small.cashier, kept).total_minor == 4050 + 150
    again = opened(house, made.order_id)
    now = ask_to_pay(again, seats[1:2], price_of_now=True)
    with pytest.raises(NotPermitted, match="another price"):
        database.read(confirm_pick_up, small.cashier, now)
    with pytest.raises(NotPermitted):
        database.transact(pick_up, small.cashier, now)
    allowed = replace(now, approval_id=database.transact(allow, small, Permission.PRICE_OF_NOW))
    database.read(confirm_pick_up, small.cashier, allowed)
    sale = database.transact(pick_up, small.cashier, allowed)
    assert (sale.total_minor, len(sale.ticket_ids)) == (4550, 1)
    assert database.transact(pick_up, small.cashier, allowed) == sale
    last = opened(house, made.order_id)
    wrong = replace(ask_to_pay(last), total_minor=1)
    with pytest.raises(PriceChanged) as changed:
        database.transact(pick_up, small.cashier, wrong)
    assert changed.value.total_minor == 4050
    by_manager = ask_to_pay(last, price_of_now=True)
    assert database.transact(pick_up, small.manager, by_manager).total_minor == 4550
    require_sound(house)


def test_what_was_paid_by_the_price_of_now_is_paid_and_nothing_was_exchanged(house: OpenHouse) -> None:
    small, database = house.small, house.database
    made = reserved(house, small.seats_of(1, (1, 2), small.gala_id))
    raise_prices(house)
    picked = opened(house, made.order_id)
    database.transact(pick_up, small.manager, ask_to_pay(picked, price_of_now=True))
    page = database.read(load_order_page, small.cashier, made.order_id)
    assert page.standing is OrderStanding.PAID
    assert [page.told_minor.get(line.line_id) for line in page.shown_seats] == [4000, 4000]
    assert [line.brought_minor for line in page.shown_seats] == [4500, 4500]
    (listed,) = database.read(find_orders, small.cashier, OrderQuery(standing=OrderStanding.PAID)).rows
    assert (listed.standing, listed.total_minor) == (OrderStanding.PAID, 2 * 4550 + 150)
    assert database.read(find_orders, small.cashier, OrderQuery(standing=OrderStanding.EXCHANGED)).rows == ()
    require_sound(house)


def test_what_is_not_there_cannot_be_paid(house: OpenHouse) -> None:
    small, database = house.small, house.database
    made = reserved(house, small.seats_of(1, (1, 2)))
    basket = hold(house, [small.seat(2, 1)]).basket_key
    with pytest.raises(InvalidInput, match="seats in this basket"):
        opened(house, made.order_id, basket_key=basket)
    picked = opened(house, made.order_id)
    request = ask_to_pay(picked)
    with pytest.raises(InvalidInput, match="No seat"):
        database.transact(pick_up, small.cashier, replace(request, line_ids=()))
    with pytest.raises(PaymentRefused):
        database.transact(pick_up, small.cashier, replace(request, tender=Tender(PaymentMethod.CASH, 8000, 10)))
    other = replace(request, request_id=uuid4().hex, basket_key="unknown")
    with pytest.raises(PickUpElsewhere):
        database.transact(pick_up, small.elsewhere(small.cashier), other)
    change_performance(house, starts_at=utc_plus(-60))
    with pytest.raises(SaleAfterStart):
        database.transact(pick_up, small.cashier, request)
    late = replace(request, after_start=True, collect=True)
    sale = database.transact(pick_up, small.cashier, late)
    assert sale.waits
    with pytest.raises(OrderChanged, match="Nothing of order"):
        database.transact(pick_up, small.cashier, replace(late, request_id=uuid4().hex))
    require_sound(house)


def test_a_reservation_is_refused_truthfully_where_only_what_is_paid_can_be_changed(house: OpenHouse) -> None:
    small, database = house.small, house.database
    made = reserved(house, small.seats_of(1, (1, 2)))
    lines = tuple(line.line_id for line in opened(house, made.order_id).lines)
    approval = database.transact(allow, small)
    with pytest.raises(VoidRefused, match="reserved and not paid"):
        database.transact(void_order, small.cashier, VoidRequest(uuid4().hex, made.order_id, "no", approval))
    with pytest.raises(RefundRefused, match="not paid yet"):
        database.read(preview_refund, small.cashier, RefundAsk(made.order_id, lines))
    with pytest.raises(InvalidInput, match="No ticket"):
        database.transact(hand_over, small.cashier, made.order_id, uuid4().hex)
    require_sound(house)


def test_where_the_tickets_go_by_e_mail_is_told_as_with_any_sale(house: OpenHouse) -> None:
    small, database = house.small, house.database
    anna = customer(house)
    for row, whose, to in ((1, anna, "anna@example.org"), (2, None, "")):
        request = ask_to_pay(opened(house, reserved(house, small.seats_of(row, (1,)), customer_id=whose).order_id))
        sale = database.transact(pick_up, small.cashier, request)
        assert sale.emailed_to == to
        assert database.transact(pick_up, small.cashier, request) == sale
        assert database.transact(settle_pick_up, sale.order_id, request.request_id) == sale
