"""The slip of a reservation, scanned at a till."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.domain.codes import grouped
from pos_app.domain.sentences import Money
from pos_app.services.orders.reservations.releasing import release_reservations
from pos_app.services.orders.scanned_slip import ScannedSlip
from pos_app.services.orders.scanned_ticket import tell_scanned
from tests.services.orders.reserving import move_release, opened, picked_up, reserved
from tests.services.stories import sold

if TYPE_CHECKING:
    from tests.houses import OpenHouse


def told(house: OpenHouse, text: str) -> ScannedSlip:
    found = house.database.read(tell_scanned, house.small.cashier, text)
    assert isinstance(found, ScannedSlip)
    return found


def test_a_slip_tells_what_is_to_pay_and_until_when_and_leads_to_its_order(house: OpenHouse) -> None:
    small = house.small
    made = reserved(house, small.seats_of(1, (1, 2)))
    slip = told(house, f"]Q1{made.number.lower()}")
    assert (slip.order_id, slip.is_reserved, slip.open_at) == (made.order_id, True, "")
    assert slip.standing.template == "Reserved until {moment}, not paid: {amount} is to pay."
    assert slip.standing.facts["amount"] == Money(made.total_minor, made.currency)
    assert str(slip.what).endswith(f"Anna Novak, order {grouped(made.number)}.")
    opened(house, made.order_id)
    assert told(house, made.number).standing == f"{small.cashier.till_name} has this reservation open for paying."


def test_a_slip_that_was_paid_or_is_over_says_so(house: OpenHouse) -> None:
    small = house.small
    paid = reserved(house, small.seats_of(1, (1, 2)))
    over = reserved(house, small.seats_of(2, (1, 2)))
    picked_up(house, paid.order_id)
    assert told(house, paid.number).standing == "This reservation is paid already."
    move_release(house, over.order_id, -10)
    house.database.transact(release_reservations)
    slip = told(house, grouped(over.number))
    assert slip.standing == "This reservation is over: its seats were given back."
    assert not slip.is_reserved
    assert told(house, sold(house, small.seats_of(3, (1,))).number).standing == "This order is paid."


def test_a_number_of_no_order_is_no_slip(house: OpenHouse) -> None:
    assert not isinstance(house.database.read(tell_scanned, house.small.cashier, "ABCD2345"), ScannedSlip)
