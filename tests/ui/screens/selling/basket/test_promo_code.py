"""A promo code in the basket: typed, judged, shown in each line, sold, and refused."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from sqlalchemy import select, update

from pos_app.db.models import Order, PromoUsage
from pos_app.doctor import judge_database
from pos_app.domain.customers.records import CustomerDraft
from pos_app.domain.selling.sales import PaymentMethod
from pos_app.services.customers.records import add_customer
from pos_app.ui.customers.words import row_of
from tests.kinds import SQLITE, SQLITE_FIRST
from tests.services.letters.codes import set_verified
from tests.services.promo_codes.test_redeeming import make_code, uses_of

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from tests.ui.screens.selling.conftest import Till


def _give(till: Till, code: str) -> None:
    till.press(Qt.Key.Key_F11)
    assert QApplication.focusWidget() is till.screen.basket_panel.promo.field
    till.type(code)
    till.press(Qt.Key.Key_Return)
    till.settle()


def _line(till: Till) -> str:
    return till.screen.basket_panel.promo.line.text()


@SQLITE_FIRST
def test_a_code_saves_on_each_line_and_is_sold(till: Till) -> None:
    code_id = till.house.database.transact(make_code)
    till.hold(*till.house.small.seats_of(1, (3, 4)))
    _give(till, "winter-10")
    panel = till.screen.basket_panel
    assert panel.total_words == "€72.00"
    assert [row.saved.text() for row in panel.rows()] == ["-€8.00"]
    panel.rows()[0].unfolded.emit(till.seats, True)
    assert [row.saved.text() for row in panel.rows()] == ["-€8.00", "-€4.00", "-€4.00"]
    assert "saves €8.00" in _line(till)
    assert QApplication.focusWidget() is till.screen.map_panel.map
    till.press(Qt.Key.Key_F10)
    till.wait(lambda: till.screen.checkout.sheet.is_open)
    till.press(Qt.Key.Key_Return)
    till.wait(lambda: till.screen.tickets.sale is not None)
    till.settle()
    assert till.screen.tickets.sale is not None
    assert till.screen.tickets.sale.total_minor == 7200
    assert till.house.database.read(uses_of, code_id) == 1
    assert till.house.database.read(judge_database) == ()
    till.press(Qt.Key.Key_Return)
    till.hold(till.house.small.seat(1, 5))
    assert panel.total_words == "€40.00"
    assert not panel.promo.field.text()


@SQLITE
def test_a_refusal_stands_beside_the_field_and_what_was_typed_stays(till: Till) -> None:
    till.house.database.transact(make_code, least_spend_minor=9000)
    till.hold(till.house.small.seat(1, 3))
    _give(till, "WINTER10")
    assert "needs €90.00" in _line(till)
    assert "50.00 short" in _line(till)
    assert till.screen.basket_panel.total_words == "€40.00"
    till.hold(till.house.small.seat(1, 4))
    assert till.screen.basket_panel.promo.field.text() == "WINTER10"
    _give(till, "NOSUCH")
    assert "no promo code" in _line(till)
    till.press(Qt.Key.Key_Escape)
    assert not till.is_asking()
    assert not till.screen.basket_panel.promo.field.text()


@SQLITE
def test_the_number_of_a_card_is_not_left_for_others_to_read(till: Till) -> None:
    till.hold(till.house.small.seat(1, 3))
    _give(till, "4111 1111 1111 1111")
    assert _line(till) == "There is no promo code “**** **** **** 1111”. Check the letters."
    assert till.screen.basket_panel.promo.field.text() == "**** **** **** 1111"


@SQLITE
def test_a_code_that_no_longer_applies_saves_nothing_until_it_does_again(till: Till) -> None:
    till.house.database.transact(make_code, least_spend_minor=8000)
    one, two = till.house.small.seats_of(1, (3, 4))
    till.hold(one, two)
    _give(till, "WINTER10")
    assert till.screen.basket_panel.total_words == "€72.00"
    till.click(two)
    till.settle()
    assert till.screen.basket_panel.total_words == "€40.00"
    assert "40.00 short" in _line(till)
    till.hold(two)
    assert till.screen.basket_panel.total_words == "€72.00"
    till.press(Qt.Key.Key_F11)
    assert till.screen.basket_panel.total_words == "€80.00"


def _use_up(till: Till) -> None:
    till.house.database.transact(lambda session: session.execute(update(PromoUsage).values(uses=1)))


def _judge_nothing_sold(till: Till) -> None:
    assert "used up" in till.said
    assert till.screen.basket_panel.total_words == "€40.00"
    assert till.house.database.read(lambda session: session.execute(select(Order.id)).all()) == []


@SQLITE
def test_a_code_used_up_by_another_till_is_told_in_the_open_payment_and_enter_sells_nothing(till: Till) -> None:
    till.house.database.transact(make_code, most_uses=1)
    till.hold(till.house.small.seat(1, 3))
    _give(till, "WINTER10")
    _use_up(till)
    till.press(Qt.Key.Key_F10)
    sheet = till.screen.checkout.sheet
    till.wait(lambda: sheet.is_open and sheet.is_refused)
    till.press(Qt.Key.Key_Return)
    till.settle()
    assert sheet.is_refused
    till.press(Qt.Key.Key_Escape)
    till.wait(lambda: not sheet.is_open)
    _judge_nothing_sold(till)


@SQLITE
def test_a_code_used_up_while_the_money_is_taken_ends_the_payment_and_nothing_is_sold(till: Till) -> None:
    till.house.database.transact(make_code, most_uses=1)
    till.hold(till.house.small.seat(1, 3))
    _give(till, "WINTER10")
    till.press(Qt.Key.Key_F10)
    till.wait(lambda: till.screen.checkout.confirming.is_confirmed)
    _use_up(till)
    till.press(Qt.Key.Key_Return)
    till.wait(lambda: till.said and not till.screen.checkout.sheet.is_open)
    till.settle()
    _judge_nothing_sold(till)


class _Hand:
    """Counts clicks."""

    def __init__(self) -> None:
        self.clicks = 0

    def click(self, widget: QWidget) -> None:
        self.clicks += 1
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


@SQLITE
def test_two_hand_picked_seats_with_a_code_take_at_most_six_clicks(till: Till) -> None:
    till.house.database.transact(make_code)
    hand, panel = _Hand(), till.screen.basket_panel
    for seat in till.house.small.seats_of(1, (1, 2)):
        till.click(seat)
        hand.clicks += 1
    till.wait(lambda: len(till.seats) == 2)
    hand.click(panel.promo.field)
    till.type("WINTER10")
    hand.click(panel.promo.button)
    till.wait(lambda: panel.total_words == "€72.00")
    hand.click(panel.ways[PaymentMethod.CASH])
    till.wait(lambda: till.screen.checkout.sheet.is_open)
    hand.click(till.screen.checkout.sheet.confirm)
    till.wait(lambda: till.screen.tickets.sale is not None)
    till.settle()
    assert hand.clicks <= 6


@SQLITE
def test_a_code_that_may_stands_beside_another_and_both_are_sold(till: Till) -> None:
    database = till.house.database
    ten = database.transact(make_code, code="TEN", combinable=True)
    five = database.transact(
        make_code, code="FIVE", kind="amount", scope="order", value=500, currency="EUR", combinable=True
    )
    database.transact(make_code, code="ALONE")
    till.hold(till.house.small.seat(1, 3))
    _give(till, "ten")
    panel = till.screen.basket_panel
    assert panel.total_words == "€36.00"
    assert not panel.promo.field.isReadOnly()
    assert panel.promo.button.words == "Take out"
    _give(till, "f i v e")
    assert panel.total_words == "€31.00"
    assert _line(till) == "✓ TEN, 10 % off: saves €4.00\n✓ FIVE, €5.00 off the order: saves €5.00"
    _give(till, "alone")
    assert "ALONE cannot be combined" in _line(till)
    assert panel.total_words == "€31.00"
    till.press(Qt.Key.Key_Escape)
    assert not panel.promo.field.text()
    assert "TEN" in _line(till)
    assert panel.total_words == "€31.00"
    till.press(Qt.Key.Key_F10)
    till.wait(lambda: till.screen.checkout.sheet.is_open)
    till.press(Qt.Key.Key_Return)
    till.wait(lambda: till.screen.tickets.sale is not None)
    till.settle()
    assert [database.read(uses_of, one) for one in (ten, five)] == [1, 1]
    assert database.read(judge_database) == ()


@SQLITE
def test_with_nothing_typed_the_button_takes_all_codes_out(till: Till) -> None:
    for code in ("TEN", "TWENTY"):
        till.house.database.transact(make_code, code=code, combinable=True)
    till.hold(till.house.small.seat(1, 3))
    _give(till, "ten+twenty")
    panel = till.screen.basket_panel
    assert panel.total_words == "€32.40"
    till.press(Qt.Key.Key_F11)
    assert panel.total_words == "€32.40"
    till.press(Qt.Key.Key_F11)
    assert panel.total_words == "€40.00"
    assert panel.promo.button.words == "Apply"
    assert not _line(till)


@SQLITE
def test_a_code_for_verified_customers_is_taken_once_the_address_is_verified(till: Till) -> None:
    house = till.house
    house.database.transact(make_code, verified_only=True)
    draft = CustomerDraft("Anna Novak", "anna@example.org")
    anna = house.database.transact(add_customer, house.small.cashier, draft, request_id="anna")
    till.hold(house.small.seat(1, 3))
    till.screen.questions.take_name("", "", customer=row_of(anna))
    _give(till, "WINTER10")
    assert "WINTER10 is for customers whose e-mail address is verified" in _line(till)
    house.database.transact(set_verified, anna.customer_id)
    till.screen.questions.take_name("", "", customer=replace(row_of(anna), verified=True))
    till.wait(lambda: till.screen.basket_panel.total_words == "€36.00")


@SQLITE
def test_a_code_for_each_customer_asks_for_the_customer_and_knows_who_has_used_it(till: Till) -> None:
    house = till.house
    house.database.transact(make_code, most_uses_each=1)
    anna = row_of(
        house.database.transact(add_customer, house.small.cashier, CustomerDraft("Anna Novak"), request_id="anna")
    )
    till.hold(house.small.seat(1, 3))
    till.screen.questions.take_name("Anna Novak", "")
    _give(till, "winter10")
    assert "Choose or make the customer first (F8)" in _line(till), "anybody can be called so"
    till.screen.questions.take_name("Anna Novak", "", customer=anna)
    till.settle()
    assert "saves €4.00" in _line(till), "the code that was typed is asked about again by itself"
    assert till.screen.basket_panel.total_words == "€36.00"
    till.screen.basket_panel.drop_customer.click()
    assert till.screen.basket_panel.total_words == "€40.00", "nobody's code is taken"
    till.screen.questions.take_name("", "", customer=anna)
    assert till.screen.basket_panel.total_words == "€36.00"
    till.press(Qt.Key.Key_F10)
    till.wait(lambda: till.screen.checkout.sheet.is_open)
    till.press(Qt.Key.Key_Return)
    till.wait(lambda: till.screen.tickets.sale is not None)
    till.settle()
    till.press(Qt.Key.Key_Return)
    till.hold(house.small.seat(1, 4))
    _give(till, "winter10")
    till.screen.questions.take_name("", "", customer=anna)
    till.settle()
    assert "Choose" not in _line(till)
    assert "WINTER10" in _line(till)
    assert till.screen.basket_panel.total_words == "€40.00"


@SQLITE
def test_a_code_that_was_typed_and_not_taken_yet_is_taken_before_it_is_paid(till: Till) -> None:
    till.house.database.transact(make_code)
    till.hold(till.house.small.seat(1, 3))
    till.press(Qt.Key.Key_F11)
    till.type("winter10")
    till.press(Qt.Key.Key_F10)
    till.wait(lambda: till.screen.checkout.sheet.is_open)
    assert till.screen.basket_panel.total_words == "€36.00"


@SQLITE
def test_no_payment_opens_beside_a_code_that_is_refused_until_it_is_given_up(till: Till) -> None:
    till.hold(till.house.small.seat(1, 3))
    _give(till, "NOSUCH")
    till.screen.map_panel.map.setFocus()
    till.press(Qt.Key.Key_F10)
    till.settle()
    assert not till.is_asking()
    assert "no payment is opened" in till.said
    assert "no promo code" in _line(till)
    assert QApplication.focusWidget() is till.screen.basket_panel.promo.field
    till.press(Qt.Key.Key_Escape)
    till.press(Qt.Key.Key_F10)
    till.wait(lambda: till.screen.checkout.sheet.is_open)
