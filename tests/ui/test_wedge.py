from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget

from pos_app.domain.door.check_in import LONGEST_SCAN
from pos_app.ui.wedge import LONG_PAUSE, WedgeFilter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)

CODE = "1024060018300521999977" * 9


@dataclass
class Gate:
    """A window with a field and a button, a scanner and a person whose speed the test decides."""

    window: QWidget
    field: QLineEdit
    button: QPushButton
    wedge: WedgeFilter
    scans: list[str] = dataclasses.field(default_factory=list)
    clicks: list[bool] = dataclasses.field(default_factory=list)
    now: float = 100.0
    wall: float = 0.0

    @property
    def handle(self) -> QWindow:
        handle = self.window.windowHandle()
        assert handle is not None
        return handle

    def scan(self, text: str, *, gap: float = 0.004, end: Qt.Key | None = Qt.Key.Key_Return) -> None:
        self.type(text, gap=gap)
        if end is not None:
            self.press(end, gap=gap)

    def type(self, text: str, *, gap: float = 0.150) -> None:
        for letter in text:
            self.now += gap
            QTest.keyClick(self.handle, letter)  # type: ignore[call-overload]  # the stubs know no letters

    def press(self, key: Qt.Key, *, gap: float = 0.150) -> None:
        self.now += gap
        QTest.keyClick(self.handle, key)


@pytest.fixture
def gate(qtbot: QtBot) -> Iterator[Gate]:
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    line, button = QLineEdit(), QPushButton("Admit")
    layout.addWidget(line)
    layout.addWidget(button)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    line.setFocus()
    made = Gate(window, line, button, WedgeFilter())
    made.wedge = WedgeFilter(pressed_at=lambda event: made.now, clock=lambda: made.wall)
    made.wedge.scanned.connect(made.scans.append)
    button.clicked.connect(lambda: made.clicks.append(True))
    made.wedge.set_enabled(True)
    yield made
    made.wedge.set_enabled(False)


def test_a_scan_is_told_and_reaches_no_field(gate: Gate) -> None:
    gate.scan(CODE)
    assert gate.scans == [CODE]
    assert not gate.field.text()


def test_a_scan_presses_no_button_that_has_the_focus(gate: Gate) -> None:
    gate.button.setFocus()
    gate.scan("WIFI:S:a b c d;P: x;;")
    assert gate.scans == ["WIFI:S:a b c d;P: x;;"]
    assert gate.clicks == []


def test_a_scan_without_enter_ends_on_a_pause(gate: Gate, qtbot: QtBot) -> None:
    gate.scan(CODE, end=None)
    assert gate.scans == []
    qtbot.waitUntil(lambda: gate.scans == [CODE])
    assert not gate.field.text()


def test_two_scans_without_enter_are_kept_apart(gate: Gate, qtbot: QtBot) -> None:
    gate.scan("7K4MXQ2R9T", end=None)
    gate.now += 0.5
    gate.scan("AB3DEFGH7J", end=None)
    qtbot.waitUntil(lambda: gate.scans == ["7K4MXQ2R9T", "AB3DEFGH7J"])


def test_what_a_person_types_arrives_in_order_and_complete(gate: Gate, qtbot: QtBot) -> None:
    gate.type("7k4m-xq2r-9t")
    gate.press(Qt.Key.Key_Return)
    assert gate.field.text() == "7k4m-xq2r-9t"
    assert gate.scans == []


def test_the_last_key_that_a_person_types_comes_without_another_key(gate: Gate, qtbot: QtBot) -> None:
    gate.type("a")
    assert not gate.field.text()
    qtbot.waitUntil(lambda: gate.field.text() == "a")


def test_fast_rolls_of_a_few_keys_are_typing(gate: Gate) -> None:
    gate.type("the", gap=0.030)
    gate.type(" ", gap=0.1)
    gate.type("end", gap=0.030)
    gate.press(Qt.Key.Key_Backspace)
    assert gate.field.text() == "the en"


def test_a_short_burst_with_enter_is_typing_and_keeps_its_order(gate: Gate) -> None:
    entered: list[str] = []
    gate.field.returnPressed.connect(lambda: entered.append(gate.field.text()))
    gate.scan("12345")
    assert entered == ["12345"]


def test_space_presses_a_focused_button_once(gate: Gate, qtbot: QtBot) -> None:
    gate.button.setFocus()
    gate.type(" ")
    qtbot.waitUntil(lambda: len(gate.clicks) == 1)
    assert not gate.button.isDown()


