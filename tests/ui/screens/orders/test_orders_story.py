"""One evening at the orders screen, with the real services on SQLite."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pos_app.computer.identity import TillIdentity
from pos_app.documents.ticket_codes import public_key_of
from pos_app.domain.roles import Role
from pos_app.domain.tickets.papers import Paper
from pos_app.flows.print_tickets import TicketPress
from pos_app.ui.background import Background
from pos_app.ui.office import Office
from pos_app.ui.screens.orders.give_back_sheet import GiveBackSheet
from pos_app.ui.screens.orders.operations import OrderOperations
from pos_app.ui.screens.orders.screen import OrdersScreen
from pos_app.ui.widgets.sheets.approval import ApprovalSheet
from pos_app.ui.widgets.sheets.preview import PreviewSheet
from pos_app.ui.widgets.sheets.reason import ReasonSheet
from tests.small_house import NAMES, PINS, SIGNING_KEY, sell_seats

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from tests.houses import OpenHouse

pytestmark = [
    pytest.mark.qt_log_ignore("propagateSizeHints", extend=True),
    pytest.mark.parametrize("house", ["sqlite"], indirect=True),
]


@pytest.fixture
def press(house: OpenHouse, tmp_path: Path) -> TicketPress:
    identity = TillIdentity("machine-Till 1", SIGNING_KEY, public_key_of(SIGNING_KEY).hex())
    return TicketPress(identity, house.small.till_id, Paper.A4, "", tmp_path / "tickets", "en_GB")


@pytest.fixture
def background(house: OpenHouse, qapp: QApplication) -> Iterator[Background]:
    made = Background(house.database)
    yield made
    made.shut_down()


def test_an_order_is_looked_at_printed_anew_and_taken_back(
    qtbot: QtBot, themed: QApplication, house: OpenHouse, press: TicketPress, background: Background
) -> None:
    small = house.small
    sale = house.database.transact(sell_seats, small, small.seats_of(1, (1, 2)))
    screen = OrdersScreen(OrderOperations(Office(background, small.cashier), lambda: press))
    qtbot.addWidget(screen)
    screen.resize(1280, 660)
    screen.show()
    qtbot.waitUntil(lambda: screen.panel.order is not None)
    assert screen.table.orders[0].number == sale.number
    assert screen.panel.void_button.isEnabled()

    screen.panel.preview_button.click()
    qtbot.waitUntil(lambda: screen.findChild(PreviewSheet) is not None)
    preview = screen.findChild(PreviewSheet)
    assert isinstance(preview, PreviewSheet)
    assert len(preview.preview.images) == 2
    QTest.keyClick(preview, Qt.Key.Key_Escape)

    screen.panel.reprint_button.click()
    sheet = screen.corrections.sheet
    assert isinstance(sheet, ReasonSheet)
    sheet.reason_field.setText("Paper jam")
    sheet.yes.click()
    qtbot.waitUntil(lambda: screen.corrections.sheet is None)
    assert len(list(press.folder.glob(f"{sale.number}-print-2-*.pdf"))) == 1
    qtbot.waitUntil(lambda: [row.print_words for row in screen.panel.rows.rows] == ["Print 2", "Print 2"])

    screen.panel.void_button.click()
    why = screen.corrections.sheet
    assert isinstance(why, ReasonSheet)
    why.reason_field.setText("Wrong seats")
    why.yes.click()
    asked = screen.corrections.sheet
    assert isinstance(asked, ApprovalSheet)
    qtbot.waitUntil(lambda: [one.name for one in asked.cards.shown] == [NAMES[Role.MANAGER]])
    QTest.keyClicks(asked.cards.search, NAMES[Role.MANAGER][:3])
    QTest.keyClick(asked.cards.search, Qt.Key.Key_Return)
    for pin in (PINS[Role.CASHIER], PINS[Role.MANAGER]):
        qtbot.waitUntil(asked.pin.isEnabled)
        assert asked.is_open
        assert not screen.table.orders[0].void
        QTest.keyClicks(asked.pin, pin)
        QTest.keyClick(asked.pin, Qt.Key.Key_Return)
        assert not asked.pin.isEnabled()
    qtbot.waitUntil(lambda: screen.findChild(GiveBackSheet) is not None)
    told = screen.findChild(GiveBackSheet)
    assert isinstance(told, GiveBackSheet)
    assert told.amount.text == "€80.00"
    qtbot.waitUntil(lambda: screen.table.orders[0].void)
    qtbot.waitUntil(lambda: screen.panel._values["allowed"].text() == NAMES[Role.MANAGER])
    house.database.transact(sell_seats, small, small.seats_of(1, (1, 2)))
