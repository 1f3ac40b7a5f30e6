from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QDate, QLocale, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMainWindow, QVBoxLayout, QWidget

from pos_app.ui.records.fields.date_edit import DateEdit
from pos_app.ui.words.ui_locale import choose_locale

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)


@pytest.mark.parametrize("words", ["2027-03-28", "20270328", "2027/03/28", "2027 03 28"])
@pytest.mark.parametrize("before", ["nothing", "all is marked", "at the beginning"])
def test_a_date_is_typed_as_it_is_written_wherever_the_cursor_is(qtbot: QtBot, words: str, before: str) -> None:
    window, middle, edit = QMainWindow(), QWidget(), DateEdit()
    qtbot.addWidget(window)
    QVBoxLayout(middle).addWidget(edit)
    window.setCentralWidget(middle)
    window.resize(400, 300)
    edit.setDisplayFormat("yyyy-MM-dd")
    edit.setDate(QDate(2026, 11, 30))
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    edit.setFocus()
    if before == "all is marked":
        QTest.keyClick(edit, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    elif before == "at the beginning":
        QTest.keyClick(edit, Qt.Key.Key_Home)
    QTest.keyClicks(edit, words)
    assert edit.date() == QDate(2027, 3, 28)


def test_on_a_computer_that_speaks_no_language_a_day_has_signs_between_its_parts(qapp: QApplication) -> None:
    QLocale.setDefault(QLocale.c())
    choose_locale("en_GB")
    edit = DateEdit()
    edit.setDate(QDate(2026, 12, 1))
    assert edit.text() == "01/12/2026"
