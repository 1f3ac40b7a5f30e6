"""A process with a manager's window in which all was visited: what it takes to go from light to dark."""

from __future__ import annotations

from functools import partial
from statistics import median
from typing import Any, Final

from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget

from pos_app.app import make_application
from pos_app.devices.sound import SoundPlayer
from pos_app.domain.roles import Actor, Role
from pos_app.ui.background import Background
from pos_app.ui.look.dressing import _Worn, are_all_dressed
from pos_app.ui.look.theme import DARK, LIGHT, style_sheet_of
from pos_app.ui.look.theme_choice import toggle_theme
from pos_app.ui.office import Office
from pos_app.ui.screens.admin.screen import AdminScreen
from pos_app.ui.screens.door.operations import DoorOperations
from pos_app.ui.screens.door.screen import DoorScreen
from pos_app.ui.window.main_window import MainWindow
from pos_app.ui.window.manager_sections import sections_for
from tests.benchmarks.figures import milliseconds
from tests.benchmarks.waiting import rest, wait_for
from tests.benchmarks.windows import heard, tell

CHANGES: Final = 10
_NEED_A_TILL: Final = {"tills", "settings"}


def main() -> None:
    facts = heard()
    app = make_application()
    actor = Actor(**{**facts["actor"], "role": Role.MANAGER})
    # Nobody answers: what the pages are made of is there all the same.
    background = Background()
    window = MainWindow(idle_seconds=0)
    sections = sections_for(background, actor, _no_equipment, lambda _enrolled: None)
    desk = AdminScreen(tuple(one for one in sections if one.key not in _NEED_A_TILL))
    door = DoorScreen(DoorOperations(Office(background, actor)), SoundPlayer(muted=True))
    for key, screen in (("door", door), ("manage", desk)):
        window.add_screen(key, key, "house", screen, None)
    window.resize(1280, 800)
    window.show()
    QTest.qWaitForWindowExposed(window)
    window.enter(actor)
    window.show_screen("manage")
    for key in (*desk.keys, "events"):
        desk.open_section(key)
        rest(100)
    visible = sum(one.isVisible() for one in window.findChildren(QWidget))
    bare = _bare(visible)
    changes, yardstick = [], []
    for turn in range(CHANGES):
        wait_for(are_all_dressed, "the hidden pages followed")
        changes.append(milliseconds(lambda: _change(app, window)))
        sheet = style_sheet_of(LIGHT if turn % 2 else DARK)
        yardstick.append(milliseconds(partial(_dress_bare, bare, sheet)))
    told: dict[str, Any] = {
        "platform": QGuiApplication.platformName(),
        "changes": changes,
        "yardstick": median(yardstick),
        "widgets": len(window.findChildren(QWidget)),
        "visible": visible,
        "parts": len(window.findChildren(_Worn)),
    }
    background.shut_down()
    tell(told)


def _change(app: QApplication, window: QWidget) -> None:
    """Change the look until the picture is there."""
    toggle_theme(app)
    window.repaint()


def _dress_bare(bare: QWidget, sheet: str) -> None:
    bare.setStyleSheet(sheet)
    bare.repaint()


def _bare(widgets: int) -> QWidget:
    """Return a window with so many buttons, and nothing else."""
    bare = QWidget()
    column = QVBoxLayout(bare)
    for number in range(widgets):
        column.addWidget(QPushButton(str(number)))
    bare.resize(1280, 800)
    bare.show()
    QTest.qWaitForWindowExposed(bare)
    return bare


def _no_equipment() -> Any:
    raise LookupError("no section that was made here needs a till")


if __name__ == "__main__":
    main()
