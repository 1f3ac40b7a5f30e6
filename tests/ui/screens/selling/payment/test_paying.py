"""From the basket to the tickets, and everything that can come between."""

from __future__ import annotations

from dataclasses import replace
from threading import Event
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from sqlalchemy import func, select, update

from pos_app.db.models import Order, Performance, Price
from pos_app.doctor import judge_database
from pos_app.domain.errors import PrintFailed
from pos_app.domain.seats import MapState
from pos_app.domain.selling.sales import PaymentMethod
from pos_app.domain.sentences import say
from pos_app.ui.pages import draw_pages
from pos_app.ui.words.messages import Level
from tests.kinds import BOTH, SQLITE
from tests.services.stories import change_performance, put_hold_back, seat_row

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tests.houses import OpenHouse
    from tests.ui.screens.selling.conftest import Till


def _orders(house: OpenHouse) -> int:
    return house.database.read(lambda session: session.execute(select(func.count(Order.id))).scalar_one())


def _set_adult_price(house: OpenHouse, amount: int) -> None:
    def change(session: Session) -> None:
        session.execute(update(Price).where(Price.ticket_type_id == house.small.adult_id).values(amount_minor=amount))

    house.database.transact(change)


def _pay_cash(till: Till, digits: str = "") -> None:
    till.press(Qt.Key.Key_F10)
    till.wait(lambda: till.screen.checkout.sheet.is_open)
    till.type(digits)
    till.press(Qt.Key.Key_Return)


def _is_sound(till: Till) -> bool:
    return not till.house.database.read(judge_database)


@BOTH
def test_cash_sells_and_enter_calls_the_next_customer(till: Till) -> None:
    one, two = till.house.small.seats_of(1, (3, 4))
    till.hold(one, two)
    _pay_cash(till, "100")
    tickets = till.screen.tickets
    till.wait(lambda: tickets.printed is not None)
    assert tickets.sale is not None
    assert (tickets.sale.total_minor, tickets.sale.change_minor) == (8000, 2000)
    assert tickets.panel.isVisible()
    assert tickets.panel.change.text == "€20.00"
    assert tickets.printed is not None
    assert tickets.printed.path is not None
    assert tickets.printed.path.read_bytes().startswith(b"%PDF")
    assert len(tickets.printed.faces) == 2
    till.wait(lambda: till.state(one) == till.state(two) == MapState.SOLD)
    assert seat_row(till.house, one).state == "sold"
    assert not till.journal.pending()
    assert _is_sound(till)
    till.press(Qt.Key.Key_Return)
    assert not tickets.is_open
    assert till.screen.basket_panel.isVisible()
    assert QApplication.focusWidget() is till.screen.map_panel.map
    till.hold(till.house.small.seat(1, 5))


@SQLITE
def test_a_card_needs_its_reference(till: Till) -> None:
    till.hold(till.house.small.seat(4, 3))
    till.press(Qt.Key.Key_F9)
    till.wait(lambda: till.screen.checkout.sheet.is_open)
    till.press(Qt.Key.Key_Return)
    assert till.screen.checkout.sheet.is_open
    assert _orders(till.house) == 0
    till.type("4711")
    till.press(Qt.Key.Key_Return)
    till.wait(lambda: till.screen.tickets.sale is not None)
    assert till.screen.tickets.sale is not None
    assert till.screen.tickets.sale.method is PaymentMethod.CARD
    till.settle()


@SQLITE
def test_a_key_pressed_before_the_seat_is_answered_pays_for_it_too(till: Till) -> None:
    one, two = till.house.small.seats_of(1, (3, 4))
    till.hold(one)
    till.click(two)
    till.press(Qt.Key.Key_F10)
    assert not till.screen.checkout.sheet.is_open
    till.wait(lambda: till.screen.checkout.sheet.is_open)
    assert till.screen.checkout.sheet.cash.total.text == "€80.00"


@BOTH
def test_a_price_changed_meanwhile_is_told_before_money_moves_then_sells(till: Till) -> None:
    seat = till.house.small.seat(1, 3)
    till.hold(seat)
    _set_adult_price(till.house, 4500)
    till.press(Qt.Key.Key_F10)
    sheet = till.screen.checkout.sheet
    till.wait(lambda: sheet.cash.total.text == "€45.00")
    assert sheet.problem.message.text == "The price has changed: the total was €40.00 and is now €45.00."
    assert "before you take money" in sheet.problem.message.advice
    assert till.screen.basket_panel.total_words == "€45.00"
    assert _orders(till.house) == 0
    # An Enter that was meant for the old total sells nothing.
    till.press(Qt.Key.Key_Return)
    assert "€45.00 now" in sheet.cash.note.text()
    till.settle()
    assert _orders(till.house) == 0
    till.press(Qt.Key.Key_Return)
    till.wait(lambda: till.screen.tickets.sale is not None)
    assert till.screen.tickets.sale is not None
    assert till.screen.tickets.sale.total_minor == 4500
    till.settle()
    # Seats chosen from now on have the new price too.
    till.press(Qt.Key.Key_Return)
    till.hold(till.house.small.seat(1, 4))
    assert till.screen.basket_panel.total_words == "€45.00"


