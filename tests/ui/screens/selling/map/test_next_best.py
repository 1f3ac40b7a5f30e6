"""F4 once more takes the next best instead; with Shift it takes more; and what is chosen by hand stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pos_app.doctor import judge_database
from pos_app.domain.seats import MapState
from pos_app.services.selling.holds import load_hold
from tests.kinds import SQLITE
from tests.services.stories import put_hold_back, sold

if TYPE_CHECKING:
    from pos_app.domain.seats import SeatKey
    from tests.ui.screens.selling.conftest import Till


def _press_shift_f4(till: Till) -> None:
    QTest.keyClick(QApplication.focusWidget() or till.window, Qt.Key.Key_F4, Qt.KeyboardModifier.ShiftModifier)


def _best(till: Till, count: int) -> tuple[SeatKey, ...]:
    """Press F4 and wait for another basket of so many seats."""
    before = till.seats
    till.press(Qt.Key.Key_F4)
    till.wait(lambda: till.seats != before and len(till.seats) == count)
    till.settle()
    return till.seats


@SQLITE
def test_f4_twice_holds_the_next_best_instead_and_not_twice_as_many(till: Till) -> None:
    first = _best(till, 2)
    assert "Taken: 2 in Stalls, row A" in till.said
    second = _best(till, 2)
    assert not set(first) & set(second)
    assert "Instead: 2 in Stalls" in till.said
    assert all(till.state(seat) == MapState.FREE for seat in first)
    assert all(till.state(seat) == MapState.MINE for seat in second)
    assert set(till.house.database.read(load_hold, till.screen.hold.basket.key).seats) == set(second)
    assert till.house.database.read(judge_database) == ()


@SQLITE
def test_f4_twice_at_once_is_the_second_best_too_and_a_held_key_is_pressed_once(till: Till) -> None:
    till.press(Qt.Key.Key_F4)
    till.press(Qt.Key.Key_F4)
    till.settle()
    assert len(till.seats) == 2
    assert till.line.asked.count("hold_best_seats") == 2
    till.line.asked.clear()
    where = till.screen.map_panel.map
    for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
        held = QKeyEvent(kind, Qt.Key.Key_F4, Qt.KeyboardModifier.NoModifier, "", True)
        QApplication.sendEvent(where, held)
    till.settle()
    assert "hold_best_seats" not in till.line.asked


@SQLITE
def test_with_shift_f4_takes_more_and_f4_then_replaces_only_those(till: Till) -> None:
    first = _best(till, 2)
    _press_shift_f4(till)
    till.wait(lambda: len(till.seats) == 4)
    till.settle()
    assert set(first) < set(till.seats)
    more = set(till.seats) - set(first)
    third = _best(till, 4)
    assert set(first) < set(third)
    assert not more & set(third)


@SQLITE
def test_what_was_chosen_by_hand_before_and_after_stays(till: Till) -> None:
    small = till.house.small
    before, after = small.seat(5, 1), small.seat(5, 8)
    till.hold(before)
    first = set(_best(till, 3)) - {before}
    till.hold(after)
    again = set(_best(till, 4))
    assert {before, after} < again
    assert not first & again


@SQLITE
def test_a_seat_of_the_proposal_that_was_given_back_and_taken_again_by_hand_is_not_replaced(till: Till) -> None:
    first = _best(till, 2)
    till.click(first[0])
    till.wait(lambda: len(till.seats) == 1)
    till.settle()
    till.hold(first[0])
    till.press(Qt.Key.Key_F4)
    till.wait(lambda: len(till.seats) == 3)
    assert first[0] in till.seats
    assert first[1] not in till.seats


@SQLITE
def test_another_number_is_taken_instead_too(till: Till) -> None:
    _best(till, 2)
    till.press(Qt.Key.Key_4)
    assert len(_best(till, 4)) == 4
    till.press(Qt.Key.Key_1)
    assert len(_best(till, 1)) == 1


@SQLITE
def test_when_all_are_through_it_is_said_and_the_best_comes_once_more(till: Till) -> None:
    small = till.house.small
    sold(till.house, [small.seat(row, number) for row in range(1, 6) for number in range(5, 11)])
    sold(till.house, [small.seat(row, number) for row in (3, 4, 5) for number in range(1, 5)])
    till.press(Qt.Key.Key_4)
    first = _best(till, 4)
    second = _best(till, 4)
    assert _best(till, 4) == first != second
    assert "These were all. The best once more" in till.said
    till.elsewhere(*second)
    till.press(Qt.Key.Key_F4)
    till.wait(lambda: "There is nothing else like it" in till.said)
    assert till.seats == first


@SQLITE
def test_where_nothing_can_be_had_instead_the_seats_stay(till: Till) -> None:
    first = _best(till, 2)
    till.want_category("B")
    till.screen.map_panel.best.wheelchair.setChecked(True)
    till.elsewhere(till.house.small.seat(5, 9))
    till.press(Qt.Key.Key_F4)
    till.wait(lambda: "No wheelchair place is free" in till.said)
    till.settle()
    assert till.seats == first


@SQLITE
def test_the_next_best_keeps_who_was_to_sit_there(till: Till) -> None:
    first = _best(till, 2)
    child = till.house.small.child_id
    till.screen.basket_panel.type_chosen.emit((first[1],), child)
    _best(till, 2)
    types = [line.ticket_type.name for line in till.screen.hold.basket.lines]
    assert sorted(types) == ["Adult", "Child"]


@SQLITE
def test_after_the_time_was_up_and_the_seats_were_taken_again_f4_still_replaces_them(till: Till) -> None:
    first = _best(till, 2)
    put_hold_back(till.house, till.screen.hold.basket.key, made=910, left=-10)
    till.screen.hold._clock.start(0)
    till.wait(lambda: till.screen.hold.is_expired)
    till.press(Qt.Key.Key_F5)
    till.wait(lambda: not till.screen.hold.is_expired)
    till.settle()
    assert till.seats == first
    assert not set(_best(till, 2)) & set(first)


@SQLITE
def test_an_offer_is_gone_when_the_time_is_up_as_its_key_takes_the_seats_again(till: Till) -> None:
    small = till.house.small
    for row in (1, 2, 3):
        till.elsewhere(*small.seats_of(row, range(4, 11)))
    bar = till.screen.map_panel.best
    till.want_category("A")
    bar.count.set_value(5)
    seats = _best(till, 5)
    assert "(F5)" in till.screen.banner.message.action
    put_hold_back(till.house, till.screen.hold.basket.key, made=910, left=-10)
    till.screen.hold._clock.start(0)
    till.wait(lambda: till.screen.hold.is_expired)
    assert not till.screen.banner.isVisible()
    till.press(Qt.Key.Key_F5)
    till.wait(lambda: not till.screen.hold.is_expired)
    till.settle()
    assert till.seats == seats


@SQLITE
def test_with_a_wheelchair_the_others_sit_beside_it_and_leave_other_companions_their_places(till: Till) -> None:
    bar = till.screen.map_panel.best
    bar.wheelchair.setChecked(True)
    seats = _best(till, 2)
    assert set(seats) == set(till.house.small.seats_of(5, (9, 10)))
    till.press(Qt.Key.Key_4)
    seats = _best(till, 4)
    assert set(seats) == set(till.house.small.seats_of(5, (7, 8, 9, 10)))


@SQLITE
def test_places_for_wheelchairs_are_given_to_others_only_by_a_second_key_and_paid_for(till: Till) -> None:
    small = till.house.small
    free = set(small.seats_of(5, (9, 10)))
    every = [small.seat(row, number) for row in range(1, 6) for number in range(1, 11)]
    till.elsewhere(*(seat for seat in every if seat not in free))
    till.press(Qt.Key.Key_F4)
    till.wait(lambda: "No seat is free" in till.said)
    assert "on places for wheelchairs and companions" in till.screen.banner.message.action
    till.press(Qt.Key.Key_F5)
    till.wait(lambda: set(till.seats) == free)
    till.settle()
    assert {line.ticket_type.name for line in till.screen.hold.basket.lines} == {"Adult"}


@SQLITE
def test_each_evening_has_a_last_proposal_of_its_own(till: Till) -> None:
    small = till.house.small
    first = _best(till, 2)
    till.open(small.begun_id)
    till.settle()
    till.press(Qt.Key.Key_F4)
    till.sheet()
    till.press(Qt.Key.Key_Return)
    till.wait(lambda: len(till.seats) == 4)
    till.settle()
    assert set(first) < set(till.seats)
    there = set(till.seats) - set(first)
    till.open(small.performance_id)
    till.settle()
    again = set(_best(till, 4))
    assert there < again
    assert not again & set(first)


@SQLITE
def test_when_more_are_taken_back_the_key_replaces_those_before(till: Till) -> None:
    first = _best(till, 2)
    _press_shift_f4(till)
    till.wait(lambda: len(till.seats) == 4)
    till.settle()
    till.press_undo()
    till.settle()
    assert till.seats == first
    assert not set(_best(till, 2)) & set(first)
