"""Complimentary tickets take a reason, and somebody who may give them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from sqlalchemy import select, update

from pos_app.db.models import Order, Price
from pos_app.domain.roles import Role
from pos_app.domain.selling.sales import PaymentMethod
from pos_app.ui.widgets.sheets.approval import ApprovalSheet
from pos_app.ui.widgets.sheets.reason import ReasonSheet
from tests.kinds import SQLITE, SQLITE_FIRST
from tests.services.stories import age_approvals
from tests.small_house import PINS

if TYPE_CHECKING:
    from pos_app.domain.seats import SeatKey
    from tests.ui.screens.selling.conftest import Till


def _give_away(till: Till, *seats: SeatKey) -> None:
    """Hold seats, and let the first be complimentary."""
    till.hold(*seats)
    till.screen.basket_panel.rows()[0].type_chosen.emit((seats[0],), till.house.small.complimentary_id)


def _question(till: Till) -> ReasonSheet:
    sheet = till.sheet()
    assert isinstance(sheet, ReasonSheet)
    return sheet


def _say_why(till: Till, reason: str) -> ApprovalSheet:
    """Give a reason; return the sheet that asks who allows it."""
    sheet = _question(till)
    sheet.reason_field.setText(reason)
    till.press(Qt.Key.Key_Return)
    till.wait(lambda: isinstance(till.sheet(), ApprovalSheet))
    asked = till.sheet()
    assert isinstance(asked, ApprovalSheet)
    till.wait(lambda: bool(asked.cards.shown))
    return asked


def _answer(till: Till, reason: str, pin: str = PINS[Role.MANAGER]) -> ApprovalSheet:
    asked = _say_why(till, reason)
    till.press(Qt.Key.Key_Return)
    QTest.keyClicks(asked.pin, pin)
    QTest.keyClick(asked.pin, Qt.Key.Key_Return)
    return asked


@SQLITE_FIRST
def test_a_cashier_gives_a_ticket_away_with_a_reason_and_a_manager(till: Till) -> None:
    _give_away(till, till.house.small.seat(1, 3))
    till.press(Qt.Key.Key_F10)
    assert any("A manager has to allow it." in one.text() for one in _question(till).findChildren(QLabel))
    for refused, told in (
        ("5555 5555 5555 4444", "A whole card number stands in the reason. Type only its last four digits."),
        ("\N{ZERO WIDTH SPACE}", "Choose or type a reason."),
    ):
        _question(till).reason_field.setText(refused)
        till.press(Qt.Key.Key_Return)
        assert _question(till)._wrong.text() == told, "before a manager is called"
    _answer(till, "Daily News")
    payment = till.screen.checkout.sheet
    till.wait(lambda: payment.is_open)
    assert payment.method is PaymentMethod.FREE
    assert payment.free.why.text() == "Complimentary: Daily News"
    till.press(Qt.Key.Key_Return)
    till.wait(lambda: till.screen.tickets.sale is not None)
    till.settle()
    note = till.house.database.read(lambda session: session.execute(select(Order.note)).scalar_one())
    assert note == "Daily News"


def _allow_again(till: Till, told: str) -> None:
    """A manager is asked once more over the open payment, is told why, and allows it."""
    till.wait(lambda: isinstance(till.sheet(), ApprovalSheet))
    asked = till.sheet()
    assert isinstance(asked, ApprovalSheet)
    till.wait(lambda: bool(asked.cards.shown))
    assert told in asked._problem.text()
    till.press(Qt.Key.Key_Return)
    QTest.keyClicks(asked.pin, PINS[Role.MANAGER])
    QTest.keyClick(asked.pin, Qt.Key.Key_Return)


@SQLITE
def test_what_was_allowed_too_long_ago_is_allowed_again_and_the_payment_goes_on(till: Till) -> None:
    one, two = till.house.small.seats_of(1, (3, 4))
    _give_away(till, one, two)
    till.press(Qt.Key.Key_F9)
    _answer(till, "Daily News")
    payment = till.screen.checkout.sheet
    till.wait(lambda: payment.is_open and till.screen.checkout.confirming.is_confirmed)
    age_approvals(till.house, 121)
    QTest.keyClicks(payment.card.field, "4711")
    till.press(Qt.Key.Key_Return)
    _allow_again(till, "two minutes ago")
    till.wait(lambda: till.screen.tickets.sale is not None)
    till.settle()
    order = till.house.database.read(lambda session: session.execute(select(Order.note, Order.total_minor)).one())
    assert (order.note, order.total_minor) == ("Daily News", 4000)


@SQLITE
def test_it_is_told_before_the_money_and_who_is_not_there_is_asked_for_later(till: Till) -> None:
    one, two = till.house.small.seats_of(1, (3, 4))
    _give_away(till, one, two)
    till.press(Qt.Key.Key_F10)
    _answer(till, "Daily News")
    payment = till.screen.checkout.sheet
    till.wait(lambda: payment.is_open and till.screen.checkout.confirming.is_confirmed)
    till.press(Qt.Key.Key_Escape)
    age_approvals(till.house, 600)
    till.press(Qt.Key.Key_F10)
    till.wait(lambda: isinstance(till.sheet(), ApprovalSheet))
    till.press(Qt.Key.Key_Escape)
    till.wait(lambda: not isinstance(till.sheet(), ApprovalSheet))
    assert payment.is_open, "nothing is lost by saying no"
    assert "two minutes ago" in payment.problem.message.text
    QTest.keyClicks(payment.cash.field, "40")
    till.press(Qt.Key.Key_Return)
    _allow_again(till, "two minutes ago")
    till.wait(lambda: till.screen.tickets.sale is not None)
    till.settle()


@SQLITE
def test_nobody_else_allows_it(till: Till) -> None:
    _give_away(till, till.house.small.seat(1, 3))
    till.press(Qt.Key.Key_F10)
    asked = _answer(till, "Friend", "9999")
    till.wait(asked._problem.text)
    assert "not right" in asked._problem.text()
    assert [one.role for one in asked.cards.shown] == [Role.MANAGER]
    assert not till.screen.checkout.sheet.is_open
    till.press(Qt.Key.Key_Escape)
    till.press(Qt.Key.Key_Escape)
    assert not till.is_asking()


@SQLITE
def test_it_is_asked_before_the_money_of_the_others_moves_and_only_once(till: Till) -> None:
    one, two, three = till.house.small.seats_of(1, (3, 4, 5))
    _give_away(till, one, two)
    till.press(Qt.Key.Key_F9)
    assert not till.screen.checkout.sheet.is_open
    _answer(till, "Press")
    payment = till.screen.checkout.sheet
    till.wait(lambda: payment.is_open)
    assert payment.card.amount.text == "€40.00"
    till.press(Qt.Key.Key_Escape)
    till.press(Qt.Key.Key_F10)
    till.wait(lambda: payment.is_open)
    till.press(Qt.Key.Key_Escape)
    # Another ticket that is given away is another question.
    till.hold(three)
    till.screen.hold.change(lambda basket: basket.change_type(three, till.house.small.complimentary_id))
    till.press(Qt.Key.Key_F10)
    _question(till)


@SQLITE
def test_what_costs_nothing_for_another_reason_is_only_confirmed(till: Till) -> None:
    small = till.house.small
    free = update(Price).where(Price.ticket_type_id == small.child_id).values(amount_minor=0)
    till.house.database.transact(lambda session: session.execute(free))
    till.poll()
    price = small.category_a_id, small.child_id
    till.wait(lambda: till.screen.live.offer and till.screen.live.offer.prices[price] == 0)
    seat = small.seat(1, 3)
    till.hold(seat)
    till.screen.basket_panel.rows()[0].type_chosen.emit((seat,), small.child_id)
    till.press(Qt.Key.Key_F10)
    payment = till.screen.checkout.sheet
    till.wait(lambda: payment.is_open)
    assert payment.free.why.text() == "These tickets cost nothing."
    till.press(Qt.Key.Key_Return)
    till.wait(lambda: till.screen.tickets.sale is not None)
    assert till.screen.tickets.sale is not None
    assert till.screen.tickets.sale.method is PaymentMethod.FREE
    till.settle()