@BOTH
def test_a_basket_that_ran_out_still_sells_when_nobody_took_its_seats(till: Till) -> None:
    seat = till.house.small.seat(1, 3)
    till.hold(seat)
    till.settle()
    put_hold_back(till.house, till.screen.hold.basket.key, made=910, left=-10)
    _pay_cash(till)
    till.wait(lambda: till.screen.tickets.sale is not None)
    till.settle()
    assert _is_sound(till)


@BOTH
def test_seats_taken_while_an_expired_basket_is_paid_are_named_and_leave_it(till: Till) -> None:
    one, two = till.house.small.seats_of(1, (3, 4))
    till.hold(one, two)
    till.settle()
    put_hold_back(till.house, till.screen.hold.basket.key, made=910, left=-10)
    till.press(Qt.Key.Key_F10)
    till.wait(lambda: till.screen.checkout.sheet.is_open)
    till.elsewhere(two)
    till.press(Qt.Key.Key_Return)
    till.wait(lambda: till.seats == (one,))
    assert "row A, seat 4" in till.said
    assert "Nothing was sold" in till.said
    assert not till.screen.checkout.sheet.is_open
    assert _orders(till.house) == 0
    till.settle()
    _pay_cash(till)
    till.wait(lambda: till.screen.tickets.sale is not None)
    till.settle()
    assert _is_sound(till)


def _run_out(till: Till) -> None:
    """Let the time of the basket be over, at the till and at the server."""
    put_hold_back(till.house, till.screen.hold.basket.key, made=910, left=-10)
    till.screen.hold._clock.start(0)
    till.wait(lambda: till.screen.hold.is_expired)


@SQLITE
def test_the_payment_says_when_the_time_is_up_under_it_and_still_sells(till: Till) -> None:
    till.hold(till.house.small.seat(1, 3))
    till.settle()
    till.press(Qt.Key.Key_F10)
    sheet = till.screen.checkout.sheet
    till.wait(lambda: sheet.is_open)
    till.type("5")
    assert not sheet.warning.isVisible()
    _run_out(till)
    assert sheet.warning.isVisible()
    assert sheet.warning.message.level is Level.WARNING
    assert "Time is up" in sheet.warning.message.text
    assert "Others may take it now" in sheet.warning.message.text
    assert "F5" in sheet.warning.message.advice
    till.type("0")
    till.press(Qt.Key.Key_Return)
    assert not sheet.warning.isVisible()
    till.wait(lambda: till.screen.tickets.sale is not None)
    till.settle()
    assert _is_sound(till)


@SQLITE
def test_the_card_is_not_charged_before_the_seats_are_held_again(till: Till) -> None:
    one, two = till.house.small.seats_of(1, (3, 4))
    till.hold(one, two)
    till.settle()
    till.press(Qt.Key.Key_F9)
    sheet = till.screen.checkout.sheet
    till.wait(lambda: sheet.is_open)
    _run_out(till)
    assert "2 seats are on sale again" in sheet.warning.message.text
    assert "Do not charge the card yet" in sheet.warning.message.advice
    # As it says: Esc, F5 takes them again, then the payment.
    till.press(Qt.Key.Key_Escape)
    till.press(Qt.Key.Key_F5)
    till.wait(lambda: not till.screen.hold.is_expired)
    till.press(Qt.Key.Key_F9)
    till.wait(lambda: sheet.is_open)
    assert not sheet.warning.isVisible()
    till.type("4711")
    till.press(Qt.Key.Key_Return)
    till.wait(lambda: till.screen.tickets.sale is not None)
    till.settle()


@SQLITE
def test_a_payment_opened_after_the_time_is_warned_until_the_seats_are_held_again(till: Till) -> None:
    till.hold(till.house.small.seat(1, 3))
    till.settle()
    _run_out(till)
    till.press(Qt.Key.Key_F9)
    sheet = till.screen.checkout.sheet
    till.wait(lambda: sheet.is_open)
    assert sheet.warning.isVisible()
    assert "Do not charge the card yet" in sheet.warning.message.advice
    till.screen.hold.retake()
    till.wait(lambda: not till.screen.hold.is_expired)
    assert not sheet.warning.isVisible()
    assert sheet.is_open


