"""Tickets that are picked up later are exchanged before anybody has printed them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.kinds import SQLITE
from tests.services.orders.ledgers import live_lines
from tests.services.orders.selling_to import sell_to
from tests.ui.screens.selling.exchange.test_exchanging import Swap

if TYPE_CHECKING:
    from tests.ui.screens.selling.conftest import Till


@SQLITE
def test_the_new_tickets_wait_at_the_window_and_nothing_is_printed(till: Till) -> None:
    small = till.house.small
    sale = till.house.database.transact(sell_to, till.house, small.seats_of(1, (5, 6)), collect=True)
    lines = tuple(live_lines(till.house, sale.order_id).values())
    till.poll()
    till.screen.exchanging.exchange.start(sale.order_id, lines[:1])
    till.wait(lambda: till.screen.exchanging.is_active)
    till.settle()
    swap = Swap(till, sale, lines[:1])
    till.hold(small.seat(2, 3))
    assert swap.told() == 0
    swap.give_reason()
    till.wait(lambda: till.screen.tickets.sale is not None)
    till.settle()
    tickets = till.screen.tickets
    assert tickets.sale is not None
    assert tickets.sale.waits
    assert tickets.printed is None
    assert not tickets.is_owed
    assert tickets.panel.print_line._words.text() == "Waits at the window: printed when it is picked up (Orders, F4)."
