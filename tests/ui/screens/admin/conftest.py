"""A manager's section in a window of the program, over a small house, and another manager who goes straight to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pos_app.domain.errors import ServerUnreachable
from pos_app.domain.roles import Permission
from pos_app.domain.sentences import say
from pos_app.ui import office as ui_office
from pos_app.ui.background import Background
from pos_app.ui.records.fields.text_fields import TextField
from pos_app.ui.screens.admin.screen import AdminScreen, Section
from pos_app.ui.widgets.sheets.base import Sheet
from pos_app.ui.window.main_window import MainWindow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from pos_app.ui.records.page import RecordPage
    from tests.houses import OpenHouse


class Line:
    """The way to the server. cut: nobody answers a change; blind: nobody answers a question."""

    place: Path | None = None

    def __init__(self, house: OpenHouse) -> None:
        self._house = house
        self.cut = False
        self.blind = False

    @property
    def at_rest(self) -> Line:
        return self

    def transact(self, service: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        if self.cut:
            raise ServerUnreachable(say("The server cannot be reached."), advice=say("Try again in a moment."))
        return self._house.database.transact(service, *args, **kwargs)

    def read(self, service: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        if self.blind:
            raise ServerUnreachable(say("The server cannot be reached."), advice=say("Try again in a moment."))
        return self._house.database.read(service, *args, **kwargs)


@dataclass
class Office:
    """The manager's desk on screen."""

    qtbot: QtBot
    house: OpenHouse
    line: Line
    background: Background
    window: MainWindow
    desk: AdminScreen

    def open(self, key: str) -> Any:
        """Open a section, and wait until it has read what it shows."""
        self.desk.open_section(key)
        self.settle()
        return self.desk.section(key)

    def wait(self, condition: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(condition()))

    def settle(self) -> None:
        """Wait until every answer is here."""
        self.wait(lambda: not self.background._replies)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifier)

    def fill(self, page: RecordPage, **values: str) -> None:
        """Type into fields of one line, by their names."""
        for name, words in values.items():
            editor = page.form.editor(name)
            assert isinstance(editor, TextField)
            editor.line.setFocus()
            editor.line.selectAll()
            QTest.keyClicks(editor.line, words) if words else QTest.keyClick(editor.line, Qt.Key.Key_Delete)

    def choose(self, page: RecordPage, **values: object) -> None:
        """Set fields that are not typed into."""
        for name, value in values.items():
            page.form.editor(name).show_value(value)
            page.form.editor(name).edited.emit()

    def save(self, page: RecordPage) -> None:
        assert page.editor.save_button.isEnabled()
        QTest.keyClick(self.window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
        self.settle()

    def sheet(self) -> Any:
        """Return the sheet that waits for an answer, or None."""
        found = [sheet for sheet in self.window.findChildren(Sheet) if sheet.is_open]
        return found[-1] if found else None


@pytest.fixture
def make_office(
    qtbot: QtBot, themed: QApplication, house: OpenHouse
) -> Iterator[Callable[[Callable[[Background], tuple[Section, ...]]], Office]]:
    """Return a function that opens a window with the sections it is given."""
    made: list[Office] = []

    def make(sections: Callable[[Background], tuple[Section, ...]], elsewhere: QWidget | None = None) -> Office:
        line = Line(house)
        background = Background(line)
        window = MainWindow()
        desk = AdminScreen(sections(background))
        if elsewhere is not None:
            window.add_screen("sell", "Sell", "ticket", elsewhere, None)
        window.add_screen("manage", "Manage", "sliders-horizontal", desk, Permission.MANAGE)
        window.resize(1280, 800)
        with qtbot.waitExposed(window):
            window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        window.enter(house.small.manager)
        window.show_screen("manage")
        made.append(Office(qtbot, house, line, background, window, desk))
        return made[-1]

    yield make
    for office in made:
        office.background.shut_down()
        office.window.remove_screens()
        office.window.close()
        office.window.deleteLater()


@pytest.fixture
def open_section(
    make_office: Callable[..., Office], house: OpenHouse
) -> Callable[[str, Callable[[ui_office.Office], QWidget]], Office]:
    """Return a function that opens a window with one section, told by its key and how it is made."""

    def open_one(key: str, make: Callable[[ui_office.Office], QWidget]) -> Office:
        def sections(background: Background) -> tuple[Section, ...]:
            office = ui_office.Office(background, house.small.manager)
            return (Section(key, key, "house", lambda: make(office)),)

        return make_office(sections)

    return open_one
