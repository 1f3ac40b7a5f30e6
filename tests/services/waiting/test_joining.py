from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from pos_app.db.clock import utc_plus
from pos_app.db.models import AuditEntry, WaitingEntry
from pos_app.doctor import judge_database
from pos_app.domain.customers.records import CustomerRefused
from pos_app.domain.errors import InvalidInput, NotPermitted, OfferElsewhere, WaitingRefused
from pos_app.domain.waiting.entries import EntryState, JoinRequest, ListState
from pos_app.services.customers.merging import merge_customers
from pos_app.services.customers.privacy.erasing import erase_customer
from pos_app.services.selling.holds import release_seats
from pos_app.services.selling.offers import open_offer
from pos_app.services.server_time import load_server_time
from pos_app.services.waiting.joining import join, leave, move_up
from pos_app.services.waiting.listing import load_queue, read_entry
from pos_app.services.waiting.lists import close_list
from tests.services.stories import change_performance, hold
from tests.waiting import guards, offered, open_waiting, party, read_offer, refund_seats, sell_out, somebody, state_of

if TYPE_CHECKING:
    from tests.houses import OpenHouse


def ask(house: OpenHouse, seats: int = 2, **more: Any) -> JoinRequest:
    customer_id = more.pop("customer_id", None) or somebody(house, "Anna Novak")
    return JoinRequest(uuid4().hex, house.small.performance_id, customer_id, seats, **more)


def joined(house: OpenHouse, request: JoinRequest, actor: Any = None) -> Any:
    return house.database.transact(join, actor or house.small.cashier, request)


def told(house: OpenHouse, action: str) -> list[dict[str, Any]]:
    bodies = select(AuditEntry.body).where(AuditEntry.action == action).order_by(AuditEntry.id)
    return house.database.read(lambda session: [json.loads(body) for body in session.scalars(bodies)])


def test_the_first_party_opens_the_list_of_a_sold_out_performance(house: OpenHouse) -> None:
    small = house.small
    sell_out(house)
    request = ask(house, 2, categories=(small.category_a_id, small.category_b_id), together=False)
    entry = joined(house, request)
    assert (entry.place, entry.state, entry.seats, entry.together) == (1, EntryState.WAITING, 2, False)
    assert entry.categories == (small.category_a_id, small.category_b_id)
    assert (entry.customer_name, len(entry.code)) == ("Anna Novak", 6)
    assert joined(house, request) == entry, "the same request, the same party"
    assert party(house, 1).place == 2
    queue = house.database.read(load_queue, small.cashier, small.performance_id)
    assert (queue.state, queue.offer_minutes, len(queue.entries)) == (ListState.OPEN, 120, 2)
    assert set(guards(house).values()) == {("sold", 1)}
    (opened,) = told(house, "waiting_list_opened")
    assert opened["performance"] == small.performance_id
    entries = told(house, "waiting_joined")
    assert entries[0]["customer"] == f"customer:{entry.customer_id}"
    assert "Novak" not in json.dumps(entries)
    assert house.database.read(judge_database) == ()


def test_while_seats_are_on_sale_nobody_waits_unless_a_manager_opened_a_list(house: OpenHouse) -> None:
    sell_out(house, house.small.gala_id)
    with pytest.raises(WaitingRefused, match="still seats on sale"):
        joined(house, ask(house))
    assert house.database.read(load_queue, house.small.cashier, house.small.performance_id).state is None
    assert set(guards(house).values()) == {("free", 0)}
    open_waiting(house)
    entry = party(house, 4)
    assert len(offered(house, entry)) == 4, "what is free and fits is offered at once"
    assert state_of(house, entry) == "offered"


def test_a_basket_whose_time_is_not_over_does_not_keep_a_performance_from_being_sold_out(house: OpenHouse) -> None:
    small = house.small
    for row in range(1, small.rows + 1):
        hold(house, small.seats_of(row, range(1, 11)))
    assert joined(house, ask(house)).place == 1


def test_a_customer_waits_once_for_a_performance(house: OpenHouse) -> None:
    sell_out(house)
    anna = somebody(house, "Anna")
    first = joined(house, ask(house, customer_id=anna))
    with pytest.raises(WaitingRefused, match=f"already, under the code {first.code}"):
        joined(house, ask(house, customer_id=anna))
    house.database.transact(leave, house.small.cashier, uuid4().hex, first.entry_id, first.revision)
    again = joined(house, ask(house, customer_id=anna))
    assert again.entry_id != first.entry_id


def test_who_was_merged_waits_as_who_it_is_now_and_who_was_erased_does_not(house: OpenHouse) -> None:
    sell_out(house)
    anna, twin, gone = somebody(house, "Anna"), somebody(house, "A. Novak"), somebody(house, "Bert")
    manager = house.small.manager
    house.database.transact(merge_customers, manager, anna, twin, request_id=uuid4().hex)
    house.database.transact(erase_customer, manager, gone, request_id=uuid4().hex)
    assert joined(house, ask(house, customer_id=twin)).customer_id == anna
    with pytest.raises(CustomerRefused, match="erased"):
        joined(house, ask(house, customer_id=gone))


