"""Picking one of many options."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow

from pos_app.ui.records.fields.choice_fields import Option
from pos_app.ui.records.fields.option_sheets import ChoosingSheet, PickSheet

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

OPTIONS = (
    Option(1, "Hamlet", "1 May"),
    Option(2, "Hamlet", "2 May"),
    Option(3, "L\u2019Élixir d\u2019amour", "Großer Saal"),
)


@pytest.fixture
def window(qtbot: QtBot, themed: object) -> QMainWindow:
    made = QMainWindow()
    qtbot.addWidget(made)
    made.resize(1000, 700)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


@pytest.fixture
def sheet(window: QMainWindow) -> PickSheet:
    made = PickSheet(window, "Copy the prices of", OPTIONS, yes="Copy", nothing="")
    made.open()
    return made


@pytest.fixture
def picked(sheet: PickSheet) -> list[object]:
    keys: list[object] = []
    sheet.picked.connect(keys.append)
    return keys


def _press(key: Qt.Key) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key)


@pytest.mark.parametrize("words", ["", "hamlet", "may"])
def test_enter_picks_none_of_several_that_fit_and_says_so(sheet: PickSheet, picked: list[object], words: str) -> None:
    QTest.keyClicks(sheet.search, words)
    _press(Qt.Key.Key_Return)
    assert (picked, sheet.is_open) == ([], True)
    assert "arrow keys" in sheet.hint.text()
    _press(Qt.Key.Key_Tab)
    assert sheet.list.hasFocus()
    _press(Qt.Key.Key_Return)
    assert (picked, sheet.is_open) == ([], True), "to come to the list is not to choose from it"
    _press(Qt.Key.Key_Down)
    _press(Qt.Key.Key_Down)
    _press(Qt.Key.Key_Return)
    assert picked == [2]


@pytest.mark.parametrize("words", ["hamlet 2", "elixir damour", "L'ÉLIXIR", "grosser"])
def test_enter_picks_the_only_one_that_fits(sheet: PickSheet, picked: list[object], words: str) -> None:
    QTest.keyClicks(sheet.search, words)
    _press(Qt.Key.Key_Return)
    assert picked == [2 if "hamlet" in words else 3]


def test_the_arrows_choose_from_the_search_and_other_words_choose_anew(
    sheet: PickSheet, picked: list[object], qtbot: QtBot
) -> None:
    _press(Qt.Key.Key_Down)
    QTest.keyClicks(sheet.search, "ham")
    _press(Qt.Key.Key_Return)
    assert picked == []
    _press(Qt.Key.Key_Down)
    _press(Qt.Key.Key_Return)
    assert picked == [1]


def test_nothing_fits_is_said(sheet: PickSheet, picked: list[object], qtbot: QtBot) -> None:
    QTest.keyClicks(sheet.search, "macbeth")
    qtbot.waitUntil(lambda: "macbeth" in sheet.hint.text())
    assert sheet.hint.isVisible()
    _press(Qt.Key.Key_Return)
    assert (picked, sheet.is_open) == ([], True)
    sheet.search.clear()
    qtbot.waitUntil(sheet.hint.isHidden)


@pytest.mark.parametrize("tabs", range(4))
@pytest.mark.parametrize("kind", ["pick", "tick"])
def test_esc_closes_from_anywhere_whatever_is_typed(window: QMainWindow, kind: str, tabs: int) -> None:
    if kind == "pick":
        sheet: PickSheet | ChoosingSheet = PickSheet(window, "Copy", OPTIONS, yes="Copy", nothing="")
    else:
        sheet = ChoosingSheet(window, "Shows", "All shows", OPTIONS, ())
    sheet.open()
    QTest.keyClicks(sheet.search, "ham")
    for _ in range(tabs):
        _press(Qt.Key.Key_Tab)
    _press(Qt.Key.Key_Escape)
    assert not sheet.is_open


@pytest.fixture
def given(window: QMainWindow) -> tuple[ChoosingSheet, list[object]]:
    made = ChoosingSheet(window, "Only for these events", "All events", OPTIONS, ())
    made.open()
    keys: list[object] = []
    made.given.connect(keys.append)
    return made, keys


def test_enter_ticks_the_only_one_that_fits_and_takes_it_the_next_time(
    given: tuple[ChoosingSheet, list[object]],
) -> None:
    sheet, answers = given
    for words in ("elixir", "elixir"):
        QTest.keyClicks(sheet.search, words)
        _press(Qt.Key.Key_Return)
        assert (sheet.is_open, answers, sheet.search.text()) == (True, [], "")
        assert sheet.ticked == {3}
    _press(Qt.Key.Key_Return)
    assert answers == [frozenset({3})]
    assert not sheet.is_open


@pytest.mark.parametrize(
    ("words", "said"), [("hamlet", "2 fit: choose one with the arrow keys."), ("macbeth", "Nothing fits “macbeth”.")]
)
def test_enter_behind_words_that_mean_no_single_one_takes_nothing_and_says_so(
    given: tuple[ChoosingSheet, list[object]], words: str, said: str
) -> None:
    sheet, answers = given
    QTest.keyClicks(sheet.search, words)
    _press(Qt.Key.Key_Return)
    assert (sheet.is_open, answers, sheet.ticked) == (True, [], frozenset())
    assert sheet.hint.text() == said
    assert sheet.hint.isVisible()
