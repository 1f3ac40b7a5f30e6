from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pos_app.ui.screens.door.gates import GateSheet
from pos_app.ui.screens.door.screen import DoorScreen
from pos_app.ui.screens.door.verdict_look import DoorState

if TYPE_CHECKING:
    from PySide6.QtCore import QSettings
    from PySide6.QtGui import QAction
    from pytestqt.qtbot import QtBot

    from tests.ui.screens.door.conftest import FakeDoor, FakeSounds

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)


def rows(screen: DoorScreen) -> list[str]:
    return [action.text() for action in screen.bar.gates.menu().actions()]


def row(screen: DoorScreen, words: str) -> QAction:
    return next(action for action in screen.bar.gates.menu().actions() if action.text() == words)


def name_sheet(screen: DoorScreen) -> GateSheet:
    row(screen, "Another name…").trigger()
    return next(one for one in screen.window().findChildren(GateSheet) if one.isVisible())


def test_a_gate_is_called_like_its_till_until_another_one_is_chosen(screen: DoorScreen, door: FakeDoor) -> None:
    screen.scan("7K4MXQ2R9T")
    row(screen, "Balcony").trigger()
    screen.scan("AB3DEFGH7J")
    assert [scan.gate for scan in door.scans] == ["Gate 1", "Balcony"]
    assert "Balcony" in screen.bar.gates.accessibleName()


def test_the_gates_of_the_house_are_offered_and_a_name_of_ones_own(screen: DoorScreen) -> None:
    assert rows(screen) == ["Gate 1", "Balcony", "North stairs", "Another name…"]


def test_a_name_of_ones_own_is_used_and_remembered_on_this_computer(
    screen: DoorScreen, door: FakeDoor, sounds: FakeSounds, settings: QSettings, qtbot: QtBot
) -> None:
    sheet = name_sheet(screen)
    assert sheet.field.hasFocus()
    QTest.keyClicks(sheet.field, "  Box  office side ")
    QTest.keyClick(sheet.field, Qt.Key.Key_Return)
    assert screen.bar.gate == "Box office side"
    assert screen.scan_field.hasFocus()
    assert "Box office side" in screen.panel.words.detail
    again = DoorScreen(door, sounds, settings=settings)
    qtbot.addWidget(again)
    assert again.bar.gate == "Box office side"
    assert again.bar.gates.offered[:2] == ("Gate 1", "Box office side")


def test_a_name_that_is_known_in_another_spelling_is_that_gate(screen: DoorScreen) -> None:
    sheet = name_sheet(screen)
    QTest.keyClicks(sheet.field, "BALCONY")
    QTest.keyClick(sheet.field, Qt.Key.Key_Return)
    assert screen.bar.gate == "Balcony"


def test_without_a_name_nothing_is_chosen(screen: DoorScreen) -> None:
    sheet = name_sheet(screen)
    QTest.keyClicks(sheet.field, "   ")
    QTest.keyClick(sheet.field, Qt.Key.Key_Return)
    assert sheet.is_open
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert screen.bar.gate == "Gate 1"


def test_back_at_the_tills_own_name_it_follows_when_the_till_is_called_otherwise(
    screen: DoorScreen,
    door: FakeDoor,
    sounds: FakeSounds,
    settings: QSettings,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    row(screen, "Balcony").trigger()
    row(screen, "Gate 1").trigger()
    monkeypatch.setattr(type(door), "till_name", "West door")
    again = DoorScreen(door, sounds, settings=settings)
    qtbot.addWidget(again)
    assert again.bar.gate == "West door"


@pytest.mark.parametrize("keys", ["balcony", "M", "7K4MXQ2R9T"])
def test_typing_where_the_gate_or_the_performance_has_the_keyboard_changes_neither_and_is_a_code(
    screen: DoorScreen, keys: str
) -> None:
    for widget in (screen.bar.gates, screen.bar.performances):
        before = screen.bar.performance, screen.bar.gate
        screen.scan_field.clear()
        widget.setFocus()
        for letter in keys:
            QTest.keyClicks(QApplication.focusWidget() or screen, letter)
        assert (screen.bar.performance, screen.bar.gate) == before
        assert screen.scan_field.text() == keys


@pytest.mark.parametrize("key", [Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_End])
def test_no_arrow_sets_the_gate_to_another_evening(screen: DoorScreen, key: Qt.Key) -> None:
    before = screen.bar.performance
    screen.bar.performances.setFocus()
    QTest.keyClick(screen.bar.performances, key)
    assert screen.bar.performance == before


def test_a_scan_while_the_name_is_asked_for_is_judged_and_seen(screen: DoorScreen, door: FakeDoor) -> None:
    sheet = name_sheet(screen)
    screen.scan("7K4MXQ2R9T")
    assert len(door.scans) == 1
    assert not sheet.is_open, "the verdict would stand below it"


def test_the_last_scans_are_those_of_this_gate_or_of_all(screen: DoorScreen, qtbot: QtBot) -> None:
    screen.scan("7K4MXQ2R9T")
    row(screen, "Balcony").trigger()
    assert screen.side.last_scans.count() == 0
    screen.scan("AB3DEFGH7J")
    here = screen.side.last_scans
    assert [here.item(at).toolTip().splitlines()[0] for at in range(here.count())] == [
        "Stalls centre · Row G · Seat 19"
    ]
    assert "Balcony" not in here.item(0).toolTip()
    screen.side.all_gates_button.click()
    assert here.count() == 2
    assert "Balcony" in here.item(0).toolTip()
    assert "Gate 1" in here.item(1).toolTip()


def test_the_list_stands_as_it_was_scrolled_while_a_verdict_is_shown(screen: DoorScreen, door: FakeDoor) -> None:
    for _ in range(20):
        screen.scan("nonsense")
    screen.telling.middle.step_aside()
    bar = screen.side.last_scans.verticalScrollBar()
    bar.setValue(120)
    screen.scan("7K4MXQ2R9T")
    assert screen.panel.state is DoorState.ADMITTED
    assert bar.value() == 120
    assert screen.side.last_scans.count() == 20
