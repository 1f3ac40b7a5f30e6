"""General admission at the till: so many places at a click, one row in the basket, counted for everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pos_app.doctor import judge_database
from pos_app.domain.selling.basket_lines import TIMES
from pos_app.ui.screens.selling.map.free_seat_sheet import FreeSeatSheet
from tests.areas import count_areas
from tests.hands import PatientHands
from tests.kinds import SQLITE, SQLITE_FIRST
from tests.standing import add_standing

if TYPE_CHECKING:
    from tests.ui.screens.selling.conftest import Till


def _open_standing(till: Till, capacity: int = 60) -> None:
    till.house.database.transact(add_standing, till.house.small, capacity)
    till.screen.live._plans.clear()
    till.open(till.house.small.performance_id)
    till.settle()


def _ask(till: Till) -> None:
    """Click the area."""
    board = till.screen.map_panel.map
    QTest.mouseClick(board, Qt.MouseButton.LeftButton, pos=board.area_spot(0))
    assert till.screen.areas.stepper.isVisible()


def _choose(till: Till, count: str) -> None:
    _ask(till)
    till.type(count)
    till.press(Qt.Key.Key_Return)
    till.settle()


@SQLITE_FIRST
def test_places_are_asked_for_held_and_sold_by_number(till: Till) -> None:
    _open_standing(till)
    _choose(till, "4")
    panel = till.screen.basket_panel
    assert len(till.seats) == 4
    assert len(panel.rows()) == 1
    assert panel.rows()[0].remove.accessibleName() == f"Give back Standing {TIMES} 4"
    assert panel.headline.text() == "4 places held for you"
    till.wait(lambda: till.screen.live.free_in(0) == 56)
    _choose(till, "2")
    till.wait(lambda: len(till.seats) == 2)
    till.press(Qt.Key.Key_F10)
    till.wait(lambda: till.screen.checkout.sheet.is_open)
    till.press(Qt.Key.Key_Return)
    till.wait(lambda: till.screen.tickets.sale is not None)
    till.settle()
    (count,) = till.house.database.read(count_areas, till.house.small.performance_id, None)
    assert (count.sold, count.free, count.held) == (2, 58, 0)
    assert till.house.database.read(judge_database) == ()


@SQLITE
def test_none_gives_all_back_and_the_row_too(till: Till) -> None:
    _open_standing(till)
    _choose(till, "3")
    _choose(till, "0")
    assert not till.seats
    _choose(till, "3")
    QTest.mouseClick(till.screen.basket_panel.rows()[0].remove, Qt.MouseButton.LeftButton)
    till.settle()
    assert not till.seats
    till.wait(lambda: till.screen.live.free_in(0) == 60)


@SQLITE
def test_too_many_are_not_to_be_asked_for_and_escape_asks_for_nothing(till: Till) -> None:
    _open_standing(till, 5)
    _ask(till)
    till.type("9")
    assert till.screen.areas.stepper.total == 5
    till.press(Qt.Key.Key_Escape)
    assert not till.screen.areas.stepper.isVisible()
    assert not till.is_asking()
    till.settle()
    assert not till.seats


@SQLITE
def test_seats_stay_when_places_go(till: Till) -> None:
    _open_standing(till)
    seat = till.house.small.seat(1, 1)
    till.hold(seat)
    _choose(till, "5")
    till.wait(lambda: len(till.seats) == 6)
    _choose(till, "0")
    assert list(till.seats) == [seat]


@SQLITE
def test_nothing_scrolls_away_with_forty_tickets(till: Till) -> None:
    _open_standing(till)
    till.window.resize(1280, 720)
    _choose(till, "20")
    for row in (1, 2):
        seats = till.house.small.seats_of(row, range(1, 11))
        till.drag(seats[0], seats[-1])
        till.settle()
    assert len(till.seats) == 40
    panel = till.screen.basket_panel
    for folded in panel.rows():
        folded.unfolded.emit(folded.seats, True)
    till.wait(lambda: len(panel.rows()) == 43)
    assert isinstance(till.qtbot, PatientHands)
    till.qtbot.waitStill(lambda: (panel.size(), panel._total.pos()))
    for part in (panel.ring, panel.promo, *panel.ways.values(), panel.release, panel.name, panel._total):
        assert part.isVisible()
        corner = part.mapTo(till.window, part.rect().bottomRight())
        assert till.window.rect().contains(corner)
        assert part.height() >= part.minimumSizeHint().height()


@SQLITE
def test_an_area_looked_for_in_the_list_of_seats_is_said_to_be_on_the_map(till: Till) -> None:
    _open_standing(till)
    till.press(Qt.Key.Key_F3)
    sheet = till.sheet()
    assert isinstance(sheet, FreeSeatSheet)
    for words, said in (("stan", "Standing: places there are chosen on the map."), ("s99", "No free seat fits “s99”.")):
        sheet.search.clear()
        till.type(words)
        till.press(Qt.Key.Key_Return)
        assert sheet.note.text() == said
