"""The screen of letters over a small house."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from pos_app.domain.errors import ServerUnreachable
from pos_app.domain.sentences import say
from pos_app.ui.background import Background
from pos_app.ui.office import Office
from pos_app.ui.screens.letters.operations import LetterOperations
from pos_app.ui.screens.letters.screen import LettersScreen
from pos_app.ui.widgets.sheets.base import Sheet
from tests.services.letters.post import Post

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from pos_app.domain.roles import Actor
    from tests.houses import OpenHouse


class Line:
    """The way to the server. cut: nobody answers. loses_answers: what is asked for is done, and nobody hears of it."""

    place: Path | None = None

    def __init__(self, house: OpenHouse) -> None:
        self._house = house
        self.cut = self.loses_answers = False

    @property
    def at_rest(self) -> Line:
        return self

    def transact(self, service: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        self._require_answer()
        done = self._house.database.transact(service, *args, **kwargs)
        if self.loses_answers:
            raise ServerUnreachable(say("The server cannot be reached."))
        return done

    def read(self, service: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        self._require_answer()
        return self._house.database.read(service, *args, **kwargs)

    def _require_answer(self) -> None:
        if self.cut:
            raise ServerUnreachable(say("The server cannot be reached."), advice=say("Try again in a moment."))


@dataclass
class Desk:
    """The screen, and hands for it."""

    qtbot: QtBot
    house: OpenHouse
    line: Line
    background: Background
    screen: LettersScreen
    post: Post

    def come(self) -> None:
        """Open the screen, and wait for what it reads."""
        self.screen.show()
        self.screen.activateWindow()
        self.wait(self.screen.isActiveWindow)
        self.settle()

    def wait(self, condition: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(condition()))

    def settle(self) -> None:
        """Wait until every answer is here."""
        self.wait(lambda: not self.background._replies)

    @property
    def listed(self) -> list[int]:
        """The letters that are listed, from top to bottom."""
        return [row.letter_id for row in self.screen.search.table.shown]

    @property
    def shown(self) -> int | None:
        letter = self.screen.panel.letter
        return None if letter is None else letter.row.letter_id

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.screen, key, modifier)
        self.settle()

    def look_for(self, words: str) -> None:
        """Type into the search, and wait for what it finds."""
        self.screen.search.field.setFocus()
        self.screen.search.field.selectAll()
        QTest.keyClicks(self.screen.search.field, words)
        finding = self.screen.search.finding
        self.wait(lambda: finding._query is not None and finding._query.text == words)
        self.settle()

    def sheet(self) -> Any:
        """Return the sheet that waits for an answer, or None."""
        found = [sheet for sheet in self.screen.findChildren(Sheet) if sheet.is_open]
        return found[-1] if found else None

    @property
    def words(self) -> str:
        """All words of the letter that is shown."""
        labels = self.screen.panel.findChildren(QLabel)
        page = self.screen.panel.says.page
        told = [label.text() for label in labels if label.isVisible()]
        return "\n".join([*told, page.toPlainText() if page.isVisible() else ""]).replace("\N{ZERO WIDTH SPACE}", "")


def made_desk(qtbot: QtBot, house: OpenHouse, actor: Actor) -> Iterator[Desk]:
    """The screen of a person."""
    line = Line(house)
    background = Background(line)
    screen = LettersScreen(LetterOperations(Office(background, actor)))
    qtbot.addWidget(screen)
    screen.resize(1280, 660)
    yield Desk(qtbot, house, line, background, screen, Post(house))
    background.shut_down()


@pytest.fixture
def desk(qtbot: QtBot, themed: QApplication, house: OpenHouse) -> Iterator[Desk]:
    """The screen of a cashier, with nothing in it."""
    yield from made_desk(qtbot, house, house.small.cashier)


@pytest.fixture
def managers_desk(qtbot: QtBot, themed: QApplication, house: OpenHouse) -> Iterator[Desk]:
    """The screen of a manager, with nothing in it."""
    yield from made_desk(qtbot, house, house.small.manager)


@pytest.fixture
def open_desk(desk: Desk) -> Callable[[], Desk]:
    """Return how the screen is opened, once there are letters."""

    def come() -> Desk:
        desk.come()
        return desk

    return come
