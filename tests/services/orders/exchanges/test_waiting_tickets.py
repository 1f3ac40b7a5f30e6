"""Exchanges of what is paid and picked up later."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from pos_app.domain.orders.changes import ChangeKind
from pos_app.domain.orders.exchanges import SwapRequest
from pos_app.services.orders.collecting import hand_over, list_waiting
from pos_app.services.orders.exchanges.swaps import swap_places
from pos_app.services.orders.reprints import reissue_tickets
from tests.services.orders.exchanging import ask_for, do, exchanged, request_for, settings
from tests.services.orders.ledgers import live_lines, require_sound
from tests.services.orders.selling_to import sell_to

if TYPE_CHECKING:
    from tests.houses import OpenHouse


def test_what_was_never_printed_waits_at_the_window_after_an_exchange_too(house: OpenHouse) -> None:
    small = house.small
    first, second, third = small.seats_of(1, (1, 2, 3))
    sale = house.database.transact(sell_to, house, [first, second], "Zoë", collect=True)
    request = request_for(house, ask_for(house, sale, [first], {third: small.adult_id}))
    done = do(house, request)
    assert done.waits
    assert do(house, request) == done
    settings(house, refund_limit_minor=10_000)
    child = exchanged(house, sale, [third], {third: small.child_id}, kind=ChangeKind.CORRECTION)
    assert child.waits
    new = (sale.ticket_ids[1], *child.ticket_ids)
    assert house.database.transact(hand_over, small.cashier, sale.order_id, uuid4().hex) == new
    # From now on there is paper, and what takes its place is printed at once.
    assert not exchanged(house, sale, [second], {first: small.adult_id}).waits
    assert house.database.read(list_waiting, small.cashier) == ()
    require_sound(house)


def test_of_tickets_that_wait_and_others_that_were_printed_the_new_ones_are_printed(house: OpenHouse) -> None:
    small = house.small
    first, second, third, fourth = small.seats_of(1, (1, 2, 3, 4))
    sale = house.database.transact(sell_to, house, [first, second], collect=True)
    house.database.transact(reissue_tickets, small.cashier, sale.ticket_ids[:1], request_id="one", reason="paper jam")
    new = dict.fromkeys((third, fourth), small.adult_id)
    assert not exchanged(house, sale, [first, second], new).waits
    assert house.database.read(list_waiting, small.cashier) == ()


def test_two_guests_who_have_no_paper_yet_change_places_and_get_it_at_the_window(house: OpenHouse) -> None:
    small = house.small
    sale = house.database.transact(sell_to, house, small.seats_of(1, (1, 2)), collect=True)
    lines = tuple(live_lines(house, sale.order_id).values())
    done = house.database.transact(
        swap_places, small.cashier, SwapRequest(uuid4().hex, sale.order_id, None, lines[0], lines[1])
    )
    assert done.waits
    (waiting,) = house.database.read(list_waiting, small.cashier)
    assert (waiting.order_id, waiting.tickets) == (sale.order_id, 2)
    require_sound(house)
