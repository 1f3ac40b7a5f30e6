"""The window of a till in front of 60,000 seats, with fifty other tills at work, and an order of 500 tickets."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from pos_app.db.connection.addresses import parse_address
from pos_app.db.database import Database
from pos_app.domain.roles import Role
from pos_app.domain.seats import SeatKey
from pos_app.ui.seat_map import live_map
from tests.concurrency.tills import Job, let_go, open_tills
from tests.end_to_end.crowd import keep_changing
from tests.houses import OpenHouse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pos_app.services.seats.map_data import SeatStates
    from tests.end_to_end.conftest import Arena, Stage

pytestmark = pytest.mark.server
CROWD_SECONDS = 3.5
PROCESSES = 2
TICKETS = 500
QUEUE = "Roll"
PRINTED_MS = 60_000


@pytest.fixture
def house(arena: Arena) -> Iterator[OpenHouse]:
    database = Database(parse_address(arena.url))
    yield OpenHouse(arena.url, database, arena.stadium.house)
    database.close()


@pytest.fixture
def printer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put a printing system on PATH that takes its time; give the file that comes out."""
    folder, paper = tmp_path / "bin", tmp_path / "paper.pdf"
    folder.mkdir()
    (folder / "lp").write_text(f'#!/bin/sh\nsleep 0.5\ncat > "{paper}"\n', encoding="utf-8")
    (folder / "lp").chmod(0o755)
    monkeypatch.setenv("PATH", str(folder), prepend=":")
    return paper


def _open(stage: Stage, performance_id: int) -> None:
    """Choose a performance, and wait for its seats."""
    evening = stage.evening
    sell = evening.sell
    evening.wait(lambda: sell.performances.performance(performance_id))
    one = sell.performances.performance(performance_id)
    assert one is not None
    sell.on_sale.open(one)
    evening.wait(lambda: sell.live.plan is not None and sell.live._cursor)
    assert sell.live.offer is not None
    assert sell.live.offer.performance_id == performance_id


def _move_the_map(stage: Stage) -> None:
    """Push the house about and turn the wheel, as hands do while they look."""
    board = stage.evening.sell.map_panel.map
    middle = board.rect().center()
    none = Qt.KeyboardModifier.NoModifier
    QTest.mousePress(board, Qt.MouseButton.LeftButton, none, middle)
    for step in range(1, 4):
        QTest.mouseMove(board, middle + QPoint(9 * step, 5 * step))
    QTest.mouseRelease(board, Qt.MouseButton.LeftButton, none, middle)
    board.zoom_in()
    QTest.qWait(60)
    board.zoom_out()


def test_it_lives_while_60_000_seats_load(arena: Arena, house: OpenHouse, begin: Callable[..., Stage]) -> None:
    stage = begin(house)
    stage.evening.sign_in(Role.CASHIER)
    stage.evening.wait(lambda: stage.evening.sell.live._cursor)
    with stage.probe.watching("nothing happens"):
        QTest.qWait(600)
    with stage.probe.watching("60,000 seats load"):
        _open(stage, arena.stadium.performances["live"])
        _move_the_map(stage)
    with stage.probe.watching("a small house, and 60,000 seats again"):
        _open(stage, arena.stadium.house.performance_id)
        _open(stage, arena.stadium.performances["live"])
        _move_the_map(stage)


def test_it_lives_and_repaints_while_fifty_other_tills_change_seats(
    arena: Arena, house: OpenHouse, begin: Callable[..., Stage], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live_map, "POLLS_A_CHECK", 3)
    stage, stadium = begin(house), arena.stadium
    stage.evening.sign_in(Role.CASHIER)
    _open(stage, stadium.performances["live"])
    seen: list[int] = []

    def note(states: SeatStates) -> None:
        seen.append(0 if states.index is None else len(states.index))

    stage.evening.sell.live.states_changed.connect(note)
    tills = [actor.till_id for actor in stadium.actors]
    common = {
        "performance_id": stadium.performances["live"],
        "first_seat_id": stadium.first_seat_id,
        "seats": 60_000,
        "seconds": 10 * CROWD_SECONDS,
    }
    jobs = [
        Job(arena.url, stadium.actors[0], keep_changing, {**common, "till_ids": tills[at::PROCESSES], "seed": at})
        for at in range(PROCESSES)
    ]
    # The tills end with the block, whatever they are at.
    with open_tills(jobs) as crowd, stage.probe.watching("fifty tills change seats"):
        let_go(crowd)
        start = time.monotonic()
        while time.monotonic() < start + CROWD_SECONDS or len(seen) < 2:
            _move_the_map(stage)
            QTest.qWait(100)
    assert sum(seen) > 10


def test_it_lives_while_500_tickets_are_held_sold_set_and_printed(
    arena: Arena, house: OpenHouse, begin: Callable[..., Stage], printer: Path
) -> None:
    stage, stadium = begin(house, ticket_queue=QUEUE), arena.stadium
    evening = stage.evening
    evening.sign_in(Role.CASHIER)
    performance = stadium.performances["sales"]
    _open(stage, performance)
    sell = evening.sell
    seats = [SeatKey(performance, stadium.first_seat_id + at) for at in range(TICKETS)]
    with stage.probe.watching("500 seats are held"):
        sell.hold.take(seats, partial=True)
        evening.wait(lambda: len(sell.hold.basket.lines) == TICKETS)
        QTest.qWait(100)
    with stage.probe.watching("500 seats are sold"):
        evening.open_cash()
        evening.press(Qt.Key.Key_Return)
        evening.wait(lambda: sell.tickets.is_open)
    with stage.probe.watching("500 tickets are set and printed"):
        evening.qtbot.waitUntil(lambda: sell.tickets.printed is not None, timeout=PRINTED_MS)
        evening.qtbot.waitUntil(lambda: "Printed on" in sell.tickets.panel.print_line.words, timeout=PRINTED_MS)
        QTest.qWait(100)
    assert sell.tickets.printed is not None
    assert len(sell.tickets.printed.faces) == TICKETS
    assert printer.read_bytes() == sell.tickets.printed.pdf
    with stage.probe.watching("the next customer"):
        evening.press(Qt.Key.Key_Return)
        evening.wait(lambda: not sell.tickets.is_open)
