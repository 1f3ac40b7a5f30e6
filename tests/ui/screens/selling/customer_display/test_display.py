"""The customer's screen: where there is one, it follows basket and sale."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from tests.kinds import SQLITE

if TYPE_CHECKING:
    from tests.ui.screens.selling.conftest import Till


@SQLITE
def test_it_follows_the_basket_and_the_sale(till: Till) -> None:
    display = till.screen.add_customer_display()
    till.hold(*till.house.small.seats_of(1, (1, 2)))
    assert display.amount.text() == "€80.00"
    assert "Stalls, row A, seat 1" in display.lines.text()
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
