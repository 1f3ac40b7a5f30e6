from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import delete, update

from pos_app.db.clock import utc_now
from pos_app.db.models import Price, TicketType
from pos_app.doctor import judge_database
from pos_app.domain.errors import InvalidInput, PaymentRefused, PosError, PriceChanged
from pos_app.domain.roles import Permission
from pos_app.domain.seats import SeatKey
from pos_app.domain.selling.gifts import Gift, GiftReason
from pos_app.domain.selling.sales import PaymentMethod, SaleLine, Tender
from pos_app.services.selling.sales import sell
from tests.services.selling.refusals import refused
from tests.services.stories import cash_request, hold, priced
from tests.small_house import allow

if TYPE_CHECKING:
    from tests.houses import OpenHouse


def test_complimentary_tickets_cost_nothing_and_carry_no_fee(house: OpenHouse) -> None:
    small = house.small
    held = hold(house, small.seats_of(1, (1, 2), small.gala_id))
    free = tuple(SaleLine(seat, small.complimentary_id) for seat in held.seats)
    gift = Gift(GiftReason.STAFF, "Staff", house.database.transact(allow, small, Permission.GIVE_AWAY))
    request = priced(house, cash_request(house, held), lines=free, gift=gift)
    sale = house.database.transact(sell, small.cashier, request)
    assert (sale.total_minor, sale.method) == (0, PaymentMethod.FREE)


def test_seats_of_two_performances_are_one_order_with_the_highest_order_fee_once(house: OpenHouse) -> None:
    small = house.small
    held = hold(house, [small.seat(1, 1), *small.seats_of(1, (1, 2), small.gala_id)])
    sale = house.database.transact(sell, small.cashier, cash_request(house, held))
    assert sale.total_minor == 3 * 4000 + 2 * 50 + 150
    assert house.database.read(judge_database) == ()


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