def test_a_key_held_down_repeats_and_is_no_scan(gate: Gate, qtbot: QtBot) -> None:
    gate.now += 1
    QTest.keyPress(gate.handle, Qt.Key.Key_A)
    qtbot.waitUntil(lambda: len(gate.field.text()) == 1)
    gate.now += 0.3
    for _ in range(30):
        gate.now += 0.030
        repeat = QKeyEvent(
            QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a", autorep=True, count=1
        )
        QApplication.sendEvent(gate.handle, repeat)
    QTest.keyRelease(gate.handle, Qt.Key.Key_A)
    assert len(gate.field.text()) == 31
    assert gate.scans == []


def test_letters_with_shift_belong_to_the_scan(gate: Gate) -> None:
    for letter in "HTTPS://X.AZ":
        gate.now += 0.004
        QTest.keyPress(gate.handle, Qt.Key.Key_Shift)
        QTest.keyClick(gate.handle, Qt.Key(ord(letter)), Qt.KeyboardModifier.ShiftModifier)
        QTest.keyRelease(gate.handle, Qt.Key.Key_Shift)
    gate.press(Qt.Key.Key_Return, gap=0.004)
    assert [scan.upper() for scan in gate.scans] == ["HTTPS://X.AZ"]
    assert not gate.field.text()


def test_a_scanner_that_stutters_is_still_one_scan(gate: Gate) -> None:
    gate.type(CODE[:20], gap=0.010)
    gate.scan(CODE[20:], gap=0.070)
    assert gate.scans == [CODE]


def test_a_long_scan_that_stutters_is_waited_for_until_it_is_as_long_as_a_ticket(gate: Gate) -> None:
    gate.scan(CODE[:60], end=None)
    gate.now += 0.2
    gate.scan(CODE[60:], end=None)
    gate.now += 0.2
    gate.scan(CODE[::-1])
    assert gate.scans == [CODE, CODE[::-1]]


def test_a_scan_sent_twice_is_told_once(gate: Gate) -> None:
    gate.scan(CODE)
    gate.now += 0.05
    gate.scan(CODE)
    assert gate.scans == [CODE]


def test_the_same_ticket_scanned_again_by_hand_is_told_again(gate: Gate) -> None:
    gate.scan(CODE)
    gate.now += 1.0
    gate.scan(CODE)
    assert gate.scans == [CODE, CODE]


def test_the_same_ticket_scanned_after_a_key_of_a_person_is_told_again_at_once(gate: Gate) -> None:
    gate.scan(CODE)
    gate.press(Qt.Key.Key_F7, gap=0.1)
    gate.now += 0.1
    gate.scan(CODE)
    assert gate.scans == [CODE, CODE]


def test_a_second_enter_of_the_scanner_reaches_nobody_but_that_of_a_person_does(gate: Gate) -> None:
    entered: list[bool] = []
    gate.field.returnPressed.connect(lambda: entered.append(True))
    gate.scan(CODE)
    gate.press(Qt.Key.Key_Enter, gap=0.050)
    assert entered == []
    gate.press(Qt.Key.Key_Return, gap=1.0)
    assert entered == [True]


def test_a_huge_scan_is_cut(gate: Gate) -> None:
    gate.scan("9" * 3000, gap=0.001)
    assert gate.scans == ["9" * (LONGEST_SCAN + 1)]
    assert not gate.field.text()


def test_control_characters_inside_a_scan_do_not_break_it(gate: Gate) -> None:
    gate.type("]Q1", gap=0.004)
    gate.now += 0.004
    QTest.keyClick(gate.handle, Qt.Key.Key_BracketRight, Qt.KeyboardModifier.ControlModifier)
    gate.scan("7K4MXQ2R9T")
    assert len(gate.scans) == 1
    assert gate.scans[0].startswith("]Q1")
    assert gate.scans[0].endswith("7K4MXQ2R9T")


def test_a_busy_window_does_not_cut_a_scan_in_two(gate: Gate, qtbot: QtBot) -> None:
    gate.type(CODE[:30], gap=0.004)
    gate.wall += LONG_PAUSE + 0.1  # The window is busy; the rest of the keys waits in the queue behind the timer.
    gate.wedge._on_pause()
    assert gate.scans == []
    gate.scan(CODE[30:])
    assert gate.scans == [CODE]


def test_switched_off_every_key_passes(gate: Gate) -> None:
    gate.wedge.set_enabled(False)
    gate.scan("1234567890", end=None)
    assert gate.field.text() == "1234567890"
    assert gate.scans == []


def test_switching_off_loses_no_typed_key(gate: Gate) -> None:
    gate.type("ab", gap=0.02)
    gate.wedge.set_enabled(False)
    assert gate.field.text() == "ab"
