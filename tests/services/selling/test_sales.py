from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from sqlalchemy import select, update

from pos_app.db.clock import utc_now, utc_plus
from pos_app.db.models import Hold, Payment
from pos_app.doctor import judge_database
from pos_app.domain.errors import (
    HoldExpired,
    InvalidInput,
    NotFound,
    NotOnSale,
    NotPermitted,
    PaymentRefused,
    SaleAfterStart,
    SeatsTaken,
)
from pos_app.domain.money import MOST_MINOR
from pos_app.domain.selling.sales import PaymentMethod, SaleLine, Tender
from pos_app.services.orders.page import load_order_page
from pos_app.services.selling.holds import place_hold
from pos_app.services.selling.sales import find_sale, sell, settle_request
from tests.services.selling.refusals import orders_made, refused
from tests.services.stories import cash_request, change_performance, change_seat, hold, priced, run_out, seat_row

if TYPE_CHECKING:
    from tests.houses import OpenHouse


def test_two_seats_are_sold_for_cash_with_change(house: OpenHouse) -> None:
    small = house.small
    held = hold(house, small.seats_of(1, (1, 2)))
    request = cash_request(house, held)
    request = replace(request, tender=Tender(PaymentMethod.CASH, 8000, 10_000))
    sale = house.database.transact(sell, small.cashier, request)
    assert (sale.total_minor, sale.change_minor, sale.currency, len(sale.ticket_ids)) == (8000, 2000, "EUR", 2)
    assert {seat_row(house, seat).state for seat in held.seats} == {"sold"}
    payment = house.database.read(lambda session: session.scalars(select(Payment)).one())
    assert (payment.method, payment.amount_minor, payment.tendered_minor) == ("cash", 8000, 10_000)
    assert house.database.read(judge_database) == ()


def test_a_card_payment_needs_its_reference(house: OpenHouse) -> None:
    request = cash_request(house, hold(house, [house.small.seat(1, 1)]))
    for reference in ("", "   ", "\x00\ud800"):
        refused(house, replace(request, tender=Tender(PaymentMethod.CARD, 4000, reference=reference)), PaymentRefused)
    paid = replace(request, tender=Tender(PaymentMethod.CARD, 4000, reference=" 4711\n"))
    sale = house.database.transact(sell, house.small.cashier, paid)
    (paid_by,) = house.database.read(load_order_page, house.small.cashier, sale.order_id).payments
    assert (paid_by.method, paid_by.amount_minor, paid_by.reference) == (PaymentMethod.CARD, 4000, "4711")


def test_something_to_pay_is_not_given_away(house: OpenHouse) -> None:
    request = cash_request(house, hold(house, [house.small.seat(1, 1)]))
    refused(house, replace(request, tender=Tender(PaymentMethod.FREE, 4000)), PaymentRefused)


@pytest.mark.parametrize("tendered", [None, 0, 3999, -5000])
def test_too_little_cash_is_refused(house: OpenHouse, tendered: int | None) -> None:
    request = cash_request(house, hold(house, [house.small.seat(1, 1)]))
    refused(house, replace(request, tender=Tender(PaymentMethod.CASH, 4000, tendered)), PaymentRefused)


def test_more_cash_than_a_drawer_can_hold_is_refused(house: OpenHouse) -> None:
    request = cash_request(house, hold(house, [house.small.seat(1, 1)]))
    refused(house, replace(request, tender=Tender(PaymentMethod.CASH, 4000, MOST_MINOR + 1)), PaymentRefused)
    most = replace(request, tender=Tender(PaymentMethod.CASH, 4000, MOST_MINOR))
    assert house.database.transact(sell, house.small.cashier, most).change_minor == MOST_MINOR - 4000


def test_repeating_a_request_returns_the_same_sale(house: OpenHouse) -> None:
    small = house.small
    request = replace(
        cash_request(house, hold(house, small.seats_of(1, (1, 2)))), tender=Tender(PaymentMethod.CASH, 8000, 9000)
    )
    first = house.database.transact(sell, small.cashier, request)
    assert house.database.transact(sell, small.cashier, request) == first
    assert house.database.read(find_sale, request.request_id) == first
    assert house.database.transact(settle_request, request.request_id, request.basket_key) == first
    assert orders_made(house) == 1


def test_another_request_does_not_sell_a_basket_twice(house: OpenHouse) -> None:
    request = cash_request(house, hold(house, [house.small.seat(1, 1)]))
    house.database.transact(sell, house.small.cashier, request)
    refused(house, replace(request, request_id=uuid4().hex), HoldExpired, "sold already")


