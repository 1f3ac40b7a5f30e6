"""The hold of a basket: its end, taking again, extending, releasing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from pos_app.domain.seats import MapState
from pos_app.services.selling.holds import load_hold
from pos_app.ui.widgets.sheets.reason import ReasonSheet
from tests.kinds import SQLITE, SQLITE_FIRST
from tests.services.stories import change_performance, put_hold_back, seat_row, sold

if TYPE_CHECKING:
    from pos_app.domain.seats import SeatKey
    from tests.ui.screens.selling.conftest import Till


def _expire(till: Till, *seats: SeatKey) -> None:
    """Hold seats, and let their time run out at the till and at the server."""
    till.hold(*seats)
    till.settle()
    key = till.screen.hold.basket.key
    put_hold_back(till.house, key, made=910, left=-10)
    till.screen.hold._clock.start(0)
    till.wait(lambda: till.screen.hold.is_expired)


@SQLITE
def test_a_hold_of_one_second_runs_out_and_says_so(till: Till) -> None:
    change_performance(till.house, hold_seconds=1)
    one, two = till.house.small.seats_of(1, (3, 4))
    till.hold(one, two)
    till.wait(lambda: till.screen.hold.is_expired)
    panel = till.screen.basket_panel
    assert panel.headline.text() == "Time is up"
    assert panel.until.text().startswith("2 seats")
    assert panel.retake.isVisible()
    assert not panel.extend.isEnabled()
    till.wait(lambda: till.state(one) == till.state(two) == MapState.FREE)
    till.click(till.house.small.seat(1, 6))
    assert "F5" in till.said
    assert not till.screen.hold.is_waiting


@SQLITE
def test_f5_takes_the_seats_again(till: Till) -> None:
    one, two = till.house.small.seats_of(1, (3, 4))
    _expire(till, one, two)
    old = till.screen.hold.basket.key
    till.press(Qt.Key.Key_F5)
    till.press(Qt.Key.Key_F5)
    till.settle()
    assert till.seats == (one, two)
    assert not till.screen.hold.is_expired
    assert till.screen.hold.seconds_left > 890
    assert not till.screen.basket_panel.retake.isVisible()
    assert till.state(one) == till.state(two) == MapState.MINE
    assert till.screen.hold.basket.key != old
    assert till.house.database.read(load_hold, till.screen.hold.basket.key).seats == (one, two)


@SQLITE
def test_f5_when_one_seat_is_gone_keeps_the_others(till: Till) -> None:
    one, two, three = till.house.small.seats_of(1, (3, 4, 5))
    _expire(till, one, two, three)
    till.elsewhere(two)
    till.press(Qt.Key.Key_F5)
    till.wait(lambda: not till.screen.hold.is_expired)
    till.settle()
    assert till.seats == (one, three)
    assert "1 of 3 seats" in till.said
    assert till.state(two) == MapState.HELD
    assert till.screen.basket_panel.total_words == "€80.00"


@SQLITE
def test_f5_when_all_seats_are_gone_empties_the_basket(till: Till) -> None:
    one, two = till.house.small.seats_of(1, (3, 4))
    _expire(till, one, two)
    till.elsewhere(one, two)
    till.press(Qt.Key.Key_F5)
    till.wait(lambda: not till.seats)
    till.settle()
    assert "row A, seat 3" in till.said
    assert not till.screen.hold.is_expired
    till.hold(till.house.small.seat(1, 6))


@SQLITE
def test_f5_without_a_server_can_be_pressed_again(till: Till) -> None:
    seat = till.house.small.seat(1, 3)
    _expire(till, seat)
    till.line.cut = True
    till.press(Qt.Key.Key_F5)
    till.settle()
    assert "cannot be reached" in till.said
    assert till.screen.hold.is_expired
    assert till.screen.basket_panel.retake.isVisible()
    till.line.cut = False
    till.press(Qt.Key.Key_F5)
    till.wait(lambda: not till.screen.hold.is_expired)
    assert till.seats == (seat,)


@SQLITE
def test_lines_of_an_expired_basket_can_be_removed(till: Till) -> None:
    one, two = till.house.small.seats_of(1, (3, 6))
    _expire(till, one, two)
    rows = till.screen.basket_panel.rows()
    rows[0].remove.click()
    assert till.screen.basket_panel.until.text().startswith("The seat")
    till.screen.basket_panel.rows()[0].remove.click()
    till.settle()
    assert not till.seats
    till.hold(one)


@SQLITE_FIRST
def test_the_hold_is_extended_once_with_a_reason(till: Till) -> None:
    seat = till.house.small.seat(1, 3)
    till.hold(seat)
    till.settle()
    put_hold_back(till.house, till.screen.hold.basket.key, made=800, left=100)
    till.screen.hold.read_again()
    till.wait(lambda: till.screen.hold.seconds_left <= 100)
    assert "F7" in till.screen.basket_panel.until.text()
    till.press(Qt.Key.Key_F7)
    sheet = till.sheet()
    assert isinstance(sheet, ReasonSheet)
    till.press(Qt.Key.Key_Return)
    assert sheet.is_open
    till.type("The customer counts coins")
    till.press(Qt.Key.Key_Return)
    till.wait(lambda: not till.is_asking())
    assert till.screen.hold.seconds_left > 890
    assert not till.screen.basket_panel.extend.isEnabled()
    till.press(Qt.Key.Key_F7)
    assert not till.is_asking()


@SQLITE
def test_an_answer_after_the_extension_was_given_up_harms_nothing(till: Till) -> None:
    till.hold(till.house.small.seat(1, 3))
    till.settle()
    till.line.cut = True
    till.press(Qt.Key.Key_F7)
    till.sheet()
    till.type("Slow")
    till.press(Qt.Key.Key_Return)
    till.press(Qt.Key.Key_Escape)
    till.settle()
    assert "cannot be reached" in till.said
    assert till.screen.hold.seconds_left > 800


@SQLITE
def test_esc_releases_all_after_one_question(till: Till) -> None:
    one, two = till.house.small.seats_of(1, (3, 4))
    till.hold(one, two)
    till.press(Qt.Key.Key_Escape)
    sheet = till.sheet()
    assert "row A, seats 3\u20134 · The Cherry Orchard" in sheet.accessibleDescription()
    till.press(Qt.Key.Key_Escape)
    assert set(till.seats) == {one, two}
    till.press(Qt.Key.Key_Escape)
    till.sheet()
    till.press(Qt.Key.Key_Return)
    till.settle()
    assert not till.seats
    assert seat_row(till.house, one).state == seat_row(till.house, two).state == "free"
    till.press(Qt.Key.Key_Escape)
    assert not till.is_asking()


@SQLITE
def test_keys_do_not_reach_the_screen_behind_a_question(till: Till) -> None:
    till.hold(till.house.small.seat(1, 3))
    till.press(Qt.Key.Key_Escape)
    sheet = till.sheet()
    for key in (Qt.Key.Key_F9, Qt.Key.Key_F10, Qt.Key.Key_F7, Qt.Key.Key_F2):
        till.press(key)
    assert till.sheet() is sheet
    assert not till.screen.checkout.sheet.is_open
    focused = QApplication.focusWidget()
    assert focused is not None
    assert sheet.isAncestorOf(focused) or focused is sheet


@SQLITE
def test_the_price_follows_the_ticket_type(till: Till) -> None:
    small = till.house.small
    till.hold(*small.seats_of(1, (3, 6)))
    row = till.screen.basket_panel.rows()[0]
    names = [action.text().split("\t")[0] for action in row.kind.menu().actions()]
    assert names == ["Adult", "Child", "Complimentary"]
    row.kind.setFocus()
    row.kind.menu().actions()[1].trigger()
    assert till.screen.basket_panel.total_words == "€60.00"
    row = till.screen.basket_panel.rows()[0]
    assert "Child" in row.kind.text()
    assert QApplication.focusWidget() is row.kind


@SQLITE
def test_the_companion_of_a_wheelchair_user_goes_free(till: Till) -> None:
    small = till.house.small
    till.hold(small.seat(5, 10))
    assert till.screen.basket_panel.total_words == "€0.00"


@SQLITE
def test_a_seat_that_the_server_no_longer_holds_leaves_the_basket(till: Till) -> None:
    one, two = till.house.small.seats_of(1, (3, 4))
    till.hold(one, two)
    till.settle()
    till.lose_server()
    key = till.screen.hold.basket.key
    put_hold_back(till.house, key, made=910, left=-10)
    sold(till.house, [two])
    put_hold_back(till.house, key, made=10, left=890)
    till.find_server()
    till.wait(lambda: till.seats == (one,))
    assert "1 seat of the basket is gone" in till.said


@SQLITE
def test_a_hold_that_ended_while_the_server_was_away_is_told(till: Till) -> None:
    till.hold(till.house.small.seat(1, 3))
    till.settle()
    till.lose_server()
    put_hold_back(till.house, till.screen.hold.basket.key, made=910, left=-10)
    till.find_server()
    till.wait(lambda: till.screen.hold.is_expired)
    assert till.screen.basket_panel.headline.text() == "Time is up"


@SQLITE
def test_seats_given_back_while_the_server_is_away_are_given_back_later(till: Till) -> None:
    one, two = till.house.small.seats_of(1, (3, 4))
    till.hold(one, two)
    till.settle()
    till.lose_server()
    till.click(one)
    till.settle()
    assert till.seats == (two,)
    till.find_server()
    till.wait(lambda: seat_row(till.house, one).state == "free")
    till.settle()
    assert till.seats == (two,)
    assert seat_row(till.house, two).state == "claimed"


@SQLITE
def test_a_performance_opened_while_the_server_is_away_opens_when_it_is_back(till: Till) -> None:
    small = till.house.small
    gala = till.screen.performances.performance(small.gala_id)
    assert gala is not None
    till.lose_server()
    till.screen.on_sale.open(gala)
    till.settle()
    assert till.screen.live.plan is None
    till.line.cut = False
    till.poll()
    till.wait_open(small.gala_id)
