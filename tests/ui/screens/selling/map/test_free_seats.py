"""The list of free seats."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from sqlalchemy import select, update

from pos_app.db.models import PerformanceSeat, PlanRow, Seat, Zone
from pos_app.domain.seats import MapState
from pos_app.ui.screens.selling.map.free_seat_sheet import FreeSeatSheet
from tests.kinds import SQLITE
from tests.small_house_rows import add

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from tests.houses import OpenHouse
    from tests.ui.screens.selling.conftest import Till


def _open(till: Till) -> FreeSeatSheet:
    till.press(Qt.Key.Key_F3)
    sheet = till.sheet()
    assert isinstance(sheet, FreeSeatSheet)
    return sheet


def _search(till: Till, sheet: FreeSeatSheet, words: str) -> None:
    sheet.search.setFocus()
    sheet.search.clear()
    till.type(words)


def _shown(sheet: FreeSeatSheet) -> list[str]:
    return [f"{seat.place.row}{seat.place.number}" for seat in sheet.table.shown]


def _enter_takes_nothing(till: Till, sheet: FreeSeatSheet) -> None:
    before = till.seats
    till.press(Qt.Key.Key_Return)
    till.settle()
    assert till.seats == before
    assert sheet.is_open
    assert sheet.note.text()


@SQLITE
def test_f3_lists_the_free_seats_and_enter_takes_one(till: Till) -> None:
    small = till.house.small
    till.elsewhere(small.seat(1, 1))
    till.screen.live.refresh()
    till.wait(lambda: till.state(small.seat(1, 1)) == MapState.HELD)
    sheet = _open(till)
    assert sheet.table.model().rowCount() == 49
    till.type("C 7")
    till.press(Qt.Key.Key_Return)
    till.wait(lambda: till.seats == (small.seat(3, 7),))
    assert sheet.is_open
    till.press(Qt.Key.Key_Return)
    till.settle()
    assert till.seats == (small.seat(3, 7),)


@SQLITE
@pytest.mark.parametrize("words", ["C7", "c7", "c-7", "C 7", "row C seat 7", "seat 7 row c", "stalls c 7", "c 7 a"])
def test_one_seat_is_found_however_it_is_typed(till: Till, words: str) -> None:
    sheet = _open(till)
    till.type(words)
    assert _shown(sheet) == ["C7"]
    till.press(Qt.Key.Key_Return)
    till.wait(lambda: till.seats == (till.house.small.seat(3, 7),))


@SQLITE
@pytest.mark.parametrize("words", ["", "7", "row c", "C", "stalls", "X 7", "no such seat", "c 77"])
def test_enter_takes_nothing_while_the_answer_is_not_the_only_one(till: Till, words: str) -> None:
    sheet = _open(till)
    till.type(words)
    _enter_takes_nothing(till, sheet)


def _build_boxes(session: Session, plan_id: int) -> None:
    """Have row B of the house be Box B, and all others Box A; none of them has rows."""
    first = session.scalars(select(Zone.id).where(Zone.plan_id == plan_id)).one()
    session.execute(update(Zone).values(name="Box A"))
    other = add(session, Zone, plan_id=plan_id, guid="b", name="Box B", label_x=0.0, label_y=0.0)
    row_b = session.scalars(select(PlanRow.id).where(PlanRow.zone_id == first, PlanRow.label == "B")).one()
    session.execute(update(PlanRow).values(label=""))
    session.execute(update(PlanRow).where(PlanRow.id == row_b).values(zone_id=other))
    session.execute(update(Seat).where(Seat.row_id == row_b).values(zone_id=other))


@SQLITE
def test_box_b_is_none_of_the_seats_of_box_a(make_till: Callable[[], Till], house: OpenHouse) -> None:
    house.database.transact(_build_boxes, house.small.plan_id)
    till = make_till()
    sheet = _open(till)
    till.type("box b")
    assert {seat.place.zone for seat in sheet.table.shown} == {"Box B"}
    assert len(sheet.table.shown) == 10
    _enter_takes_nothing(till, sheet)
    till.type(" 1")
    assert len(sheet.table.shown) == 1
    till.press(Qt.Key.Key_Return)
    till.wait(lambda: till.seats == (house.small.seat(2, 1),))
    _search(till, sheet, "box o")
    assert sheet.table.model().rowCount() == 0
    assert "box o" in sheet.note.text()
    _enter_takes_nothing(till, sheet)


@SQLITE
def test_a_house_without_a_free_seat_says_so(till: Till) -> None:
    kept = {"state": "claimed", "claim_kind": "blocked", "claim_id": 1}
    till.house.database.transact(lambda session: session.execute(update(PerformanceSeat).values(**kept)))
    till.screen.live.refresh()
    till.wait(lambda: till.state(till.house.small.seat(1, 1)) == MapState.BLOCKED)
    sheet = _open(till)
    assert "No seat is free" in sheet.note.text()
    _enter_takes_nothing(till, sheet)


@SQLITE
def test_the_seat_that_is_typed_is_gone_and_no_other_is_taken_for_it(till: Till) -> None:
    """Seats 3 of category B stand in the rows behind; row B itself is gone."""
    small = till.house.small
    till.elsewhere(small.seat(2, 3))
    till.screen.live.refresh()
    till.wait(lambda: till.state(small.seat(2, 3)) == MapState.HELD)
    sheet = _open(till)
    till.type("b 3")
    assert _shown(sheet) == []
    _enter_takes_nothing(till, sheet)


@SQLITE
def test_the_arrows_choose_among_several_and_the_list_goes_on_behind_the_seat(till: Till) -> None:
    small = till.house.small
    sheet = _open(till)
    till.type("row c")
    till.press(Qt.Key.Key_Down)
    till.press(Qt.Key.Key_Down)
    till.press(Qt.Key.Key_Return)
    till.wait(lambda: till.seats == (small.seat(3, 2),))
    till.wait(lambda: "C2" not in _shown(sheet))
    assert len(_shown(sheet)) == 9, "what was typed goes on finding"
    till.settle()
    _enter_takes_nothing(till, sheet)
    till.press(Qt.Key.Key_Down)
    till.press(Qt.Key.Key_Return)
    till.wait(lambda: till.seats == small.seats_of(3, (2, 3)))


@SQLITE
def test_the_last_seat_that_is_left_over_is_not_taken_by_one_enter_more(till: Till) -> None:
    small = till.house.small
    till.elsewhere(*small.seats_of(3, range(3, 11)))
    till.screen.live.refresh()
    till.wait(lambda: till.state(small.seat(3, 10)) == MapState.HELD)
    sheet = _open(till)
    till.type("row c")
    assert _shown(sheet) == ["C1", "C2"]
    till.press(Qt.Key.Key_Down)
    till.press(Qt.Key.Key_Return)
    till.wait(lambda: till.seats == (small.seat(3, 1),))
    till.wait(lambda: _shown(sheet) == ["C2"])
    till.settle()
    _enter_takes_nothing(till, sheet)
    till.press(Qt.Key.Key_Down)
    till.press(Qt.Key.Key_Return)
    till.wait(lambda: till.seats == small.seats_of(3, (1, 2)))


@SQLITE
def test_what_another_till_leaves_over_is_not_taken_for_what_was_seen(till: Till) -> None:
    small = till.house.small
    till.elsewhere(*small.seats_of(3, range(3, 11)))
    till.screen.live.refresh()
    till.wait(lambda: till.state(small.seat(3, 10)) == MapState.HELD)
    sheet = _open(till)
    till.type("row c")
    assert _shown(sheet) == ["C1", "C2"]
    till.elsewhere(small.seat(3, 1))
    till.screen.live.refresh()
    till.wait(lambda: _shown(sheet) == ["C2"])
    _enter_takes_nothing(till, sheet)
    assert sheet.note.text() == "1 seat fits: choose it with the arrow keys."


@SQLITE
def test_the_list_stays_where_it_was_scrolled_to_while_others_sell(till: Till) -> None:
    small = till.house.small
    sheet = _open(till)
    bar = sheet.table.verticalScrollBar()
    till.wait(lambda: bar.maximum() > 400)
    bar.setValue(400)
    till.elsewhere(small.seat(5, 3))
    till.screen.live.refresh()
    till.wait(lambda: len(_shown(sheet)) == 49)
    till.settle()
    assert bar.value() == 400


@SQLITE
def test_a_click_chooses_a_row_and_a_double_click_takes_it(till: Till) -> None:
    small = till.house.small
    sheet = _open(till)
    spot = sheet.table.visualRect(sheet.table.model().index(1, 0)).center()
    viewport = sheet.table.viewport()
    QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=spot)
    assert not till.seats
    till.press(Qt.Key.Key_Return)
    till.wait(lambda: till.seats == (small.seat(1, 2),))
    till.wait(lambda: "A2" not in _shown(sheet))
    till.settle()
    QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=spot)
    QTest.mouseDClick(viewport, Qt.MouseButton.LeftButton, pos=spot)
    till.wait(lambda: till.seats == small.seats_of(1, (2, 3)))


@SQLITE
def test_what_became_of_the_seat_is_said_in_the_list(till: Till) -> None:
    small = till.house.small
    sheet = _open(till)
    till.type("d 4")
    till.press(Qt.Key.Key_Return)
    till.wait(lambda: till.seats == (small.seat(4, 4),))
    till.wait(lambda: "seat 4" in sheet.note.text())
    assert not sheet.search.text()
    assert sheet.search.hasFocus(), "the next seat is typed at once"
    till.elsewhere(small.seat(4, 5))
    till.type("d 5")
    till.press(Qt.Key.Key_Return)
    till.wait(lambda: till.said)
    till.wait(lambda: "seat 5" in sheet.note.text())
    assert till.seats == (small.seat(4, 4),)


@SQLITE
def test_seats_come_and_go_in_the_open_list(till: Till) -> None:
    small = till.house.small
    sheet = _open(till)
    till.elsewhere(small.seat(1, 1))
    till.screen.live.refresh()
    till.wait(lambda: "A1" not in _shown(sheet))
    assert len(_shown(sheet)) == 49


@SQLITE
@pytest.mark.parametrize("typed", ["", "c"])
@pytest.mark.parametrize("tabs", range(4))
def test_esc_closes_from_anywhere(till: Till, typed: str, tabs: int) -> None:
    sheet = _open(till)
    till.type(typed)
    for _ in range(tabs):
        till.press(Qt.Key.Key_Tab)
    till.press(Qt.Key.Key_Escape)
    assert not sheet.is_open
    assert not till.is_asking()


@SQLITE
def test_tab_leaves_the_list_for_the_next_control_and_chooses_nothing(till: Till) -> None:
    sheet = _open(till)
    till.press(Qt.Key.Key_Tab)
    assert sheet.table.hasFocus()
    _enter_takes_nothing(till, sheet)
    till.press(Qt.Key.Key_Down)
    till.press(Qt.Key.Key_Tab)
    after = QApplication.focusWidget()
    assert after is not None
    assert after not in {sheet.table, sheet.search}
    QTest.keyClick(after, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert sheet.table.hasFocus()
    QTest.keyClick(sheet.table, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert sheet.search.hasFocus()
    till.press(Qt.Key.Key_Tab)
    till.type("c 7")
    assert sheet.search.hasFocus(), "what is typed in the list goes on in the search"
    assert _shown(sheet) == ["C7"]
