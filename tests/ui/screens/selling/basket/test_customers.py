"""A customer who is found or made at the counter, while others wait behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from sqlalchemy import select

from pos_app.db.models import Order
from pos_app.domain.customers.finding import CustomerQuery
from pos_app.domain.customers.records import CustomerDraft
from pos_app.services.customers.finding import find_customers
from pos_app.services.customers.records import add_customer
from pos_app.ui.customers.making import CustomerSheet
from pos_app.ui.customers.verifying.sheet import VerifySheet
from pos_app.ui.screens.selling.basket.order_sheet import OrderSheet
from tests.kinds import SQLITE
from tests.services.letters.codes import sent_codes, set_mail_server

if TYPE_CHECKING:
    from pos_app.domain.customers.finding import CustomerRow
    from tests.ui.screens.selling.conftest import Till

pytestmark = SQLITE


def _keep(till: Till, draft: CustomerDraft) -> int:
    actor = till.house.small.cashier
    return till.house.database.transact(add_customer, actor, draft, request_id=draft.name).customer_id


def _all(till: Till) -> tuple[CustomerRow, ...]:
    return till.house.database.read(find_customers, till.house.small.cashier, CustomerQuery()).rows


def _ask(till: Till) -> OrderSheet:
    till.press(Qt.Key.Key_F8)
    sheet = till.sheet()
    assert isinstance(sheet, OrderSheet)
    return sheet


def _make(till: Till, sheet: OrderSheet) -> CustomerSheet:
    till.press(Qt.Key.Key_F8)
    till.wait(lambda: sheet is not till.sheet())
    asked = till.sheet()
    assert isinstance(asked, CustomerSheet)
    return asked


def _customer_of_last_order(till: Till) -> tuple[int | None, str]:
    last = select(Order.customer_id, Order.customer_name).order_by(Order.id.desc()).limit(1)
    return tuple(till.house.database.read(lambda session: session.execute(last).one()))  # type: ignore[return-value]


def test_arrow_and_enter_choose_a_customer_who_is_then_sold_to(till: Till) -> None:
    anna = _keep(till, CustomerDraft("Anna Nováková", "anna@example.org", marks=("Wheelchair",)))
    _keep(till, CustomerDraft("Petr Novák"))
    till.hold(till.house.small.seat(1, 3))
    sheet = _ask(till)
    till.type("novak an")
    till.wait(lambda: [one.customer_id for one in sheet.finder.suggestions.customers] == [anna])
    till.press(Qt.Key.Key_Down)
    till.press(Qt.Key.Key_Return)
    assert sheet.is_open, "the first Enter chooses, the second one keeps"
    assert sheet.finder.customer is not None
    till.press(Qt.Key.Key_Return)
    panel = till.screen.basket_panel
    assert panel.order_words.words == "For Anna Nováková · Wheelchair"
    assert panel.drop_customer.isVisible()
    till.press(Qt.Key.Key_F10)
    till.wait(lambda: till.screen.checkout.sheet.is_open)
    till.press(Qt.Key.Key_Return)
    till.wait(lambda: till.screen.tickets.sale is not None)
    assert _customer_of_last_order(till) == (anna, "Anna Nováková")


def test_enter_alone_keeps_a_plain_name_though_somebody_is_called_so(till: Till) -> None:
    _keep(till, CustomerDraft("Petr Novák"))
    till.hold(till.house.small.seat(1, 3))
    sheet = _ask(till)
    till.type("Novak")
    till.wait(lambda: sheet.finder.suggestions.customers)
    till.press(Qt.Key.Key_Return)
    assert not sheet.is_open
    assert till.screen.hold.basket.customer_name == "Novak"
    assert till.screen.hold.basket.customer_id is None
    assert not till.screen.basket_panel.drop_customer.isVisible()


@pytest.mark.parametrize("typed", ["anna@example.org", "777 123 456", "#{}"])
@pytest.mark.parametrize("early", [False, True], ids=["whom they see", "before they see anybody"])
def test_an_address_or_a_number_that_is_one_customers_is_never_kept_as_a_name(
    till: Till, typed: str, *, early: bool
) -> None:
    anna = _keep(till, CustomerDraft("Anna Nováková", "anna@example.org", "+420 777 123 456"))
    till.hold(till.house.small.seat(1, 3))
    sheet = _ask(till)
    till.type(typed.format(anna))
    if not early:
        till.wait(lambda: sheet.finder.suggestions.customers)
    till.press(Qt.Key.Key_Return)
    till.wait(lambda: sheet.finder.customer is not None)
    assert sheet.is_open
    till.press(Qt.Key.Key_Return)
    basket = till.screen.hold.basket
    assert (basket.customer_name, basket.customer_id) == ("Anna Nováková", anna)


def test_an_address_that_is_nobodys_is_not_kept_as_a_name(till: Till) -> None:
    till.hold(till.house.small.seat(1, 3))
    sheet = _ask(till)
    till.type("nobody@example.org")
    till.wait(lambda: "No customer has this address" in sheet.finder.suggestions._when_empty)
    till.press(Qt.Key.Key_Return)
    assert sheet.is_open
    assert sheet.finder.line.property("wrong") == "true"
    assert till.screen.hold.basket.customer_name == ""


def test_whoever_types_over_a_customer_means_somebody_else(till: Till) -> None:
    _keep(till, CustomerDraft("Petr Novák", phone="+420 777 123 456"))
    till.hold(till.house.small.seat(1, 3))
    sheet = _ask(till)
    till.type("777 123 456")
    till.wait(lambda: sheet.finder.suggestions.customers)
    till.press(Qt.Key.Key_Down)
    till.press(Qt.Key.Key_Return)
    assert sheet.finder.name == "Petr Novák"
    till.type(" junior")
    till.press(Qt.Key.Key_Return)
    basket = till.screen.hold.basket
    assert (basket.customer_name, basket.customer_id) == ("Petr Novák junior", None)


def test_the_cross_beside_the_name_drops_the_customer_and_keeps_the_note(till: Till) -> None:
    _keep(till, CustomerDraft("Petr Novák"))
    till.hold(till.house.small.seat(1, 3))
    till.screen.questions.take_name("", "front row", customer=_all(till)[0])
    till.screen.basket_panel.drop_customer.click()
    basket = till.screen.hold.basket
    assert (basket.customer_name, basket.customer_id, basket.note) == ("", None, "front row")


def test_f8_twice_makes_a_customer_of_what_is_typed(till: Till) -> None:
    till.hold(till.house.small.seat(1, 3))
    sheet = _ask(till)
    sheet.finder.line.setText("شهرزاد Ó Súilleabháin")
    made = _make(till, sheet)
    till.type("sz@")
    till.press(Qt.Key.Key_Return)
    till.wait(lambda: made.form.problem("email"))
    assert made.form.problem("email").startswith("This is no e-mail address.")
    till.type("example.org")
    till.press(Qt.Key.Key_Return)
    till.wait(lambda: not made.is_open)
    assert sheet.is_open
    assert sheet.finder.customer is not None
    till.press(Qt.Key.Key_Return)
    (one,) = _all(till)
    assert (one.name, one.email) == ("شهرزاد Ó Súilleabháin", "sz@example.org")
    assert till.screen.hold.basket.customer_id == one.customer_id


def test_one_who_is_alike_is_offered_before_a_second_is_made(till: Till) -> None:
    first = _keep(till, CustomerDraft("Anna Novak", "anna@example.org"))
    till.hold(till.house.small.seat(1, 3))
    sheet = _ask(till)
    sheet.finder.line.setText("Anna Novák")
    made = _make(till, sheet)
    till.press(Qt.Key.Key_Return)
    till.wait(lambda: made.yes.words == "Make a new one all the same")
    assert [one.customer_id for one in made.alike.customers] == [first]
    till.press(Qt.Key.Key_Return)
    till.wait(lambda: not made.is_open)
    assert len(_all(till)) == 2, "the person has seen the other one, and means a second"


def test_one_who_is_alike_is_taken_in_place_of_a_second(till: Till) -> None:
    first = _keep(till, CustomerDraft("Anna Novak", "anna@example.org"))
    till.hold(till.house.small.seat(1, 3))
    sheet = _ask(till)
    sheet.finder.line.setText("Anna Novák")
    made = _make(till, sheet)
    till.press(Qt.Key.Key_Return)
    till.wait(lambda: made.alike.customers and made.yes.isEnabled())
    till.press(Qt.Key.Key_Down)
    till.press(Qt.Key.Key_Return)
    till.wait(lambda: not made.is_open)
    assert sheet.finder.customer is not None
    assert sheet.finder.customer.customer_id == first
    assert len(_all(till)) == 1


def test_a_name_can_be_kept_while_no_server_answers(till: Till) -> None:
    till.hold(till.house.small.seat(1, 3))
    sheet = _ask(till)
    till.line.cut = True
    till.type("Novak")
    till.wait(lambda: "find_customers" in till.line.asked)
    till.press(Qt.Key.Key_Return)
    assert not sheet.is_open
    assert till.screen.hold.basket.customer_name == "Novak"


def test_who_was_chosen_is_shown_when_it_is_asked_again(till: Till) -> None:
    _keep(till, CustomerDraft("Petr Novák", marks=("Press",)))
    till.hold(till.house.small.seat(1, 3))
    till.screen.questions.take_name("", "", customer=_all(till)[0])
    sheet = _ask(till)
    assert sheet.finder.card.isVisible()
    QTest.mouseClick(sheet.finder.card.drop, Qt.MouseButton.LeftButton)
    assert sheet.finder.suggestions.isVisible()
    till.press(Qt.Key.Key_Return)
    assert till.screen.hold.basket.customer_id is None
    assert till.screen.hold.basket.customer_name == "Petr Novák"


def test_of_a_basket_that_was_cut_off_the_customer_is_looked_up(till: Till) -> None:
    number = _keep(till, CustomerDraft("Petr Novák", marks=("Press",)))
    till.hold(till.house.small.seat(1, 3))
    basket = till.screen.hold.basket
    basket.customer_name, basket.customer_id = "Petr Novák", number
    till.screen.hold.basket_changed.emit()
    till.wait(lambda: till.screen.basket_panel.order_words.words == "For Petr Novák · Press")


def test_an_address_is_verified_beside_the_customer_who_is_chosen(till: Till) -> None:
    anna = _keep(till, CustomerDraft("Anna Novak", "anna@example.org"))
    till.house.database.transact(set_mail_server)
    till.hold(till.house.small.seat(1, 3))
    sheet = _ask(till)
    till.type("anna")
    till.wait(lambda: sheet.finder.suggestions.customers)
    till.press(Qt.Key.Key_Down)
    till.press(Qt.Key.Key_Return)
    assert sheet.finder.card.standing.text() == "E-mail address not verified"
    till.press(Qt.Key.Key_F9)
    verifying = till.sheet()
    assert isinstance(verifying, VerifySheet)
    till.press(Qt.Key.Key_F8)
    till.wait(lambda: sent_codes(till.house.database, anna))
    till.wait(verifying.send.isEnabled)
    till.type(sent_codes(till.house.database, anna)[-1])
    till.press(Qt.Key.Key_Return)
    till.wait(lambda: till.sheet() is sheet)
    till.wait(lambda: sheet.finder.card.standing.text() == "✓ E-mail address verified")
    assert not sheet.finder.card.verify.isVisible()
    till.press(Qt.Key.Key_Return)
    assert till.screen.hold.basket.customer is not None
    assert till.screen.hold.basket.customer.verified
