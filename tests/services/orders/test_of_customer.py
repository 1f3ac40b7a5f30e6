"""What a customer bought, paid and got back, told at the counter."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pos_app.domain.customers.records import CustomerDraft
from pos_app.domain.errors import NotFound, NotPermitted
from pos_app.domain.orders.changes import RefundState
from pos_app.services.orders.of_customer import load_customer_history
from pos_app.services.selling.sales import sell
from tests.services.customers.people import add
from tests.services.orders.refunding import give_back, live_lines
from tests.services.stories import cash_request, hold, sold

if TYPE_CHECKING:
    from tests.houses import OpenHouse


def test_orders_and_money_of_a_customer_are_told_with_what_they_come_to(house: OpenHouse) -> None:
    small = house.small
    anna = add(house, CustomerDraft("Anna Novak")).customer_id
    sold(house, small.seats_of(3, (1,)))
    sales = [
        house.database.transact(
            sell, small.cashier, cash_request(house, hold(house, small.seats_of(row, (1, 2))), customer_id=anna)
        )
        for row in (1, 2)
    ]
    give_back(house, sales[1], live_lines(house, sales[1])[:1])
    told = house.database.read(load_customer_history, small.cashier, anna)
    assert [one.order_id for one in told.orders] == [sales[1].order_id, sales[0].order_id]
    assert [(one.order_id, one.amount_minor, one.state) for one in told.money] == [
        (sales[1].order_id, 4000, RefundState.PAID),
        (sales[1].order_id, 8000, None),
        (sales[0].order_id, 8000, None),
    ]
    (totals,) = told.totals
    assert (totals.currency, totals.orders, totals.tickets, totals.reserved_minor) == ("EUR", 2, 3, 0)
    assert (totals.paid_minor, totals.refunded_minor, totals.due_minor, totals.kept_minor) == (16000, 4000, 0, 12000)
    assert not told.more


def test_who_bought_nothing_has_no_totals_and_a_steward_sees_none(house: OpenHouse) -> None:
    anna = add(house, CustomerDraft("Anna Novak")).customer_id
    told = house.database.read(load_customer_history, house.small.cashier, anna)
    assert (told.orders, told.money, told.totals, told.more) == ((), (), (), False)
    with pytest.raises(NotPermitted):
        house.database.read(load_customer_history, house.small.steward, anna)
    with pytest.raises(NotFound):
        house.database.read(load_customer_history, house.small.cashier, 999)
