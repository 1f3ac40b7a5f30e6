"""F1 on every screen: the keys that it tells are the keys that there are."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from pos_app.domain.roles import Role
from pos_app.ui.widgets.labels import Chip
from pos_app.ui.widgets.sheets.base import Sheet
from pos_app.ui.widgets.sheets.keys import KeysSheet
from pos_app.ui.widgets.told_keys import keys_in, printed
from pos_app.ui.words.language import speak
from tests.evening import start_evening
from tests.everywhere import open_screen, walk_everywhere
from tests.kinds import SQLITE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.evening import Evening
    from tests.houses import OpenHouse

pytestmark = [
    SQLITE,
    pytest.mark.usefixtures("themed"),
    pytest.mark.qt_log_ignore("propagateSizeHints", extend=True),
]

_RANGES: Final = {"1 … 9": [str(digit) for digit in range(1, 10)]}
_ANY_LIST: Final = {"Down"}
"""Keys with a meaning for one field only, which needs no telling."""
_SIZES: Final = ((1280, 720), (1024, 600), (1440, 900))


@pytest.fixture
def evening(qtbot: QtBot, house: OpenHouse, tmp_path: Path) -> Iterator[Evening]:
    started = start_evening(qtbot, house, tmp_path)
    yield started
    started.foyer.shut_down()


def _shortcuts(window: QWidget) -> dict[str, int]:
    """Return the shortcuts that answer now, and how many answer to each."""
    found: dict[str, int] = {}
    for shortcut in window.findChildren(QShortcut):
        owner = shortcut.parent()
        if isinstance(owner, QWidget) and owner.isVisible() and shortcut.isEnabled():
            key = printed(shortcut.key())
            found[key] = found.get(key, 0) + 1
    for button in window.findChildren(QAbstractButton):
        if button.isVisible() and not button.shortcut().isEmpty():
            key = printed(button.shortcut())
            found[key] = found.get(key, 0) + 1
    return found


def _told(window: QWidget) -> set[str]:
    return {one for key, _words in keys_in(window) for one in _RANGES.get(key, [key])}


def test_every_screen_tells_all_its_keys_and_none_has_two_meanings(evening: Evening) -> None:
    window = evening.window
    for name, page in walk_everywhere(evening):
        shortcuts = _shortcuts(window)
        untold = set(shortcuts) - _told(window) - _ANY_LIST
        assert not untold, f"{name}: {untold}"
        assert len(_told(window)) > len(_told(window.top_bar)) + 3, name
        # Esc leads back from page to page: the innermost that is under the keyboard takes it.
        twice = {key for key, answers in shortcuts.items() if answers > 1} - {"Esc", "F5"}
        assert not twice, f"{name}: {twice}"
        assert page.isVisible()


def test_keys_that_are_no_shortcuts_are_taken_by_what_tells_them(evening: Evening) -> None:
    tried: set[str] = set()
    for name, page in walk_everywhere(evening):
        if not name.startswith("panel"):
            continue
        page.setFocus()
        for key in sorted(_told(evening.window) - set(_shortcuts(evening.window)) - {"Enter"}):
            if " " in key:
                continue
            sequence: Any = QKeySequence(key)
            combination = sequence[0]
            pressed = QKeyEvent(QEvent.Type.KeyPress, combination.key(), combination.keyboardModifiers())
            QApplication.sendEvent(QApplication.focusWidget() or page, pressed)
            assert pressed.isAccepted(), f"{name}: {key}"
            tried.add(key)
    assert {"K", "B", "R", "Z", "Ctrl+S", "Ctrl+C", "Ctrl+V", "Ctrl+Z", "Ctrl+D", "Del"} <= tried


def test_f1_shows_the_keys_of_each_screen_and_esc_goes_back_to_work(evening: Evening) -> None:
    for name, _page in walk_everywhere(evening):
        told = keys_in(evening.window)
        QTest.keyClick(evening.window, Qt.Key.Key_F1)
        sheet = _sheet(evening)
        assert isinstance(sheet, KeysSheet), name
        assert sheet.rows == told
        assert ("F1", "These keys") in sheet.rows
        evening.press(Qt.Key.Key_Escape)
        assert _sheet(evening) is None


def test_f1_works_while_nobody_is_signed_in_and_at_the_lock(evening: Evening) -> None:
    QTest.keyClick(evening.window, Qt.Key.Key_F1)
    sheet = _sheet(evening)
    assert isinstance(sheet, KeysSheet)
    assert "Ctrl+L" not in dict(sheet.rows)
    evening.press(Qt.Key.Key_Escape)
    evening.sign_in(Role.CASHIER)
    evening.window.lock()
    QTest.keyClick(evening.window, Qt.Key.Key_F1)
    sheet = _sheet(evening)
    assert isinstance(sheet, KeysSheet)
    assert "Ctrl+L" not in dict(sheet.rows)
    assert "Enter" in dict(sheet.rows)


@pytest.mark.parametrize("language", ["", "xx"])
def test_the_sheet_is_whole_at_every_size(evening: Evening, language: str) -> None:
    speak(language)
    evening.sign_in(Role.MANAGER)
    open_screen(evening, "sell")
    window = evening.window
    window.setMinimumSize(1, 1)
    for size in _SIZES:
        window.resize(*size)
        QTest.keyClick(window, Qt.Key.Key_F1)
        sheet = _sheet(evening)
        assert isinstance(sheet, KeysSheet)
        evening.wait(partial(_is_inside, sheet))
        assert sheet.rect().contains(sheet.panel.geometry()), size
        _look_at_all(sheet)
        evening.press(Qt.Key.Key_Escape)


def _is_inside(sheet: KeysSheet) -> bool:
    return sheet.rect().contains(sheet.panel.geometry())


def _look_at_all(sheet: KeysSheet) -> None:
    """Scroll to each key, and see it and its words whole."""
    inside = sheet.area.widget()
    assert inside is not None
    assert sheet.area.height() > 100
    assert sheet.area.horizontalScrollBar().maximum() == 0
    for label in inside.findChildren(QLabel):
        sheet.area.ensureWidgetVisible(label, 0, 0)
        seen = label.geometry().translated(inside.pos())
        assert sheet.area.viewport().rect().contains(seen), label.text()
        if isinstance(label, Chip):
            assert label.width() >= label.sizeHint().width(), label.text()
        else:
            assert label.height() >= label.heightForWidth(label.width()), label.text()
    buttons = sheet.close_button
    assert sheet.rect().contains(buttons.mapTo(sheet, QPoint(0, 0)))
    assert sheet.rect().contains(buttons.mapTo(sheet, buttons.rect().bottomRight()))


def _sheet(evening: Evening) -> Sheet | None:
    found = [one for one in evening.window.findChildren(Sheet) if one.is_open]
    return found[-1] if found else None