@SQLITE
def test_the_warning_comes_back_with_a_server_that_did_not_answer(till: Till) -> None:
    till.hold(till.house.small.seat(1, 3))
    till.settle()
    till.press(Qt.Key.Key_F10)
    sheet = till.screen.checkout.sheet
    till.wait(lambda: sheet.is_open)
    _run_out(till)
    till.line.cut = True
    till.press(Qt.Key.Key_Return)
    till.wait(lambda: sheet.problem.message.text)
    assert sheet.warning.isVisible()
    till.wait(lambda: sheet.rect().contains(sheet.panel.geometry()))


@SQLITE
@pytest.mark.parametrize(
    ("key", "typed", "money"),
    [
        (Qt.Key.Key_F10, "", "Nothing was sold. Give the money back."),
        (Qt.Key.Key_F9, "4711", "Nothing was sold. If the card was charged, reverse it at the terminal."),
    ],
)
def test_when_seats_are_gone_it_says_which_and_what_becomes_of_the_money(
    till: Till, key: Qt.Key, typed: str, money: str
) -> None:
    seats = till.house.small.seats_of(1, (3, 4, 5, 6, 7))
    till.hold(*seats)
    till.settle()
    till.press(key)
    till.wait(lambda: till.screen.checkout.sheet.is_open)
    _run_out(till)
    till.elsewhere(*seats[:4])
    till.type(typed)
    till.press(Qt.Key.Key_Return)
    till.wait(lambda: till.seats == seats[4:])
    assert money in till.said
    assert "row A, seats 3\u20136." in till.said
    assert _orders(till.house) == 0
    till.settle()


@SQLITE
def test_too_little_cash_stays_in_the_sheet(till: Till) -> None:
    till.hold(till.house.small.seat(1, 3))
    _pay_cash(till, "39.99")
    sheet = till.screen.checkout.sheet
    assert sheet.is_open
    assert "short" in sheet.cash.note.text()
    assert _orders(till.house) == 0
    till.press(Qt.Key.Key_Escape)
    assert len(till.seats) == 1


@SQLITE
def test_a_cancelled_performance_is_refused_in_the_sheet_before_money_is_taken(till: Till) -> None:
    seat = till.house.small.seat(1, 3)
    till.hold(seat)
    change_performance(till.house, state="cancelled")
    till.press(Qt.Key.Key_F10)
    sheet = till.screen.checkout.sheet
    till.wait(lambda: sheet.is_refused)
    assert "cancelled" in sheet.problem.message.text
    # An Enter that was meant for the payment does nothing, neither here nor on the map.
    till.press(Qt.Key.Key_Return)
    assert sheet.is_open
    till.settle()
    assert _orders(till.house) == 0
    till.press(Qt.Key.Key_Escape)
    assert not till.is_asking()
    assert "cancelled" in till.said
    assert till.seats == (seat,)


@SQLITE
def test_a_performance_that_began_meanwhile_is_asked_about_before_money_moves_and_sells(till: Till) -> None:
    till.hold(till.house.small.seat(1, 3))
    begun = select(Performance.starts_at).where(Performance.id == till.house.small.begun_id)
    change_performance(till.house, starts_at=till.house.database.read(lambda s: s.execute(begun).scalar_one()))
    till.press(Qt.Key.Key_F10)
    till.wait(lambda: till.is_asking() and "has begun" in till.sheet().accessibleName())
    till.press(Qt.Key.Key_Return)
    till.wait(lambda: till.sheet() is till.screen.checkout.sheet)
    till.press(Qt.Key.Key_Return)
    till.wait(lambda: till.screen.tickets.sale is not None)
    assert not till.is_asking()
    till.settle()


@SQLITE
def test_a_basket_that_shrank_while_the_money_was_counted_is_not_charged_the_old_total(till: Till) -> None:
    one, two = till.house.small.seats_of(1, (3, 4))
    till.hold(one, two)
    till.settle()
    till.press(Qt.Key.Key_F10)
    till.wait(lambda: till.screen.checkout.sheet.is_open)
    till.screen.hold.drop([two])
    till.press(Qt.Key.Key_Return)
    assert not till.screen.checkout.sheet.is_open
    assert "another one now" in till.said
    assert "Give the money back" in till.said
    assert _orders(till.house) == 0


@SQLITE
def test_without_a_server_the_payment_stays_open_and_is_made_later(till: Till) -> None:
    till.hold(till.house.small.seat(1, 3))
    till.settle()
    till.press(Qt.Key.Key_F10)
    till.wait(lambda: till.screen.checkout.sheet.is_open)
    till.line.cut = True
    till.press(Qt.Key.Key_Return)
    sheet = till.screen.checkout.sheet
    till.wait(lambda: sheet.problem.message.text)
    assert sheet.is_open
    till.line.cut = False
    till.press(Qt.Key.Key_Return)
    till.wait(lambda: till.screen.tickets.sale is not None)
    till.settle()
    assert _orders(till.house) == 1


