"""The verdict is read from a metre: it fills the middle, over the lists, and is as large as its words allow."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest

from pos_app.ui.screens.door.verdict_look import DoorState
from pos_app.ui.screens.door.verdict_panel import PanelWords
from pos_app.ui.widgets.sheets.keys import show_keys

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from pos_app.ui.screens.door.screen import DoorScreen
    from tests.hands import PatientHands
    from tests.ui.screens.door.conftest import FakeDoor

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)

FROM_A_METRE = 56
"""Pixels of the letters of the verdict, the seat, and of when and where: 15 mm on a screen of 96 dots an inch."""


def covers(screen: DoorScreen) -> bool:
    return screen.telling.middle.covers


def pixels(screen: DoorScreen, line: str) -> int:
    label = next(one for one in screen.panel._lines if one.text() == line)
    return label.font().pixelSize()


@pytest.mark.parametrize("size", [(1280, 664), (1366, 712)])
@pytest.mark.parametrize("dark", [False, True])
def test_a_verdict_fills_the_middle_and_is_read_from_a_metre(
    screen: DoorScreen,
    qtbot: QtBot,
    size: tuple[int, int],
    dark: bool,  # noqa: FBT001 - parametrized
) -> None:
    screen.resize(*size)
    screen.scan("7K4MXQ2R9T")
    qtbot.waitUntil(lambda: screen.panel.width() > size[0] - 40)
    assert not screen.side.isVisible() or screen.panel.geometry().width() > screen.telling.middle.width() - 4
    assert min(pixels(screen, "ADMITTED"), pixels(screen, "Row G · Seat 18")) >= FROM_A_METRE
    assert screen.panel._sign.pixmap().height() >= 160
    screen.scan("QQ2RSTUV8W")
    assert min(pixels(screen, "ALREADY USED"), pixels(screen, "2 minutes ago, at North stairs")) >= FROM_A_METRE


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_a_scan_folds_in_the_list_of_performances_that_lies_over_its_verdict(screen: DoorScreen, qtbot: QtBot) -> None:
    QTest.mouseClick(screen.bar.performances, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(screen.bar.performances.view().isVisible)
    screen.scan("7K4MXQ2R9T")
    qtbot.waitUntil(lambda: not screen.bar.performances.view().isVisible())
    assert screen.panel.state is DoorState.ADMITTED


@pytest.mark.parametrize("width", [908, 1256, 1800])
@pytest.mark.parametrize("state", list(DoorState))
def test_no_word_is_cut_however_much_there_is_to_say(
    screen: DoorScreen, qtbot: PatientHands, state: DoorState, width: int
) -> None:
    panel = screen.panel
    long = "Donaudampfschifffahrtsgesellschaft"
    words = PanelWords(
        "BEREITS VERWENDET", "vor 2 Stunden, am " + long, long, "Reihe G · Platz 118", *(f"{long} {long}",) * 4
    )
    panel.setParent(None)
    panel.resize(width, 440)
    panel.show()
    panel.show_state(state, words)

    qtbot.waitUntil(lambda: all(label.height() > 0 for label in panel._lines))
    qtbot.waitStill(lambda: [label.geometry() for label in panel._lines])
    for label in panel._lines:
        needed = QFontMetrics(label.font()).boundingRect(
            QRect(0, 0, label.width(), 10_000), Qt.TextFlag.TextWordWrap, label.text()
        )
        assert needed.height() <= label.height() + 1, label.text()
        assert needed.width() <= label.width() + 1, label.text()
        assert panel.rect().contains(label.geometry()), label.text()


def test_the_finder_comes_back_with_what_was_typed_when_it_is_used_again(
    screen: DoorScreen, door: FakeDoor, qtbot: QtBot
) -> None:
    QTest.keyClick(screen, Qt.Key.Key_F3)
    QTest.keyClicks(screen.side.finder.field, "ami")
    screen.scan("QQ2RSTUV8W")
    assert covers(screen)
    QTest.keyClicks(screen.side.finder.field, "na")
    assert not covers(screen)
    assert screen.panel.state is DoorState.ALREADY_USED
    assert screen.side.finder.field.text() == "amina"


def test_enter_admits_nobody_who_is_not_seen(screen: DoorScreen, door: FakeDoor, qtbot: QtBot) -> None:
    QTest.keyClick(screen, Qt.Key.Key_F3)
    screen.side.finder.query_changed.emit("7K4MXQ2R")
    finder = screen.side.finder
    qtbot.waitUntil(lambda: finder.results.count() == 2)
    finder.results.setCurrentRow(0)
    finder.admit_button.setFocus()
    screen.scan("QQ2RSTUV8W")
    QTest.keyClick(finder.admit_button, Qt.Key.Key_Return)
    assert [scan.text for scan in door.scans] == ["QQ2RSTUV8W"]
    QTest.keyClick(finder.admit_button, Qt.Key.Key_Return)
    assert [scan.text for scan in door.scans] == ["QQ2RSTUV8W", "7K4MXQ2R9T"]


def test_escape_shows_the_lists_beside_the_verdict(screen: DoorScreen) -> None:
    screen.scan("QQ2RSTUV8W")
    QTest.keyClick(screen.scan_field, Qt.Key.Key_Escape)
    assert not covers(screen)
    assert screen.panel.state is DoorState.ALREADY_USED


def test_between_two_guests_the_lists_are_seen(screen: DoorScreen) -> None:
    screen.scan("7K4MXQ2R9T")
    screen.telling._fade.timeout.emit()
    assert screen.panel.state is DoorState.READY
    assert not covers(screen)


def test_a_scan_closes_whatever_lies_over_the_verdict(screen: DoorScreen, door: FakeDoor) -> None:
    sheet = show_keys(screen)
    assert sheet.isVisible()
    screen.scan("7K4MXQ2R9T")
    assert not sheet.is_open
    assert screen.panel.state is DoorState.ADMITTED
