"""A performance is moved in time: each order hears it once, of the time that it knew, with its tickets."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import update

from pos_app.db.models import OutboxEmail
from pos_app.domain.customers.records import CustomerDraft
from pos_app.services.orders.letters.contents import load_content
from pos_app.services.season.cancellations import cancel_performance
from pos_app.services.season.performance_records import load_performance_record
from tests.services.letters.parties import joins, offered
from tests.services.letters.written import change_customer, customer, letters, set_states, sold_to
from tests.services.orders.refunding import give_back, live_lines
from tests.services.orders.reserving import reserved
from tests.services.season.evenings import evening
from tests.services.season.test_moved_reservations import move
from tests.services.season.test_performances import save
from tests.services.stories import change_performance

if TYPE_CHECKING:
    from datetime import datetime

    from tests.houses import OpenHouse
    from tests.services.letters.written import Written

LATER = timedelta(hours=2)


def starts(house: OpenHouse) -> datetime:
    return house.database.read(load_performance_record, house.small.performance_id).starts_at


def moved(house: OpenHouse, state: str = "waiting") -> list[Written]:
    return [letter for letter in letters(house) if letter.kind == "moved" and letter.state == state]


def test_each_order_that_has_seats_hears_of_the_new_time(house: OpenHouse) -> None:
    small = house.small
    anna = customer(house)
    sale = sold_to(house, [*small.seats_of(1, (1, 2)), small.seat(1, 1, small.gala_id)], anna)
    given = sold_to(house, small.seats_of(2, (1,)), anna)
    give_back(house, given, live_lines(house, given))
    kept = reserved(house, small.seats_of(3, (1,)), customer_id=anna)
    sold_to(house, small.seats_of(4, (1,)), None)
    sold_to(house, small.seats_of(4, (2,)), customer(house, CustomerDraft("Bert")))
    sold_to(house, [small.seat(2, 1, small.gala_id)], anna)
    was = starts(house)
    move(house, LATER)
    told = moved(house)
    assert [(letter.order_id, letter.performance_id) for letter in told] == [
        (sale.order_id, small.performance_id),
        (kept.order_id, small.performance_id),
    ]
    seats = [[seat.performance_id, seat.seat_id] for seat in sorted(small.seats_of(1, (1, 2)))]
    assert told[0].facts == {
        "starts_was": was.isoformat(),
        "tickets": [[ticket, 1] for ticket in sale.ticket_ids if ticket != sale.ticket_ids[-1]],
        "seats": seats,
    }
    assert told[1].facts["tickets"] == []


def test_who_waits_hears_of_the_new_time_once(house: OpenHouse) -> None:
    small = house.small
    entry = joins(house, customer(house))
    bert = joins(house, customer(house, CustomerDraft("Bert", "bert@example.org")))
    offer = offered(house, bert, small.seats_of(1, (1, 2)))
    was = starts(house)
    move(house, LATER)
    told = {"starts_was": was.isoformat()}
    assert [(one.kind, one.order_id, one.facts) for one in letters(house)] == [
        ("waiting", None, told | {"entry": entry, "place": 1}),
        ("offer", None, told | {"offer": offer}),
    ]
    move(house, LATER)
    assert len(letters(house)) == 2, "what is still to be sent tells the time that it is then"
    waiting, _ = letters(house)
    assert not house.database.read(load_content, waiting.letter_id).is_untrue
    move(house, -2 * LATER)
    assert house.database.read(load_content, waiting.letter_id).is_untrue


def test_what_waits_of_an_earlier_move_is_told_with_the_later_one(house: OpenHouse) -> None:
    sold_to(house, house.small.seats_of(1, (1, 2)), customer(house))
    was = starts(house)
    move(house, LATER)
    move(house, LATER)
    (told,) = moved(house)
    assert told.facts["starts_was"] == was.isoformat()
    assert len(moved(house, "stopped")) == 1
    move(house, -2 * LATER)
    assert moved(house) == [], "who has heard nothing yet knows the time that it is again"
    assert len(moved(house, "stopped")) == 2


@pytest.mark.parametrize("state", ["sending", "sent", "failed"])
def test_who_was_told_already_is_told_again(house: OpenHouse, state: str) -> None:
    sold_to(house, house.small.seats_of(1, (1, 2)), customer(house))
    move(house, LATER)
    set_states(house, state)
    was = starts(house)
    move(house, -LATER)
    assert [letter.facts["starts_was"] for letter in moved(house)] == [was.isoformat()]


def test_nobody_hears_of_what_is_over_or_cancelled_or_was_not_moved(house: OpenHouse) -> None:
    small = house.small
    sold_to(house, small.seats_of(1, (1, 2)), customer(house))
    save(house, evening(house), hold_minutes=20)
    house.database.transact(cancel_performance, small.manager, small.performance_id, "The tenor is ill.")
    move(house, LATER)
    change_performance(house, state="scheduled")
    move(house, timedelta(days=-30))
    assert moved(house) == []


def test_many_orders_are_told_by_one_statement_to_the_addresses_of_the_moment(house: OpenHouse) -> None:
    small = house.small
    people = [customer(house, CustomerDraft(f"Guest {one}", f"g{one}@example.org")) for one in range(5)]
    for row, whose in enumerate(people, start=1):
        sold_to(house, small.seats_of(row, (1,)), whose)
    change_customer(house, people[0], email="new@example.org", language="xx")
    move(house, LATER)
    assert [letter.recipient for letter in moved(house)] == [
        "new@example.org",
        *(f"g{one}@example.org" for one in range(1, 5)),
    ]
    languages = house.database.read(lambda session: session.get_one(OutboxEmail, moved(house)[0].letter_id).language)
    assert languages == "xx"
    again = update(OutboxEmail).values(state="sent")
    house.database.transact(lambda session: session.execute(again))
    move(house, LATER)
    assert len(moved(house)) == 5
