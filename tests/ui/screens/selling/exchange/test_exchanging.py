"""Seats of an order against others, on the selling map: from the first click to the new tickets."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from sqlalchemy import select, update

from pos_app.db.models import Order, OrderChange, OrderLine, Payment, Price, Refund
from pos_app.doctor import judge_database
from pos_app.domain.errors import OutcomeUnknown
from pos_app.domain.seats import MapState
from pos_app.domain.sentences import say
from pos_app.services.orders.exchanges import exchange
from pos_app.ui.screens.selling.exchange.back_sheet import ExchangeSheet
from pos_app.ui.seat_map.model.board import RETURNED
from pos_app.ui.widgets.sheets.approval import ApprovalSheet
from tests.kinds import SQLITE
from tests.services.stories import seat_row
from tests.small_house import PINS, sell_seats

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from pos_app.domain.seats import SeatKey
    from pos_app.domain.selling.sales import Sale
    from tests.ui.screens.selling.conftest import Till


@dataclass
class Swap:
    """An order that was sold at the till, and the exchange of its seats there."""

    till: Till
    sale: Sale
    lines: tuple[int, ...]

    @property
    def strip_words(self) -> str:
        return self.till.screen.exchanging.strip.words

    @property
    def hint(self) -> str:
        return self.till.screen.exchanging.strip.hint

    def told(self) -> int:
        """Return the difference once it is told for what is chosen now."""
        asked = self.till.screen.exchanging.previewing
        self.till.wait(lambda: asked.is_settled)
        assert asked.preview is not None, asked.refusal
        return asked.preview.difference_minor

    def pay(self) -> ExchangeSheet:
        self.told()
        self.till.press(Qt.Key.Key_F10)
        sheet = self.till.sheet()
        assert isinstance(sheet, ExchangeSheet)
        return sheet

    def give_reason(self, words: str = "Other seats") -> None:
        sheet = self.pay()
        QTest.keyClicks(sheet.reason_field, words)
        QTest.keyClick(sheet.reason_field, Qt.Key.Key_Return)

    def made(self) -> None:
        self.till.wait(lambda: self.till.screen.tickets.printed is not None)
        self.till.settle()
        assert not self.till.screen.exchanging.is_active
        assert not self.till.screen.exchanging.strip.isVisible()
        assert not self.till.journal.pending()
        assert self.till.house.database.read(judge_database) == ()


def begin(till: Till, seats: Sequence[SeatKey], *, given: int | None = None, ticket_type_id: int | None = None) -> Swap:
    """Sell seats, and begin to exchange the first ones of them."""
    sale = till.house.database.transact(sell_seats, till.house.small, seats, ticket_type_id=ticket_type_id)
    found = select(OrderLine.id).where(OrderLine.order_id == sale.order_id, OrderLine.kind == "seat")
    rows = till.house.database.read(lambda session: session.execute(found.order_by(OrderLine.seat_id)).scalars().all())
    lines = tuple(rows[:given])
    till.poll()
    till.screen.exchanging.exchange.start(sale.order_id, lines)
    till.wait(lambda: till.screen.exchanging.is_active)
    till.settle()
    return Swap(till, sale, lines)


def line_states(till: Till, order_id: int) -> list[str]:
    def read(session: Session) -> list[str]:
        rows = select(OrderLine.state).where(OrderLine.order_id == order_id, OrderLine.kind == "seat")
        return sorted(session.execute(rows).scalars())

    return till.house.database.read(read)


@SQLITE
def test_dearer_seats_are_chosen_and_the_difference_is_paid_in_cash(till: Till) -> None:
    small = till.house.small
    old, new = small.seats_of(4, (5, 6)), small.seats_of(1, (5, 6))
    swap = begin(till, old)
    assert "Gives back Stalls, row D, seats 5-6 (€50.00)" in swap.strip_words
    assert swap.hint == "Choose 2 more seats."
    till.hold(new[0])
    assert swap.hint == "Choose 1 more seat."
    till.hold(new[1])
    assert swap.told() == 3000
    panel = till.screen.basket_panel
    assert (panel._total_caption.text(), panel.total_words) == ("To pay", "€30.00")
    assert panel.ring.isVisible()
    swap.give_reason()
    sheet = till.screen.exchanging.settling.sheet
    till.wait(lambda: sheet.is_open)
    assert sheet.cash.total.text == "€30.00"
    till.type("50")
    till.press(Qt.Key.Key_Return)
    swap.made()
    sold = till.screen.tickets.panel
    assert sold.change.text == "€20.00"
    assert "old tickets are void" in sold._sentence.text()
    assert line_states(till, swap.sale.order_id) == ["exchanged", "exchanged", "live", "live"]
    assert [seat_row(till.house, seat).state for seat in (*old, *new)] == ["free", "free", "sold", "sold"]
    till.wait(lambda: till.state(old[0]) == MapState.FREE)
    till.press(Qt.Key.Key_Return)
    assert till.screen.basket_panel.isVisible()
    assert till.screen.basket_panel.promo.isVisibleTo(till.screen.basket_panel) or not till.seats
