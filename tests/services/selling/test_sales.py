from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from sqlalchemy import delete, func, select, update

from pos_app.db.clock import utc_now, utc_plus
from pos_app.db.models import Hold, Order, Payment, Price, Ticket, TicketPresence, TicketType
from pos_app.doctor import judge_database
from pos_app.domain.errors import (
    HoldExpired,
    InvalidInput,
    NotFound,
    NotOnSale,
    NotPermitted,
    PaymentRefused,
    PosError,
    PriceChanged,
    SaleAfterStart,
    SeatsTaken,
)
from pos_app.domain.money import MOST_MINOR
from pos_app.domain.seats import SeatKey
from pos_app.domain.selling.sales import PaymentMethod, SaleLine, Tender
from pos_app.services.orders.last_orders import load_order
from pos_app.services.selling.holds import place_hold
from pos_app.services.selling.sales import find_sale, sell, settle_request
from tests.services.stories import (
    cash_request,
    change_performance,
    change_seat,
    hold,
    priced,
    run_out,
    seat_row,
    sold,
)

if TYPE_CHECKING:
    from pos_app.domain.selling.sales import SaleRequest
    from tests.houses import OpenHouse


def orders_made(house: OpenHouse) -> int:
    return house.database.read(lambda session: session.scalar(select(func.count()).select_from(Order)) or 0)


def refused(house: OpenHouse, request: SaleRequest, error: type[PosError], saying: str | None = None) -> PosError:
    """Try to sell; nothing may come of it."""
    before = orders_made(house)
    with pytest.raises(error, match=saying) as refusal:
        house.database.transact(sell, house.small.cashier, request)
    assert orders_made(house) == before
    return refusal.value


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
    assert house.database.read(load_order, sale.order_id).reference == "4711"


def test_complimentary_tickets_cost_nothing_and_carry_no_fee(house: OpenHouse) -> None:
    small = house.small
    held = hold(house, small.seats_of(1, (1, 2), small.gala_id))
    free = tuple(SaleLine(seat, small.complimentary_id) for seat in held.seats)
    sale = house.database.transact(sell, small.cashier, priced(house, cash_request(house, held), lines=free))
    assert (sale.total_minor, sale.method) == (0, PaymentMethod.FREE)


def test_something_to_pay_is_not_given_away(house: OpenHouse) -> None:
    request = cash_request(house, hold(house, [house.small.seat(1, 1)]))
    refused(house, replace(request, tender=Tender(PaymentMethod.FREE, 4000)), PaymentRefused)


def test_seats_of_two_performances_are_one_order_with_the_highest_order_fee_once(house: OpenHouse) -> None:
    small = house.small
    held = hold(house, [small.seat(1, 1), *small.seats_of(1, (1, 2), small.gala_id)])
    sale = house.database.transact(sell, small.cashier, cash_request(house, held))
    assert sale.total_minor == 3 * 4000 + 2 * 50 + 150
    assert house.database.read(judge_database) == ()


@pytest.mark.parametrize("tendered", [None, 0, 3999, -5000])
def test_too_little_cash_is_refused(house: OpenHouse, tendered: int | None) -> None:
    request = cash_request(house, hold(house, [house.small.seat(1, 1)]))
    refused(house, replace(request, tender=Tender(PaymentMethod.CASH, 4000, tendered)), PaymentRefused)


def test_more_cash_than_a_drawer_can_hold_is_refused(house: OpenHouse) -> None:
    request = cash_request(house, hold(house, [house.small.seat(1, 1)]))
    refused(house, replace(request, tender=Tender(PaymentMethod.CASH, 4000, 10**12)), PaymentRefused)
    most = replace(request, tender=Tender(PaymentMethod.CASH, 4000, MOST_MINOR))
    assert house.database.transact(sell, house.small.cashier, most).change_minor == MOST_MINOR - 4000


def test_a_price_changed_meanwhile_refuses_and_tells_the_new_total(house: OpenHouse) -> None:
    request = cash_request(house, hold(house, [house.small.seat(1, 1)]))
    dearer = update(Price).where(Price.performance_id == house.small.performance_id).values(amount_minor=4100)
    house.database.transact(lambda session: session.execute(dearer))
    refusal = refused(house, request, PriceChanged, "41.00 EUR")
    assert isinstance(refusal, PriceChanged)
    assert refusal.total_minor == 4100
    house.database.transact(sell, house.small.cashier, priced(house, request))


def test_a_total_that_is_not_the_total_is_refused(house: OpenHouse) -> None:
    request = cash_request(house, hold(house, [house.small.seat(1, 1)]))
    refused(house, replace(request, total_minor=1), PriceChanged)
    refused(house, replace(request, total_minor=-4000), PriceChanged)
    refused(house, replace(request, tender=Tender(PaymentMethod.CASH, 1, 4000)), PaymentRefused)


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


