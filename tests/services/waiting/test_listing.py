from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from pos_app.domain.errors import NotFound, NotPermitted
from pos_app.services.selling.offers import open_offer
from pos_app.services.waiting.joining import leave
from pos_app.services.waiting.listing import count_waiting, find_entries, list_offers, load_queue
from tests.waiting import open_waiting, party, refund_seats, sell_out, somebody

if TYPE_CHECKING:
    from tests.houses import OpenHouse


def test_a_party_is_found_by_name_by_phone_and_by_code_with_open_offers_first(house: OpenHouse) -> None:
    small, read = house.small, house.database.read
    sale = sell_out(house)[0]
    sell_out(house, small.gala_id)
    anna = somebody(house, "Anna Nováková", phone="+420 601 234 567")
    other = somebody(house, "Novak, Bert")
    gala = party(house, 2, customer_id=anna, performance_id=small.gala_id)
    evening = party(house, 1, customer_id=anna)
    bert = party(house, 1, customer_id=other)
    refund_seats(house, sale, [small.seat(1, 3)])
    assert [one.entry_id for one in read(find_entries, small.cashier, "novak")] == [
        evening.entry_id,
        bert.entry_id,
        gala.entry_id,
    ]
    assert [one.entry_id for one in read(find_entries, small.cashier, "601234567", small.gala_id)] == [gala.entry_id]
    code = f" {bert.code[:3]} {bert.code[3:].lower()} "
    assert [one.entry_id for one in read(find_entries, small.cashier, code)] == [bert.entry_id]
    assert [one.entry_id for one in read(find_entries, small.cashier, "")] == [evening.entry_id]
    assert read(find_entries, small.cashier, "nobody at all") == ()
    with pytest.raises(NotPermitted):
        read(find_entries, small.steward, "novak")


def test_offers_are_listed_by_their_end_with_the_till_that_has_them_open(house: OpenHouse) -> None:
    small, read = house.small, house.database.read
    sale = sell_out(house)[0]
    first, second = party(house, 1), party(house, 1)
    refund_seats(house, sale, [small.seat(1, 3)])
    refund_seats(house, sale, [small.seat(1, 7)])
    offers = read(list_offers, small.cashier)
    assert [one.entry_id for one in offers] == [first.entry_id, second.entry_id]
    assert {one.till_name for one in offers} == {""}
    house.database.transact(open_offer, small.cashier, offers[1].offer_id, "basket")
    now = read(list_offers, small.cashier, small.performance_id)
    assert [(one.seats, one.till_name) for one in now] == [
        ((small.seat(1, 3),), ""),
        ((small.seat(1, 7),), small.cashier.till_name),
    ]
    assert read(list_offers, small.cashier, small.gala_id) == ()


def test_the_queue_tells_where_there_is_none_and_counts_who_waits(house: OpenHouse) -> None:
    small, read = house.small, house.database.read
    queue = read(load_queue, small.cashier, small.performance_id)
    assert (queue.state, queue.offer_minutes, queue.entries) == (None, 120, ())
    with pytest.raises(NotFound):
        read(load_queue, small.cashier, 4711)
    with pytest.raises(NotPermitted):
        read(load_queue, small.steward, small.performance_id)
    open_waiting(house)
    sell_out(house)
    entries = [party(house, 1) for _ in range(3)]
    assert read(count_waiting, [small.performance_id, small.gala_id]) == {small.performance_id: 3}
    assert [one.place for one in read(load_queue, small.cashier, small.performance_id).entries] == [1, 2, 3]
    assert len(entries) == 3


def test_those_that_wait_no_more_are_told_where_they_are_asked_for(house: OpenHouse) -> None:
    small, read = house.small, house.database.read
    sell_out(house)
    gone, here = party(house, 1), party(house, 1)
    house.database.transact(leave, small.cashier, uuid4().hex, gone.entry_id, gone.revision)
    assert [one.entry_id for one in read(load_queue, small.cashier, small.performance_id).entries] == [here.entry_id]
    both = read(load_queue, small.cashier, small.performance_id, closed=True).entries
    assert [(one.entry_id, one.place) for one in both] == [(gone.entry_id, 0), (here.entry_id, 1)]
