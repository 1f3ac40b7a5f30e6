from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos_app.ui.widgets.buttons import text_button
from pos_app.ui.widgets.pin_entry import PinEntry

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

pytestmark = [pytest.mark.usefixtures("themed"), pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)]


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    QVBoxLayout(window)
    qtbot.addWidget(window)
    return window


@pytest.fixture
def entry(qtbot: QtBot, window: QWidget) -> PinEntry:
    entry = PinEntry("Sign in")
    layout = window.layout()
    assert layout is not None
    layout.addWidget(entry)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    entry.ask("Amina")
    return entry


@pytest.mark.parametrize("digits", [4, 5, 6, 8])
def test_a_pin_of_known_length_sends_itself_at_its_last_digit_and_not_before(
    qtbot: QtBot, entry: PinEntry, digits: int
) -> None:
    entry.expect(digits)
    with qtbot.assertNotEmitted(entry.given):
        QTest.keyClicks(entry, "1" * (digits - 1))
    with qtbot.waitSignal(entry.given) as given:
        QTest.keyClicks(entry, "1")
    assert given.args == ["1" * digits]


@pytest.mark.parametrize("digits", [0, 6])
def test_one_that_is_too_short_is_forgotten_at_enter_and_the_next_digit_begins_anew(
    qtbot: QtBot, entry: PinEntry, digits: int
) -> None:
    entry.expect(digits)
    with qtbot.assertNotEmitted(entry.given):
        QTest.keyClicks(entry, "123")
        QTest.keyClick(entry, Qt.Key.Key_Return)
    assert entry._dots.accessibleName() == "Digits typed: 0"
    with qtbot.waitSignal(entry.given) as given:
        QTest.keyClicks(entry, "654321")
        QTest.keyClick(entry, Qt.Key.Key_Return)
    assert given.args == ["654321"]


def test_the_touch_pad_sends_it_too(qtbot: QtBot, entry: PinEntry) -> None:
    entry.expect(4)
    with qtbot.waitSignal(entry.given) as given:
        for _ in range(4):
            entry._pad.typed.emit("7")
    assert given.args == ["7777"]


def test_one_of_unknown_length_waits_for_enter(qtbot: QtBot, entry: PinEntry) -> None:
    entry.expect(0)
    with qtbot.assertNotEmitted(entry.given):
        QTest.keyClicks(entry, "1234567")
    with qtbot.waitSignal(entry.given) as given:
        QTest.keyClick(entry, Qt.Key.Key_Return)
    assert given.args == ["1234567"]


def test_at_the_longest_that_there_is_it_needs_no_enter(qtbot: QtBot, entry: PinEntry) -> None:
    entry.expect(0)
    with qtbot.waitSignal(entry.given) as given:
        QTest.keyClicks(entry, "12345678")
    assert given.args == ["12345678"]


def test_the_enter_of_habit_behind_it_answers_nothing(qtbot: QtBot, window: QWidget, entry: PinEntry) -> None:
    answer, pressed = text_button("Done"), []
    layout = window.layout()
    assert layout is not None
    layout.addWidget(answer)
    answer.clicked.connect(lambda: pressed.append(1))
    entry.expect(4)
    QTest.keyClicks(entry, "1234")
    answer.setFocus()
    QTest.keyClick(answer, Qt.Key.Key_Return)
    assert pressed == []
    qtbot.waitUntil(lambda: not entry._late_enter._timer.isActive())
    QTest.keyClick(answer, Qt.Key.Key_Return)
    assert pressed == [1]
