from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from sqlalchemy import update

from pos_app.db.clock import utc_plus
from pos_app.db.models import WaitingOffer
from pos_app.doctor import judge_database
from pos_app.domain.errors import InvalidInput, NotFound, NotPermitted, WaitingRefused
from pos_app.domain.waiting.entries import ListState
from pos_app.services.season.performance_records import load_performance_record
from pos_app.services.season.performances import add_performance, draft_of
from pos_app.services.waiting import lists
from pos_app.services.waiting.lists import change_list, close_list, open_list
from pos_app.services.waiting.offers import lapse_offers
from tests.services.stories import change_performance, hold
from tests.waiting import guards, offered, open_waiting, party, read_offer, refund_seats, sell_out, state_of

if TYPE_CHECKING:
    from pos_app.domain.waiting.entries import Queue
    from tests.houses import OpenHouse


def close(house: OpenHouse, request_id: str = "") -> Queue:
    small = house.small
    return house.database.transact(close_list, small.manager, request_id or uuid4().hex, small.performance_id, "enough")


def test_a_list_is_opened_while_seats_are_free_and_they_stay_on_sale(house: OpenHouse) -> None:
    small = house.small
    hold(house, [small.seat(1, 1)])
    of = small.performance_id
    for _ in range(2):
        queue = house.database.transact(open_list, small.manager, "r", of, offer_minutes=30)
        assert (queue.state, queue.offer_minutes) == (ListState.OPEN, 30)
    assert set(guards(house).values()) == {("free", 2), ("claimed", 1)}
    hold(house, [small.seat(1, 2)])
    with pytest.raises(NotPermitted):
        house.database.transact(open_list, small.cashier, "r2", of, offer_minutes=30)
    with pytest.raises(InvalidInput):
        house.database.transact(open_list, small.manager, "r3", of, offer_minutes=5)
    with pytest.raises(NotFound):
        house.database.transact(open_list, small.manager, "r4", 4711, offer_minutes=30)
    change_performance(house, state="cancelled")
    with pytest.raises(WaitingRefused):
        house.database.transact(open_list, small.manager, "r5", of, offer_minutes=30)
    assert house.database.read(judge_database) == ()


def test_it_is_closed_who_waits_waits_no_more_and_an_open_offer_stands(
    house: OpenHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = house.small
    letters: list[int] = []
    monkeypatch.setattr(lists, "tell_waiting_ended", lambda _session, entry_id: letters.append(entry_id))
    sale = sell_out(house)[0]
    first, second, third = party(house, 2), party(house, 2), party(house, 1)
    refund_seats(house, sale, small.seats_of(1, (3, 4)))
    for _ in range(2):
        queue = close(house, "close")
        assert (queue.state, [one.entry_id for one in queue.entries]) == (ListState.CLOSED, [first.entry_id])
    assert letters == [second.entry_id, third.entry_id], "each once"
    assert [state_of(house, one) for one in (first, second, third)] == ["offered", "closed", "closed"]
    seats = guards(house)
    assert {seats[seat.seat_id] for seat in offered(house, first)} == {("claimed", 1)}
    assert {guard for seat, (_, guard) in seats.items() if seat not in {s.seat_id for s in offered(house, first)}} == {
        0
    }
    over = update(WaitingOffer).values(expires_at=utc_plus(-1))
    house.database.transact(lambda session: session.execute(over))
    house.database.transact(lapse_offers)
    assert {guards(house)[small.seat_id(1, at)] for at in (3, 4)} == {("free", 0)}, "on sale to all"
    refund_seats(house, sale, [small.seat(1, 8)])
    assert guards(house)[small.seat_id(1, 8)] == ("free", 0)
    assert house.database.read(judge_database) == ()


def test_opened_again_it_begins_empty_and_guards_anew(house: OpenHouse) -> None:
    small = house.small
    sale = sell_out(house)[0]
    before = party(house, 1)
    close(house)
    open_waiting(house, offer_minutes=45)
    assert state_of(house, before) == "closed", "nothing makes it alive again"
    assert set(guards(house).values()) == {("sold", 1)}
    entry = party(house, 1)
    refund_seats(house, sale, [small.seat(1, 3)])
    assert 44 * 60 < read_offer(house, entry).seconds_left <= 45 * 60


def test_closing_needs_a_list_a_reason_and_a_manager(house: OpenHouse) -> None:
    small = house.small
    with pytest.raises(NotFound, match="no waiting list"):
        close(house)
    open_waiting(house)
    with pytest.raises(InvalidInput) as refused:
        house.database.transact(close_list, small.manager, "r", small.performance_id, "  ")
    assert refused.value.field == "reason"
    with pytest.raises(NotPermitted):
        house.database.transact(close_list, small.cashier, "r", small.performance_id, "enough")


def test_offers_made_from_now_on_stand_as_long_as_was_decided(house: OpenHouse) -> None:
    small = house.small
    sale = sell_out(house)[0]
    first, second = party(house, 1), party(house, 1)
    refund_seats(house, sale, [small.seat(1, 3)])
    queue = house.database.transact(change_list, small.manager, small.performance_id, offer_minutes=30)
    assert queue.offer_minutes == 30
    refund_seats(house, sale, [small.seat(1, 7)])
    assert read_offer(house, first).seconds_left > 60 * 60
    assert read_offer(house, second).seconds_left <= 30 * 60
    with pytest.raises(NotFound):
        house.database.transact(change_list, small.manager, small.gala_id, offer_minutes=30)


def test_the_places_of_a_new_performance_are_open_to_all(house: OpenHouse) -> None:
    small = house.small
    open_waiting(house)
    record = house.database.read(load_performance_record, small.gala_id)
    made = house.database.transact(
        add_performance,
        small.manager,
        replace(draft_of(record), starts_at=record.starts_at + timedelta(days=3), doors_at=None),
    )
    assert set(guards(house, made.performance_id).values()) == {("free", 0)}
