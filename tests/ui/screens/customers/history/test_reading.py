"""What a customer bought is told beside the form, and leads to its order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from tests.kinds import SQLITE
from tests.services.orders.refunding import give_back, live_lines
from tests.ui.screens.customers.conftest import words_in

if TYPE_CHECKING:
    from tests.ui.screens.customers.conftest import Desk

pytestmark = [SQLITE, pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)]


def _cells(desk: Desk, part: str) -> list[list[str]]:
    table = getattr(desk.page.history, part).table
    model = table.model()
    return [[str(model.index(at, to).data()) for to in range(model.columnCount())] for at in range(model.rowCount())]


def test_orders_and_payments_with_what_they_come_to_and_enter_leads_to_the_order(desk: Desk) -> None:
    anna = desk.add("Anna")
    first = desk.buy(anna.customer_id, 1, 1, 2)
    second = desk.buy(anna.customer_id, 2, 1, 2)
    give_back(desk.house, second, live_lines(desk.house, second)[:1])
    desk.press(Qt.Key.Key_F5)
    desk.open("anna")
    assert desk.page.parts.buttons[1].words == "Orders (2)"
    desk.press(Qt.Key.Key_F4)
    orders = desk.page.history.orders
    assert orders.isVisible()
    assert orders.counts.text() == "2 orders · 3 tickets"
    assert orders.totals.text() == "Paid: €160.00 · Refunded: €40.00"
    assert [row.order_id for row in orders.table.shown] == [second.order_id, first.order_id]
    assert "Part refunded" in _cells(desk, "orders")[0][2]
    assert desk.page.found.table.hasFocus(), "the arrows go on walking the customers"
    wanted: list[int] = []
    desk.screen.order_wanted.connect(wanted.append)
    desk.press(Qt.Key.Key_Return)
    assert orders.table.hasFocus()
    desk.press(Qt.Key.Key_Down)
    desk.press(Qt.Key.Key_Return)
    assert wanted == [first.order_id]
    desk.press(Qt.Key.Key_F6)
    money = desk.page.history.money
    assert money.table.hasFocus()
    assert [row[2] for row in _cells(desk, "money")] == ["-€40.00", "€80.00", "€80.00"]
    place = money.table.visualRect(money.table.model().index(0, 0)).center()
    QTest.mouseClick(money.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(money.table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place))
    assert wanted == [first.order_id, second.order_id]
    desk.press(Qt.Key.Key_Escape)
    assert desk.page.found.table.hasFocus()


def test_who_bought_nothing_is_told_so_and_the_part_stays_while_walking(desk: Desk) -> None:
    anna = desk.add("Anna")
    desk.add("Berta")
    desk.buy(anna.customer_id, 1, 1)
    desk.press(Qt.Key.Key_F5)
    desk.open("anna")
    desk.press(Qt.Key.Key_F4)
    desk.look_for("")
    desk.page.found.table.setFocus()
    desk.press(Qt.Key.Key_Up)
    desk.settle()
    assert desk.page.record.name == "Berta"
    assert "No orders yet" in words_in(desk.page.history.orders)
    assert desk.page.parts.buttons[1].words == "Orders"
    desk.control(Qt.Key.Key_N)
    assert not desk.page.parts.isVisible()
    assert desk.line_of("name").hasFocus()


def test_what_was_sold_meanwhile_is_there_when_the_orders_are_looked_at(desk: Desk) -> None:
    anna = desk.add("Anna")
    desk.press(Qt.Key.Key_F5)
    desk.open("anna")
    desk.buy(anna.customer_id, 1, 1)
    desk.press(Qt.Key.Key_F4)
    desk.settle()
    assert len(desk.page.history.orders.table.shown) == 1


def test_what_is_wrong_is_seen_though_the_orders_are_in_front(desk: Desk) -> None:
    desk.add("Anna")
    desk.press(Qt.Key.Key_F5)
    desk.open("anna")
    desk.fill(phone="call me")
    desk.press(Qt.Key.Key_F4)
    desk.control(Qt.Key.Key_S)
    assert desk.page.form.isVisible()
    assert desk.line_of("phone").hasFocus()


def test_a_silent_server_is_told_and_asked_again(desk: Desk) -> None:
    anna = desk.add("Anna")
    desk.buy(anna.customer_id, 1, 1)
    desk.press(Qt.Key.Key_F5)
    desk.open("anna")
    desk.press(Qt.Key.Key_F4)
    desk.line.cut = True
    desk.page.history.read()
    desk.settle()
    assert "cannot be reached" in words_in(desk.page.history.orders)
    desk.line.cut = False
    desk.page.history.orders.empty.asked.emit()
    desk.settle()
    assert len(desk.page.history.orders.table.shown) == 1
