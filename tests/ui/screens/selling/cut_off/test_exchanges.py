"""An exchange whose window was cut off: found out at the next sign-in, and gone on with or shown with its tickets."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import select

from pos_app.computer.journal import PendingSale
from pos_app.db.models import OrderLine
from pos_app.domain.orders.exchanges import ExchangeRequest
from pos_app.domain.selling.basket_notes import BasketNote, NotedLine
from pos_app.domain.selling.sales import PaymentMethod, SaleLine, Tender
from pos_app.services.orders.exchanges.making import exchange
from pos_app.services.selling.holds import place_hold
from tests.kinds import SQLITE
from tests.small_house import sell_seats
from tests.ui.screens.selling.cut_off.conftest import settled, told

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.evening import Evening
    from tests.ui.screens.selling.cut_off.conftest import CutOff


def cut_off(left: CutOff) -> tuple[BasketNote, ExchangeRequest]:
    """Sell a seat, hold a dearer one for it, and return what a window would have noted and asked for."""
    house, small = left.house, left.house.small
    sale = house.database.transact(sell_seats, small, small.seats_of(4, (5,)))
    found = select(OrderLine.id).where(OrderLine.order_id == sale.order_id, OrderLine.kind == "seat")
    line = house.database.read(lambda session: session.execute(found).scalar_one())
    key, seat = uuid4().hex, small.seat(1, 3)
    house.database.transact(place_hold, small.cashier, key, [seat])
    request = ExchangeRequest(
        uuid4().hex,
        sale.order_id,
        None,
        (line,),
        (SaleLine(seat, small.adult_id),),
        key,
        1500,
        Tender(PaymentMethod.CASH, 1500, 2000),
        "Other seats",
    )
    lines = (NotedLine(seat.performance_id, seat.seat_id, small.adult_id),)
    note = BasketNote(
        key, lines, "Stalls, row A, seat 3", 4000, "EUR", exchange_of=sale.order_id, exchange_lines=(line,)
    )
    return replace(note, exchange_request=request.request_id), request


def _untimed(words: str) -> str:
    """Leave out for how long seats are held: that counts down."""
    return re.sub(r"\d+:\d\d", "0:00", words)


@SQLITE
@pytest.mark.parametrize("is_made", [True, False])
def test_an_exchange_that_was_asked_for_is_shown_with_its_tickets_or_gone_on_with(
    left: CutOff, enter: Callable[[], Evening], *, is_made: bool
) -> None:
    note, request = cut_off(left)
    memory, small = left.memory(), left.house.small
    memory.journal.keep_basket(note)
    memory.journal.note(
        PendingSale(
            request.request_id, note.basket_key, small.till_id, 1500, "EUR", "cash", note.places, request.order_id
        )
    )
    memory.close()
    if is_made:
        left.house.database.transact(exchange, small.cashier, request)
    evening = enter()
    words = told(evening)
    if is_made:
        assert words.startswith("The exchange went through before Foyer was cut off")
        evening.wait(lambda: evening.sell.tickets.printed is not None)
        assert evening.sell.tickets.panel.change.text == "€5.00"
        assert not evening.sell.exchanging.is_active
    else:
        assert "It was an exchange, and is not made: the old tickets are still good." in words
        assert "ask whether the cash was handed over already" in words
        evening.wait(lambda: evening.sell.exchanging.is_active)
        assert [line.seat for line in evening.sell.exchanging.exchange.shown.lines] == [small.seat(1, 3)]
        settled(evening)
        evening.wait(lambda: evening.sell.exchanging.previewing.preview is not None)
        assert _untimed(told(evening)) == _untimed(words), "it stands there still when the exchange has begun again"
        assert evening.sell.basket_panel.total_words == "€15.00"
        # Left, it goes back to its order; and it may be begun again from there.
        evening.press(Qt.Key.Key_Escape)
        evening.wait(lambda: evening.window.current_screen == "orders")
        settled(evening)
        assert evening.workplace.orders is not None
        evening.workplace.orders.exchange_wanted.emit(request.order_id, request.ended)
        evening.wait(lambda: evening.sell.exchanging.is_active)
        assert evening.window.current_screen == "sell"


@SQLITE
def test_what_was_held_for_an_exchange_that_cannot_be_any_more_is_given_back_and_not_sold(
    left: CutOff, enter: Callable[[], Evening]
) -> None:
    note, request = cut_off(left)
    left.leave(replace(note, exchange_request="", exchange_lines=(request.ended[0] + 100,)))
    evening = enter()
    evening.wait(lambda: "not all of these tickets are good any more" in evening.sell.banner.message.text)
    settled(evening)
    assert not evening.sell.hold.basket.lines
    assert not evening.sell.exchanging.is_active
