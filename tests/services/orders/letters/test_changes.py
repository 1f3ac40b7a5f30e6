"""What is told of a change of an order: once, with what only that moment knew, and only to who can be reached."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from pos_app.domain.orders.reservations import KeepLongerRequest
from pos_app.domain.roles import Permission
from pos_app.domain.selling.gifts import Gift, GiftReason
from pos_app.domain.selling.sales import SaleLine
from pos_app.services.orders.reservations.keeping import keep_longer
from pos_app.services.orders.reservations.making import reserve
from pos_app.services.orders.reservations.picking_up import pick_up
from tests.services.letters.written import ANNA, customer, kinds, letters
from tests.services.orders.ledgers import revision_of
from tests.services.orders.reserving import ask_to_pay, ask_to_reserve, opened, picked_up, reserved
from tests.small_house import allow

if TYPE_CHECKING:
    from tests.houses import OpenHouse


def test_a_reservation_is_told_with_its_time(house: OpenHouse) -> None:
    anna = customer(house)
    request = ask_to_reserve(house, house.small.seats_of(1, (1, 2)), customer_id=anna)
    made = house.database.transact(reserve, house.small.cashier, request)
    house.database.transact(reserve, house.small.cashier, request)
    (written,) = letters(house)
    assert (written.kind, written.change, written.order_id) == ("reservation", "reserve", made.order_id)
    assert written.facts == {"release_at": made.release_at.isoformat()}


def test_who_is_added_with_a_reservation_hears_of_it(house: OpenHouse) -> None:
    reserved(house, house.small.seats_of(1, (1, 2)), "", new_customer=ANNA)
    assert [letter.recipient for letter in letters(house)] == ["anna@example.org"]


def test_a_reservation_under_a_name_alone_is_told_nobody(house: OpenHouse) -> None:
    made = reserved(house, house.small.seats_of(1, (1, 2)))
    picked_up(house, made.order_id)
    assert letters(house) == []


def test_what_is_kept_longer_is_told_with_its_new_time(house: OpenHouse) -> None:
    small = house.small
    made = reserved(house, small.seats_of(1, (1, 2)), customer_id=customer(house))
    later = made.release_at + timedelta(minutes=5)
    request = KeepLongerRequest(uuid4().hex, made.order_id, revision_of(house, made.order_id), later, "is late")
    house.database.transact(keep_longer, small.cashier, request)
    house.database.transact(keep_longer, small.cashier, request)
    written = letters(house)[-1]
    assert (written.kind, written.change, len(letters(house))) == ("reservation", "keep_longer", 2)
    seats = [[seat.performance_id, seat.seat_id] for seat in sorted(small.seats_of(1, (1, 2)))]
    assert written.facts == {"release_at": later.isoformat(), "seats": seats}


def test_what_is_picked_up_is_confirmed_with_its_tickets_and_no_others(house: OpenHouse) -> None:
    small = house.small
    made = reserved(house, small.seats_of(1, (1, 2)), customer_id=customer(house))
    request = ask_to_pay(opened(house, made.order_id), small.seats_of(1, (1,)))
    sale = house.database.transact(pick_up, small.cashier, request)
    house.database.transact(pick_up, small.cashier, request)
    written = letters(house)[-1]
    assert (written.kind, written.change, len(letters(house))) == ("confirmation", "pick_up", 2)
    seat = small.seat(1, 1)
    assert written.facts == {
        "tickets": [[ticket, 1] for ticket in sale.ticket_ids],
        "seats": [[seat.performance_id, seat.seat_id]],
    }


def test_what_was_reserved_as_a_gift_is_told_as_one(house: OpenHouse) -> None:
    small = house.small
    seats = small.seats_of(1, (1, 2))
    gift = Gift(GiftReason.PRESS, "Daily News", house.database.transact(allow, small, Permission.GIVE_AWAY))
    lines = tuple(SaleLine(seat, small.complimentary_id) for seat in seats)
    asked = ask_to_reserve(house, seats, total_minor=0, customer_id=customer(house), gift=gift)
    made = house.database.transact(reserve, small.cashier, replace(asked, lines=lines))
    picked_up(house, made.order_id)
    assert kinds(house) == [("reservation", "waiting"), ("gift", "waiting")]
