"""What is due, looked through."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pos_app.domain.orders.changes import RefundState
from pos_app.domain.orders.refunds import RefundDue
from pos_app.domain.selling.sales import PaymentMethod
from pos_app.ui.screens.orders.due.sheet import DueSheet
from tests.ui.screens.orders.conftest import SOLD_AT, ZONE

if TYPE_CHECKING:
    from pos_app.ui.screens.orders.screen import OrdersScreen

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
