"""The first act for the next customer puts the last sale away by itself; what is not on paper stays findable."""

from __future__ import annotations

from dataclasses import replace
from threading import Event
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pos_app.domain.errors import PosError, PrintFailed
from pos_app.domain.seats import MapState
from pos_app.domain.sentences import say
from pos_app.ui.screens.selling.payment import tickets as printing
from pos_app.ui.words.messages import Level
from tests.kinds import SQLITE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pos_app.flows.print_tickets import PrintedTickets
    from tests.ui.screens.selling.conftest import Till

pytestmark = SQLITE


def _sell(till: Till, number: int = 3) -> None:
    """Sell one seat of the first row, up to the sold panel."""
    till.hold(till.house.small.seat(1, number))
    till.press(Qt.Key.Key_F10)
    till.wait(lambda: till.screen.checkout.sheet.is_open)
    till.press(Qt.Key.Key_Return)
    till.wait(lambda: till.screen.tickets.is_open)


def _click_a_seat(till: Till) -> None:
    till.click(till.house.small.seat(2, 3))
    till.wait(lambda: till.seats == (till.house.small.seat(2, 3),))


def _ask_for_the_best(till: Till) -> None:
    till.press(Qt.Key.Key_F4)
    till.wait(lambda: till.seats)


def _press_a_digit(till: Till) -> None:
    till.press(Qt.Key.Key_4)
    assert till.screen.map_panel.best.count.value == 4


def _search(till: Till) -> None:
    till.press(Qt.Key.Key_F2)
    assert QApplication.focusWidget() is till.screen.performances.search
    till.type("Cherry")
    assert till.screen.performances.search.text() == "Cherry"


