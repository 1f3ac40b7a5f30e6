"""A change of an order is told once, in its own transaction, and costs a sale to nobody nothing."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from sqlalchemy import event

from pos_app.domain.customers.records import CustomerDraft
from pos_app.domain.errors import PriceChanged
from pos_app.domain.roles import Permission
from pos_app.domain.selling.gifts import Gift, GiftReason
from pos_app.domain.selling.sales import PaymentMethod, SaleLine, SaleRequest, Tender
from pos_app.services.selling.sales import sell
from tests.kinds import SQLITE
from tests.services.letters.written import ask_to_sell, customer, letters, sold_to
from tests.services.stories import hold
from tests.small_house import allow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.houses import OpenHouse


@contextmanager
def _statements(house: OpenHouse) -> Iterator[list[str]]:
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        asked.append(statement)

    event.listen(house.database.writer, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(house.database.writer, "before_cursor_execute", note)


def test_a_sale_is_confirmed_with_its_tickets(house: OpenHouse) -> None:
    anna = customer(house)
    request = ask_to_sell(house, house.small.seats_of(1, (1, 2)), anna)
    sale = house.database.transact(sell, house.small.cashier, request)
    assert sale.emailed_to == "anna@example.org"
    assert house.database.transact(sell, house.small.cashier, request) == sale
    (written,) = letters(house)
    assert (written.kind, written.state, written.change) == ("confirmation", "waiting", "sale")
    assert (written.recipient, written.customer_id, written.order_id) == ("anna@example.org", anna, sale.order_id)
    assert written.facts == {"tickets": [[ticket, 1] for ticket in sale.ticket_ids]}


def test_a_sale_that_is_refused_tells_nobody(house: OpenHouse) -> None:
    request = ask_to_sell(house, house.small.seats_of(1, (1, 2)), customer(house))
    wrong = SaleRequest(
        request.request_id,
        request.basket_key,
        request.lines,
        request.total_minor - 1,
        request.tender,
        customer_id=request.customer_id,
    )
    with pytest.raises(PriceChanged):
        house.database.transact(sell, house.small.cashier, wrong)
    assert letters(house) == []


@pytest.mark.parametrize("with_a_paid_one", [False, True])
def test_what_is_given_away_is_told_as_a_gift(house: OpenHouse, *, with_a_paid_one: bool) -> None:
    small = house.small
    held = hold(house, small.seats_of(1, (1, 2)))
    types = (small.complimentary_id, small.adult_id if with_a_paid_one else small.complimentary_id)
    lines = tuple(SaleLine(*line) for line in zip(held.seats, types, strict=True))
    total = 4000 if with_a_paid_one else 0
    gift = Gift(GiftReason.PRESS, "Daily News", house.database.transact(allow, small, Permission.GIVE_AWAY))
    tender = Tender(PaymentMethod.CASH, total, total) if total else Tender(PaymentMethod.FREE, 0)
    anna = customer(house)
    request = SaleRequest(uuid4().hex, held.basket_key, lines, total, tender, gift=gift, customer_id=anna)
    house.database.transact(sell, small.cashier, request)
    (written,) = letters(house)
    assert written.kind == ("confirmation" if with_a_paid_one else "gift")
    assert len(written.facts["tickets"]) == 2


@SQLITE
def test_a_letter_is_one_statement_of_a_sale_and_a_sale_to_nobody_has_none(house: OpenHouse) -> None:
    silent, anna = customer(house, CustomerDraft("Bert")), customer(house)
    sold_to(house, house.small.seats_of(3, (1, 2)), anna)
    counts = []
    for row, whose in ((1, None), (2, silent), (4, anna)):
        request = ask_to_sell(house, house.small.seats_of(row, (1, 2)), whose)
        with _statements(house) as asked:
            house.database.transact(sell, house.small.cashier, request)
        counts.append(sum("search_word" not in statement for statement in asked))
        assert sum("INSERT INTO outbox" in statement for statement in asked) == (1 if whose == anna else 0)
    assert counts[2] == counts[1] + 1
    assert len(letters(house)) == 2
