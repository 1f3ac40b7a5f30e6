"""What is told of a change of an order: once, with what only that moment knew, and only to who can be reached."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from pos_app.domain.customers.records import CustomerDraft
from pos_app.domain.orders.exchanges import SwapRequest
from pos_app.domain.orders.refunds import PayOut
from pos_app.domain.orders.reservations import GiveUpRequest, KeepLongerRequest
from pos_app.domain.orders.work_lists import OpenWorkList, WorkDeed, WorkStep
from pos_app.domain.roles import Permission
from pos_app.domain.selling.gifts import Gift, GiftReason
from pos_app.domain.selling.sales import PaymentMethod, SaleLine, VoidRequest
from pos_app.flows.work_lists import work_off_order
from pos_app.services.orders.exchanges.making import exchange
from pos_app.services.orders.exchanges.swaps import swap_places
from pos_app.services.orders.letters.contents import load_content
from pos_app.services.orders.refunds.due import list_refunds_due, pay_out
from pos_app.services.orders.refunds.voids import void_order
from pos_app.services.orders.reservations.keeping import give_up_seats, keep_longer
from pos_app.services.orders.reservations.making import reserve
from pos_app.services.orders.reservations.opening import leave_pick_up
from pos_app.services.orders.reservations.picking_up import pick_up
from pos_app.services.orders.reservations.releasing import release_reservations
from pos_app.services.orders.work_lists.lists import open_work_list
from pos_app.services.season.cancellations import cancel_performance
from pos_app.services.season.performance_records import load_performance_record
from tests.services.letters.written import ANNA, customer, give_to, kinds, letters, set_states, sold_to
from tests.services.orders.exchanging import ask_for, request_for
from tests.services.orders.ledgers import revision_of
from tests.services.orders.refunding import give_back, live_lines
from tests.services.orders.reserving import (
    ask_to_pay,
    ask_to_reserve,
    move_release,
    opened,
    picked_up,
    reserved,
)
from tests.services.season.test_moved_reservations import move
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
    assert kinds(house) == [("reservation", "stopped"), ("gift", "waiting")]


def test_a_refund_is_told_with_its_money_and_whether_it_was_paid(house: OpenHouse) -> None:
    sale = sold_to(house, house.small.seats_of(1, (1, 2, 3)), customer(house))
    set_states(house, "sent")
    one, other, _ = live_lines(house, sale)
    give_back(house, sale, (one,))
    give_back(house, sale, (other,), pay_now=False)
    (due,) = house.database.read(list_refunds_due, house.small.cashier)
    allowed = house.database.transact(allow, house.small, Permission.REFUND)
    paid = PayOut(uuid4().hex, due.refund_id, PaymentMethod.CASH, approval_id=allowed)
    house.database.transact(pay_out, house.small.cashier, paid)
    house.database.transact(pay_out, house.small.cashier, paid)
    told = [(letter.kind, letter.change, letter.facts) for letter in letters(house)[1:]]
    money = {"amount_minor": 4000, "currency": "EUR"}
    assert told == [
        ("refund", "refund", money | {"paid": True}),
        ("refund", "refund", money | {"paid": False}),
        ("refund", "pay_out", money | {"paid": True}),
    ]


def test_a_sale_taken_back_stops_its_confirmation_and_is_told(house: OpenHouse) -> None:
    sale = sold_to(house, house.small.seats_of(1, (1, 2)), customer(house))
    allowed = house.database.transact(allow, house.small)
    request = VoidRequest(uuid4().hex, sale.order_id, "wrong night", allowed)
    house.database.transact(void_order, house.small.cashier, request)
    house.database.transact(void_order, house.small.cashier, request)
    assert kinds(house) == [("confirmation", "stopped"), ("refund", "waiting")]
    assert letters(house)[-1].facts == {"amount_minor": 8000, "currency": "EUR", "paid": True}


@pytest.mark.parametrize("state", ["sending", "sent", "failed"])
def test_what_is_sent_or_on_its_way_is_nobodys_to_stop(house: OpenHouse, state: str) -> None:
    sale = sold_to(house, house.small.seats_of(1, (1, 2)), customer(house))
    set_states(house, state)
    give_back(house, sale, live_lines(house, sale))
    assert kinds(house) == [("confirmation", state), ("refund", "waiting")]


def test_a_confirmation_waits_on_while_one_of_its_tickets_is_good(house: OpenHouse) -> None:
    sale = sold_to(house, house.small.seats_of(1, (1, 2)), customer(house))
    other = sold_to(house, house.small.seats_of(2, (1, 2)), customer(house, CustomerDraft("Bert", "b@example.org")))
    one, two = live_lines(house, sale)
    give_back(house, sale, (one,))
    assert kinds(house)[:2] == [("confirmation", "waiting")] * 2
    give_back(house, sale, (two,))
    states = {(letter.order_id, letter.kind, letter.state) for letter in letters(house)}
    assert (sale.order_id, "confirmation", "stopped") in states
    assert (other.order_id, "confirmation", "waiting") in states


def test_an_exchange_is_told_with_the_new_tickets_and_what_goes_back(house: OpenHouse) -> None:
    small = house.small
    old, new = small.seat(1, 1), small.seat(5, 1)
    sale = sold_to(house, [old], customer(house))
    asked = request_for(house, ask_for(house, sale, [old], {new: small.adult_id}))
    done = house.database.transact(exchange, small.cashier, asked)
    house.database.transact(exchange, small.cashier, asked)
    assert kinds(house) == [("confirmation", "stopped"), ("exchange", "waiting")]
    facts = letters(house)[-1].facts
    assert facts["tickets"] == [[ticket, 1] for ticket in done.ticket_ids]
    assert (facts["amount_minor"], facts["currency"], facts["paid"]) == (-done.difference_minor, "EUR", done.paid)
    assert done.difference_minor < 0


def test_two_guests_who_change_places_are_told_with_new_tickets(house: OpenHouse) -> None:
    sale = sold_to(house, house.small.seats_of(1, (1, 2)), customer(house))
    first, second = live_lines(house, sale)
    swap = SwapRequest(uuid4().hex, sale.order_id, revision_of(house, sale.order_id), first, second)
    done = house.database.transact(swap_places, house.small.cashier, swap)
    assert kinds(house) == [("confirmation", "stopped"), ("exchange", "waiting")]
    assert letters(house)[-1].facts == {"tickets": [[ticket, 1] for ticket in done.ticket_ids]}


def test_each_order_of_a_work_list_hears_once_what_became_of_it(house: OpenHouse) -> None:
    small = house.small
    anna = customer(house)
    refunded, moved, kept = (sold_to(house, small.seats_of(row, (1,)), anna) for row in (1, 2, 3))
    both = reserved(house, small.seats_of(4, (1, 2)), customer_id=anna)
    picked_up(house, both.order_id, small.seats_of(4, (1,)))
    unpaid = reserved(house, small.seats_of(5, (1,)), customer_id=anna)
    house.database.transact(cancel_performance, small.manager, small.performance_id, "The tenor is ill.")
    set_states(house, "sent")
    seen = len(letters(house))
    list_id = house.database.transact(open_work_list, small.manager, OpenWorkList(uuid4().hex, small.performance_id))
    steps = [
        *(WorkStep(list_id, one.order_id, WorkDeed.REFUND) for one in (refunded, unpaid, both)),
        WorkStep(list_id, moved.order_id, WorkDeed.MOVE, to_performance_id=small.gala_id),
        WorkStep(list_id, kept.order_id, WorkDeed.KEEP),
    ]
    for step in steps * 2:
        assert work_off_order(house.database, small.manager, step).failure is None
    told = letters(house)[seen:]
    assert [(letter.order_id, letter.kind) for letter in told] == [
        (refunded.order_id, "cancelled"),
        (unpaid.order_id, "cancelled"),
        (both.order_id, "cancelled"),
        (moved.order_id, "moved"),
    ]
    assert {letter.performance_id for letter in told} == {small.performance_id}
    assert told[0].facts == {"amount_minor": 4000, "currency": "EUR", "paid": False}
    assert told[1].facts == {}
    assert told[3].facts["from_performance"] == small.performance_id
    content = house.database.read(load_content, told[3].letter_id)
    assert [one.performance_id for one in content.evenings] == [small.gala_id]
    assert [one.performance_id for one in content.left] == [small.performance_id]


def test_what_is_reserved_no_more_is_not_told_as_reserved(house: OpenHouse) -> None:
    small = house.small
    anna = customer(house)
    made = reserved(house, small.seats_of(1, (1, 2)), customer_id=anna)
    lapsed = reserved(house, small.seats_of(2, (1, 2)), customer_id=anna)
    paid = reserved(house, small.seats_of(3, (1, 2)), customer_id=anna)
    picked_up(house, paid.order_id)
    move_release(house, lapsed.order_id, -60)
    house.database.transact(release_reservations)
    picked = opened(house, made.order_id)
    house.database.transact(leave_pick_up, small.cashier, made.order_id, picked.hold.basket_key)
    lines = tuple(line.line_id for line in picked.lines if line.seat)
    asked = GiveUpRequest(uuid4().hex, made.order_id, revision_of(house, made.order_id), lines, "is ill")
    house.database.transact(give_up_seats, small.cashier, asked)
    told = {(letter.order_id, letter.kind): letter.state for letter in letters(house)}
    assert told == {
        (made.order_id, "reservation"): "stopped",
        (lapsed.order_id, "reservation"): "stopped",
        (lapsed.order_id, "lapsed"): "waiting",
        (paid.order_id, "reservation"): "stopped",
        (paid.order_id, "confirmation"): "waiting",
    }


def test_who_is_kept_after_a_move_in_time_hears_it_once(house: OpenHouse) -> None:
    small = house.small
    anna = customer(house)
    known = sold_to(house, small.seats_of(1, (1,)), anna)
    late = sold_to(house, small.seats_of(2, (1,)), None)
    set_states(house, "sent")
    before = house.database.read(load_performance_record, small.performance_id).starts_at
    move(house, timedelta(days=1))
    give_to(house, late.order_id, anna)
    asked = OpenWorkList(uuid4().hex, small.performance_id, "The hall was flooded")
    list_id = house.database.transact(open_work_list, small.manager, asked)
    for sale in (known, late, known, late):
        work_off_order(house.database, small.manager, WorkStep(list_id, sale.order_id, WorkDeed.KEEP))
    told = [letter for letter in letters(house) if letter.kind == "moved"]
    assert [letter.order_id for letter in told] == [known.order_id, late.order_id]
    assert told[1].facts["tickets"] == [[late.ticket_ids[0], 1]]
    # Both times are told, to who heard of the move when it was made, and to who hears of it now.
    assert told[1].facts["starts_was"] == told[0].facts["starts_was"] == before.isoformat()
    content = house.database.read(load_content, told[1].letter_id)
    after = house.database.read(load_performance_record, small.performance_id).starts_at
    assert [(one.starts_was, one.starts_at) for one in content.evenings] == [(before, after)]


def test_who_gets_the_money_back_for_a_moved_performance_hears_of_no_cancelled_one(house: OpenHouse) -> None:
    small = house.small
    anna = customer(house)
    paid = sold_to(house, small.seats_of(1, (1,)), anna)
    unpaid = reserved(house, small.seats_of(2, (1,)), customer_id=anna)
    asked = OpenWorkList(uuid4().hex, small.performance_id, "The hall was flooded")
    list_id = house.database.transact(open_work_list, small.manager, asked)
    for order_id in (paid.order_id, unpaid.order_id):
        work_off_order(house.database, small.manager, WorkStep(list_id, order_id, WorkDeed.REFUND))
    assert [(letter.kind, letter.performance_id) for letter in letters(house)[-2:]] == [
        ("refund", small.performance_id),
        ("lapsed", small.performance_id),
    ]
