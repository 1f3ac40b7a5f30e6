"""The screen of customers over a small house, and another person who goes straight to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from pos_app.domain.customers.records import CustomerDraft
from pos_app.domain.errors import ServerUnreachable
from pos_app.domain.sentences import say
from pos_app.services.customers.records import add_customer
from pos_app.services.selling.sales import sell
from pos_app.ui.background import Background
from pos_app.ui.office import Office
from pos_app.ui.records.fields.text_fields import TextField
from pos_app.ui.screens.customers.operations import CustomerOperations
from pos_app.ui.screens.customers.screen import CustomersScreen
from pos_app.ui.widgets.sheets.base import Sheet
from tests.services.stories import cash_request, hold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from pos_app.domain.customers.records import CustomerRecord
    from pos_app.domain.roles import Actor
    from pos_app.domain.selling.sales import Sale
    from pos_app.ui.screens.customers.page import CustomerRecords
    from tests.houses import OpenHouse


class Line:
    """The way to the server. cut: nobody answers."""

    place: Path | None = None

    def __init__(self, house: OpenHouse) -> None:
        self._house = house
        self.cut = False

    @property
    def at_rest(self) -> Line:
        return self

    def __getattr__(self, name: str) -> Any:
        """Be the database in all else that is asked of one."""
        return getattr(self._house.database, name)

    def transact(self, service: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        self._require_answer()
        return self._house.database.transact(service, *args, **kwargs)

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
    screen: CustomersScreen

    @property
    def page(self) -> CustomerRecords:
        return self.screen.page

    @property
    def names(self) -> list[str]:
        """Who is listed, from top to bottom."""
        return [row.name for row in self.page.found.table.shown]

    def wait(self, condition: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(condition()))

    def settle(self) -> None:
        """Wait until every answer is here."""
        self.wait(lambda: not self.background._replies)

    def add(self, name: str, **said: Any) -> CustomerRecord:
        """Make a customer at another till."""
        draft = CustomerDraft(name, **said)
        return self.house.database.transact(add_customer, self.house.small.cashier, draft, request_id=uuid4().hex)

    def buy(self, customer_id: int, row: int, *numbers: int) -> Sale:
        """Sell places of a row to a customer at another till, for cash."""
        seats = self.house.small.seats_of(row, numbers)
        request = cash_request(self.house, hold(self.house, seats), customer_id=customer_id)
        return self.house.database.transact(sell, self.house.small.cashier, request)

    def look_for(self, words: str) -> None:
        """Type into the search, and wait for what it finds."""
        search = self.page.found.search
        search.setFocus()
        search.selectAll()
        QTest.keyClicks(search, words) if words else QTest.keyClick(search, Qt.Key.Key_Delete)
        self.wait(lambda: self.page.found._looked_for == words)
        self.settle()

    def open(self, words: str) -> None:
        """Look for somebody, go down to the first one found and press Enter: that one is in the form then."""
        self.look_for(words)
        QTest.keyClick(self.page.found.search, Qt.Key.Key_Down)
        QTest.keyClick(self.page.found.search, Qt.Key.Key_Return)
        self.settle()

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.screen, key, modifier)

    def control(self, key: Qt.Key) -> None:
        self.press(key, Qt.KeyboardModifier.ControlModifier)
        self.settle()

    def line_of(self, field: str) -> Any:
        editor = self.page.form.editor(field)
        return editor.line if isinstance(editor, TextField) else editor

    def fill(self, **values: str) -> None:
        """Type into fields of one line, by their names."""
        for name, words in values.items():
            line = self.line_of(name)
            line.setFocus()
            line.selectAll()
            QTest.keyClicks(line, words) if words else QTest.keyClick(line, Qt.Key.Key_Delete)

    def act_on_banner(self) -> None:
        """Press the button of what is said below the list."""
        act = self.page.banner.message.on_action
        assert act is not None
        act()

    def sheet(self) -> Any:
        """Return the sheet that waits for an answer, or None."""
        found = [sheet for sheet in self.screen.findChildren(Sheet) if sheet.is_open]
        return found[-1] if found else None


@pytest.fixture
def desk_of(qtbot: QtBot, themed: QApplication, house: OpenHouse, tmp_path: Path) -> Iterator[Callable[[Actor], Desk]]:
    """Return how a person comes to the screen."""
    made: list[Desk] = []

    def come(actor: Actor) -> Desk:
        line = Line(house)
        background = Background(line)
        screen = CustomersScreen(
            CustomerOperations(Office(background, actor), tmp_path / "tickets", tmp_path / "state")
        )
        qtbot.addWidget(screen)
        # In the program it lies in a window whose least size is its own, whatever is shown of a customer.
        screen.setMinimumSize(1280, 660)
        screen.show()
        screen.activateWindow()
        qtbot.waitUntil(screen.isActiveWindow)
        made.append(Desk(qtbot, house, line, background, screen))
        made[-1].settle()
        return made[-1]

    yield come
    for desk in made:
        desk.background.shut_down()


@pytest.fixture
def desk(desk_of: Callable[[Actor], Desk], house: OpenHouse) -> Desk:
    """The screen of a cashier."""
    return desk_of(house.small.cashier)


@pytest.fixture
def office(desk_of: Callable[[Actor], Desk], house: OpenHouse) -> Desk:
    """The screen of a manager."""
    return desk_of(house.small.manager)


def words_in(widget: QWidget) -> str:
    """Return all words that are to be seen in a widget."""
    from PySide6.QtWidgets import QLabel

    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())
