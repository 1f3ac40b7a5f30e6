"""A refusal says what becomes of the money, whatever its class: each class there is is tried."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import update

import pos_app.domain
from pos_app.db.clock import utc_plus
from pos_app.db.models import Price
from pos_app.domain.customers.records import CustomerDraft
from pos_app.domain.errors import OutcomeUnknown, PosError, PriceChanged, PromoCodeRefused, SeatsTaken
from pos_app.domain.selling.basket import Basket
from pos_app.domain.selling.sales import PaymentMethod
from pos_app.domain.sentences import say
from pos_app.services.customers.records import add_customer
from pos_app.services.season.ticket_types import archive_ticket_type
from pos_app.ui.customers.words import row_of
from pos_app.ui.screens.selling.payment.refusals import refusal_message
from tests.kinds import SQLITE
from tests.services.selling.test_buyers import limit
from tests.services.stories import change_performance, change_staff, put_hold_back

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.ui.screens.selling.conftest import Till

pytestmark = pytest.mark.usefixtures("qapp")


def _all_errors() -> list[type[PosError]]:
    """Return every class of error of the domain, found by walking its modules."""
    for module in pkgutil.walk_packages(pos_app.domain.__path__, "pos_app.domain."):
        importlib.import_module(module.name)
    found, waiting = [PosError], [PosError]
    while waiting:
        waiting += (kinds := waiting.pop().__subclasses__())
        found += kinds
    return [kind for kind in found if kind is not OutcomeUnknown]


def _made(kind: type[PosError]) -> PosError:
    needed: dict[str, Any] = {
        name: {"fields": {}, "refused": {}, "current": None, "changes": ()}.get(name, 4500)
        for name, one in inspect.signature(kind.__init__).parameters.items()
        if one.default is one.empty and name not in {"self", "message", "args", "kwargs"}
    }
    if "refused" in needed:
        return kind(needed["refused"])
    return kind(say("It went wrong."), advice=say("Do something else."), **needed)


@pytest.mark.parametrize("kind", _all_errors(), ids=lambda kind: kind.__name__)
def test_each_class_of_error_says_what_becomes_of_the_money(kind: type[PosError]) -> None:
    card = refusal_message(_made(kind), Basket(), PaymentMethod.CARD, tendered=True).sentence
    cash = refusal_message(_made(kind), Basket(), PaymentMethod.CASH, tendered=True).sentence
    assert "reverse" in card
    assert "at the terminal" in card
    assert "give the money back" in cash.lower()
    assert "nothing " in card.lower()


@pytest.mark.parametrize("error", [RuntimeError("a bug"), OSError("the disk"), KeyError("x")])
def test_so_does_one_that_nobody_foresaw(error: Exception) -> None:
    assert "reverse it at the terminal" in refusal_message(error, Basket(), PaymentMethod.CARD, tendered=True).advice
    assert "Give the money back." in refusal_message(error, Basket(), PaymentMethod.CASH, tendered=True).advice


@pytest.mark.parametrize("kind", [PriceChanged, PromoCodeRefused])
def test_where_there_is_a_new_total_the_old_charge_goes_back_first(kind: type[PosError]) -> None:
    told = refusal_message(_made(kind), Basket(), PaymentMethod.CARD, tendered=True)
    assert "reverse the old charge at the terminal first, then take the new one" in told.advice


def test_before_a_tender_nobody_is_told_to_give_cash_back() -> None:
    for kind in (PosError, SeatsTaken, PriceChanged, PromoCodeRefused):
        told = refusal_message(_made(kind), Basket(), PaymentMethod.CASH, tendered=False)
        assert "money back" not in told.sentence
    assert refusal_message(_made(PosError), Basket(), PaymentMethod.CASH, tendered=False).advice == "Do something else."


def _set_prices(till: Till) -> None:
    till.house.database.transact(lambda session: session.execute(update(Price).values(amount_minor=4100)))


def _take_seat(till: Till) -> None:
    put_hold_back(till.house, till.screen.hold.basket.key, made=910, left=-10)
    till.elsewhere(*till.seats)


def _end_sale(till: Till) -> None:
    put_hold_back(till.house, till.screen.hold.basket.key, made=910, left=-10)
    change_performance(till.house, off_sale_at=utc_plus(-1))


def _close_account(till: Till) -> None:
    put_hold_back(till.house, till.screen.hold.basket.key, made=910, left=-10)
    change_staff(till.house, till.house.small.cashier, active=False)


def _put_type_away(till: Till) -> None:
    small = till.house.small
    till.house.database.transact(archive_ticket_type, small.manager, small.adult_id)


_MEANWHILE: dict[str, Callable[[Till], object]] = {
    "the price changes": _set_prices,
    "the evening is cancelled": lambda till: change_performance(till.house, state="cancelled"),
    "the evening is deleted": lambda till: change_performance(till.house, deleted_at=utc_plus(-1)),
    "it is not on sale yet": lambda till: change_performance(till.house, on_sale_at=utc_plus(600)),
    "the time is over and the sale ends": _end_sale,
    "the seat is taken": _take_seat,
    "the account is closed": _close_account,
    "the ticket type is put away": _put_type_away,
}


@SQLITE
@pytest.mark.parametrize("what", list(_MEANWHILE))
@pytest.mark.parametrize(
    ("key", "typed", "money"),
    [(Qt.Key.Key_F9, "4711", "reverse"), (Qt.Key.Key_F10, "", "Give the money back")],
    ids=["card", "cash"],
)
def test_what_happens_after_the_tender_tells_what_becomes_of_the_money(
    till: Till, what: str, key: Qt.Key, typed: str, money: str
) -> None:
    till.hold(till.house.small.seat(1, 3))
    till.settle()
    till.press(key)
    checkout = till.screen.checkout
    till.wait(lambda: checkout.confirming.is_confirmed)
    _MEANWHILE[what](till)
    till.type(typed)
    till.press(Qt.Key.Key_Return)
    till.wait(lambda: not checkout.sheet.is_open)
    assert money in till.said
    # What is read of the new prices afterwards does not put the money out of sight.
    till.settle()
    till.poll()
    till.settle()
    assert money in till.said
    assert till.screen.tickets.sale is None


@SQLITE
def test_a_payment_given_up_after_it_was_refused_says_to_give_the_money_back(till: Till) -> None:
    till.hold(till.house.small.seat(1, 3))
    till.settle()
    till.press(Qt.Key.Key_F10)
    checkout = till.screen.checkout
    till.wait(lambda: checkout.confirming.is_confirmed)
    till.line.cut = True
    till.press(Qt.Key.Key_Return)
    till.wait(lambda: checkout.sheet.problem.message.text)
    assert "Enter tries again" in checkout.sheet.problem.message.advice
    till.line.cut = False
    till.poll()
    till.wait(lambda: "answers again" in checkout.sheet.problem.message.text)
    assert "Enter tries again" in checkout.sheet.problem.message.advice
    till.press(Qt.Key.Key_Escape)
    assert "given up" in till.said
    assert "Give the money back" in till.said


@SQLITE
def test_a_customer_with_all_tickets_is_refused_before_a_payment_opens_and_until_the_next_customer(till: Till) -> None:
    house = till.house
    limit(house, 1)
    draft = CustomerDraft("Anna Novak")
    anna = row_of(house.database.transact(add_customer, house.small.cashier, draft, request_id="anna"))
    till.hold(*house.small.seats_of(1, (3, 4)))
    till.screen.questions.take_name("", "", customer=anna)
    till.press(Qt.Key.Key_F9)
    till.wait(lambda: "each may have 1" in till.said)
    till.settle()
    assert not till.is_asking(), "there is nothing to be paid"
    assert "card" not in till.said
    till.screen.hold.give_all_back()
    till.settle()
    till.hold(house.small.seat(1, 5))
    assert "each may have" not in till.said
