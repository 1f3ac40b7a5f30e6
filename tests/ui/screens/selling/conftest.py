from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from pos_app.computer.identity import TillIdentity
from pos_app.computer.journal import Journal
from pos_app.documents.ticket_codes import public_key_of
from pos_app.domain.errors import OutcomeUnknown, ServerUnreachable
from pos_app.domain.seats import MapState
from pos_app.domain.sentences import say
from pos_app.domain.tickets.papers import Paper
from pos_app.flows.print_tickets import TicketPress
from pos_app.services.orders.exchanges.making import exchange
from pos_app.services.selling.holds import place_hold
from pos_app.services.selling.sales import sell
from pos_app.ui.background import Background
from pos_app.ui.office import Office
from pos_app.ui.screens.selling.screen import SellScreen
from pos_app.ui.widgets.sheets.base import Sheet
from pos_app.ui.window.main_window import MainWindow
from tests.small_house import SIGNING_KEY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from PySide6.QtCore import QPoint
    from pytestqt.qtbot import QtBot

    from pos_app.domain.seats import SeatKey
    from tests.houses import OpenHouse


@dataclass
class Line:
    """The way from the till to the server. cut: nobody answers. loses_sales: sold (or not), but no word comes back."""

    house: OpenHouse
    cut: bool = False
    loses_sales: bool = False
    sells_before_the_loss: bool = True
    asked: list[str] = field(default_factory=list)
    place: Path | None = None

    @property
    def at_rest(self) -> Line:
        return self

    def transact(self, service: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        self._pass(service)
        if service in {sell, exchange} and self.loses_sales:
            if self.sells_before_the_loss:
                self.house.database.transact(service, *args, **kwargs)
            self.cut = True
            raise OutcomeUnknown(say("The connection broke."), advice=say("Do not take money again."))
        return self.house.database.transact(service, *args, **kwargs)

    def read(self, service: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        self._pass(service)
        return self.house.database.read(service, *args, **kwargs)

    def _pass(self, service: Callable[..., Any]) -> None:
        self.asked.append(service.__name__)
        if self.cut:
            raise ServerUnreachable(say("The server cannot be reached."), advice=say("Foyer keeps trying."))


@dataclass
class Till:
    """A sell screen in a window, its clicks and keys, and another till that goes straight to the services."""

    qtbot: QtBot
    house: OpenHouse
    line: Line
    window: QWidget
    screen: SellScreen
    journal: Journal

    def wait(self, condition: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(condition()))

    def index(self, seat: SeatKey) -> int:
        plan = self.screen.live.plan
        assert plan is not None
        return plan.index_of(seat.seat_id)

    def point(self, seat: SeatKey) -> QPoint:
        return self.screen.map_panel.map.seat_center(self.index(seat))

    def click(self, *seats: SeatKey) -> None:
        for seat in seats:
            QTest.mouseClick(self.screen.map_panel.map, Qt.MouseButton.LeftButton, pos=self.point(seat))

    def drag(self, first: SeatKey, last: SeatKey) -> None:
        """Draw a band straight from one seat to another."""
        seats, none = self.screen.map_panel.map, Qt.KeyboardModifier.NoModifier
        start, end = self.point(first), self.point(last)
        QTest.mousePress(seats, Qt.MouseButton.LeftButton, none, start)
        QTest.mouseMove(seats, (start + end) / 2)
        QTest.mouseMove(seats, end)
        QTest.mouseRelease(seats, Qt.MouseButton.LeftButton, none, end)

    def want(self, category: str) -> None:
        """Click the chip of a price category."""
        chips = self.screen.map_panel.prices.chips
        chip = next(one for one in chips if one.entry.name == category)
        QTest.mouseClick(chip, Qt.MouseButton.LeftButton)

    def want_category(self, name: str) -> None:
        """Choose the price category above the map by its name."""
        (chip,) = (one for one in self.screen.map_panel.prices.chips if one.entry.name == name)
        chip.click()

    def press(self, key: Qt.Key) -> None:
        """Press a key wherever the keyboard is."""
        QTest.keyClick(QApplication.focusWidget() or self.window, key)

    def press_undo(self) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)

    def type(self, text: str) -> None:
        QTest.keyClicks(QApplication.focusWidget() or self.window, text)

    def state(self, seat: SeatKey) -> MapState:
        return self.screen.map_panel.map.state_of(self.index(seat))

    def hold(self, *seats: SeatKey) -> None:
        """Click seats and wait until they are in the basket."""
        before = len(self.screen.hold.basket.lines)
        self.click(*seats)
        self.wait(lambda: len(self.screen.hold.basket.lines) == before + len(seats))
        self.wait(lambda: all(self.state(seat) == MapState.MINE for seat in seats))

    def poll(self) -> None:
        """Ask for changes, as the timer does each second."""
        self.screen.live._on_tick()

    def open(self, performance_id: int) -> None:
        one = self.screen.performances.performance(performance_id)
        assert one is not None
        self.screen.on_sale.open(one)
        self.wait_open(performance_id)

    def wait_open(self, performance_id: int) -> None:
        live = self.screen.live
        self.wait(
            lambda: live.offer and live.plan and live._cursor and live.offer.performance_id == performance_id,
        )

    def settle(self) -> None:
        """Wait until every answer is here."""
        self.wait(lambda: not self.screen._office.background._replies)

    def sheet(self) -> Sheet:
        """Return the sheet that asks something, once it does."""
        self.wait(lambda: any(one.is_open for one in self.window.findChildren(Sheet)))
        return next(one for one in reversed(self.window.findChildren(Sheet)) if one.is_open)

    def is_asking(self) -> bool:
        return any(one.is_open for one in self.window.findChildren(Sheet))

    def elsewhere(self, *seats: SeatKey, partial: bool = False) -> str:
        """Hold seats at the other till; returns its basket."""
        key = uuid4().hex
        actor = self.house.small.elsewhere(self.house.small.cashier)
        self.house.database.transact(place_hold, actor, key, list(seats), partial=partial)
        return key

    @property
    def said(self) -> str:
        message = self.screen.banner.message
        return f"{message.text} {message.advice}".strip()

    @property
    def seats(self) -> tuple[SeatKey, ...]:
        return self.screen.hold.basket.seats

    def lose_server(self) -> None:
        self.line.cut = True
        self.poll()
        self.wait(lambda: self.screen._was_lost)

    def find_server(self) -> None:
        """Let the server be there again; what was on its way while it was away has failed before."""
        self.settle()
        self.line.cut = False
        self.poll()
        self.wait(lambda: not self.screen._was_lost)


@pytest.fixture
def make_till(qtbot: QtBot, house: OpenHouse, themed: QApplication, tmp_path: Path) -> Iterator[Callable[[], Till]]:
    closing: list[Background] = []

    def make() -> Till:
        line = Line(house)
        background = Background(line)
        closing.append(background)
        problems: list[Exception] = []
        background.unhandled.connect(problems.append)
        small = house.small
        identity = TillIdentity("machine-Till 1", SIGNING_KEY, public_key_of(SIGNING_KEY).hex())
        press = TicketPress(identity, small.till_id, Paper.A4, "", tmp_path / "tickets", "en_GB")
        journal = Journal(tmp_path / "journal")
        screen = SellScreen(Office(background, small.cashier), journal, press)
        window = MainWindow(idle_seconds=0)
        qtbot.addWidget(window)
        window.add_screen("sell", "Sell", "shopping-cart-simple", screen, None)
        window.enter(small.cashier)
        window.resize(1440, 900)
        with qtbot.waitExposed(window):
            window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        till = Till(qtbot, house, line, window, screen, journal)
        till.wait_open(small.performance_id)
        # From here on the test says when the till looks at the server.
        screen.live._timer.stop()
        screen.requests.set_running(False)
        screen.on_sale.set_running(False)
        till.settle()
        return till

    yield make
    for background in closing:
        background.shut_down()


@pytest.fixture
def till(make_till: Callable[[], Till]) -> Till:
    """Give a till that shows the evening tomorrow, polling only when told."""
    return make_till()
