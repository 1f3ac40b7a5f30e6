"""What the payment sheet says while the server lets a sale wait: it covers what the window says of the server."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from pos_app.domain.errors import ServerUnreachable
from pos_app.domain.selling.sales import PaymentMethod
from pos_app.domain.sentences import say
from pos_app.ui.screens.selling.payment.sheet import PaymentSheet
from pos_app.ui.words.messages import message_for

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot


@pytest.mark.parametrize("method", [PaymentMethod.CASH, PaymentMethod.CARD])
def test_while_a_sale_is_stored_for_long_the_sheet_says_what_to_do_with_the_money(
    qtbot: QtBot, themed: QApplication, method: PaymentMethod
) -> None:
    window = QWidget()
    sheet = PaymentSheet(QWidget(window))
    qtbot.addWidget(window)
    window.resize(1280, 720)
    window.show()
    sheet.ask(method, 80_00, "EUR")
    # What was wrong the last time is not what is wrong now.
    lost = message_for(ServerUnreachable(say("The server does not answer."), advice=say("Try again.")))
    error = ServerUnreachable(say("The server does not answer."))
    sheet.show_error(error, lost)
    sheet.show_busy()
    assert not sheet.problem.isVisible()
    qtbot.waitUntil(sheet.problem.isVisible)
    assert sheet.problem.message.text == "The server has not answered yet."
    assert "take no money, and give none back" in sheet.problem.message.advice
    assert not sheet.says_unreachable
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert sheet.is_open
    sheet.show_error(error, lost)
    assert sheet.problem.message.text == "The server does not answer."
    sheet.show_busy()
    sheet.close_sheet()
    sheet.ask(method, 80_00, "EUR")
    assert not sheet.problem.isVisible()
