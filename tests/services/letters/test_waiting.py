"""Letters to parties that wait: each once, to who can be reached, and what is true no more waits no longer."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from pos_app.domain.customers.records import CustomerDraft
from pos_app.services.letters.waiting import (
    tell_joined,
    tell_offer,
    tell_offer_lapsed,
    tell_waiting_ended,
    tell_waiting_moved,
)
from tests.services.letters.parties import joins, offered, set_entry, set_offer
from tests.services.letters.written import ANNA, change_customer, customer, kinds, letters, set_states

if TYPE_CHECKING:
    from tests.houses import OpenHouse

BERT = CustomerDraft("Bert Blum", "bert@example.org")
WAS = datetime(2026, 12, 24, 18, 0, tzinfo=UTC)


def test_who_joins_is_told_the_place_in_the_queue(house: OpenHouse) -> None:
    anna, bert = customer(house), customer(house, BERT)
    first = joins(house, bert)
    joins(house, customer(house, CustomerDraft("Carl")), state="left")
    joins(house, customer(house, CustomerDraft("Dora")), performance_id=house.small.gala_id)
    entry = joins(house, anna)
    assert house.database.transact(tell_joined, entry)
    assert house.database.transact(tell_joined, first)
    mine, other = letters(house)
    assert (mine.kind, mine.state, mine.recipient, mine.customer_id) == ("waiting", "waiting", ANNA.email, anna)
    assert (mine.performance_id, mine.order_id) == (house.small.performance_id, None)
    assert mine.facts == {"entry": entry, "place": 2}
    assert other.facts == {"entry": first, "place": 1}


def test_who_was_moved_up_stands_before_who_came_sooner(house: OpenHouse) -> None:
    first, second = joins(house, customer(house)), joins(house, customer(house, BERT))
    set_entry(house, second, turn=-1)
    house.database.transact(tell_joined, first)
    house.database.transact(tell_joined, second)
    assert [one.facts["place"] for one in letters(house)] == [2, 1]


def test_each_thing_is_told_once(house: OpenHouse) -> None:
    entry = joins(house, customer(house))
    assert house.database.transact(tell_joined, entry)
    assert not house.database.transact(tell_joined, entry)
    offer = offered(house, entry, house.small.seats_of(1, (1, 2)))
    for tell, about in ((tell_offer, offer), (tell_offer_lapsed, offer), (tell_waiting_ended, entry)):
        assert house.database.transact(tell, about)
        assert not house.database.transact(tell, about)
    assert [one.kind for one in letters(house)] == ["waiting", "offer", "offer_lapsed", "waiting_ended"]


@pytest.mark.parametrize("gone", [{"email": ""}, {"erased_at": WAS}])
def test_nobody_is_written_to_who_cannot_be_reached(house: OpenHouse, gone: dict[str, object]) -> None:
    anna = customer(house)
    entry = joins(house, anna)
    offer = offered(house, entry, house.small.seats_of(1, (1, 2)))
    change_customer(house, anna, **gone)
    for tell, about in ((tell_offer, offer), (tell_offer_lapsed, offer), (tell_waiting_ended, entry)):
        assert not house.database.transact(tell, about)
    set_entry(house, entry, state="waiting")
    assert not house.database.transact(tell_joined, entry)
    assert not house.database.transact(tell_waiting_moved, house.small.performance_id, "m", WAS)
    assert letters(house) == []


def test_who_was_offered_seats_at_once_is_not_told_to_wait(house: OpenHouse) -> None:
    entry = joins(house, customer(house))
    offered(house, entry, house.small.seats_of(1, (1, 2)))
    assert not house.database.transact(tell_joined, entry)


def test_an_offer_ends_the_letter_that_told_to_wait(house: OpenHouse) -> None:
    entry, other = joins(house, customer(house)), joins(house, customer(house, BERT))
    house.database.transact(tell_joined, entry)
    house.database.transact(tell_joined, other)
    offer = offered(house, entry, house.small.seats_of(1, (1, 2)))
    house.database.transact(tell_offer, offer)
    assert kinds(house) == [("waiting", "stopped"), ("waiting", "waiting"), ("offer", "waiting")]
    house.database.transact(tell_offer_lapsed, offer)
    assert kinds(house)[2:] == [("offer", "stopped"), ("offer_lapsed", "waiting")]
    assert letters(house)[3].facts == {"offer": offer}


def test_what_went_out_stays_as_it_went(house: OpenHouse) -> None:
    entry = joins(house, customer(house))
    house.database.transact(tell_joined, entry)
    offer = offered(house, entry, house.small.seats_of(1, (1, 2)))
    house.database.transact(tell_offer, offer)
    set_states(house, "sent")
    house.database.transact(tell_waiting_ended, entry)
    assert kinds(house) == [("waiting", "sent"), ("offer", "sent"), ("waiting_ended", "waiting")]


def test_the_end_of_a_list_ends_what_waits_to_be_told(house: OpenHouse) -> None:
    entry, other = joins(house, customer(house)), joins(house, customer(house, BERT))
    house.database.transact(tell_joined, entry)
    offer = offered(house, other, house.small.seats_of(1, (1, 2)))
    house.database.transact(tell_offer, offer)
    house.database.transact(tell_waiting_ended, entry)
    house.database.transact(tell_waiting_ended, other)
    assert [one.state for one in letters(house)] == ["stopped", "stopped", "waiting", "waiting"]
    assert [one.facts for one in letters(house)[2:]] == [{"entry": entry}, {"entry": other}]


def test_a_new_time_is_told_to_who_waits_and_who_has_an_offer(house: OpenHouse) -> None:
    waits, has = joins(house, customer(house)), joins(house, customer(house, BERT))
    offer = offered(house, has, house.small.seats_of(1, (1, 2)))
    old = joins(house, customer(house, CustomerDraft("Carl", "carl@example.org")))
    set_offer(house, offered(house, old, house.small.seats_of(1, (3, 4))), state="lapsed")
    set_entry(house, old, state="lapsed")
    tomorrow = house.small.performance_id
    assert house.database.transact(tell_waiting_moved, house.small.gala_id, "a", WAS) == 0
    assert house.database.transact(tell_waiting_moved, tomorrow, "a", WAS) == 2
    assert house.database.transact(tell_waiting_moved, tomorrow, "a", WAS) == 0
    was = {"starts_was": WAS.isoformat()}
    assert [(one.kind, one.facts) for one in letters(house)] == [
        ("waiting", was | {"entry": waits, "place": 1}),
        ("offer", was | {"offer": offer}),
    ]


def test_what_is_still_to_be_sent_tells_the_new_time_by_itself(house: OpenHouse) -> None:
    entry = joins(house, customer(house))
    house.database.transact(tell_joined, entry)
    assert house.database.transact(tell_waiting_moved, house.small.performance_id, "a", WAS) == 0
    set_states(house, "sent")
    assert house.database.transact(tell_waiting_moved, house.small.performance_id, "b", WAS) == 1
