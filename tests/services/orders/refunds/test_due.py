"""What is due is paid out at the window, or made due another way."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from pos_app.doctor import judge_database
from pos_app.domain.errors import InvalidInput, NotFound, NotPermitted, RefundRefused
from pos_app.domain.orders.refunds import GiveUp, PayOut
from pos_app.domain.roles import Permission
from pos_app.domain.selling.sales import PaymentMethod
from pos_app.services.orders.page import load_order_page
from pos_app.services.orders.refunds.due import give_up, list_refunds_due, pay_out
from tests.services.orders.refunding import (
    give_back,
    left_of_payments,
    live_lines,
    paid_elsewhere,
    pay_in_two,
    refunds_of,
    set_limit,
)
from tests.services.stories import sold
from tests.small_house import allow

if TYPE_CHECKING:
    from pos_app.domain.orders.refunds import PaidOut, RefundDue
    from pos_app.domain.selling.sales import Sale
    from tests.houses import OpenHouse

CASH, CARD = PaymentMethod.CASH, PaymentMethod.CARD


def due_of(house: OpenHouse) -> tuple[RefundDue, ...]:
    return house.database.read(list_refunds_due, house.small.cashier)


def left_due(house: OpenHouse) -> Sale:
    sale = sold(house, [house.small.seat(1, 1)])
    give_back(house, sale, live_lines(house, sale), pay_now=False)
    return sale


def allowed(house: OpenHouse) -> int:
    return house.database.transact(allow, house.small, Permission.REFUND)


def pay(house: OpenHouse, due: RefundDue, method: PaymentMethod, **more: Any) -> PaidOut:
    values: dict[str, Any] = {"request_id": uuid4().hex, "approval_id": allowed(house)} | more
    return house.database.transact(
        pay_out, house.small.cashier, PayOut(refund_id=due.refund_id, method=method, **values)
    )


def test_what_is_due_is_listed_and_paid_out_once(house: OpenHouse) -> None:
    sale = left_due(house)
    (due,) = due_of(house)
    assert (due.number, due.customer_name, due.amount_minor, due.method) == (sale.number, "Anna Guest", 4000, CASH)
    assert (due.reason, due.time_zone) == ("is ill", "Europe/Berlin")
    assert left_of_payments(house, sale) == [0], "it is reserved"
    paid = pay(house, due, CASH, request_id="pay-1")
    assert (paid.refund_id, paid.amount_minor) == (due.refund_id, 4000)
    assert str(paid.sentence) == "40.00 EUR back in cash."
    assert pay(house, due, CASH, request_id="pay-1") == paid
    assert due_of(house) == ()
    with pytest.raises(RefundRefused, match="paid already"):
        pay(house, due, CASH)
    assert refunds_of(house, sale) == [("cash", "paid", 4000)]
    assert house.database.read(judge_database) == ()


def test_paying_out_needs_a_manager_above_the_limit_and_a_reference_for_a_card(house: OpenHouse) -> None:
    sale = sold(house, [house.small.seat(1, 1)])
    pay_in_two(house, sale, 4000)
    give_back(house, sale, live_lines(house, sale), pay_now=False)
    (due,) = due_of(house)
    with pytest.raises(InvalidInput, match="no reference"):
        pay(house, due, CARD)
    with pytest.raises(NotPermitted):
        pay(house, due, CARD, reference="0815", approval_id=None)
    set_limit(house, 4000)
    assert pay(house, due, CARD, reference="0815", approval_id=None).method is CARD
    assert house.database.read(judge_database) == ()


def test_what_cannot_be_paid_as_it_is_due_is_given_up_for_another_way(house: OpenHouse) -> None:
    sale = left_due(house)
    (due,) = due_of(house)
    request = GiveUp("up-1", due.refund_id, "sent by bank card", CARD, allowed(house))
    with pytest.raises(RefundRefused, match="this way already"):
        house.database.transact(give_up, house.small.cashier, replace(request, method=CASH))
    with pytest.raises(InvalidInput, match="reason"):
        house.database.transact(give_up, house.small.cashier, replace(request, reason=" "))
    with pytest.raises(NotPermitted):
        house.database.transact(give_up, house.small.cashier, replace(request, approval_id=None))
    made = house.database.transact(give_up, house.small.cashier, request)
    assert house.database.transact(give_up, house.small.cashier, request) == made
    (now,) = due_of(house)
    assert (now.refund_id, now.method, now.reason) == (made, CARD, "is ill")
    history = house.database.read(load_order_page, house.small.cashier, sale.order_id).history
    assert [one.reason for one in history[:2]] == ["sent by bank card", "is ill"]
    assert left_of_payments(house, sale) == [0]
    with pytest.raises(RefundRefused, match="given up already"):
        pay(house, due, CASH)
    pay(house, now, CARD, reference="0815")
    assert refunds_of(house, sale) == [("cash", "given_up", 4000), ("card", "paid", 4000)]
    assert house.database.read(judge_database) == ()


def test_what_was_paid_elsewhere_waits_and_is_paid_another_way_with_a_reason(house: OpenHouse) -> None:
    sale = sold(house, [house.small.seat(1, 1)])
    paid_elsewhere(house, sale)
    give_back(house, sale, live_lines(house, sale), pay_now=False)
    (due,) = due_of(house)
    assert due.method is PaymentMethod.ELSEWHERE
    with pytest.raises(InvalidInput, match="in cash or to a card"):
        pay(house, due, PaymentMethod.ELSEWHERE)
    with pytest.raises(InvalidInput, match="reason"):
        pay(house, due, CASH)
    paid = pay(house, due, CASH, reason="bought last year", request_id="pay-1")
    assert paid.refund_id != due.refund_id
    assert pay(house, due, CASH, reason="bought last year", request_id="pay-1") == paid
    assert refunds_of(house, sale) == [("elsewhere", "given_up", 4000), ("cash", "paid", 4000)]
    with pytest.raises(NotFound):
        house.database.transact(pay_out, house.small.cashier, PayOut("none", 987_654, CASH))
    assert house.database.read(judge_database) == ()
