"""Tickets put on resale at the desk, and taken off it, with the real services on SQLite."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pos_app.domain.orders.changes import RefundState
from pos_app.services.orders.page import load_order_page
from pos_app.ui.screens.orders.order.facts import money_rows
from pos_app.ui.screens.orders.order.line_rows import LineRows
from tests.resale import resales, returned
from tests.services.orders.ledgers import require_balance
from tests.services.stories import hold, sold
from tests.waiting import sell_out

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from pos_app.domain.roles import Actor
    from pos_app.domain.selling.sales import Sale
    from pos_app.ui.screens.orders.resale.sheet import ResaleSheet
    from pos_app.ui.screens.orders.screen import OrdersScreen
    from tests.houses import OpenHouse

pytestmark = [
    pytest.mark.qt_log_ignore("propagateSizeHints", extend=True),
    pytest.mark.parametrize("house", ["sqlite"], indirect=True),
]
Desk: TypeAlias = "Callable[[Actor], OrdersScreen]"


def _open(qtbot: QtBot, desk_of: Desk, house: OpenHouse, sale: Sale) -> tuple[OrdersScreen, ResaleSheet]:
    screen = desk_of(house.small.cashier)
    qtbot.waitUntil(lambda: screen.panel.order is not None)
    screen.open_order(sale.order_id)
    qtbot.waitUntil(lambda: screen.panel.order_id == sale.order_id)
    return screen, _ask(screen)


def _ask(screen: OrdersScreen) -> ResaleSheet:
    QTest.keyClick(screen, Qt.Key.Key_F7, Qt.KeyboardModifier.ControlModifier)
    sheet = screen.reselling.sheet
    assert sheet is not None
    return sheet


def _choose_off(sheet: ResaleSheet) -> None:
    """Choose, as by a click, that tickets are taken off."""
    sheet.mode.choose("off")
    sheet.mode.chosen.emit("off")


def _tick(sheet: ResaleSheet, *numbers: int) -> None:
    """Tick these of the places alone, counted from 0."""
    for at, box in enumerate(sheet.boxes.values()):
        if bool(box.value()) is not (at in numbers):
            box.box.click()


def test_what_goes_back_is_told_before_and_each_line_tells_its_state(
    qtbot: QtBot, house: OpenHouse, desk_of: Desk
) -> None:
    sale = sell_out(house)[0]
    screen, sheet = _open(qtbot, desk_of, house, sale)
    assert sheet.mode.isHidden()
    _tick(sheet, 2, 3)
    qtbot.waitUntil(lambda: sheet.amount.text == "€72.00")
    assert "€8.00 is kept as commission" in sheet.told.text()
    QTest.keyClick(sheet, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: "On resale since" in screen.panel.rows.rows[2].words)
    assert resales(house) == ["open", "open"]
    assert screen.reselling.sheet is None

    sold(house, [house.small.seat(1, 3)])
    screen.refresh()
    qtbot.waitUntil(lambda: any("€36.00 due" in row.words for row in screen.panel.rows.rows))

    sheet = _ask(screen)
    assert not sheet.mode.isHidden()
    _choose_off(sheet)
    assert len(sheet.boxes) == 1
    assert "Nothing is owed" in sheet.told.text()
    QTest.keyClick(sheet, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not any("On resale" in row.words for row in screen.panel.rows.rows))
    assert resales(house) == ["resold", "taken_back"]
    require_balance(house)


def test_where_seats_are_free_it_says_what_to_do_instead(qtbot: QtBot, house: OpenHouse, desk_of: Desk) -> None:
    sale = sold(house, house.small.seats_of(1, [1, 2]))
    _screen, sheet = _open(qtbot, desk_of, house, sale)

    qtbot.waitUntil(lambda: "is not sold out" in sheet.problem.text())
    assert "Refund the ticket" in sheet.problem.text()
    assert not sheet.yes.isEnabled()


def test_nothing_ticked_is_told_and_all_or_none_ticks(qtbot: QtBot, house: OpenHouse, desk_of: Desk) -> None:
    sale = sell_out(house)[0]
    _screen, sheet = _open(qtbot, desk_of, house, sale)
    qtbot.waitUntil(sheet.yes.isEnabled)
    sheet.all_button.click()
    assert sheet.line_ids == ()
    assert sheet.told.text() == "Tick the tickets."
    assert not sheet.yes.isEnabled()


def test_who_is_buying_it_is_told_in_the_sheet_and_what_is_ticked_stays(
    qtbot: QtBot, house: OpenHouse, desk_of: Desk
) -> None:
    sale = sell_out(house)[0]
    screen, sheet = _open(qtbot, desk_of, house, sale)
    _tick(sheet, 2)
    qtbot.waitUntil(sheet.yes.isEnabled)
    QTest.keyClick(sheet, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "On resale since" in screen.panel.rows.rows[2].words)
    hold(house, [house.small.seat(1, 3)], actor=house.small.elsewhere(house.small.cashier))
    sheet = _ask(screen)
    _choose_off(sheet)

    QTest.keyClick(sheet, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: "Somebody is buying" in sheet.problem.text())
    assert "Till 2" in sheet.problem.text()
    assert len(sheet.line_ids) == 1


def test_the_commission_that_was_kept_is_no_booking_fee(house: OpenHouse) -> None:
    sale = sell_out(house)[0]
    seat = house.small.seat(1, 3)
    returned(house, sale, [seat])
    sold(house, [seat])

    page = house.database.read(load_order_page, house.small.cashier, sale.order_id)

    told = dict(money_rows(page))
    assert told["Kept as commission on resale"] == "€4.00"
    assert not any("Booking" in words for words in told)


def test_what_was_paid_out_for_a_resale_is_not_due_again_with_another_refund(
    themed: QApplication, house: OpenHouse
) -> None:
    sale = sell_out(house)[0]
    seat = house.small.seat(1, 3)
    returned(house, sale, [seat])
    sold(house, [seat])
    page = house.database.read(load_order_page, house.small.cashier, sale.order_id)
    (due,) = page.refunds
    other = replace(due, refund_id=99, change_id=99)
    paid = replace(due, state=RefundState.PAID)
    given_up = replace(due, state=RefundState.GIVEN_UP)
    for refunds, words in (
        ((due,), "€36.00 due"),
        ((paid, other), "€36.00 given back"),
        ((given_up, other), "€36.00 due"),
    ):
        rows = LineRows()
        rows.show_lines(replace(page, refunds=refunds))
        assert any(words in row.words for row in rows.rows)
