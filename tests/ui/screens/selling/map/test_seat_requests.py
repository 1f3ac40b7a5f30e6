"""A till asks another to let a seat go: the question appears there, and the answer comes back here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pos_app.domain.codes import new_request_id
from pos_app.domain.seats import MapState
from pos_app.domain.selling.seat_requests import Answer
from pos_app.services.selling.seat_requests import answer_release, ask_to_release, load_questions
from tests.kinds import BOTH, SQLITE
from tests.services.orders.reserving import reserved
from tests.services.stories import seat_row

if TYPE_CHECKING:
    from pos_app.domain.seats import SeatKey
    from tests.ui.screens.selling.conftest import Till


def _look(till: Till) -> None:
    till.screen.requests.poll()
    till.settle()


def _hold_elsewhere(till: Till) -> SeatKey:
    seat = till.house.small.seat(1, 3)
    till.elsewhere(seat)
    till.poll()
    till.wait(lambda: till.state(seat) == MapState.HELD)
    return seat


def _answer(till: Till, *, yes: bool) -> None:
    small = till.house.small
    other = small.elsewhere(small.cashier)
    asked = till.house.database.read(load_questions, small.other_till_id).asked
    assert [one.till_name for one in asked] == ["Till 1"]
    till.house.database.transact(answer_release, other, asked[0].question_id, yes=yes)


@BOTH
def test_f12_asks_for_the_seat_under_the_pointer_and_yes_brings_it_at_once(till: Till) -> None:
    seat = _hold_elsewhere(till)
    QTest.mouseMove(till.screen.map_panel.map, QPoint(3, 3))
    QTest.mouseMove(till.screen.map_panel.map, till.point(seat))
    till.press(Qt.Key.Key_F12)
    till.wait(lambda: till.said)
    assert "Till 2 is asked for Stalls, row A, seat 3" in till.said
    _look(till)
    assert not till.seats
    _answer(till, yes=True)
    _look(till)
    till.wait(lambda: till.seats == (seat,))
    assert "let it go" in till.said
    _look(till)
    assert till.seats == (seat,)


@SQLITE
def test_a_click_on_a_held_seat_names_the_till_and_one_key_asks_it(till: Till) -> None:
    seat = _hold_elsewhere(till)
    till.click(seat)
    assert "held by Till 2" in till.said
    assert "F12" in till.screen.banner.message.action
    till.press(Qt.Key.Key_F5)
    till.settle()
    assert "held by Till 2" in till.said
    till.press(Qt.Key.Key_F12)
    till.wait(lambda: "is asked" in till.said)
    _answer(till, yes=False)
    _look(till)
    assert "Till 2 keeps it" in till.said
    assert not till.seats


@SQLITE
def test_the_key_asks_as_long_as_the_seat_is_held_though_what_was_said_is_gone(till: Till) -> None:
    seat = _hold_elsewhere(till)
    till.click(seat)
    till.screen.banner.dismiss()
    QTest.mouseMove(till.screen.map_panel.map, QPoint(2, 2))
    till.press(Qt.Key.Key_F12)
    till.wait(lambda: "is asked for Stalls, row A, seat 3" in till.said)
    till.press(Qt.Key.Key_F12)
    assert "is asked already: Stalls, row A, seat 3" in till.said
    _answer(till, yes=True)
    _look(till)
    till.wait(lambda: till.seats == (seat,))
    assert "let it go" in till.said
    till.press_undo()
    till.wait(lambda: not till.seats)
    till.settle()
    assert seat_row(till.house, seat).state == "free"


@SQLITE
def test_f12_does_what_its_button_says_wherever_the_pointer_is_by_now(till: Till) -> None:
    seat, other = _hold_elsewhere(till), till.house.small.seat(2, 3)
    till.elsewhere(other)
    till.poll()
    till.wait(lambda: till.state(other) == MapState.HELD)
    till.click(seat)
    QTest.mouseMove(till.screen.map_panel.map, till.point(other))
    till.press(Qt.Key.Key_F12)
    till.wait(lambda: "is asked for" in till.said)
    assert "row A, seat 3" in till.said


@SQLITE
def test_f12_away_from_such_a_seat_says_what_to_do(till: Till) -> None:
    QTest.mouseMove(till.screen.map_panel.map, QPoint(2, 2))
    till.press(Qt.Key.Key_F12)
    assert "Point at a seat" in till.said


def _ask_us(till: Till, seat: SeatKey) -> str:
    small = till.house.small
    request_id = new_request_id()
    till.house.database.transact(ask_to_release, small.elsewhere(small.manager), seat, request_id=request_id)
    return request_id


def _heard(till: Till) -> Answer:
    return till.house.database.read(load_questions, till.house.small.other_till_id).ours[0].answer


@BOTH
def test_the_question_of_another_till_is_shown_and_yes_lets_the_seat_go(till: Till) -> None:
    one, two = till.house.small.seats_of(1, (3, 4))
    till.hold(one, two)
    _ask_us(till, one)
    _look(till)
    strip = till.screen.map_panel.question
    assert strip.isVisible()
    assert "Till 2 (Mario Manager) asks for Stalls, row A, seat 3" in strip._text.text()
    QTest.keyClick(QApplication.focusWidget() or till.window, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    till.wait(lambda: till.seats == (two,))
    till.settle()
    assert not strip.isVisible()
    assert seat_row(till.house, one).state == "free"
    assert _heard(till) is Answer.YES


@SQLITE
def test_keeping_it_keeps_it(till: Till) -> None:
    seat = till.house.small.seat(1, 3)
    till.hold(seat)
    _ask_us(till, seat)
    _look(till)
    QTest.mouseClick(till.screen.map_panel.question.no, Qt.MouseButton.LeftButton)
    till.settle()
    _look(till)
    assert not till.screen.map_panel.question.isVisible()
    assert till.seats == (seat,)
    assert _heard(till) is Answer.NO


@SQLITE
def test_leaving_the_screen_stops_the_looking(till: Till) -> None:
    till.screen.requests.set_running(True)
    till.screen.hide()
    assert not till.screen.requests._timer.isActive()


@SQLITE
def test_f12_over_a_reserved_seat_leads_to_its_order_and_asks_no_till(till: Till) -> None:
    seat = till.house.small.seat(1, 3)
    made = reserved(till.house, [seat], "Novak")
    till.poll()
    till.wait(lambda: till.state(seat) is MapState.RESERVED)
    shown: list[int] = []
    till.screen.requests.order_wanted.connect(shown.append)
    QTest.mouseMove(till.screen.map_panel.map, QPoint(3, 3))
    QTest.mouseMove(till.screen.map_panel.map, till.point(seat))
    till.press(Qt.Key.Key_F12)
    assert shown == [made.order_id]
    assert "ask_to_release" not in till.line.asked