@BOTH
def test_a_sale_whose_end_is_unknown_is_found_to_be_made(till: Till) -> None:
    till.hold(till.house.small.seat(1, 3))
    till.line.loses_sales = True
    _pay_cash(till)
    till.wait(lambda: till.screen.checkout.taking.is_in_doubt)
    assert "Do not take money again" in till.said
    assert till.screen.banner.message.level is Level.ERROR
    assert not till.screen.checkout.sheet.is_open
    assert len(till.journal.pending()) == 1
    till.press(Qt.Key.Key_F9)
    till.press(Qt.Key.Key_F10)
    assert not till.screen.checkout.sheet.is_open
    assert "not settled" in till.said
    till.screen.checkout.taking.resolve()
    till.settle()
    till.wait(lambda: till.screen.checkout.taking.is_in_doubt)
    till.line.cut = till.line.loses_sales = False
    till.screen.checkout.taking.resolve()
    till.wait(lambda: till.screen.tickets.sale is not None)
    till.settle()
    assert not till.screen.checkout.taking.is_in_doubt
    assert not till.journal.pending()
    assert till.screen.tickets.panel.isVisible()
    assert till.screen.tickets.printed is not None
    assert not till.seats
    assert _orders(till.house) == 1
    assert _is_sound(till)


@BOTH
def test_a_sale_whose_end_is_unknown_is_found_not_to_be_made(till: Till) -> None:
    seat = till.house.small.seat(1, 3)
    till.hold(seat)
    till.line.loses_sales = True
    till.line.sells_before_the_loss = False
    _pay_cash(till)
    till.wait(lambda: till.screen.checkout.taking.is_in_doubt)
    till.line.cut = till.line.loses_sales = False
    till.poll()
    till.screen.checkout.taking.resolve()
    till.wait(lambda: not till.screen.checkout.taking.is_in_doubt)
    assert "was not made" in till.said
    assert "still held" in till.said
    till.settle()
    assert till.seats == (seat,)
    _pay_cash(till)
    till.wait(lambda: till.screen.tickets.sale is not None)
    till.settle()
    assert _orders(till.house) == 1


@SQLITE
def test_keys_do_not_reach_the_basket_behind_the_payment(till: Till) -> None:
    till.hold(till.house.small.seat(1, 3))
    till.press(Qt.Key.Key_F10)
    sheet = till.screen.checkout.sheet
    till.wait(lambda: sheet.is_open)
    for key in (Qt.Key.Key_F9, Qt.Key.Key_F7, Qt.Key.Key_F5, Qt.Key.Key_F2):
        till.press(key)
    assert till.sheet() is sheet
    assert sheet.cash.isVisible()
    till.press(Qt.Key.Key_Escape)
    assert not till.is_asking()
    assert len(till.seats) == 1


@SQLITE
def test_tickets_that_cannot_be_set_do_not_undo_the_sale(till: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> bytes:
        raise PrintFailed(say("The paper is out."), advice=say("Put some in."))

    monkeypatch.setattr("pos_app.flows.print_tickets.render_tickets", fail)
    till.hold(till.house.small.seat(1, 3))
    with till.qtbot.waitSignal(till.screen.tickets_failed):
        _pay_cash(till)
    panel = till.screen.tickets.panel
    assert "paper is out" in panel.print_line.words
    monkeypatch.undo()
    till.press(Qt.Key.Key_F6)
    till.wait(lambda: till.screen.tickets.printed is not None)
    till.settle()
    assert _orders(till.house) == 1


@SQLITE
def test_what_the_printer_said_stays_said_when_the_preview_comes_later(
    till: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = Event()

    def refuse(*_: object) -> None:
        raise PrintFailed(say("The paper is out."), advice=say("Put some in."))

    def draw_late(pdf: bytes) -> object:
        assert told.wait(20)
        return draw_pages(pdf)

    monkeypatch.setattr("pos_app.flows.print_tickets.send_to_printer", refuse)
    monkeypatch.setattr("pos_app.ui.screens.selling.payment.tickets.draw_pages", draw_late)
    tickets = till.screen.tickets
    monkeypatch.setattr(tickets, "_press", replace(tickets._press, queue="HALL-1"))
    till.hold(till.house.small.seat(1, 3))
    with till.qtbot.waitSignal(till.screen.tickets_failed):
        _pay_cash(till)
    told.set()
    till.wait(lambda: tickets.printed is not None)
    assert "paper is out" in tickets.panel.print_line.words
