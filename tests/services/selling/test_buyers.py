"""A basket that is a customer's: the limits of the house, and what became of the person while it was paid."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import event, select, update

from pos_app.db.clock import utc_now
from pos_app.db.models import Customer, Order
from pos_app.doctor import judge_database
from pos_app.domain.customers.records import CustomerDraft, CustomerRefused
from pos_app.domain.orders.finding import OrderQuery
from pos_app.services.house.settings import load_house_settings, save_house_settings
from pos_app.services.orders.finding.search import find_orders
from pos_app.services.selling.quotes import confirm_basket
from pos_app.services.selling.sales import sell
from tests.kinds import SQLITE
from tests.services.customers.people import add
from tests.services.promo_codes.test_redeeming import make_code, uses_of
from tests.services.stories import cash_request, hold

if TYPE_CHECKING:
    from pos_app.domain.selling.sales import Sale, SaleRequest
    from tests.houses import OpenHouse

ANNA = CustomerDraft("Anna Novak", "anna@example.org", "601 234 567")


def ask(house: OpenHouse, numbers: tuple[int, ...], **more: Any) -> SaleRequest:
    held = hold(house, house.small.seats_of(2, numbers))
    return cash_request(house, held, customer_name="Anna Novak", note="By the aisle", **more)


def buy(house: OpenHouse, request: SaleRequest) -> Sale:
    return house.database.transact(sell, house.small.cashier, request)


def limit(house: OpenHouse, tickets: int, *, verified: bool = False) -> None:
    before = house.database.read(load_house_settings)
    wanted = replace(before, customer_tickets=tickets, customer_tickets_verified=verified)
    house.database.transact(save_house_settings, house.small.manager, before, wanted)


def change(house: OpenHouse, customer_id: int, **values: Any) -> None:
    statement = update(Customer).where(Customer.id == customer_id).values(**values)
    house.database.transact(lambda session: session.execute(statement))


def order_of(house: OpenHouse, sale: Sale) -> tuple[int | None, str, str]:
    columns = select(Order.customer_id, Order.customer_name, Order.note).where(Order.id == sale.order_id)
    row = house.database.read(lambda session: session.execute(columns).one())
    return row.customer_id, row.customer_name, row.note


def test_a_limit_may_ask_for_a_verified_address_and_is_told_before_the_money(house: OpenHouse) -> None:
    anna = add(house, ANNA).customer_id
    limit(house, 0, verified=True)
    buy(house, ask(house, (1,), customer_id=anna))
    limit(house, 2, verified=True)
    request = ask(house, (2,), customer_id=anna)
    for deed in (confirm_basket, sell):
        with pytest.raises(CustomerRefused, match="shows who it is by a verified e-mail address") as told:
            house.database.transact(deed, house.small.cashier, request)
        assert "F8, then F9" in told.value.advice
    change(house, anna, email_verified_at=utc_now())
    buy(house, request)
    buy(house, ask(house, (3,)))


def test_the_order_carries_the_customer_and_is_found_by_how_it_is_reached(house: OpenHouse) -> None:
    anna = add(house, ANNA).customer_id
    sale = buy(house, ask(house, (1, 2), customer_id=anna))
    assert order_of(house, sale) == (anna, "Anna Novak", "By the aisle")
    for text in ("anna@example.org", "601 234 567", "novak"):
        page = house.database.read(find_orders, house.small.cashier, OrderQuery(text))
        assert [row.order_id for row in page.rows] == [sale.order_id], text
    assert house.database.read(judge_database) == ()


def test_more_than_a_customer_may_have_is_refused_before_the_money_and_at_it(house: OpenHouse) -> None:
    anna, bert = add(house, ANNA).customer_id, add(house, CustomerDraft("Bert")).customer_id
    limit(house, 3)
    request = ask(house, (1, 2), customer_id=anna)
    house.database.read(confirm_basket, house.small.cashier, request)
    buy(house, request)
    # Its own repeat is no second purchase.
    assert buy(house, request).number
    more = ask(house, (3, 4), customer_id=anna)
    with pytest.raises(CustomerRefused, match=r"has 2 tickets for .* each may have 3"):
        house.database.read(confirm_basket, house.small.cashier, more)
    with pytest.raises(CustomerRefused, match=r"has 2 tickets for .* each may have 3"):
        buy(house, more)
    buy(house, ask(house, (5,), customer_id=anna))
    buy(house, ask(house, (6, 7, 8), customer_id=bert))
    limit(house, 1)
    buy(house, ask(house, (9, 10)))


def test_a_sale_for_a_merged_number_arrives_at_who_it_is_now(house: OpenHouse) -> None:
    anna, other = add(house, ANNA).customer_id, add(house, CustomerDraft("A. Novak")).customer_id
    request = ask(house, (1,), customer_id=other)
    change(house, other, merged_into_id=anna)
    house.database.read(confirm_basket, house.small.cashier, request)
    assert order_of(house, buy(house, request))[0] == anna


def test_who_is_erased_while_paying_loses_no_sale_and_stays_unnamed(house: OpenHouse) -> None:
    promo = house.database.transact(make_code, code="ONCE", most_uses_each=1, value=0)
    anna = add(house, ANNA).customer_id
    request = ask(house, (1,), customer_id=anna, promo_code="ONCE")
    change(house, anna, erased_at=utc_now(), email_key=None, name="", email="", phone="", phone_key="")
    with pytest.raises(CustomerRefused, match="was erased meanwhile"):
        house.database.read(confirm_basket, house.small.cashier, request)
    assert order_of(house, buy(house, request)) == (None, "", "")
    assert house.database.read(uses_of, promo) == 1


@SQLITE
def test_a_sale_to_nobody_asks_nothing_more(house: OpenHouse) -> None:
    asked: list[str] = []
    request = ask(house, (1,))
    engine = house.database.writer
    event.listen(engine, "before_cursor_execute", lambda _c, _cur, statement, *_: asked.append(statement))
    buy(house, request)
    assert asked
    assert not [one for one in asked if "customer " in one or "FROM customer" in one or "setting" in one]
