"""A time is typed over the one that stands there, wherever the cursor was left."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt, QTime
from PySide6.QtTest import QTest

from pos_app.ui.records.fields.time_edit import TimeEdit

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

pytestmark = [pytest.mark.usefixtures("themed"), pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)]


@pytest.fixture
def edit(qtbot: QtBot) -> TimeEdit:
    edit = TimeEdit()
    edit.setDisplayFormat("HH:mm")
    edit.setTime(QTime(20, 0))
    qtbot.addWidget(edit)
    with qtbot.waitExposed(edit):
        edit.show()
    return edit


def _click(edit: TimeEdit, at: int) -> None:
    line = edit.lineEdit()
    line.setCursorPosition(at)
    QTest.mouseClick(
        line, Qt.MouseButton.LeftButton, pos=QPoint(line.cursorRect().center().x(), line.cursorRect().center().y())
    )


@pytest.mark.parametrize("way", ["click", "home", "all"])
def test_digits_replace_the_whole_time(edit: TimeEdit, way: str) -> None:
    edit.setFocus()
    if way == "click":
        _click(edit, 0)
    elif way == "home":
        QTest.keyClick(edit, Qt.Key.Key_Home)
    else:
        QTest.keyClick(edit, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(edit, "2130")
    assert edit.time() == QTime(21, 30)


def test_where_the_minutes_are_clicked_they_alone_are_typed_and_each_click_begins_anew(edit: TimeEdit) -> None:
    edit.setFocus()
    _click(edit, 4)
    QTest.keyClicks(edit, "4")
    _click(edit, 4)
    QTest.keyClicks(edit, "15")
    assert edit.time() == QTime(20, 15)
