"""Currencies whose notes have many noughts: prices of millions, sums beyond 32 bits, and where it ends."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select, update

from pos_app.db.models import Order, OrderLine, Payment, Price, Venue
from pos_app.doctor import judge_database
from pos_app.domain.errors import InvalidAmount
from pos_app.domain.money import MOST_MINOR, MOST_SUM_MINOR
from pos_app.domain.selling.sales import PaymentMethod, Tender, VoidRequest
from pos_app.services.orders.refunds.voids import void_order
from pos_app.services.selling.sales import sell
from tests.services.selling.refusals import orders_made, refused
from tests.services.stories import cash_request, hold, priced
from tests.small_house import allow

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tests.houses import OpenHouse


def price_in(house: OpenHouse, currency: str, amount_minor: int) -> None:
    """Let each seat cost so much in a currency."""

    def change(session: Session) -> None:
        session.execute(update(Venue).values(currency=currency))
        session.execute(update(Price).where(Price.amount_minor > 0).values(amount_minor=amount_minor))

    house.database.transact(change)


@pytest.mark.parametrize(("currency", "minor"), [("IDR", 45_000_000), ("COP", 35_000_000), ("LBP", 180_000_000)])
def test_three_seats_are_sold_for_cash_with_change(house: OpenHouse, currency: str, minor: int) -> None:
    price_in(house, currency, minor)
    request = cash_request(house, hold(house, house.small.seats_of(1, (1, 2, 3))))
    request = replace(request, tender=Tender(PaymentMethod.CASH, 3 * minor, 4 * minor))
    sale = house.database.transact(sell, house.small.cashier, request)
    assert (sale.total_minor, sale.change_minor, sale.currency) == (3 * minor, minor, currency)


def test_a_group_pays_more_than_32_bits_hold_and_is_paid_back(house: OpenHouse) -> None:
    price_in(house, "IDR", 45_000_000)
    small = house.small
    seats = [seat for row in range(1, 6) for seat in small.seats_of(row, range(1, 11))]
    seats += small.seats_of(1, range(1, 11), small.gala_id)
    request = cash_request(house, hold(house, seats))
    assert request.total_minor > 60 * 45_000_000 > 2**31
    request = replace(request, tender=Tender(PaymentMethod.CARD, request.total_minor, reference="4711"))
    sale = house.database.transact(sell, small.cashier, request)
    assert sale.total_minor == request.total_minor
    stored = house.database.read(
        lambda session: (session.scalars(select(Order.total_minor)).one(), session.scalars(select(Payment)).one())
    )
    assert (stored[0], stored[1].amount_minor) == (request.total_minor, request.total_minor)
    assert house.database.read(judge_database) == ()
    back = VoidRequest("back", sale.order_id, "not coming", house.database.transact(allow, small))
    assert house.database.transact(void_order, small.cashier, back).refund_minor == request.total_minor
    assert house.database.read(judge_database) == ()


def test_the_largest_price_is_sold_for_cash(house: OpenHouse) -> None:
    price_in(house, "IRR", MOST_MINOR)
    request = cash_request(house, hold(house, house.small.seats_of(1, (1, 2))))
    assert house.database.transact(sell, house.small.cashier, request).total_minor == 2 * MOST_MINOR
    lines = house.database.read(lambda session: session.scalars(select(OrderLine.price_minor)).all())
    assert lines == [MOST_MINOR, MOST_MINOR]


def test_a_sum_that_the_books_do_not_hold_is_refused_before_anything_is_written(house: OpenHouse) -> None:
    request = cash_request(house, hold(house, house.small.seats_of(1, (1, 2))))
    price_in(house, "IRR", MOST_SUM_MINOR // 2 + 1)
    with pytest.raises(InvalidAmount, match=r"too large a sum: 10000000000000\.00 IRR") as told:
        priced(house, request)
    assert told.value.advice == "Take fewer at a time."
    total = MOST_SUM_MINOR + 2
    request = replace(request, total_minor=total, tender=Tender(PaymentMethod.CARD, total, reference="4711"))
    refused(house, request, InvalidAmount, "too large a sum")
    assert orders_made(house) == 0
