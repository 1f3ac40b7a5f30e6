"""The total is confirmed with the server before money moves; a tender that is typed faster waits for it."""

from __future__ import annotations

from threading import Event
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import update

from pos_app.db.models import Price, PromoUsage, TicketType
from pos_app.domain.house.settings import HouseSettings
from pos_app.services.house.settings import load_house_settings, save_house_settings
from pos_app.services.season.ticket_types import archive_ticket_type
from pos_app.services.selling.quotes import confirm_basket
from tests.kinds import SQLITE, SQLITE_FIRST
from tests.services.promo_codes.test_redeeming import make_code
from tests.services.stories import change_performance, put_hold_back

if TYPE_CHECKING:
    from tests.ui.screens.selling.conftest import Till


def _adults_cost(till: Till, amount_minor: int) -> None:
    change = update(Price).where(Price.ticket_type_id == till.house.small.adult_id).values(amount_minor=amount_minor)
    till.house.database.transact(lambda session: session.execute(change))


class _Gate:
    """Keeps the answer back until the test lets it through."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.open = Event()

        def wait(*args: Any) -> HouseSettings:
            assert self.open.wait(60)
            return confirm_basket(*args)

        monkeypatch.setattr("pos_app.ui.screens.selling.payment.confirming.confirm_basket", wait)


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> _Gate:
    return _Gate(monkeypatch)


@SQLITE
def test_the_sheet_opens_at_once_and_a_tender_waits_for_the_answer(till: Till, gate: _Gate) -> None:
    till.hold(till.house.small.seat(1, 3))
    till.press(Qt.Key.Key_F10)
    sheet = till.screen.checkout.sheet
    till.wait(lambda: sheet.is_open)
    till.press(Qt.Key.Key_Return)
    assert till.screen.tickets.sale is None
    assert "sell" not in till.line.asked
    gate.open.set()
    till.wait(lambda: till.screen.tickets.sale is not None)
    till.settle()


@SQLITE
def test_an_answer_that_lasts_is_told_and_money_can_be_typed_meanwhile(till: Till, gate: _Gate) -> None:
    till.hold(till.house.small.seat(1, 3))
    till.press(Qt.Key.Key_F10)
    sheet = till.screen.checkout.sheet
    till.wait(sheet.waiting.isVisible)
    assert "Checking" in sheet._waits_for.text()
    till.type("50")
    gate.open.set()
    till.wait(lambda: not sheet.waiting.isVisible())
    assert sheet.cash.field.text() == "50"
    till.press(Qt.Key.Key_Return)
    till.wait(lambda: till.screen.tickets.sale is not None)
    till.settle()


@SQLITE
def test_a_tender_that_waited_for_another_total_is_not_stored(till: Till, gate: _Gate) -> None:
    till.hold(till.house.small.seat(1, 3))
    till.press(Qt.Key.Key_F9)
    sheet = till.screen.checkout.sheet
    till.wait(lambda: sheet.is_open)
    till.type("4711")
    till.press(Qt.Key.Key_Return)
    _adults_cost(till, 4500)
    gate.open.set()
    till.wait(lambda: not sheet.is_open)
    assert "was €40.00 and is now €45.00" in till.said
    assert "reverse the old charge at the terminal first" in till.said
    till.settle()
    assert till.screen.basket_panel.total_words == "€45.00"
    assert "sell" not in till.line.asked


@SQLITE_FIRST
def test_prices_that_change_come_with_the_next_poll_and_both_totals_are_told(till: Till) -> None:
    seat = till.house.small.seat(1, 3)
    till.hold(seat)
    till.settle()
    _adults_cost(till, 4500)
    till.poll()
    till.wait(lambda: till.screen.basket_panel.total_words == "€45.00")
    assert "was €40.00 and is now €45.00" in till.said
    till.settle()
    asked = till.line.asked.count("load_offer")
    till.poll()
    till.settle()
    # Only a change is read: the next poll leaves the offer alone.
    assert till.line.asked.count("load_offer") == asked


@SQLITE
def test_a_basket_begun_after_a_change_has_the_new_price(till: Till) -> None:
    _adults_cost(till, 4500)
    till.poll()
    till.wait(lambda: till.screen.live.offer and 4500 in till.screen.live.offer.prices.values())
    till.hold(till.house.small.seat(1, 3))
    assert till.screen.basket_panel.total_words == "€45.00"
    till.settle()


@SQLITE
def test_prices_that_change_under_an_open_payment_are_told_in_it(till: Till) -> None:
    till.hold(till.house.small.seat(1, 3))
    till.settle()
    till.press(Qt.Key.Key_F10)
    checkout = till.screen.checkout
    till.wait(lambda: checkout.confirming.is_confirmed)
    _adults_cost(till, 4500)
    till.poll()
    till.wait(lambda: checkout.sheet.cash.total.text == "€45.00")
    assert "was €40.00 and is now €45.00" in checkout.sheet.problem.message.text
    till.wait(lambda: checkout.confirming.is_confirmed)
    till.press(Qt.Key.Key_Return)
    till.press(Qt.Key.Key_Return)
    till.wait(lambda: till.screen.tickets.sale is not None)
    till.settle()


@SQLITE
def test_the_keyboard_goes_back_to_the_map_from_a_payment_whose_prices_changed(till: Till) -> None:
    till.hold(till.house.small.seat(1, 3))
    till.settle()
    seats, checkout = till.screen.map_panel.map, till.screen.checkout
    seats.setFocus()
    till.press(Qt.Key.Key_F10)
    till.wait(lambda: checkout.confirming.is_confirmed)
    _adults_cost(till, 4500)
    till.poll()
    till.wait(lambda: checkout.sheet.cash.total.text == "€45.00")
    till.wait(lambda: checkout.confirming.is_confirmed)
    checkout.sheet.cancel()
    till.wait(seats.hasFocus)
    till.settle()


@SQLITE
def test_a_type_put_away_leaves_the_choices_with_the_next_poll(till: Till) -> None:
    small = till.house.small
    till.hold(small.seat(1, 3))
    till.settle()
    till.house.database.transact(archive_ticket_type, small.manager, small.child_id)
    till.poll()
    till.wait(lambda: small.child_id not in {kind.ticket_type_id for kind in till.screen.hold.basket.lines[0].choices})
    till.settle()


@SQLITE
def test_without_a_server_the_total_is_confirmed_once_it_answers(till: Till) -> None:
    till.hold(till.house.small.seat(1, 3))
    till.settle()
    till.line.cut = True
    till.press(Qt.Key.Key_F10)
    checkout = till.screen.checkout
    till.wait(lambda: "reached" in checkout.sheet.problem.message.text)
    till.line.cut = False
    till.poll()
    till.wait(lambda: checkout.confirming.is_confirmed)
    assert not checkout.sheet.problem.message.text
    till.press(Qt.Key.Key_Return)
    till.wait(lambda: till.screen.tickets.sale is not None)
    till.settle()


@SQLITE
def test_a_house_that_counts_cents_is_heard_of_with_the_confirmation(till: Till) -> None:
    house = till.house
    before = house.database.read(load_house_settings)
    house.database.transact(save_house_settings, house.small.manager, before, HouseSettings(cash_in_cents=True))
    till.hold(house.small.seat(1, 3))
    till.press(Qt.Key.Key_F10)
    till.wait(lambda: till.screen.checkout.confirming.is_confirmed)
    till.type("5000")
    assert till.screen.checkout.sheet.cash.change.text == "€10.00"


@SQLITE
def test_a_type_that_is_complimentary_only_by_now_is_not_given_unasked(till: Till) -> None:
    small = till.house.small
    till.hold(small.seat(1, 3))
    till.settle()
    _adults_cost(till, 0)
    flag = update(TicketType).where(TicketType.id == small.adult_id).values(complimentary=True)
    till.house.database.transact(lambda session: session.execute(flag))
    till.press(Qt.Key.Key_F10)
    sheet = till.screen.checkout.sheet
    till.wait(lambda: sheet.problem.message.text)
    till.settle()
    assert till.screen.tickets.sale is None


@SQLITE
def test_seats_that_are_gone_are_told_before_money_moves(till: Till) -> None:
    one, two = till.house.small.seats_of(1, (3, 4))
    till.hold(one, two)
    till.settle()
    put_hold_back(till.house, till.screen.hold.basket.key, made=910, left=-10)
    till.elsewhere(two)
    till.press(Qt.Key.Key_F10)
    sheet = till.screen.checkout.sheet
    till.wait(lambda: sheet.is_refused)
    assert "row A, seat 4" in sheet.problem.message.text
    assert "money back" not in sheet.problem.message.sentence
    assert till.seats == (one,)
    till.press(Qt.Key.Key_Escape)
    till.settle()
    till.press(Qt.Key.Key_F10)
    till.wait(lambda: till.screen.checkout.confirming.is_confirmed)
    assert sheet.cash.total.text == "€40.00"
    till.press(Qt.Key.Key_Return)
    till.wait(lambda: till.screen.tickets.sale is not None)
    till.settle()


@SQLITE
def test_a_code_that_ended_is_told_before_money_moves(till: Till) -> None:
    till.house.database.transact(make_code, code="LESS", kind="amount", value=500, currency="EUR", most_uses=1)
    till.hold(till.house.small.seat(1, 3))
    till.settle()
    till.press(Qt.Key.Key_F11)
    till.type("LESS")
    till.press(Qt.Key.Key_Return)
    till.wait(lambda: till.screen.basket_panel.total_words == "€35.00")
    till.house.database.transact(lambda session: session.execute(update(PromoUsage).values(uses=1)))
    till.press(Qt.Key.Key_F10)
    sheet = till.screen.checkout.sheet
    till.wait(lambda: sheet.is_refused)
    assert "The code is taken out" in sheet.problem.message.advice
    assert till.screen.basket_panel.total_words == "€40.00"
    till.settle()


@SQLITE
def test_the_terminal_is_not_asked_for_what_is_not_sold(till: Till) -> None:
    till.hold(till.house.small.seat(1, 3))
    till.settle()
    change_performance(till.house, state="cancelled")
    till.press(Qt.Key.Key_F9)
    sheet = till.screen.checkout.sheet
    till.wait(lambda: sheet.is_refused)
    assert not sheet.card.amount.isVisible()
    till.settle()
    till.press(Qt.Key.Key_Escape)
    change_performance(till.house, state="scheduled")
    till.press(Qt.Key.Key_F9)
    till.wait(lambda: till.screen.checkout.confirming.is_confirmed)
    assert sheet.card.amount.isVisible()
