"""Customers of windows that are no more: the hold that they had, and what the window had written down of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pos_app.computer.memory import TillMemory
from pos_app.doctor import judge_database
from pos_app.domain.roles import Role
from pos_app.domain.selling.basket_notes import BasketNote, NotedLine
from pos_app.services.selling.holds import place_hold
from tests.evening import start_evening
from tests.journals import noted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from pos_app.domain.seats import SeatKey
    from tests.evening import Evening
    from tests.houses import OpenHouse


@dataclass
class CutOff:
    """The till whose windows were cut off: its folder, and the box office."""

    house: OpenHouse
    folder: Path

    def memory(self) -> TillMemory:
        """Open the memory of the first till as a window does."""
        address = self.house.database.address
        name = address.shown() if address.path is None else str(address.path.resolve())
        return TillMemory(self.folder, name, self.house.small.till_id)

    def hold(self, seats: Sequence[SeatKey], *, total: int = 4000, **facts: Any) -> BasketNote:
        """Hold seats for adults, and return what a window would write down of the basket."""
        key, small = uuid4().hex, self.house.small
        late = bool(facts.get("late"))
        self.house.database.transact(place_hold, small.cashier, key, list(seats), after_start=late)
        lines = tuple(NotedLine(seat.performance_id, seat.seat_id, small.adult_id) for seat in seats)
        note = BasketNote(key, lines, "Stalls, row A", total, "EUR", staff_name=small.cashier.name)
        return replace(note, **facts)

    def leave(self, *notes: BasketNote) -> None:
        """Write customers down in one window, and cut it off."""
        memory = self.memory()
        for note in notes:
            memory.journal.keep_basket(note)
        memory.close()

    def notes(self) -> list[Path]:
        """Return the files of customers that are not settled."""
        return noted(self.folder, ".basket", ".json")


@pytest.fixture
def left(house: OpenHouse, tmp_path: Path) -> CutOff:
    return CutOff(house, tmp_path)


@pytest.fixture
def enter(qtbot: QtBot, house: OpenHouse, tmp_path: Path) -> Iterator[Callable[[Role], Evening]]:
    """Open a window and sign in."""
    opened: list[Evening] = []

    def start(role: Role = Role.CASHIER) -> Evening:
        opened.append(start_evening(qtbot, house, tmp_path))
        opened[-1].sign_in(role)
        return opened[-1]

    yield start
    for evening in opened:
        evening.foyer.shut_down()


def told(evening: Evening) -> str:
    evening.wait(lambda: evening.sell.banner.message.text)
    message = evening.sell.banner.message
    return f"{message.text} {message.advice}".strip()


def settled(evening: Evening) -> None:
    evening.wait(lambda: not evening.foyer.background._replies)


def finish(evening: Evening, left: CutOff) -> None:
    """Finish the sale, call the next customer, and see that nothing is remembered and all is sound."""
    evening.open_cash()
    QTest.keyClick(evening.sell.checkout.sheet.cash.field, Qt.Key.Key_Return)
    evening.wait(lambda: evening.sell.tickets.printed is not None)
    evening.press(Qt.Key.Key_Return)
    evening.wait(lambda: not left.notes())
    assert left.house.database.read(judge_database) == ()
