"""The customer's screen: where there is one, it follows basket and sale."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from pos_app.domain.selling.basket_lines import TIMES
from pos_app.ui.words.times import shown_moment
from tests.kinds import SQLITE
from tests.services.orders.reserving import reserved

if TYPE_CHECKING:
    from tests.ui.screens.selling.conftest import Till


@SQLITE
def test_it_follows_the_basket_and_the_sale(till: Till) -> None:
    display = till.screen.add_customer_display()
    till.hold(*till.house.small.seats_of(1, (1, 2)))
    assert display.amount.text() == "€80.00"
    offer = till.screen.live.offer
    assert offer is not None
    assert display.head.text() == f"The Cherry Orchard · {shown_moment(offer.starts_at, offer.time_zone)}"
    assert display.lines.text() == f"Stalls, row A, seats 1\u20132 · 2 {TIMES} Adult · €80.00"
    till.press(Qt.Key.Key_F10)
    till.wait(lambda: till.screen.checkout.sheet.is_open)
    till.type("100")
    till.press(Qt.Key.Key_Return)
    till.wait(lambda: till.screen.tickets.sale is not None)
    assert display.amount.text() == "€20.00"
    till.settle()
    till.press(Qt.Key.Key_Return)
    assert display.head.text() == "Welcome"
    assert not display.amount.text()


@SQLITE
def test_it_says_what_is_due_for_a_reservation_and_not_whose_it_is(till: Till) -> None:
    display = till.screen.add_customer_display()
    made = reserved(till.house, till.house.small.seats_of(1, (1, 2)), "Zoë Novák")
    till.screen.picking_up.open(made.order_id)
    till.wait(lambda: till.screen.picking_up.is_active)
    assert display.head.text() == "Your reservation"
    assert display.lines.text().endswith("Stalls, row A, seats 1\u20132")
    assert display.amount.text() == "€80.00"
    assert "Novák" not in display.lines.text()
    till.press(Qt.Key.Key_Escape)
    assert display.head.text() == "Welcome"


@SQLITE
def test_it_tells_two_evenings_apart(till: Till) -> None:
    display = till.screen.add_customer_display()
    till.hold(till.house.small.seat(1, 1))
    till.open(till.house.small.gala_id)
    till.hold(till.house.small.seat(2, 1, till.house.small.gala_id))
    assert display.head.text() == "Your seats"
    lines = display.lines.text().splitlines()
    assert [line.startswith("The Cherry Orchard · ") for line in lines] == [True, False, True, False]
    assert lines[0] != lines[2]
    assert lines[1::2] == ["Stalls, row A, seat 1 · Adult · €40.00", "Stalls, row B, seat 1 · Adult · €40.00"]


@SQLITE
def test_with_one_screen_only_it_is_not_shown(till: Till) -> None:
    assert len(QGuiApplication.screens()) == 1
    assert not till.screen.add_customer_display().isVisible()


@SQLITE
@pytest.mark.qt_log_ignore("propagateSizeHints")  # the platform without screens knows no full screen
def test_with_a_second_screen_it_fills_it(till: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    other = QGuiApplication.primaryScreen()
    monkeypatch.setattr(QGuiApplication, "screens", lambda: [other, object()])
    monkeypatch.setattr(till.window, "screen", lambda: None)
    display = till.screen.add_customer_display()
    assert display.isVisible()
    assert display.geometry() == other.geometry()
    display.close()
