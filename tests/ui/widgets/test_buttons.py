"""Enter presses a button that has the keyboard, once; in a sheet, the mouse does not take Enter from the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QVBoxLayout, QWidget

from pos_app.ui.widgets.buttons import Button, SegmentedButtons, icon_button, text_button
from pos_app.ui.widgets.key_button import KeyButton
from pos_app.ui.widgets.sheets.base import Sheet

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

pytestmark = [pytest.mark.usefixtures("themed"), pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)]


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    QVBoxLayout(window)
    qtbot.addWidget(window)
    window.resize(900, 700)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def _add(window: QWidget, widget: QWidget) -> None:
    layout = window.layout()
    assert layout is not None
    layout.addWidget(widget)
    widget.show()


def _held(widget: QWidget) -> None:
    """Send what the keyboard sends while Enter is held down."""
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(
            widget, QKeyEvent(kind, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r", autorep=True)
        )


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
@pytest.mark.parametrize(
    "make",
    [
        lambda: text_button("Cancel"),
        lambda: icon_button("x", "Close"),
        lambda: KeyButton("Pay", "F10"),
        lambda: SegmentedButtons([("one", "One"), ("two", "Two")]).findChildren(Button)[1],
    ],
    ids=["text", "icon", "key", "segment"],
)
def test_enter_presses_as_the_space_bar_does(window: QWidget, make: Callable[[], Button], key: Qt.Key) -> None:
    button, clicks = make(), []
    _add(window, button)
    button.clicked.connect(lambda: clicks.append(1))
    button.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(button, key)
    assert len(clicks) == 1


def test_a_key_that_is_held_presses_once(window: QWidget) -> None:
    button, clicks = text_button("Sell"), []
    _add(window, button)
    button.clicked.connect(lambda: clicks.append(1))
    button.setFocus()
    QTest.keyPress(button, Qt.Key.Key_Return)
    for _ in range(5):
        _held(button)
    QTest.keyRelease(button, Qt.Key.Key_Return)
    assert len(clicks) == 1


def test_enter_is_no_shortcut_of_the_screen_while_a_button_has_the_keyboard(window: QWidget) -> None:
    button, done = text_button("Print"), []
    _add(window, button)
    button.clicked.connect(lambda: done.append("print"))
    QShortcut(QKeySequence(Qt.Key.Key_Return), window, lambda: done.append("next customer"))
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Return)
    assert done == ["print"]


@pytest.mark.qt_log_ignore("does not support", extend=True)
def test_a_button_with_a_menu_opens_it(qtbot: QtBot, window: QWidget) -> None:
    button, menu = text_button("Adult"), QMenu()
    qtbot.addWidget(menu)
    menu.addAction("Child")
    menu.aboutToShow.connect(lambda: menu.setProperty("opened", True))
    button.setMenu(menu)
    _add(window, button)
    button.setFocus()
    QTimer.singleShot(0, menu.close)
    QTest.keyClick(button, Qt.Key.Key_Return)
    assert menu.property("opened")


class TestSheets:
    @pytest.fixture
    def done(self) -> list[str]:
        return []

    @pytest.fixture
    def sheet(self, window: QWidget, done: list[str]) -> Sheet:
        sheet = Sheet(window, "Void the order?", reusable=True)
        self.choice = text_button("Wrong seats")
        self.choice.clicked.connect(lambda: done.append("choice"))
        sheet.body.addWidget(self.choice)
        self.yes, self.no = sheet.add_answers("Void it", lambda: done.append("yes"))
        sheet.cancelled.connect(lambda: done.append("no"))
        sheet.open()
        return sheet

    def test_enter_on_cancel_cancels(self, sheet: Sheet, done: list[str]) -> None:
        self.no.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClick(self.no, Qt.Key.Key_Return)
        assert done == ["no"]

    def test_enter_on_the_answer_answers_once(self, sheet: Sheet, done: list[str]) -> None:
        self.yes.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClick(self.yes, Qt.Key.Key_Return)
        assert done == ["yes"]

    def test_enter_on_a_choice_that_tab_reached_chooses_it(self, sheet: Sheet, done: list[str]) -> None:
        self.choice.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClick(self.choice, Qt.Key.Key_Return)
        assert done == ["choice"]

    def test_a_choice_that_was_clicked_leaves_enter_to_the_answer(self, sheet: Sheet, done: list[str]) -> None:
        QTest.mouseClick(self.choice, Qt.MouseButton.LeftButton)
        QTest.keyClick(QApplication.focusWidget() or sheet, Qt.Key.Key_Return)
        assert done == ["choice", "yes"]

    def test_a_key_that_opened_the_sheet_and_is_still_held_does_not_answer_it(
        self, sheet: Sheet, done: list[str]
    ) -> None:
        for widget in (sheet, self.yes, self.no):
            widget.setFocus()
            _held(widget)
        assert done == []
