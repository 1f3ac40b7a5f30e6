"""A key with Alt does something, or nothing; it types no character into whatever has the keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QMainWindow, QPlainTextEdit, QStackedWidget, QWidget

from pos_app.ui.command_keys import CommandKeys
from pos_app.ui.widgets.sheets.base import Sheet

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

pytestmark = [pytest.mark.usefixtures("themed"), pytest.mark.qt_log_ignore("This plugin does not support", extend=True)]

ALT = Qt.KeyboardModifier.AltModifier


def shown(qtbot: QtBot, window: QMainWindow) -> QMainWindow:
    qtbot.addWidget(window)
    window.resize(900, 600)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def press(window: QWidget, key: Qt.Key, modifiers: Qt.KeyboardModifier = ALT) -> None:
    handle = window.window().windowHandle()
    assert handle is not None
    QTest.keyClick(handle, key, modifiers)


@pytest.fixture
def plain(qtbot: QtBot) -> QMainWindow:
    window = QMainWindow()
    CommandKeys(window)
    return shown(qtbot, window)


def typed_into(sheet: Sheet, field: QLineEdit | QPlainTextEdit) -> Callable[[], str]:
    sheet.body.addWidget(field)
    sheet.open()
    field.setFocus()
    return field.text if isinstance(field, QLineEdit) else field.toPlainText


@pytest.mark.parametrize("make", [QLineEdit, QPlainTextEdit])
def test_a_shortcut_of_the_window_types_nothing_into_a_sheet_above_it(
    plain: QMainWindow, make: Callable[[], QLineEdit | QPlainTextEdit]
) -> None:
    went: list[str] = []
    QShortcut(QKeySequence("Alt+4"), plain, lambda: went.append("letters"))
    sheet = Sheet(plain, "Erase somebody?")
    text = typed_into(sheet, make())
    press(plain, Qt.Key.Key_4)
    press(plain, Qt.Key.Key_A)
    assert (text(), went) == ("", [])
    press(plain, Qt.Key.Key_4, Qt.KeyboardModifier.NoModifier)
    press(plain, Qt.Key.Key_A, Qt.KeyboardModifier.ShiftModifier)
    assert text().casefold() == "4a"


def test_what_another_modifier_writes_is_typed(plain: QMainWindow) -> None:
    text = typed_into(Sheet(plain, "Name"), QLineEdit())
    press(plain, Qt.Key.Key_At, ALT | Qt.KeyboardModifier.ControlModifier)
    assert text() == "@"


def test_a_key_that_stands_on_a_button_of_the_sheet_presses_it(plain: QMainWindow) -> None:
    sheet = Sheet(plain, "Which one?")
    pressed: list[bool] = []
    sheet.add_button("The fourth", "Alt+4").clicked.connect(lambda: pressed.append(True))
    text = typed_into(sheet, QLineEdit())
    press(plain, Qt.Key.Key_4)
    assert (text(), pressed) == ("", [True])


def test_one_of_a_page_that_is_not_in_front_types_nothing_into_the_page_that_is(plain: QMainWindow) -> None:
    """As those of the screens are while the window is locked, and a PIN is typed."""
    pages, work, lock = QStackedWidget(), QWidget(), QLineEdit()
    pages.addWidget(work)
    pages.addWidget(lock)
    plain.setCentralWidget(pages)
    went: list[str] = []
    QShortcut(QKeySequence("Alt+4"), work, lambda: went.append("letters"))
    press(plain, Qt.Key.Key_4)
    pages.setCurrentWidget(lock)
    lock.setFocus()
    press(plain, Qt.Key.Key_4)
    assert (lock.text(), went) == ("", ["letters"])
