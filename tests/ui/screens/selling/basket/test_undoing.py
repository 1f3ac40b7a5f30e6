"""What a key changes is told, and Ctrl+Z takes it back, or says why it cannot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pos_app.doctor import judge_database
from pos_app.domain.seats import MapState
from pos_app.services.selling.holds import load_hold
from tests.kinds import SQLITE, SQLITE_FIRST
from tests.services.promo_codes.test_redeeming import make_code
from tests.services.stories import put_hold_back, seat_row
from tests.standing import add_standing

if TYPE_CHECKING:
    from tests.ui.screens.selling.conftest import Till


def _undo(till: Till) -> None:
    till.press_undo()
    till.settle()


def _release(till: Till) -> None:
    till.press(Qt.Key.Key_Escape)
    till.sheet()
    till.press(Qt.Key.Key_Return)
    till.settle()


def _best(till: Till, count: int = 2) -> None:
    before = till.seats
    till.press(Qt.Key.Key_F4)
    till.wait(lambda: till.seats != before and len(till.seats) == count)
    till.settle()


@SQLITE
def test_what_f4_took_is_given_back(till: Till) -> None:
    _best(till)
    assert "Ctrl+Z" in till.screen.banner.message.undo
    seats = till.seats
    _undo(till)
    assert not till.seats
    assert "Undone" in till.said
    assert {seat_row(till.house, seat).state for seat in seats} == {"free"}
    _undo(till)
    assert "nothing to undo" in till.said


@SQLITE_FIRST
def test_the_next_best_is_taken_back_in_one_step_and_then_the_third_is_offered(till: Till) -> None:
    _best(till)
    first = till.seats
    till.screen.basket_panel.type_chosen.emit((first[1],), till.house.small.child_id)
    _best(till)
    second = till.seats
    _undo(till)
    assert set(till.seats) == set(first)
    assert sorted(line.ticket_type.name for line in till.screen.hold.basket.lines) == ["Adult", "Child"]
    held = till.house.database.read(load_hold, till.screen.hold.basket.key)
    assert set(held.seats) == set(first)
    _best(till)
    assert not set(till.seats) & {*first, *second}
    assert till.house.database.read(judge_database) == ()


@SQLITE
def test_what_somebody_else_has_meanwhile_is_said_and_the_basket_stays(till: Till) -> None:
    _best(till)
    first = till.seats
    _best(till)
    second = till.seats
    till.elsewhere(first[0])
    _undo(till)
    assert set(till.seats) == set(second)
    assert "row A, seat" in till.said
    assert "cannot be undone" in till.said
    assert till.house.database.read(judge_database) == ()


@SQLITE
def test_a_released_basket_comes_back_with_its_code_and_name(till: Till) -> None:
    till.house.database.transact(make_code)
    seats = till.house.small.seats_of(1, (3, 4))
    till.hold(*seats)
    till.screen.questions.take_name("Ms Vance", "wheelchair at the side")
    till.press(Qt.Key.Key_F11)
    till.type("WINTER10")
    till.press(Qt.Key.Key_Return)
    till.settle()
    total = till.screen.basket_panel.total_words
    _release(till)
    assert not till.seats
    assert "2 seats are released" in till.said
    _undo(till)
    assert till.seats == seats
    basket = till.screen.hold.basket
    assert (basket.customer_name, basket.note) == ("Ms Vance", "wheelchair at the side")
    assert till.screen.basket_panel.total_words == total
    assert till.screen.hold.seconds_left > 890
    assert all(till.state(seat) == MapState.MINE for seat in seats)


@SQLITE
def test_of_a_released_basket_what_is_left_comes_back_and_the_rest_is_said(till: Till) -> None:
    one, two = till.house.small.seats_of(1, (3, 4))
    till.hold(one, two)
    _release(till)
    till.elsewhere(one)
    _undo(till)
    assert till.seats == (two,)
    assert "1 of 2 seats went to somebody else" in till.said


@SQLITE
def test_a_line_that_was_removed_comes_back_as_it_was(till: Till) -> None:
    one, two = till.house.small.seats_of(1, (3, 4))
    till.hold(one, two)
    till.screen.basket_panel.type_chosen.emit((two,), till.house.small.child_id)
    assert "Child" in till.said
    QTest.mouseClick(till.screen.basket_panel.rows()[1].remove, Qt.MouseButton.LeftButton)
    till.wait(lambda: till.seats == (one,))
    till.settle()
    assert "Given back: Stalls, row A, seat 4" in till.said
    _undo(till)
    assert till.seats == (one, two)
    assert [line.ticket_type.name for line in till.screen.hold.basket.lines] == ["Adult", "Child"]


@SQLITE
def test_a_line_of_another_evening_comes_back_too(till: Till) -> None:
    small = till.house.small
    seat = small.seat(1, 3)
    till.hold(seat, small.seat(1, 4))
    till.open(small.begun_id)
    till.settle()
    till.screen.basket_panel.seats_removed.emit((seat,))
    till.settle()
    _undo(till)
    assert set(till.seats) == {seat, small.seat(1, 4)}
    assert till.screen.basket_panel.total_words == "€80.00"


@SQLITE
def test_a_ticket_type_is_changed_back(till: Till) -> None:
    seats = till.house.small.seats_of(1, (3, 4))
    till.hold(*seats)
    till.screen.basket_panel.type_chosen.emit(seats, till.house.small.child_id)
    assert till.screen.basket_panel.total_words == "€40.00"
    _undo(till)
    assert till.screen.basket_panel.total_words == "€80.00"


@SQLITE
def test_a_code_that_was_taken_out_by_its_key_comes_back(till: Till) -> None:
    till.house.database.transact(make_code)
    till.hold(till.house.small.seat(1, 3))
    till.press(Qt.Key.Key_F11)
    till.type("WINTER10")
    till.press(Qt.Key.Key_Return)
    till.settle()
    total = till.screen.basket_panel.total_words
    till.press(Qt.Key.Key_F11)
    assert "WINTER10 is taken out" in till.said
    assert till.screen.basket_panel.total_words != total
    _undo(till)
    assert till.screen.basket_panel.total_words == total


@SQLITE
def test_a_click_is_undone_though_nothing_is_said_of_it(till: Till) -> None:
    one, two = till.house.small.seats_of(1, (3, 4))
    till.hold(one)
    till.hold(two)
    till.settle()
    assert not till.said
    _undo(till)
    assert till.seats == (one,)
    till.click(one)
    till.wait(lambda: not till.seats)
    till.settle()
    _undo(till)
    assert till.seats == (one,)


@SQLITE
def test_standing_places_are_told_and_given_back(till: Till) -> None:
    till.house.database.transact(add_standing, till.house.small, 5)
    till.screen.live._plans.clear()
    till.open(till.house.small.performance_id)
    till.settle()
    areas = till.screen.areas
    areas.ask(0)
    areas.stepper.chosen.emit(3)
    till.wait(lambda: len(till.seats) == 3)
    till.settle()
    assert "Taken: Standing \u00d7 3" in till.said
    _undo(till)
    assert not till.seats


@SQLITE
def test_seats_that_were_taken_again_are_given_back(till: Till) -> None:
    seat = till.house.small.seat(1, 3)
    till.hold(seat)
    till.settle()
    put_hold_back(till.house, till.screen.hold.basket.key, made=910, left=-10)
    till.screen.hold._clock.start(0)
    till.wait(lambda: till.screen.hold.is_expired)
    _undo(till)
    assert "nothing to undo" in till.said
    till.press(Qt.Key.Key_F5)
    till.wait(lambda: not till.screen.hold.is_expired)
    till.settle()
    assert "1 seat is taken again" in till.said
    _undo(till)
    assert not till.seats


@SQLITE
def test_what_is_sold_is_not_undone_and_the_next_customer_begins_anew(till: Till) -> None:
    _best(till)
    till.press(Qt.Key.Key_F10)
    till.wait(lambda: till.screen.checkout.sheet.is_open)
    seats = till.seats
    _undo(till)
    assert till.seats == seats
    till.press(Qt.Key.Key_Return)
    till.wait(lambda: till.screen.tickets.printed is not None)
    till.settle()
    _undo(till)
    assert not till.seats
    till.press(Qt.Key.Key_Return)
    till.settle()
    _undo(till)
    assert "nothing to undo" in till.said
    assert till.house.database.read(judge_database) == ()
