"""The work list of a cancelled performance ends all waiting for it, once, with a letter each."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from pos_app.domain.errors import NotPermitted, WaitingRefused
from pos_app.domain.orders.work_lists import (
    NotCancelledNow,
    OpenWorkList,
    WorkDeed,
    WorkListClosed,
    WorkState,
    WorkStep,
)
from pos_app.domain.season.waiting_met import WaitingMet
from pos_app.flows.work_lists import end_around_orders, work_off_order
from pos_app.services.orders.letters.contents import load_content
from pos_app.services.orders.work_lists.lists import close_work_list, open_work_list
from pos_app.services.orders.work_lists.reading import load_work_list, look_for_work
from pos_app.services.orders.work_lists.waiting import end_resales_of_list, end_waiting_of_list
from pos_app.services.season.cancellations import cancel_performance, reinstate_performance
from pos_app.services.waiting.offers import EndedWaiting
from tests.resale import resales, returned
from tests.services.letters.written import letters
from tests.services.stories import seat_row
from tests.waiting import offered, party, refund_seats, sell_out, somebody, state_of

if TYPE_CHECKING:
    from pos_app.domain.waiting.entries import QueueEntry
    from tests.houses import OpenHouse


def wait(house: OpenHouse) -> tuple[QueueEntry, QueueEntry]:
    """Let two parties with an address wait, the first of which is offered two seats."""
    sale = sell_out(house)[0]
    first, second = (
        party(house, customer_id=somebody(house, name, email=f"{name.lower()}@example.org"))
        for name in ("Anna", "Bert")
    )
    refund_seats(house, sale, house.small.seats_of(1, (1, 2)))
    assert len(offered(house, first)) == 2
    return first, second


def cancelled(house: OpenHouse) -> int:
    """Cancel the evening; return its work list."""
    small = house.small
    house.database.transact(cancel_performance, small.manager, small.performance_id, "The tenor is ill.")
    return house.database.transact(open_work_list, small.manager, OpenWorkList(uuid4().hex, small.performance_id))


def ended(house: OpenHouse) -> list[int | None]:
    return [one.customer_id for one in letters(house) if one.kind == "waiting_ended"]


def test_all_waiting_ends_once_and_each_party_is_told_why(house: OpenHouse) -> None:
    first, second = wait(house)
    seats = offered(house, first)
    list_id = cancelled(house)
    manager = house.small.manager
    page = house.database.read(load_work_list, manager, list_id)
    assert (page.waiting, page.ended) == (WaitingMet(parties=2, offers=1), WaitingMet())
    assert house.database.transact(end_waiting_of_list, manager, list_id) == EndedWaiting(2, 1)
    assert house.database.transact(end_waiting_of_list, manager, list_id) == EndedWaiting(0, 0)
    page = house.database.read(load_work_list, manager, list_id)
    assert (page.waiting, page.ended) == (WaitingMet(), WaitingMet(parties=2, offers=1))
    assert (state_of(house, first), state_of(house, second), offered(house, first)) == ("closed", "closed", ())
    assert {seat_row(house, seat).state for seat in seats} == {"free"}
    assert ended(house) == [first.customer_id, second.customer_id]
    last = letters(house)[-1]
    (evening,) = house.database.read(load_content, last.letter_id).evenings
    assert (evening.is_cancelled, evening.cancel_reason) == (True, "The tenor is ill.")
    with pytest.raises(WaitingRefused):
        party(house)


def test_what_is_given_after_all_or_closed_meanwhile_keeps_who_waits(house: OpenHouse) -> None:
    first, second = wait(house)
    list_id = cancelled(house)
    small = house.small
    house.database.transact(reinstate_performance, small.manager, small.performance_id)
    with pytest.raises(NotCancelledNow):
        house.database.transact(end_waiting_of_list, small.manager, list_id)
    house.database.transact(cancel_performance, small.manager, small.performance_id, "The tenor is ill again.")
    with pytest.raises(NotPermitted):
        house.database.transact(end_waiting_of_list, small.cashier, list_id)
    house.database.transact(close_work_list, small.manager, list_id)
    with pytest.raises(WorkListClosed):
        house.database.transact(end_waiting_of_list, small.manager, list_id)
    assert (state_of(house, first), state_of(house, second), ended(house)) == ("offered", "waiting", [])


def test_who_waits_for_what_is_only_moved_waits_on(house: OpenHouse) -> None:
    first, _ = wait(house)
    small = house.small
    opened = OpenWorkList(uuid4().hex, small.performance_id, "Another date")
    list_id = house.database.transact(open_work_list, small.manager, opened)
    with pytest.raises(NotCancelledNow):
        house.database.transact(end_waiting_of_list, small.manager, list_id)
    assert state_of(house, first) == "offered"
    outlook = house.database.read(look_for_work, small.manager, small.performance_id)
    assert outlook.waiting == WaitingMet(parties=2, offers=1)


def test_tickets_on_resale_are_taken_off_behind_the_offers_that_hold_them(house: OpenHouse) -> None:
    small = house.small
    sale = sell_out(house)[0]
    first = party(house)
    returned(house, sale, small.seats_of(1, (1, 2)))
    assert len(offered(house, first)) == 2
    returned(house, sale, [small.seat(1, 5)])
    list_id = cancelled(house)
    page = house.database.read(load_work_list, small.manager, list_id)
    assert page.waiting == WaitingMet(parties=1, offers=1, resales=3)
    end_around_orders(house.database, small.manager, list_id)
    end_around_orders(house.database, small.manager, list_id)
    page = house.database.read(load_work_list, small.manager, list_id)
    assert (page.waiting, page.ended) == (WaitingMet(), WaitingMet(parties=1, offers=1, resales=3))
    assert {seat_row(house, seat).state for seat in small.seats_of(1, (1, 2, 5))} == {"sold"}
    step = WorkStep(list_id, sale.order_id, WorkDeed.REFUND)
    assert work_off_order(house.database, small.manager, step).state is WorkState.REFUNDED


def test_what_is_only_moved_stays_on_resale(house: OpenHouse) -> None:
    small = house.small
    returned(house, sell_out(house)[0], [small.seat(1, 5)])
    opened = OpenWorkList(uuid4().hex, small.performance_id, "Another date")
    list_id = house.database.transact(open_work_list, small.manager, opened)
    with pytest.raises(NotCancelledNow):
        house.database.transact(end_resales_of_list, small.manager, list_id)
    assert resales(house) == ["open"]