def test_the_same_seat_twice_is_refused_before_its_price_is_looked_at(house: OpenHouse) -> None:
    request = cash_request(house, hold(house, [house.small.seat(1, 1)]))
    twice = replace(request, lines=request.lines * 2)
    refused(house, twice, InvalidInput, "twice")
    refused(house, priced(house, twice), InvalidInput, "twice")


def test_a_ticket_type_that_is_not_for_the_seat_is_refused(house: OpenHouse) -> None:
    request = cash_request(house, hold(house, [house.small.seat(1, 1)]))
    for wrong in (house.small.companion_id, 987_654, -1):
        refused(house, replace(request, lines=(SaleLine(house.small.seat(1, 1), wrong),)), InvalidInput)


def test_a_ticket_type_that_was_taken_out_of_the_offer_is_refused(house: OpenHouse) -> None:
    request = cash_request(house, hold(house, [house.small.seat(1, 1)]))
    gone = update(TicketType).where(TicketType.id == house.small.adult_id).values(deleted_at=utc_now())
    house.database.transact(lambda session: session.execute(gone))
    refused(house, request, InvalidInput, "not offered")


def test_a_price_that_was_taken_away_is_refused(house: OpenHouse) -> None:
    request = cash_request(house, hold(house, [house.small.seat(1, 1)]))
    house.database.transact(lambda session: session.execute(delete(Price)))
    refused(house, request, InvalidInput, "not offered")


def test_a_seat_or_performance_that_does_not_exist_is_refused(house: OpenHouse) -> None:
    request = cash_request(house, hold(house, [house.small.seat(1, 1)]))
    for lost in (SeatKey(house.small.performance_id, 987_654), SeatKey(987_654, house.small.seat_id(1, 1))):
        refused(house, replace(request, lines=(SaleLine(lost, house.small.adult_id),)), PosError)


def test_a_basket_that_holds_nothing_is_refused(house: OpenHouse) -> None:
    request = cash_request(house, hold(house, [house.small.seat(1, 1)]))
    refused(house, replace(request, basket_key="nobody's"), NotFound)


def test_a_seat_kept_back_does_not_slip_into_a_sale(house: OpenHouse) -> None:
    small = house.small
    change_seat(house, small.seat(1, 2), state="claimed", claim_kind="house", claim_id=1)
    request = cash_request(house, hold(house, [small.seat(1, 1)]))
    both = (*request.lines, SaleLine(small.seat(1, 2), small.adult_id))
    refused(house, priced(house, request, lines=both), SeatsTaken, "kept back")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("n" * 5000, "n" * 200),
        ("  Anna\n Guest ", "Anna Guest"),
        ("נאדיה محفظة 🎭", "נאדיה محفظة 🎭"),
        ("\u202eAnna\x00\x07 \ud800Guest", "Anna Guest"),
        ("Robert'); DROP TABLE orders;--%s :name", "Robert'); DROP TABLE orders;--%s :name"),
    ],
)
def test_a_name_in_any_script_is_kept_and_nothing_that_harms(house: OpenHouse, typed: str, kept: str) -> None:
    request = cash_request(house, hold(house, [house.small.seat(1, 1)]), customer_name=typed, note=typed)
    sale = house.database.transact(sell, house.small.cashier, request)
    order = house.database.read(load_order, sale.order_id)
    assert order.summary.customer_name == kept
    assert order.note.startswith(kept)
    assert len(order.note) <= 500


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


def test_each_ticket_has_a_short_code_and_a_presence_of_its_own(house: OpenHouse) -> None:
    sale = sold(house, house.small.seats_of(1, (1, 2, 3)))
    tickets = house.database.read(lambda session: session.scalars(select(Ticket)).all())
    assert {ticket.id for ticket in tickets} == set(sale.ticket_ids)
    assert len({ticket.short_code for ticket in tickets}) == 3
    presences = house.database.read(lambda session: session.scalars(select(TicketPresence)).all())
    assert [(one.inside, one.issue_count, one.entries) for one in presences] == [(False, 1, 0)] * 3


def test_an_order_that_does_not_exist_is_told(house: OpenHouse) -> None:
    with pytest.raises(NotFound):
        house.database.read(load_order, 987_654)
    assert house.database.read(find_sale, "no such request") is None
    assert house.database.transact(settle_request, "no such request", "no such basket") is None


def test_a_held_basket_is_not_sold_by_adding_the_seat_of_another_basket(house: OpenHouse) -> None:
    small = house.small
    other = hold(house, [small.seat(1, 2)], actor=small.elsewhere(small.cashier))
    request = cash_request(house, hold(house, [small.seat(1, 1)]))
    refused(house, priced(house, request, lines=(*request.lines, SaleLine(other.seats[0], small.adult_id))), SeatsTaken)
    assert house.database.transact(place_hold, small.elsewhere(small.cashier), other.basket_key, other.seats).taken
