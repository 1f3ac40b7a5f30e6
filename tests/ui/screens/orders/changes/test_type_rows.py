"""The places in the sheet of ticket types, in the smallest window."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLabel

from pos_app.ui.screens.orders.changes.type_sheet import TypeSheet
from tests.ui.screens.orders.conftest import a_page, evening

if TYPE_CHECKING:
    from pos_app.ui.screens.orders.screen import OrdersScreen

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)


def test_row_and_seat_are_never_cut_and_stand_beside_the_day(screen: OrdersScreen) -> None:
    page = a_page(1, "ABCD2345", evening(1), evening(1, performance_id=8, days=1))
    sheet = TypeSheet(screen, page, {}, ())
    sheet.open()
    labels = sheet.rows.findChildren(QLabel)
    seats = [label for label in labels if label.text() == "Row G · Seat 18"]
    assert len(seats) == 2
    assert all(label.width() >= label.sizeHint().width() for label in seats)
    bar = sheet.rows.horizontalScrollBar()
    assert bar.maximum() == 0
    days = [label.text()[:17] for label in labels if "Dec" in label.text()]
    assert days == ["Sat 5 Dec, 19:30 ", "Sun 6 Dec, 19:30 "]
