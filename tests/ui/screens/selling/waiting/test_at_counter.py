"""Waiting lists at the counter: a party joins, is offered what a refund frees, and buys it with two keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pos_app.db.clock import utc_plus
from pos_app.domain.seats import MapState
from pos_app.services.selling.offers import open_offer
from pos_app.services.waiting.rows import load_waiting
from pos_app.ui.screens.selling.waiting.join_sheet import JoinSheet
from pos_app.ui.screens.selling.waiting.joined_sheet import JoinedSheet
from pos_app.ui.screens.selling.waiting.offers_sheet import OffersSheet
from tests.services.stories import change_performance, put_hold_back
from tests.waiting import offered, party, refund_seats, sell_out, somebody, state_of

if TYPE_CHECKING:
    from pos_app.domain.selling.sales import Sale
    from pos_app.domain.waiting.entries import QueueEntry
    from tests.houses import OpenHouse
    from tests.ui.screens.selling.conftest import Till

SHIFT = Qt.KeyboardModifier.ShiftModifier


def shift(till: Till, key: Qt.Key) -> None:
    QTest.keyClick(QApplication.focusWidget() or till.window, key, SHIFT)


@pytest.fixture
def sales(till: Till) -> list[Sale]:
    """Sell all seats of the evening that the till shows."""
    return sell_out(till.house)


@pytest.fixture
def full(till: Till, sales: list[Sale]) -> Till:
    """Give a till that shows an evening that is sold out."""
    assert sales
    till.screen.on_sale.refresh()
    till.settle()
    till.wait(lambda: not till.screen.waiting.strip.isHidden())
    return till


def free(house: OpenHouse, sales: list[Sale], count: int = 2) -> None:
    """Refund the first seats of the first row, at another till."""
    refund_seats(house, sales[0], house.small.seats_of(1, range(1, count + 1)))


def offers(till: Till) -> OffersSheet:
    shift(till, Qt.Key.Key_F5)
    till.settle()
    sheet = till.sheet()
    assert isinstance(sheet, OffersSheet)
    return sheet


def open_first_offer(till: Till) -> None:
    offers(till)
    till.press(Qt.Key.Key_Return)
    till.settle()
    till.wait(lambda: till.screen.hold.basket.lines)
    till.wait(lambda: not till.is_asking())


def join(till: Till) -> JoinSheet:
    shift(till, Qt.Key.Key_F6)
    till.settle()
    sheet = till.sheet()
    assert isinstance(sheet, JoinSheet)
    return sheet


def choose(till: Till, name: str) -> None:
    till.type(name)
    till.wait(lambda: _join_sheet(till).finder.suggestions.count() > 0)
    till.press(Qt.Key.Key_Down)
    till.press(Qt.Key.Key_Return)
    till.wait(lambda: _join_sheet(till).finder.customer is not None)


def _join_sheet(till: Till) -> JoinSheet:
    sheet = till.screen.waiting.joining.sheet
    assert sheet is not None
    return sheet


def waiting_of(house: OpenHouse) -> list[QueueEntry]:
    small = house.small
    page = house.database.read(load_waiting, small.cashier, small.performance_id)
    return [row.entry for row in page.rows]


def test_a_party_joins_a_sold_out_evening_with_one_key_and_is_told_its_place(full: Till) -> None:
    party(full.house, 3)
    somebody(full.house, "Anna Novak", phone="+43 1 555")
    sheet = join(full)
    choose(full, "anna")
    sheet.seats.setText("4")
    full.press(Qt.Key.Key_Return)
    full.settle()
    told = full.sheet()
    assert isinstance(told, JoinedSheet)
    assert told.told == "You are number 2, 3 seats wanted before you."
    full.press(Qt.Key.Key_Return)
    assert not full.is_asking()
    entry = waiting_of(full.house)[-1]
    assert (entry.customer_name, entry.seats, entry.together, entry.categories) == ("Anna Novak", 4, True, ())
    full.wait(lambda: full.screen.waiting.strip.words == "Waiting list: 2 parties, 7 seats")


@pytest.mark.parametrize("typed", ["", "0", "51", "two", "-1", "9999", "٣٣٣"])
def test_a_party_of_no_number_is_told_so_beside_it_and_nothing_is_lost(full: Till, typed: str) -> None:
    somebody(full.house, "Anna Novak")
    sheet = join(full)
    choose(full, "anna")
    sheet.seats.setText(typed)
    full.press(Qt.Key.Key_Return)
    assert sheet._wrong_seats.text() == "Type how many people, from 1 to 50."
    assert sheet.finder.name == "Anna Novak"
    assert not waiting_of(full.house)


def test_nobody_waits_without_a_customer(full: Till) -> None:
    sheet = join(full)
    full.type("Nobody at all")
    full.press(Qt.Key.Key_Return)
    full.settle()
    assert sheet._wrong_customer.text().startswith("Choose who waits, or make a customer")
    assert not waiting_of(full.house)


def test_who_waits_already_is_told_what_for_before_it_is_asked(full: Till) -> None:
    entry = party(full.house, 3, name="Anna Novak")
    sheet = join(full)
    choose(full, "anna")
    words = sheet._wrong_customer.text()
    assert words == f"Anna Novak waits already as number 1: 3 seats · together · Anywhere, code {entry.code}."
    full.press(Qt.Key.Key_Return)
    full.settle()
    assert len(waiting_of(full.house)) == 1


def test_a_till_that_was_faster_with_the_same_customer_is_told_too(full: Till) -> None:
    customer_id = somebody(full.house, "Anna Novak")
    sheet = join(full)
    choose(full, "anna")
    party(full.house, 5, customer_id=customer_id)
    full.press(Qt.Key.Key_Return)
    full.wait(lambda: "5 seats" in sheet._wrong_customer.text())
    assert len(waiting_of(full.house)) == 1


def test_why_it_is_too_late_to_wait_stays_to_be_read(full: Till) -> None:
    somebody(full.house, "Anna Novak")
    change_performance(full.house, off_sale_at=utc_plus(10 * 60))
    sheet = join(full)
    choose(full, "anna")
    full.press(Qt.Key.Key_Return)
    full.settle()
    assert "It is too late to wait" in sheet.problem.text()


def test_a_silent_server_loses_nothing_and_the_same_party_joins_once(full: Till) -> None:
    somebody(full.house, "Anna Novak")
    sheet = join(full)
    choose(full, "anna")
    full.line.cut = True
    full.press(Qt.Key.Key_Return)
    full.wait(lambda: "cannot be reached" in sheet.problem.text())
    assert sheet.finder.name == "Anna Novak"
    full.line.cut = False
    sheet.yes.click()
    full.settle()
    assert isinstance(full.sheet(), JoinedSheet)
    assert len(waiting_of(full.house)) == 1


def test_while_seats_are_on_sale_nobody_can_join(till: Till) -> None:
    till.screen.on_sale.refresh()
    till.settle()
    assert till.screen.waiting.strip.isHidden()
    sheet = join(till)
    assert sheet.problem.text().startswith("There are still seats on sale")
    somebody(till.house, "Anna Novak")
    choose(till, "anna")
    till.press(Qt.Key.Key_Return)
    till.settle()
    assert till.is_asking()
    assert not waiting_of(till.house)


def test_what_a_refund_at_another_till_frees_is_opened_and_sold_with_two_keys(full: Till, sales: list[Sale]) -> None:
    entry = party(full.house, 2, name="Anna Novak")
    free(full.house, sales)
    full.screen.waiting.card.poll()
    full.wait(lambda: full.screen.waiting.card.words.startswith("1 offer is open"))
    full.poll()
    full.wait(lambda: full.state(full.house.small.seat(1, 1)) is MapState.OFFERED)
    open_first_offer(full)
    screen = full.screen
    assert len(screen.hold.basket.lines) == 2
    full.wait(lambda: screen.hold.basket.customer is not None)
    assert screen.hold.basket.customer_name == "Anna Novak"
    assert screen.basket_panel.offered.text().startswith("Offered to Anna Novak until ")
    full.press(Qt.Key.Key_F10)
    full.settle()
    full.sheet()
    full.press(Qt.Key.Key_Return)
    full.wait(lambda: screen.tickets.is_open)
    full.settle()
    assert state_of(full.house, entry) == "sold"
    assert screen.basket_panel.offered.text() == ""
    assert "went back" not in full.said


def test_an_offer_is_found_by_the_code_of_its_letter(full: Till, sales: list[Sale]) -> None:
    party(full.house, 1, name="Other One")
    entry = party(full.house, 1, name="Anna Novak")
    free(full.house, sales, 2)
    sheet = offers(full)
    full.type(entry.code.lower())
    full.wait(lambda: [row.entry.entry_id for row in sheet.table.shown] == [entry.entry_id])
    full.wait(lambda: sheet.chosen is not None)
    full.press(Qt.Key.Key_Return)
    full.wait(lambda: full.screen.hold.basket.lines)
    assert full.screen.hold.basket.customer_name == "Anna Novak"


def test_an_offer_that_is_open_elsewhere_names_the_till(full: Till, sales: list[Sale]) -> None:
    party(full.house, 2)
    free(full.house, sales)
    small = full.house.small
    sheet = offers(full)
    chosen = sheet.chosen
    assert chosen is not None
    assert chosen.entry.offer is not None
    elsewhere = small.elsewhere(small.cashier)
    full.house.database.transact(open_offer, elsewhere, chosen.entry.offer.offer_id, "other basket")
    full.press(Qt.Key.Key_Return)
    full.settle()
    assert sheet.banner.message.text == "This offer is open for paying at Till 2."
    assert not full.screen.hold.basket.lines


def test_who_waits_only_is_told_to_be_offered_nothing_yet(full: Till) -> None:
    party(full.house, 2, name="Anna Novak")
    sheet = offers(full)
    assert not sheet.table.shown
    full.type("anna")
    full.wait(lambda: len(sheet.table.shown) == 1 and sheet.chosen is not None)
    full.press(Qt.Key.Key_Return)
    assert sheet.banner.message.text == "Anna Novak is number 1: nothing is offered yet."


def test_seats_that_are_given_back_go_back_to_the_offer_and_are_opened_again(full: Till, sales: list[Sale]) -> None:
    entry = party(full.house, 2, name="Anna Novak")
    free(full.house, sales)
    open_first_offer(full)
    full.screen.hold.give_all_back()
    full.settle()
    full.wait(lambda: full.said.startswith("The seats went back to the offer to Anna Novak"))
    assert len(offered(full.house, entry)) == 2
    assert full.state(full.house.small.seat(1, 1)) is MapState.OFFERED
    full.press(Qt.Key.Key_F5)
    full.wait(lambda: len(full.screen.hold.basket.lines) == 2)
    assert full.screen.basket_panel.offered.text().startswith("Offered to Anna Novak")


def test_a_basket_that_runs_out_tells_that_its_seats_are_the_offers_again(full: Till, sales: list[Sale]) -> None:
    party(full.house, 2, name="Anna Novak")
    free(full.house, sales)
    open_first_offer(full)
    hold = full.screen.hold
    assert hold.placed is not None
    put_hold_back(full.house, hold.placed.basket_key, made=1000, left=-1)
    hold._end()
    full.settle()
    full.wait(lambda: full.said.startswith("The seats went back to the offer to Anna Novak"))
    assert not hold.basket.lines


def test_another_customers_basket_is_finished_first(full: Till, sales: list[Sale]) -> None:
    party(full.house, 2, name="Anna Novak")
    party(full.house, 1, name="Bela Kun")
    free(full.house, sales, 3)
    open_first_offer(full)
    sheet = offers(full)
    full.type("bela")
    full.wait(lambda: len(sheet.table.shown) == 1 and sheet.chosen is not None)
    full.press(Qt.Key.Key_Return)
    full.settle()
    assert sheet.banner.message.text == "The basket is Anna Novak's."
    assert len(full.screen.hold.basket.lines) == 2
