"""What is due, looked through."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pos_app.domain.errors import NotPermitted
from pos_app.domain.orders.changes import RefundState
from pos_app.domain.orders.refunds import RefundDue
from pos_app.domain.selling.sales import PaymentMethod
from pos_app.domain.sentences import say
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
    sheet.search.searched.emit("nobody")
    assert sheet.summary.text() == ""
    sheet.search.searched.emit("")
    assert sheet.summary.text() == "2 refunds: €45.00."


def test_a_refund_of_nobody_known_is_told_by_its_reason(screen: OrdersScreen) -> None:
    sheet = DueSheet(screen)
    sheet.open()
    sheet.show_due((_due(1, "ABCD2345", "", 4000),))
    assert str(sheet.table.model().index(0, 2).data()) == "Is ill"


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
