"""The server stops answering, with a basket held and a customer waiting: the window lives, tells the truth, goes on."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

import psutil
import pytest
from PySide6.QtCore import Qt, QThreadPool
from PySide6.QtTest import QTest
from sqlalchemy import func, select

from pos_app.db import database as database_module
from pos_app.db.connection import dialling
from pos_app.db.connection.addresses import parse_address
from pos_app.db.database import Database
from pos_app.db.models import Order
from pos_app.domain.roles import Role
from pos_app.domain.seats import MapState
from pos_app.ui.screens.selling.map.price_chips import ANY
from pos_app.ui.window.connection import Connection
from tests.end_to_end.silence import Silence
from tests.houses import OpenHouse
from tests.journals import noted
from tests.schemas import make_schema
from tests.servers import KeptServer, another_server
from tests.services.stories import seat_row
from tests.small_house import build_small_house

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sqlalchemy.orm import Session

    from tests.end_to_end.conftest import Stage

pytestmark = pytest.mark.server
SILENT_SECONDS = 20.0
SAID_MS = 10_000
"""A question that counts as lost, and a little."""
AMBER_SECONDS = 6.0
"""Three, and some for a busy machine; what counts as lost takes ten."""
LONG_MS = 40_000
CLOSING_SECONDS = 6.0
"""What the writes under way are given, and some for a busy machine; whoever waits for the server waits for ten."""


@pytest.fixture(scope="module")
def own_server() -> Iterator[KeptServer]:
    """Start a server that only these tests use."""
    with another_server() as kept:
        yield kept


@pytest.fixture
def silence(own_server: KeptServer) -> Silence:
    return Silence(own_server)


@pytest.fixture
def house(own_server: KeptServer) -> Iterator[OpenHouse]:
    with own_server.server.fresh_database() as url:
        database = Database(parse_address(url))
        make_schema(database)
        yield OpenHouse(url, database, database.transact(build_small_house))
        database.close()


def _orders(session: Session) -> int:
    return session.execute(select(func.count()).select_from(Order)).scalar_one()


def _noted_sales(folder: Path) -> list[Path]:
    """Return the notes of sales whose end is not known; see flows.till_memory."""
    return noted(folder, ".json")


def _begin_with_a_basket(begin: Callable[..., Stage], house: OpenHouse) -> Stage:
    stage = begin(house)
    stage.evening.sign_in(Role.CASHIER)
    stage.evening.hold_a_seat()
    return stage


def _click(stage: Stage, seat: int) -> None:
    board = stage.evening.sell.map_panel.map
    QTest.mouseClick(board, Qt.MouseButton.LeftButton, pos=board.seat_center(seat))


def test_a_sale_asked_of_a_server_silent_for_20_seconds_is_answered_truthfully(
    house: OpenHouse, begin: Callable[..., Stage], silence: Silence
) -> None:
    stage = _begin_with_a_basket(begin, house)
    evening, window = stage.evening, stage.evening.window
    checkout, connection = evening.sell.checkout, window.top_bar.connection
    evening.open_cash()
    with stage.probe.watching("a sale, the server silent for 20 s"):
        with silence.falls(SILENT_SECONDS):
            fallen = time.monotonic()
            evening.press(Qt.Key.Key_Return)
            evening.qtbot.waitUntil(lambda: "No answer for" in connection.words, timeout=SAID_MS)
            assert connection._dot.property("tone") == "warn"
            assert time.monotonic() - fallen < AMBER_SECONDS
            assert checkout.sheet.waiting.isVisible()
            evening.qtbot.waitUntil(lambda: connection._connection is Connection.LOST, timeout=SAID_MS)
            assert "does not answer" in window.banner.message.text
            assert window.banner.isVisible()
            assert checkout.sheet.waiting.isVisible()
            # Impatient hands change nothing.
            for key in (Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_F9):
                evening.press(key)
            assert checkout.sheet.is_open
            assert evening.sell.hold.seconds_left > 800
            evening.qtbot.waitUntil(lambda: connection._connection is Connection.ONLINE, timeout=LONG_MS)
        assert "answers again" in window.banner.message.text
        sheet = checkout.sheet
        evening.qtbot.waitUntil(lambda: evening.sell.tickets.is_open or not sheet.waiting.isVisible(), timeout=LONG_MS)
        evening.qtbot.waitUntil(lambda: evening.sell.tickets.is_open or sheet.problem.isVisible(), timeout=LONG_MS)
    assert house.database.read(_orders) == int(evening.sell.tickets.is_open)
    if not evening.sell.tickets.is_open:
        evening.press(Qt.Key.Key_Return)
        evening.wait(lambda: evening.sell.tickets.is_open)
    assert house.database.read(_orders) == 1


def test_seats_clicked_while_the_server_is_silent_are_taken_and_given_back_when_it_is_there_again(
    house: OpenHouse, begin: Callable[..., Stage], silence: Silence
) -> None:
    stage = _begin_with_a_basket(begin, house)
    sell, small = stage.evening.sell, house.small
    with stage.probe.watching("clicks, the server silent for 3 s"):
        with silence.falls(3.0):
            _click(stage, 1)
            _click(stage, 0)
            assert sell.hold.is_waiting
            assert not sell.hold.basket.lines
            stage.evening.wait(lambda: "Waiting for the server" in sell.banner.message.text)
            stage.evening.wait(lambda: not sell.hold.is_waiting)
            assert "Waiting" not in sell.banner.message.text
        stage.evening.wait(lambda: seat_row(house, small.seat(1, 1)).state == "free")
    assert sell.hold.basket.seats == (small.seat(1, 2),)
    assert seat_row(house, small.seat(1, 2)).state == "claimed"
    stage.evening.wait(lambda: sell.map_panel.map.state_of(0) is MapState.FREE)
    assert sell.map_panel.map.state_of(1) is MapState.MINE


def test_what_was_clicked_behind_a_silent_server_is_not_taken_after_it_was_told_that_nothing_was_changed(
    house: OpenHouse, begin: Callable[..., Stage], silence: Silence, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dialling, "ANSWER_SECONDS", 1)
    monkeypatch.setattr(database_module, "DEADLINE_SECONDS", 1.0)
    house.database.close()
    stage = _begin_with_a_basket(begin, house)
    evening, sell, small = stage.evening, stage.evening.sell, house.small
    banner, best = sell.banner, sell.map_panel.best
    with silence.falls():
        _click(stage, 1)
        _click(stage, 2)
        best.asked.emit(2, ANY, False)
        best.asked.emit(2, ANY, False)
        evening.wait(lambda: "Nothing was changed" in banner.message.advice)
    # It is back at this very moment, and nothing that still waited was told to have failed by itself.
    evening.wait(lambda: not sell.hold.is_waiting)
    evening.wait(lambda: evening.window.top_bar.connection._connection is Connection.ONLINE)
    evening.wait(lambda: "cannot be reached" not in banner.message.text)
    evening.wait(lambda: sell.map_panel.map.state_of(1) is MapState.FREE)
    assert sell.hold.basket.seats == (small.seat(1, 1),)
    assert [seat_row(house, small.seat(1, number)).state for number in (1, 2, 3, 4)] == ["claimed", *["free"] * 3]


def test_a_sale_that_a_silent_server_never_got_is_refused_and_can_be_paid_again(
    house: OpenHouse, begin: Callable[..., Stage], silence: Silence, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dialling, "ANSWER_SECONDS", 1)
    monkeypatch.setattr(database_module, "DEADLINE_SECONDS", 1.0)
    # Connections made from now on are as impatient.
    house.database.close()
    stage = _begin_with_a_basket(begin, house)
    evening, checkout = stage.evening, stage.evening.sell.checkout
    evening.open_cash()
    with stage.probe.watching("a refused sale"):
        with silence.falls():
            evening.press(Qt.Key.Key_Return)
            evening.wait(checkout.sheet.problem.isVisible)
            assert "Nothing was changed" in checkout.sheet.problem.message.advice
            evening.wait(lambda: evening.window.top_bar.connection._connection is Connection.LOST)
        evening.wait(lambda: evening.window.top_bar.connection._connection is Connection.ONLINE)
        assert house.database.read(_orders) == 0
        evening.press(Qt.Key.Key_Return)
        evening.wait(lambda: evening.sell.tickets.is_open)
    assert house.database.read(_orders) == 1


def test_closed_while_the_server_is_silent_the_window_goes_at_once_and_the_sale_is_told_at_the_next_start(
    house: OpenHouse, begin: Callable[..., Stage], silence: Silence, tmp_path: Path
) -> None:
    threads, processes = set(threading.enumerate()), set(psutil.Process().children(recursive=True))
    evening = _begin_with_a_basket(begin, house).evening
    evening.open_cash()
    with silence.falls():
        evening.press(Qt.Key.Key_Return)
        evening.wait(lambda: len(_noted_sales(tmp_path)) == 1)
        start = time.monotonic()
        evening.window.close()
        assert not evening.window.isVisible()
        evening.foyer.shut_down()
        assert time.monotonic() - start < CLOSING_SECONDS
        assert set(threading.enumerate()) == threads
        assert set(psutil.Process().children(recursive=True)) == processes
        assert QThreadPool.globalInstance().activeThreadCount() == 0
    assert len(_noted_sales(tmp_path)) == 1
    again = begin(house).evening
    again.sign_in(Role.CASHIER)
    again.wait(lambda: "was cut off before it was paid" in again.sell.banner.message.text)
    again.wait(lambda: again.sell.hold.basket.seats == (house.small.seat(1, 1),))
    assert house.database.read(_orders) == 0
    again.wait(lambda: _noted_sales(tmp_path) == [])
