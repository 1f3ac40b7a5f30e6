"""An exchange takes a customer over the limit of an evening as little as a sale does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pos_app.domain.customers.records import CustomerDraft, CustomerRefused
from pos_app.services.selling.sales import sell
from tests.services.customers.people import add
from tests.services.orders.exchanging import ask_for, do, preview, request_for, settings
from tests.services.stories import cash_request, hold

if TYPE_CHECKING:
    from pos_app.domain.seats import SeatKey
    from pos_app.domain.selling.sales import Sale
    from tests.houses import OpenHouse


def buy(house: OpenHouse, customer: int | None, seats: tuple[SeatKey, ...]) -> Sale:
    request = cash_request(house, hold(house, seats), customer_id=customer)
    return house.database.transact(sell, house.small.cashier, request)


def test_other_seats_of_the_same_evening_are_no_more_tickets_and_another_evening_has_its_own(house: OpenHouse) -> None:
    small = house.small
    anna = add(house, CustomerDraft("Anna Novak")).customer_id
    sale = buy(house, anna, small.seats_of(5, (1, 2)))
    buy(house, anna, small.seats_of(5, (1, 2), small.gala_id))
    settings(house, customer_tickets=2)
    ask = ask_for(house, sale, [small.seat(5, 1)], {small.seat(5, 3): small.adult_id})
    preview(house, ask)
    do(house, request_for(house, ask))
    gala = ask_for(house, sale, [small.seat(5, 2)], {small.seat(5, 3, small.gala_id): small.adult_id})
    with pytest.raises(CustomerRefused, match=r"has 2 tickets for .* each may have 2") as refused:
        preview(house, gala)
    assert "than the order gives back" in str(refused.value.advice)
    settings(house, customer_tickets=3)
    request = request_for(house, gala)
    settings(house, customer_tickets=2)
    with pytest.raises(CustomerRefused, match=r"has 2 tickets for .* each may have 2"):
        do(house, request)
    other = buy(house, None, small.seats_of(4, (1, 2)))
    do(house, request_for(house, ask_for(house, other, [small.seat(4, 1)], {small.seat(5, 4): small.adult_id})))
