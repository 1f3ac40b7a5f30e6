"""The table of a work list, in the smallest window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QFont, QFontMetrics

from pos_app.ui.look.theme import ui_font
from pos_app.ui.screens.orders.work_list.table import orders_table

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot


def test_a_run_of_places_and_a_number_of_wide_letters_can_be_read(qtbot: QtBot, themed: QApplication) -> None:
    table = orders_table()
    qtbot.addWidget(table)
    table.resize(976, 400)
    table.show()
    room = [table.horizontalHeader().sectionSize(at) - 20 for at in range(3)]
    assert QFontMetrics(ui_font(14)).horizontalAdvance("Stalls centre, row Q, seats 30\u201339") <= room[2]
    assert QFontMetrics(ui_font(14, QFont.Weight.DemiBold)).horizontalAdvance("HMBQ-VYZQ") <= room[0]
