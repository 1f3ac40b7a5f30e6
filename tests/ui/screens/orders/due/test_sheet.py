"""What is due, looked through."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pos_app.domain.errors import NotPermitted
from pos_app.domain.orders.changes import RefundState
from pos_app.domain.orders.refunds import RefundDue
from pos_app.domain.selling.sales import PaymentMethod
from pos_app.domain.sentences import say
from pos_app.ui.screens.orders.due.pay_sheet import PaySheet
from pos_app.ui.screens.orders.due.sheet import DueSheet
from tests.ui.replies import Now
from tests.ui.screens.orders.conftest import SOLD_AT, ZONE

if TYPE_CHECKING:
    from pos_app.ui.screens.orders.screen import OrdersScreen
    from tests.ui.screens.orders.conftest import FakeOrders

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)


def _due(refund_id: int, number: str, name: str, minor: int) -> RefundDue:
    method, state = PaymentMethod.CASH, RefundState.DUE
    return RefundDue(refund_id, refund_id, number, name, minor, "EUR", method, state, "Is ill", SOLD_AT, ZONE)


def test_the_sum_is_of_the_refunds_that_are_listed(screen: OrdersScreen) -> None:
    sheet = DueSheet(screen)
    sheet.open()
    sheet.show_due((_due(1, "ABCD2345", "Amina", 4000), _due(2, "EFGH6789", "Bea", 500)))
    assert sheet.summary.text() == "2 refunds: €45.00."
    sheet.search.searched.emit("bea")
    assert sheet.summary.text() == "1 refund: €5.00."
    assert str(sheet.table.model().index(0, 2).data()) == "Bea, Is ill"
    sheet.search.setText("nobody")
    sheet.search.searched.emit("nobody")
    assert sheet.summary.text() == ""
    assert sheet.empty.isVisible()
    assert sheet.empty._title.text() == "No refund fits “nobody”"
    sheet.search.searched.emit("")
    assert sheet.summary.text() == "2 refunds: €45.00."
    assert sheet.table.isVisible()


def test_nobody_is_paid_by_pressing_enter_but_whose_order_is_shown(screen: OrdersScreen) -> None:
    due = (_due(1, "ABCD2345", "Amina", 4000), _due(2, "EFGH6789", "Bea", 500))
    screen.panel.show_nothing()
    screen.search.due_button.click()
    sheet = screen.paying.list
    assert sheet is not None
    asked: list[RefundDue] = []
    sheet.pay_asked.connect(asked.append)
    QTest.keyClicks(sheet.search, "e")
    assert not sheet.empty._title.text().startswith("Nothing is due"), "it is not known yet"
    sheet.show_due(due)
    QTest.keyClick(sheet.search, Qt.Key.Key_Return)
    QTest.keyClick(sheet.search, Qt.Key.Key_Tab)
    sheet.table.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(sheet.table, Qt.Key.Key_Return)
    assert sheet.chosen is None
    assert asked == []
    QTest.keyClick(sheet.search, Qt.Key.Key_Down)
    QTest.keyClick(sheet.search, Qt.Key.Key_Return)
    assert asked == [due[0]]
    sheet.cancel()
    screen.open_order(2)
    screen.search.due_button.click()
    again = screen.paying.list
    assert again is not None
    again.show_due(due)
    assert again.chosen == due[1]
    again.show_due(due[:1])
    assert again.chosen is None, "once it is paid, the next one is a stranger's"


def test_what_is_wrong_with_a_field_is_said_until_it_is_edited(screen: OrdersScreen) -> None:
    due = replace(_due(1, "ABCD2345", "Amina", 4000), method=PaymentMethod.CARD)
    sheet = PaySheet(screen, due, only_way=False)
    sheet.open()
    sheet.reference.line.setText("4111 1111 1111 1111")
    sheet.yes.click()
    assert sheet.problem.text() == "That looks like a whole card number. Type only its last four digits."
    sheet.reference.line.setText("1111")
    assert not sheet.problem.isVisible()
    sheet.reference.line.clear()
    sheet.yes.click()
    assert sheet.problem.text().startswith("Type what the terminal's slip says")
    QTest.keyClicks(sheet.reference.line, "4")
    assert not sheet.problem.isVisible()


def test_the_reason_of_a_refund_is_no_name(screen: OrdersScreen) -> None:
    sheet = DueSheet(screen)
    sheet.open()
    sheet.show_due((_due(1, "ABCD2345", "", 4000),))
    assert str(sheet.table.model().index(0, 2).data()) == "\N{EN DASH}, Is ill"


def test_another_way_is_allowed_by_its_own_words_and_pays_nothing(
    screen: OrdersScreen, fake: FakeOrders, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = NotPermitted(say("A cashier may not allow this."))
    monkeypatch.setattr(fake, "give_up", lambda *_: Now(refused))
    monkeypatch.setattr(fake, "approvers", lambda _owner: Now(()))
    screen.paying._ask(_due(1, "ABCD2345", "Amina", 2600), only_way=True)
    sheet = screen.paying.sheet
    assert sheet is not None
    assert sheet.told.text() == "€26.00 stands under Refunds due until it is paid out (Card)."
    sheet.reason.line.setText("Lives abroad")
    QTest.keyClick(sheet, Qt.Key.Key_Return)
    asked = screen.paying.approving.sheet
    assert asked is not None
    assert asked.accessibleName() == "Another way for €26.00 of ABCD-2345: Card"
    QTest.keyClick(asked, Qt.Key.Key_Escape)
    assert sheet.problem.text() == "Nothing was changed: no manager has allowed it."
