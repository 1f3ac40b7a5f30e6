"""Every button of the real screens that the keyboard can reach does by Enter what it does by a click, and once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from pos_app.domain.roles import Role
from pos_app.ui.widgets.buttons import Button
from tests.evening import start_evening
from tests.kinds import SQLITE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.evening import Evening
    from tests.houses import OpenHouse

pytestmark = pytest.mark.usefixtures("themed")


@pytest.fixture
def evening(qtbot: QtBot, house: OpenHouse, tmp_path: Path) -> Iterator[Evening]:
    started = start_evening(qtbot, house, tmp_path)
    yield started
    started.foyer.shut_down()


@pytest.fixture
def pressed(monkeypatch: pytest.MonkeyPatch) -> list[Button]:
    """Note which buttons are pressed, and let nothing come of it."""
    pressed: list[Button] = []

    def note(button: Button) -> None:
        pressed.append(button)

    monkeypatch.setattr(Button, "click", note)
    monkeypatch.setattr(Button, "showMenu", note)
    return pressed


def _walk(page: QWidget, pressed: list[Button]) -> int:
    buttons = [
        one
        for one in page.findChildren(QPushButton)
        if one.isVisible() and one.isEnabled() and one.focusPolicy() is not Qt.FocusPolicy.NoFocus
    ]
    for button in buttons:
        pressed.clear()
        button.setFocus(Qt.FocusReason.TabFocusReason)
        assert button.hasFocus(), button.accessibleName()
        QTest.keyClick(button, Qt.Key.Key_Return)
        QApplication.sendEvent(
            button,
            QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r", autorep=True),
        )
        assert pressed == [button], button.accessibleName() or button.text()
    return len(buttons)


@SQLITE
def test_the_buttons_of_signing_in_and_of_the_lock(evening: Evening, pressed: list[Button]) -> None:
    assert _walk(evening.window.sign_in_screen, pressed) >= 3
    evening.sign_in(Role.CASHIER)
    evening.window.lock()
    assert _walk(evening.window.lock_screen, pressed) >= 2


@SQLITE
def test_the_buttons_of_all_screens_and_sections(evening: Evening, pressed: list[Button]) -> None:
    evening.sign_in(Role.MANAGER)
    window = evening.window
    for key in ("sell", "orders", "customers", "door"):
        window.show_screen(key)
        assert _walk(window, pressed) >= 3, key
    manage = evening.workplace.manage
    assert manage is not None
    window.show_screen("manage")
    for key in manage.keys:
        manage.open_section(key)
        evening.wait(lambda: not evening.foyer.background._replies)
        assert _walk(window, pressed) >= 5, key
