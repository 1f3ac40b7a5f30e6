"""The work list of the evening tomorrow on screen, over a house with three orders."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtWidgets import QWidget

from pos_app.domain.errors import ServerUnreachable
from pos_app.domain.sentences import say
from pos_app.ui.background import Background
from pos_app.ui.office import Office
from pos_app.ui.screens.orders.work_list.operations import WorkListOperations
from pos_app.ui.screens.orders.work_list.panel import WorkListPanel
from pos_app.ui.widgets.sheets.base import Sheet
from tests.services.stories import sold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from pos_app.domain.selling.sales import Sale
    from tests.houses import OpenHouse


class Line:
    """The way to the server. cut: nobody answers a change."""

    def __init__(self, house: OpenHouse) -> None:
        self._house = house
        self.cut = False

    @property
    def at_rest(self) -> Line:
        return self

    def transact(self, service: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        if self.cut:
            raise ServerUnreachable(say("The server cannot be reached."), advice=say("Try again in a moment."))
        return self._house.database.transact(service, *args, **kwargs)

    def read(self, service: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        return self._house.database.read(service, *args, **kwargs)


@dataclass(frozen=True)
class Performed:
    """A performance, by its id."""

    performance_id: int


@dataclass
class Desk:
    """A manager before the work list."""

    qtbot: QtBot
    house: OpenHouse
    line: Line
    background: Background
    operations: WorkListOperations
    panel: WorkListPanel
    sales: list[Sale]

    def show(self) -> None:
        self.panel.show_performance(Performed(self.house.small.performance_id))
        self.settle()

    def settle(self) -> None:
        """Wait until every answer is here."""
        self.qtbot.waitUntil(lambda: not self.background._replies)

    def sheet(self) -> Any:
        """Return the sheet that waits for an answer."""
        return next(sheet for sheet in self.panel.window().findChildren(Sheet) if sheet.is_open)

    def say_yes(self) -> None:
        self.sheet().yes.click()
        self.settle()

    def states(self) -> list[str]:
        """Return what became of the orders, in the order in which they were sold."""
        states = {one.order_id: one.state.value for one in self.panel.view.table.records}
        return [states[sale.order_id] for sale in self.sales]


@pytest.fixture
def desk(qtbot: QtBot, themed: QApplication, house: OpenHouse) -> Iterator[Desk]:
    line = Line(house)
    background = Background(line)
    operations = WorkListOperations(Office(background, house.small.manager))
    panel = WorkListPanel(operations)
    sales = [sold(house, house.small.seats_of(row, (1, 2))) for row in (1, 2, 3)]
    window = QWidget()
    window.resize(1060, 600)
    panel.setParent(window)
    panel.resize(window.size())
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    yield Desk(qtbot, house, line, background, operations, panel, sales)
    background.shut_down()
    window.close()
    window.deleteLater()