def _choose_a_performance(till: Till) -> None:
    listed = till.screen.performances
    row = listed.model.row_of(till.house.small.gala_id)
    at = listed.view.visualRect(listed.model.index(row)).center()
    QTest.mouseClick(listed.view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    till.wait_open(till.house.small.gala_id)


def _click_a_sold_seat(till: Till) -> None:
    seat = till.house.small.seat(1, 3)
    till.click(seat)
    assert "sold" in till.said


def _look_at_the_list(till: Till) -> None:
    till.press(Qt.Key.Key_F3)
    till.sheet().cancel()


def _give_a_name(till: Till) -> None:
    till.press(Qt.Key.Key_F8)
    till.sheet().cancel()


@pytest.mark.parametrize(
    "act",
    [
        _click_a_seat,
        _ask_for_the_best,
        _press_a_digit,
        _search,
        _choose_a_performance,
        _click_a_sold_seat,
        _look_at_the_list,
        _give_a_name,
    ],
)
def test_the_first_act_for_the_next_customer_is_done_and_puts_the_last_sale_away(
    till: Till, act: Callable[[Till], None]
) -> None:
    _sell(till)
    till.wait(lambda: till.screen.tickets.printed is not None)
    till.settle()
    act(till)
    till.settle()
    assert not till.screen.tickets.is_open
    assert till.screen.basket_panel.isVisible()


def test_enter_calls_the_next_customer_and_the_keyboard_goes_to_the_map(till: Till) -> None:
    _sell(till)
    till.settle()
    till.press(Qt.Key.Key_Return)
    assert not till.screen.tickets.is_open
    assert QApplication.focusWidget() is till.screen.map_panel.map


def test_arrow_keys_go_on_walking_the_performances_after_the_first_one_put_the_sale_away(till: Till) -> None:
    _sell(till)
    till.settle()
    view = till.screen.performances.view
    view.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert not till.screen.tickets.is_open
    assert view.hasFocus()


@pytest.fixture
def press(till: Till, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Event:
    """Give the till a printer that is done once the event is set."""
    done = Event()

    def print_slowly(*_facts: object) -> None:
        done.wait(60)

    monkeypatch.setattr(printing, "print_for_counter", print_slowly)
    till.screen.tickets.use_press(replace(till.screen.tickets._press, queue="HALL-1", folder=tmp_path))
    return done


def test_a_sale_that_is_still_printing_is_put_away_with_a_word_of_where_it_is(till: Till, press: Event) -> None:
    _sell(till)
    till.wait(lambda: till.screen.tickets.printed is not None)
    number = till.screen.tickets.panel.number.text
    till.click(till.house.small.seat(2, 3))
    till.wait(lambda: till.seats)
    assert till.said == f"The tickets of order {number} are still being made. They are found in Orders."
    press.set()
    till.settle()


def test_a_seat_that_is_not_to_be_had_does_not_talk_over_where_the_tickets_are(till: Till, press: Event) -> None:
    _sell(till)
    till.wait(lambda: till.screen.tickets.printed is not None)
    seat = till.house.small.seat(1, 3)
    till.wait(lambda: till.state(seat) == MapState.SOLD)
    till.click(seat)
    assert "are found in Orders" in till.said
    till.click(seat)
    assert "sold" in till.said
    press.set()
    till.settle()


def test_tickets_that_fail_after_the_next_customer_came_are_told_by_their_order_and_listed(
    till: Till, press: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_facts: object) -> None:
        press.wait(60)
        raise PrintFailed(say("The printer has no paper."), advice=say("Fill it."))

    monkeypatch.setattr(printing, "print_for_counter", refuse)
    listed: list[PrintedTickets] = []
    till.screen.tickets_failed.connect(lambda printed, _error: listed.append(printed))
    _sell(till)
    till.wait(lambda: till.screen.tickets.printed is not None)
    number = till.screen.tickets.panel.number.text
    till.press(Qt.Key.Key_Return)
    monkeypatch.setattr(printing, "print_for_counter", lambda *_facts: None)
    _sell(till, 4)
    till.wait(lambda: till.screen.tickets.printed is not None)
    press.set()
    till.settle()
    assert f"order {number} are not printed. The printer has no paper. They are found in Orders." in till.said
    assert till.screen.banner.message.level is Level.WARNING
    assert [one.order_number for one in listed] == [number.replace("-", "")]
    assert till.screen.tickets.panel.print_line.words == "Printed on HALL-1.", "the next customer's have no trouble"


def test_tickets_that_waited_for_a_hand_are_listed_when_they_are_put_away(till: Till, press: Event) -> None:
    _sell(till)
    sale = till.screen.tickets.sale
    assert sale is not None
    press.set()
    till.settle()
    till.press(Qt.Key.Key_Return)
    # As another window had left it: sold, and nothing sent to the printer.
    till.screen.tickets.show(sale, "basket", words="Not printed yet.")
    till.wait(lambda: till.screen.tickets.printed is not None)
    with till.qtbot.waitSignal(till.screen.tickets_failed) as told:
        till.click(till.house.small.seat(2, 3))
    assert told.args[0].order_number == sale.number
    till.settle()
    assert "may not be on paper yet. They are found in Orders." in till.said


def test_tickets_that_another_window_printed_are_put_away_without_a_word(till: Till, press: Event) -> None:
    _sell(till)
    sale = till.screen.tickets.sale
    assert sale is not None
    press.set()
    till.settle()
    till.press(Qt.Key.Key_Return)
    till.screen.banner.dismiss()
    till.screen.tickets.show(sale, "basket", words="The printer took the tickets.", on_paper=True)
    till.wait(lambda: till.screen.tickets.printed is not None)
    with till.qtbot.assertNotEmitted(till.screen.tickets_failed):
        till.click(till.house.small.seat(2, 3))
        till.settle()
    assert till.said == ""


@pytest.mark.parametrize("is_there", [True, False])
def test_f6_without_a_printer_and_a_viewer_still_says_where_the_pdf_is(
    till: Till, monkeypatch: pytest.MonkeyPatch, *, is_there: bool
) -> None:
    def nothing_shows_it(path: Path) -> None:
        raise PosError(say("This computer has no program that shows PDF files."))

    monkeypatch.setattr(printing, "open_document", nothing_shows_it)
    _sell(till)
    tickets = till.screen.tickets
    till.wait(lambda: tickets.printed is not None)
    assert tickets.printed is not None
    path = tickets.printed.path
    assert path is not None
    till.wait(lambda: path.name in tickets.panel.print_line.words)
    if not is_there:
        path.unlink()
    till.press(Qt.Key.Key_F6)
    assert "no program" in tickets.panel.print_line.words
    assert (str(path) in tickets.panel.print_line.words) is is_there
    assert tickets.panel.print_button.words == "Print", "nothing was printed, to be printed again"
    assert not tickets.is_owed