def test_a_basket_that_ran_out_still_sells_if_nobody_took_its_seats(house: OpenHouse) -> None:
    held = hold(house, house.small.seats_of(1, (1, 2)))
    run_out(house, held)
    closed = update(Hold).where(Hold.id == held.hold_id).values(closed_as="expired", closed_at=utc_now())
    house.database.transact(lambda session: session.execute(closed))
    house.database.transact(sell, house.small.cashier, cash_request(house, held))
    assert house.database.read(judge_database) == ()


def test_a_basket_that_ran_out_names_the_seats_that_are_gone_and_sells_nothing(house: OpenHouse) -> None:
    small = house.small
    held = hold(house, [*small.seats_of(1, (1, 2, 3)), small.seat(1, 1, small.gala_id)])
    run_out(house, held)
    hold(house, small.seats_of(1, (2,)), actor=small.elsewhere(small.cashier))
    refusal = refused(house, cash_request(house, held), SeatsTaken, "row A, seat 2")
    assert isinstance(refusal, SeatsTaken)
    assert refusal.seats == ((small.performance_id, small.seat_id(1, 2)),)
    assert seat_row(house, small.seat(1, 1, small.gala_id)).state == "claimed"


def test_what_is_left_out_of_the_sale_is_free_again(house: OpenHouse) -> None:
    small = house.small
    held = hold(house, small.seats_of(1, (1, 2)))
    request = priced(house, cash_request(house, held), lines=(SaleLine(small.seat(1, 1), small.child_id),))
    assert house.database.transact(sell, small.cashier, request).total_minor == 2000
    assert seat_row(house, small.seat(1, 2)).state == "free"


def test_an_empty_basket_is_not_sold(house: OpenHouse) -> None:
    request = cash_request(house, hold(house, [house.small.seat(1, 1)]))
    refused(house, replace(request, lines=(), total_minor=0), InvalidInput)


def test_a_basket_that_holds_nothing_is_refused(house: OpenHouse) -> None:
    request = cash_request(house, hold(house, [house.small.seat(1, 1)]))
    refused(house, replace(request, basket_key="nobody's"), NotFound)


def test_a_seat_kept_back_does_not_slip_into_a_sale(house: OpenHouse) -> None:
    small = house.small
    change_seat(house, small.seat(1, 2), state="claimed", claim_kind="house", claim_id=1)
    request = cash_request(house, hold(house, [small.seat(1, 1)]))
    both = (*request.lines, SaleLine(small.seat(1, 2), small.adult_id))
    refused(house, priced(house, request, lines=both), SeatsTaken, "kept back")


def test_a_door_steward_may_not_sell(house: OpenHouse) -> None:
    request = cash_request(house, hold(house, [house.small.seat(1, 1)]))
    with pytest.raises(NotPermitted):
        house.database.transact(sell, house.small.steward, request)
    with pytest.raises(NotPermitted):
        house.database.transact(sell, replace(house.small.steward, role=house.small.manager.role), request)


def test_a_performance_that_was_cancelled_or_begins_while_the_customer_pays(house: OpenHouse) -> None:
    request = cash_request(house, hold(house, [house.small.seat(1, 1)]))
    change_performance(house, state="cancelled")
    refused(house, request, NotOnSale)
    change_performance(house, state="scheduled", starts_at=utc_plus(-1))
    refused(house, request, SaleAfterStart)
    house.database.transact(sell, house.small.cashier, replace(request, after_start=True))


def test_an_order_that_does_not_exist_is_told(house: OpenHouse) -> None:
    with pytest.raises(NotFound):
        house.database.read(load_order_page, house.small.cashier, 987_654)
    assert house.database.read(find_sale, "no such request") is None
    assert house.database.transact(settle_request, "no such request", "no such basket") is None


def test_a_held_basket_is_not_sold_by_adding_the_seat_of_another_basket(house: OpenHouse) -> None:
    small = house.small
    other = hold(house, [small.seat(1, 2)], actor=small.elsewhere(small.cashier))
    request = cash_request(house, hold(house, [small.seat(1, 1)]))
    refused(house, priced(house, request, lines=(*request.lines, SaleLine(other.seats[0], small.adult_id))), SeatsTaken)
    assert house.database.transact(place_hold, small.elsewhere(small.cashier), other.basket_key, other.seats).taken
