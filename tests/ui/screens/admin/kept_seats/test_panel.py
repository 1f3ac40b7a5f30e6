from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pos_app.domain.season.kept_seats import KeepChoice, KeepDraft, KeptRecord
from pos_app.domain.seats import ClaimKind, MapState
from pos_app.services.season.kept_seats import list_kept_back
from pos_app.services.season.kept_together import keep_together
from pos_app.services.season.performance_records import load_performance_record
from pos_app.ui.screens.admin.kept_seats.panel import KeptSeatsPanel
from tests.kinds import SQLITE, SQLITE_FIRST
from tests.services.stories import hold, sold
from tests.standing import add_standing

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.ui.screens.admin.conftest import Office

PRESS = KeepDraft(ClaimKind.HOUSE, "Press", release_before_doors=60)
NONE = Qt.KeyboardModifier.NoModifier


class Desk:
    """The panel of kept seats on screen; it looks at the server when the test says so."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.house = office.house
        self.small = office.house.small
        self.panel: KeptSeatsPanel = office.open("seats")
        self.show()

    def show(self) -> None:
        self.panel.live._timer.stop()
        self.panel.show_performance(self.house.database.read(load_performance_record, self.small.performance_id))
        self.office.wait(lambda: self.panel.live._cursor)
        self.panel.live._timer.stop()
        self.settle()

    def settle(self) -> None:
        self.office.settle()
        self.office.wait(lambda: not self.panel._soon.isActive())
        self.office.settle()

    def look(self) -> None:
        self.panel.live.refresh()
        self.settle()

    def index(self, row: int, number: int) -> int:
        assert self.panel.plan is not None
        return self.panel.plan.index_of(self.small.seat_id(row, number))

    def at(self, row: int, number: int) -> QPoint:
        return self.panel.side.map.seat_center(self.index(row, number))

    def click(self, row: int, number: int, modifier: Qt.KeyboardModifier = NONE) -> None:
        QTest.mouseClick(self.panel.side.map, Qt.MouseButton.LeftButton, modifier, self.at(row, number))

    def band(self, first: QPoint, last: QPoint) -> None:
        seats = self.panel.side.map
        QTest.mousePress(seats, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier, first)
        QTest.mouseMove(seats, (first + last) / 2)
        QTest.mouseMove(seats, last)
        QTest.mouseRelease(seats, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier, last)

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.office.window, key)

    def sheet(self, **values: object) -> Any:
        """Return the sheet that asks, with these values typed."""
        self.office.settle()
        sheet = self.office.sheet()
        assert sheet is not None
        if values:
            sheet.form.change_values(values)
        return sheet

    def keep(self, key: Qt.Key = Qt.Key.Key_K, **values: object) -> Any:
        self.panel.side.map.setFocus()
        self.press(key)
        sheet = self.sheet(**values)
        sheet.yes.click()
        self.settle()
        return sheet

    def another_keeps(self, row: int, numbers: Sequence[int], performance_id: int | None = None) -> KeptRecord:
        choice = KeepChoice(tuple(self.small.seat_id(row, number) for number in numbers))
        (record,) = self.house.database.transact(
            keep_together,
            self.small.manager,
            uuid4().hex,
            (performance_id or self.small.performance_id,),
            choice,
            PRESS,
        )
        return record

    def kept(self, performance_id: int | None = None) -> list[tuple[str, str]]:
        found = self.house.database.read(
            list_kept_back, self.small.manager, performance_id or self.small.performance_id
        )
        return [(one.reason, one.names) for one in found]

    def state(self, row: int, number: int) -> MapState:
        return self.panel.side.map.state_of(self.index(row, number))

    @property
    def said(self) -> str:
        message = self.panel.side.banner.message
        return f"{message.text} {message.advice}"


@pytest.fixture
def desk(open_section: Callable[..., Office]) -> Desk:
    return Desk(open_section("seats", KeptSeatsPanel))


@SQLITE_FIRST
def test_seats_chosen_by_click_row_and_band_are_kept_for_the_house_until_before_the_doors(desk: Desk) -> None:
    desk.click(1, 2)
    desk.click(1, 5, Qt.KeyboardModifier.ShiftModifier)
    desk.click(1, 4)
    assert desk.panel.side.names.words == "Stalls, row A, seats 2\u20133, 5"
    assert desk.state(1, 2) is MapState.MINE
    desk.keep(reason="Press")
    assert desk.kept() == [("Press", "Stalls, row A, seats 2\u20133, 5")]
    (record,) = desk.panel.list.table.records
    doors = desk.house.database.read(load_performance_record, desk.small.performance_id).doors_at
    assert doors is not None
    assert record.release_at == doors - timedelta(minutes=60)
    assert [desk.state(1, n) for n in (2, 3, 4, 5)] == [MapState.HOUSE, MapState.HOUSE, MapState.FREE, MapState.HOUSE]
    assert desk.panel.list.record == record
    assert desk.panel.side.map._lit == tuple(desk.index(1, n) for n in (2, 3, 5))
    desk.band(desk.at(2, 1) - QPoint(8, 8), desk.at(3, 2) + QPoint(8, 8))
    assert desk.panel.side.count.text() == "4 places chosen"
    desk.press(Qt.Key.Key_R)
    assert desk.panel.side.chosen.count == 12
    desk.press(Qt.Key.Key_Escape)
    assert not desk.panel.unsaved()
    assert desk.state(2, 1) is MapState.FREE


@SQLITE
def test_a_chosen_seat_is_called_as_the_legend_calls_it(desk: Desk) -> None:
    seats = desk.panel.side.map
    desk.click(1, 2)
    assert seats._words_of(desk.index(1, 2)).state == "Chosen"
    assert "Chosen" in desk.panel.side.legend.accessibleDescription()
    seats.setFocus()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Left):
        desk.press(key)
    assert seats.accessibleDescription().startswith("Stalls, row A, seat 2, ")
    assert seats.accessibleDescription().endswith(", Chosen")


@SQLITE
def test_blocked_seats_stay_blocked_until_released_and_the_release_can_be_undone(desk: Desk) -> None:
    desk.click(2, 1)
    desk.click(2, 2)
    desk.keep(Qt.Key.Key_B, reason="Camera")
    assert desk.panel.list.table.records[0].release_at is None
    assert desk.state(2, 1) is MapState.BLOCKED
    desk.click(2, 2)
    assert desk.panel.list.release_button.words == "Release 1 of them"
    desk.press(Qt.Key.Key_Delete)
    desk.settle()
    assert desk.kept() == [("Camera", "Stalls, row B, seat 1")]
    assert desk.panel.side.banner.press_action()
    desk.settle()
    assert sorted(desk.kept()) == [("Camera", "Stalls, row B, seat 1"), ("Camera", "Stalls, row B, seat 2")]
    desk.panel.list.release_button.click()
    desk.sheet().yes.click()
    desk.settle()
    assert len(desk.kept()) == 1


@SQLITE_FIRST
def test_reason_and_time_are_changed_and_a_second_manager_is_told(desk: Desk) -> None:
    desk.another_keeps(1, (1, 2))
    desk.look()
    desk.click(1, 1)
    assert desk.panel.list.record is not None
    desk.panel.list.change_button.click()
    begins = desk.house.database.read(load_performance_record, desk.small.performance_id).starts_at
    sheet = desk.sheet(reason="Author", release="at", release_at=begins.replace(second=0, microsecond=0))
    before = sheet.before
    sheet.yes.click()
    desk.settle()
    assert desk.panel.list.table.records[0].reason == "Author"
    desk.panel.list.change_button.click()
    sheet = desk.sheet(reason="Producer")
    sheet.before = before
    sheet.yes.click()
    desk.settle()
    assert "“Author”" in sheet._wrong.text()
    sheet.yes.click()
    desk.settle()
    assert desk.kept()[0][0] == "Producer"
    assert desk.panel.side.banner.press_action()
    desk.settle()
    assert desk.kept()[0][0] == "Author"
    assert desk.panel.side.banner.message.text == "“Author” is saved."


@SQLITE_FIRST
def test_two_managers_who_keep_the_same_seats_at_once_keep_them_once_and_the_second_is_told(desk: Desk) -> None:
    desk.click(1, 1)
    desk.click(1, 2)
    desk.another_keeps(1, (2,))
    sheet = desk.keep(reason="Sponsors")
    assert "kept back already for “Press”: Stalls, row A, seat 2." in sheet._wrong.text()
    sheet.cancel()
    desk.look()
    assert "1 of the chosen seats" in desk.said
    assert desk.panel.side.names.words == "Stalls, row A, seat 1"
    desk.keep(reason="Sponsors")
    assert desk.kept() == [("Press", "Stalls, row A, seat 2"), ("Sponsors", "Stalls, row A, seat 1")]


@SQLITE_FIRST
def test_the_same_seats_on_several_performances_all_or_none_with_the_conflicts_named(desk: Desk) -> None:
    sold(desk.house, desk.small.seats_of(1, (2,), desk.small.gala_id))
    hold(desk.house, desk.small.seats_of(1, (1,)))
    desk.click(1, 1)
    desk.click(1, 2)
    sheet = desk.keep(reason="Sponsors", others=frozenset({desk.small.gala_id}))
    assert "seat 1" in sheet._wrong.text()
    assert "seat 2" in sheet._wrong.text()
    assert desk.kept() == desk.kept(desk.small.gala_id) == []
    sheet.cancel()
    desk.look()
    desk.press(Qt.Key.Key_Escape)
    desk.click(1, 3)
    desk.keep(reason="Sponsors", others=frozenset({desk.small.gala_id}))
    assert desk.kept() == desk.kept(desk.small.gala_id) == [("Sponsors", "Stalls, row A, seat 3")]


@SQLITE
def test_places_of_an_area_are_kept_by_number_and_released_by_number(desk: Desk) -> None:
    desk.house.database.transact(add_standing, desk.small, 12)
    desk.panel.live._plans.clear()
    desk.panel.record = None
    desk.show()
    desk.panel.side.map.area_activated.emit(0)
    sheet = desk.sheet(places=5)
    sheet.yes.click()
    assert desk.panel.side.names.words == "Standing, 5 places"
    desk.keep(reason="Choir")
    assert desk.kept() == [("Choir", "Standing, 5 places")]
    assert desk.panel.live.free_in(0) == 7
    desk.panel.list.release_button.click()
    desk.sheet(places=2).yes.click()
    desk.settle()
    assert desk.kept() == [("Choir", "Standing, 3 places")]


def test_chosen_seats_are_not_lost_on_leaving_nor_without_the_server(desk: Desk) -> None:
    desk.click(1, 1)
    left: list[bool] = []
    desk.panel.leave(lambda: left.append(True))
    desk.office.sheet().cancel()
    assert not left
    desk.office.line.cut = True
    sheet = desk.keep(reason="Press")
    assert "cannot be reached" in sheet._wrong.text()
    desk.office.line.cut = False
    sheet.yes.click()
    desk.settle()
    assert desk.kept() == [("Press", "Stalls, row A, seat 1")]
    desk.office.line.blind = True
    desk.look()
    assert "keeps trying" in desk.said
    desk.office.line.blind = False
    desk.look()
    assert "answers again" in desk.said


@SQLITE
def test_a_reason_must_be_given(desk: Desk) -> None:
    desk.click(1, 1)
    sheet = desk.keep(reason=" ")
    assert "Say why" in sheet.form.problem("reason")
    sheet.reason.suggestions[0].click()
    sheet.yes.click()
    desk.settle()
    assert desk.kept()[0][0] == "Press"