@pytest.mark.parametrize(
    ("wish", "field"),
    [
        ({"seats": 0}, "seats"),
        ({"seats": 51}, "seats"),
        ({"categories": (4711,)}, "categories"),
        ({"zones": (4711,)}, "zones"),
    ],
)
def test_what_cannot_be_waited_for_is_said_beside_its_field(house: OpenHouse, wish: dict[str, Any], field: str) -> None:
    sell_out(house)
    with pytest.raises(InvalidInput) as refused:
        joined(house, replace(ask(house), **wish))
    assert refused.value.field == field
    now = house.database.read(load_server_time)
    with pytest.raises(InvalidInput) as over:
        joined(house, ask(house, until=now - timedelta(minutes=1)))
    assert over.value.field == "until"


def test_a_list_that_is_closed_and_a_sale_that_ends_take_nobody(house: OpenHouse) -> None:
    small = house.small
    sell_out(house)
    party(house)
    change_performance(house, off_sale_at=utc_plus(10 * 60))
    with pytest.raises(WaitingRefused, match="too late"):
        joined(house, ask(house))
    change_performance(house, off_sale_at=None)
    house.database.transact(close_list, small.manager, uuid4().hex, small.performance_id, "enough")
    with pytest.raises(WaitingRefused, match="closed"):
        joined(house, ask(house))
    change_performance(house, state="cancelled")
    open_by_hand = ask(house)
    with pytest.raises(WaitingRefused):
        joined(house, open_by_hand)
    with pytest.raises(NotPermitted):
        joined(house, ask(house), small.steward)


def test_a_party_leaves_and_what_it_was_offered_goes_to_the_next(house: OpenHouse) -> None:
    small = house.small
    sale = sell_out(house)[0]
    first, second = party(house, 2), party(house, 2)
    refund_seats(house, sale, small.seats_of(1, (3, 4)))
    with pytest.raises(WaitingRefused, match="not as it was shown"):
        house.database.transact(leave, small.cashier, uuid4().hex, first.entry_id, first.revision)
    now = house.database.read(read_entry, first.entry_id)
    held = house.database.transact(open_offer, small.cashier, read_offer(house, first).offer_id, "basket").hold
    with pytest.raises(OfferElsewhere, match="Till 1"):
        house.database.transact(leave, small.manager, uuid4().hex, first.entry_id, now.revision)
    assert held.seats == small.seats_of(1, (3, 4))
    house.database.transact(release_seats, "basket")
    for _ in range(2):
        gone = house.database.transact(leave, small.cashier, uuid4().hex, first.entry_id, now.revision)
        assert gone.state is EntryState.LEFT
    assert offered(house, second) == small.seats_of(1, (3, 4))
    assert len(told(house, "waiting_left")) == 1
    assert house.database.read(judge_database) == ()


def test_a_manager_moves_a_party_to_the_front_with_a_reason(house: OpenHouse) -> None:
    small = house.small
    sale = sell_out(house)[0]
    first, second, third = party(house, 2), party(house, 2), party(house, 2)
    with pytest.raises(InvalidInput) as refused:
        house.database.transact(move_up, small.manager, uuid4().hex, third.entry_id, third.revision, " ")
    assert refused.value.field == "reason"
    with pytest.raises(NotPermitted):
        house.database.transact(move_up, small.cashier, uuid4().hex, third.entry_id, third.revision, "press")
    for _ in range(2):
        moved = house.database.transact(move_up, small.manager, "up", third.entry_id, third.revision, "press")
        assert (moved.place, moved.moved_reason) == (1, "press")
    with pytest.raises(WaitingRefused):
        house.database.transact(move_up, small.manager, uuid4().hex, third.entry_id, third.revision, "another")
    (entry,) = told(house, "waiting_moved_up")
    assert (entry["entry"], entry["place"]) == (third.entry_id, 3)
    assert "press" not in json.dumps(entry)
    assert party(house, 1).place == 4, "who joins comes behind all the others"
    refund_seats(house, sale, small.seats_of(1, (3, 4)))
    assert [bool(offered(house, one)) for one in (first, second, third)] == [False, False, True]


def test_turns_are_never_the_same(house: OpenHouse) -> None:
    sell_out(house)
    one, two = party(house), party(house)
    house.database.transact(move_up, house.small.manager, "a", two.entry_id, two.revision, "x")
    house.database.transact(move_up, house.small.manager, "b", one.entry_id, one.revision, "y")
    party(house)
    turns = house.database.read(lambda session: list(session.scalars(select(WaitingEntry.turn))))
    assert len(set(turns)) == 3
