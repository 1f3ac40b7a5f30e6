"""Best seats at a key, limited to a zone, and what is offered where there are none; ticket types by letters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from sqlalchemy import update

from pos_app.db.models import TicketType
from pos_app.doctor import judge_database
from pos_app.domain.seats import MapState
from pos_app.services.selling.holds import load_hold
from tests.kinds import SQLITE, SQLITE_FIRST
from tests.services.promo_codes.test_redeeming import make_code
from tests.services.stories import put_hold_back
from tests.standing import add_standing

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from tests.ui.screens.selling.conftest import Till


def _letters(till: Till) -> None:
    """Give each ticket type a letter, as a house does, and open the performance with them."""
    small = till.house.small

    def give(session: Session) -> None:
        for kind, letter in ((small.adult_id, "A"), (small.child_id, "C"), (small.complimentary_id, "F")):
            session.execute(update(TicketType).where(TicketType.id == kind).values(letter=letter))

    till.house.database.transact(give)
    till.open(small.performance_id)
    till.settle()


def _types(till: Till) -> list[str]:
    return [line.ticket_type.name for line in till.screen.hold.basket.lines]


@SQLITE_FIRST
def test_two_on_best_seats_for_exact_cash_take_three_keys_from_a_fresh_screen(till: Till) -> None:
    till.press(Qt.Key.Key_F4)
    till.press(Qt.Key.Key_F10)
    till.wait(lambda: till.screen.checkout.sheet.is_open)
    till.press(Qt.Key.Key_Return)
    till.wait(lambda: till.screen.tickets.sale is not None)
    till.settle()
    sale = till.screen.tickets.sale
    assert sale is not None
    assert len(sale.ticket_ids) == 2
    assert (sale.total_minor, sale.change_minor) == (8000, 0)
    assert till.house.database.read(judge_database) == ()


@SQLITE
def test_a_digit_on_the_map_says_how_many_and_they_sit_together(till: Till) -> None:
    till.press(Qt.Key.Key_4)
    assert till.screen.map_panel.best.button.words == "Best 4 together"
    till.press(Qt.Key.Key_F4)
    till.wait(lambda: len(till.seats) == 4)
    ids = [seat.seat_id for seat in till.seats]
    assert ids == list(range(ids[0], ids[0] + 4))
    assert all(till.state(seat) == MapState.MINE for seat in till.seats)
    seen = till.screen.map_panel.map
    assert all(seen.rect().contains(till.point(seat)) for seat in till.seats)


@SQLITE
def test_where_no_seats_are_together_the_nearest_thing_is_one_key_away(till: Till) -> None:
    small = till.house.small
    # Of each row only the first seats are left: two rows of 3 in B.
    for row, last in ((1, 6), (2, 6), (3, 3), (4, 3), (5, 3)):
        till.elsewhere(*small.seats_of(row, range(last + 1, 11)))
    bar = till.screen.map_panel.best
    till.want("B")
    bar.count.set_value(10)
    till.press(Qt.Key.Key_F4)
    till.wait(lambda: till.said)
    assert "6 seats are free in B" in till.said
    assert not till.seats
    assert "F5" in till.screen.banner.message.action
    till.press(Qt.Key.Key_F5)
    till.wait(lambda: len(till.seats) == 10)
    assert all(till.state(seat) == MapState.MINE for seat in till.seats)


@SQLITE
def test_a_performance_that_has_begun_asks_before_best_seats_too(till: Till) -> None:
    till.open(till.house.small.begun_id)
    till.settle()
    till.press(Qt.Key.Key_F4)
    till.sheet()
    till.press(Qt.Key.Key_Return)
    till.wait(lambda: len(till.seats) == 2)


@SQLITE
def test_a_letter_changes_the_last_ticket_and_shift_all(till: Till) -> None:
    _letters(till)
    till.hold(*till.house.small.seats_of(1, (3, 4)))
    till.press(Qt.Key.Key_C)
    assert _types(till) == ["Adult", "Child"]
    assert till.screen.basket_panel.total_words == "€60.00"
    QTest.keyClick(QApplication.focusWidget() or till.window, Qt.Key.Key_C, Qt.KeyboardModifier.ShiftModifier)
    assert _types(till) == ["Child", "Child"]
    till.screen.basket_panel.rows()[0].kind.setFocus()
    till.press(Qt.Key.Key_A)
    assert _types(till) == ["Adult", "Adult"], "both stand in this line"
    till.screen.basket_panel.rows()[0].unfolded.emit(till.seats, True)
    till.screen.basket_panel.rows()[2].kind.setFocus()
    till.press(Qt.Key.Key_C)
    assert _types(till) == ["Adult", "Child"]
    till.press(Qt.Key.Key_X)
    assert "letter X" in till.said


@SQLITE
def test_a_letter_changes_all_of_the_line_that_has_the_keyboard(till: Till) -> None:
    _letters(till)
    till.hold(till.house.small.seat(4, 8), *till.house.small.seats_of(1, (3, 4, 5)), till.house.small.seat(2, 8))
    row = till.screen.basket_panel.rows()[1]
    row.kind.setFocus(Qt.FocusReason.TabFocusReason)
    till.press(Qt.Key.Key_C)
    assert [len(one.seats) for one in till.screen.basket_panel.rows()] == [1, 3, 1]
    assert [line.ticket_type.name for line in till.screen.hold.basket.lines] == [
        "Adult",
        *("Child",) * 3,
        "Adult",
    ]


@SQLITE
def test_letters_and_digits_typed_in_a_field_are_only_text(till: Till) -> None:
    _letters(till)
    till.hold(till.house.small.seat(1, 3))
    fields: tuple[Callable[[], object], ...] = (
        till.screen.basket_panel.promo.field.setFocus,
        lambda: till.press(Qt.Key.Key_F2),
    )
    for go in fields:
        go()
        till.type("C7")
        assert _types(till) == ["Adult"]
        assert till.screen.map_panel.best.count.value == 2


@SQLITE
def test_a_single_seat_left_over_is_told_at_payment_and_one_key_moves_away_from_it(till: Till) -> None:
    _letters(till)
    small = till.house.small
    till.hold(*small.seats_of(1, (2, 3)))
    assert not till.said
    till.press(Qt.Key.Key_C)
    till.press(Qt.Key.Key_F10)
    till.wait(lambda: "single seat" in till.said)
    assert "row A, seat 1" in till.said
    assert not till.screen.checkout.sheet.is_open
    till.press(Qt.Key.Key_F5)
    till.wait(lambda: set(till.seats) == set(small.seats_of(1, (1, 2))))
    till.settle()
    assert sorted(_types(till)) == ["Adult", "Child"]
    assert till.state(small.seat(1, 3)) == MapState.FREE
    till.press(Qt.Key.Key_F10)
    till.wait(lambda: till.screen.checkout.sheet.is_open)
    assert not till.said


@SQLITE
def test_the_advice_may_be_ignored_by_the_same_key(till: Till) -> None:
    till.hold(*till.house.small.seats_of(1, (2, 3)))
    till.press(Qt.Key.Key_F10)
    till.wait(lambda: till.said)
    till.press(Qt.Key.Key_F10)
    till.wait(lambda: till.screen.checkout.sheet.is_open)
    assert not till.screen.banner.isVisible()


@SQLITE
def test_the_advice_is_withdrawn_when_the_time_is_up_as_its_key_takes_the_seats_again(till: Till) -> None:
    seats = till.house.small.seats_of(1, (2, 3))
    till.hold(*seats)
    till.press(Qt.Key.Key_F10)
    till.wait(lambda: till.said)
    assert "F5" in till.screen.banner.message.action
    till.settle()
    put_hold_back(till.house, till.screen.hold.basket.key, made=910, left=-10)
    till.screen.hold._clock.start(0)
    till.wait(lambda: till.screen.hold.is_expired)
    assert till.screen.basket_panel.retake.isVisible()
    assert not till.screen.banner.isVisible()
    till.press(Qt.Key.Key_F5)
    till.wait(lambda: not till.screen.hold.is_expired)
    till.settle()
    assert till.seats == seats
    assert "2 seats are taken again" in till.said
    # Nobody had decided on it: it is told again, and does what it says.
    till.press(Qt.Key.Key_F10)
    till.wait(lambda: "single seat" in till.said)
    till.press(Qt.Key.Key_F5)
    till.wait(lambda: set(till.seats) == set(till.house.small.seats_of(1, (1, 2))))
    till.settle()


@SQLITE
def test_no_advice_is_given_while_the_time_is_up(till: Till) -> None:
    till.hold(*till.house.small.seats_of(1, (2, 3)))
    till.settle()
    put_hold_back(till.house, till.screen.hold.basket.key, made=910, left=-10)
    till.screen.hold._clock.start(0)
    till.wait(lambda: till.screen.hold.is_expired)
    till.press(Qt.Key.Key_F10)
    till.wait(lambda: till.said or till.screen.checkout.sheet.is_open)
    assert not till.said
    assert till.screen.checkout.sheet.warning.isVisible()


@SQLITE
def test_best_seats_that_are_split_are_swapped_by_one_key_and_the_code_stays(till: Till) -> None:
    till.house.database.transact(make_code)
    small = till.house.small
    for row in (1, 2, 3):
        till.elsewhere(*small.seats_of(row, range(4, 11)))
    till.hold(small.seat(5, 1))
    till.press(Qt.Key.Key_F11)
    till.type("WINTER10")
    till.press(Qt.Key.Key_Return)
    till.settle()
    bar = till.screen.map_panel.best
    till.want("A")
    bar.count.set_value(5)
    till.press(Qt.Key.Key_F4)
    till.wait(lambda: len(till.seats) == 6)
    assert "Not all together" in till.said
    split = set(till.seats)
    till.press(Qt.Key.Key_F5)
    till.settle()
    till.wait(lambda: len(till.seats) == 6)
    assert set(till.seats) != split
    assert till.screen.hold.basket.promo is not None
    held = till.house.database.read(load_hold, till.screen.hold.basket.key)
    assert set(held.seats) == set(till.seats)


@SQLITE
def test_a_chosen_zone_is_shown_large_and_best_seats_are_looked_for_there(till: Till) -> None:
    till.house.database.transact(add_standing, till.house.small, 5)
    till.screen.live._plans.clear()
    till.open(till.house.small.performance_id)
    till.settle()
    zones, before = till.screen.map_panel.zones, till.point(till.house.small.seat(1, 1))
    stalls, standing = zones.menu().actions()[1:]
    stalls.trigger()
    assert till.point(till.house.small.seat(1, 1)) != before
    till.press(Qt.Key.Key_F4)
    till.wait(lambda: len(till.seats) == 2)
    standing.trigger()
    assert zones.words == "Standing floor"
    till.press(Qt.Key.Key_F4)
    till.wait(lambda: till.said)
    assert "No seat is free in Standing floor" in till.said
    assert len(till.seats) == 2
