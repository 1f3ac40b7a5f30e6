"""Sheets in a window that is lower than they would like: all of their buttons are there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QListWidget, QMainWindow, QWidget

from pos_app.ui.records.fields.base import Field
from pos_app.ui.records.fields.choice_fields import Option
from pos_app.ui.records.fields.option_sheets import ChoosingSheet
from pos_app.ui.records.fields.text_fields import TextField
from pos_app.ui.records.form_sheet import FormSheet
from pos_app.ui.widgets.key_button import KeyButton
from pos_app.ui.widgets.labels import text_label
from pos_app.ui.widgets.sheets.base import Sheet

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

pytestmark = [pytest.mark.usefixtures("themed"), pytest.mark.qt_log_ignore("This plugin does not support", extend=True)]


def choosing(window: QWidget) -> Sheet:
    return ChoosingSheet(window, "Events", "All", [Option(at, f"Event {at}") for at in range(40)], ())


def form(window: QWidget) -> Sheet:
    fields = [Field(f"f{at}", f"Field {at}", TextField()) for at in range(9)]
    return FormSheet(window, "Much to fill in", fields, {}, yes="Save", height=460, sentence="Words above it. " * 12)


def listed(window: QWidget) -> Sheet:
    sheet = Sheet(window, "A list")
    sheet.body.addWidget(text_label("Long words above the list. " * 10, wrap=True))
    rows = QListWidget()
    rows.addItems([f"Row {at}" for at in range(50)])
    sheet.body.addWidget(rows)
    sheet.let_give_way(rows, 420)
    sheet.add_answers("Take", sheet.close_sheet)
    return sheet


@pytest.mark.parametrize("size", [(1280, 720), (1022, 522), (1022, 430)])
@pytest.mark.parametrize("make", [choosing, form, listed])
def test_the_whole_sheet_lies_in_the_window(
    qtbot: QtBot, make: Callable[[QWidget], Sheet], size: tuple[int, int]
) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    window.resize(*size)
    with qtbot.waitExposed(window):
        window.show()
    sheet = make(window)
    sheet.open()
    qtbot.waitUntil(lambda: sheet.rect().contains(sheet.panel.geometry()))
    for button in sheet.findChildren(KeyButton):
        corner = button.mapTo(sheet, QPoint(0, 0))
        assert sheet.panel.geometry().contains(corner)
        assert sheet.panel.geometry().contains(corner + button.rect().bottomRight())
        assert button.height() >= 44


def test_it_takes_its_room_back_when_the_window_grows(qtbot: QtBot) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    window.resize(900, 430)
    with qtbot.waitExposed(window):
        window.show()
    sheet = listed(window)
    sheet.open()
    rows = sheet.findChild(QListWidget)
    assert rows is not None
    qtbot.waitUntil(lambda: rows.height() < 420)
    window.resize(900, 900)
    qtbot.waitUntil(lambda: rows.height() == 420)
