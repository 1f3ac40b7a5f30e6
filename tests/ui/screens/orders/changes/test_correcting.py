"""Name and note, and two guests who change places, while a colleague changes the same order."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pos_app.domain.customers.finding import CustomerRow
from pos_app.domain.errors import OrderChanged
from pos_app.domain.orders.changes import LineState
from pos_app.domain.sentences import say
from pos_app.ui.customers.making import CustomerSheet
from pos_app.ui.screens.orders.changes.details_sheet import DetailsSheet
from pos_app.ui.screens.orders.changes.swap_sheet import SwapSheet
from tests.ui.replies import Now
from tests.ui.screens.orders.conftest import a_page, evening

if TYPE_CHECKING:
    from PySide6.QtCore import QObject
    from pytestqt.qtbot import QtBot

    from pos_app.domain.orders.exchanges import DetailsRequest, SwapRequest
    from pos_app.ui.screens.orders.screen import OrdersScreen
    from tests.ui.screens.orders.conftest import FakeOrders

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)


@pytest.fixture
def sent(fake: FakeOrders, monkeypatch: pytest.MonkeyPatch) -> list[DetailsRequest | SwapRequest]:
    """Return the requests; name and note decided on another picture are refused, and each swap is."""
    requests: list[DetailsRequest | SwapRequest] = []

    def answer(_owner: QObject, request: DetailsRequest) -> Now[int]:
        requests.append(request)
        stored = next(page.revision for page in fake.known if page.order_id == request.order_id)
        return Now(stored + 1 if request.revision == stored else OrderChanged(say("It was changed meanwhile.")))

    def refuse(_owner: QObject, request: SwapRequest) -> Now[int]:
        requests.append(request)
        return Now(OrderChanged(say("It was changed meanwhile.")))

    monkeypatch.setattr(fake, "correct", answer)
    monkeypatch.setattr(fake, "swap", refuse)
    return requests


def test_a_name_typed_by_a_colleague_behind_the_sheet_is_told_before_it_is_replaced(
    screen: OrdersScreen, fake: FakeOrders, sent: list[DetailsRequest]
) -> None:
    QTest.keyClick(screen, Qt.Key.Key_F12)
    sheet = screen.correcting.sheet
    assert isinstance(sheet, DetailsSheet)
    sheet.name.line.setText("4111 1111 1111 1111")
    QTest.keyClick(sheet, Qt.Key.Key_Return)
    assert sheet.problem.text().startswith("A whole card number stands in the customer's name.")
    assert (sheet.name.text, sent) == ("**** **** **** 1111", [])
    sheet.name.line.setText("Mia")
    fake.known[0] = replace(fake.known[0], revision=2, customer_name="Bea", note="Aisle")
    screen._on_stale(1)
    assert screen.panel.customer.text() == "Bea", "the screen behind the sheet has seen it"
    assert (sheet.name.text, sheet.note.text) == ("Mia", "")
    QTest.keyClick(sheet, Qt.Key.Key_Return)
    assert sheet.is_open
    assert sheet.problem.text() == "It was changed meanwhile. Customer's name now: Bea"
    assert (sheet.name.text, sheet.note.text) == ("Mia", "Aisle"), "what nobody typed is what is stored"
    QTest.keyClick(sheet, Qt.Key.Key_Return)
    assert [(one.revision, one.customer_name, one.note) for one in sent] == [(1, "Mia", ""), (2, "Mia", "Aisle")]
    assert screen.correcting.sheet is None


def test_a_change_that_leaves_name_and_note_alone_is_no_hindrance(
    screen: OrdersScreen, fake: FakeOrders, sent: list[DetailsRequest]
) -> None:
    QTest.keyClick(screen, Qt.Key.Key_F12)
    sheet = screen.correcting.sheet
    assert isinstance(sheet, DetailsSheet)
    sheet.note.line.setText("Aisle")
    fake.known[0] = replace(fake.known[0], revision=2)
    screen._on_stale(1)
    QTest.keyClick(sheet, Qt.Key.Key_Return)
    assert [(one.revision, one.note) for one in sent] == [(2, "Aisle")]


def test_an_order_is_given_to_a_customer_who_is_found_and_taken_off_again_by_typing_over(
    qtbot: QtBot, screen: OrdersScreen, fake: FakeOrders, sent: list[DetailsRequest]
) -> None:
    fake.people.known = [CustomerRow(1, "Anna Novak", phone="601 234 567"), CustomerRow(2, "Bo Berg")]
    QTest.keyClick(screen, Qt.Key.Key_F12)
    sheet = screen.correcting.sheet
    assert isinstance(sheet, DetailsSheet)
    QTest.keyClicks(sheet.name.line, "anna")
    qtbot.waitUntil(lambda: sheet.name.finder.suggestions.count() == 1)
    QTest.keyClick(sheet.name.line, Qt.Key.Key_Down)
    QTest.keyClick(sheet.name.line, Qt.Key.Key_Return)
    assert (sheet.name.text, sheet.name.customer_id) == ("Anna Novak", 1)
    assert not sheet.make.isEnabled()
    QTest.keyClick(sheet, Qt.Key.Key_Return)
    assert (sent[-1].customer_name, sent[-1].customer_id) == ("Anna Novak", 1)

    fake.known[0] = replace(fake.known[0], revision=2, customer_name="Anna Novak", customer_id=1)
    screen._on_stale(1)
    assert screen.panel.customer.text() == "Anna Novak · Customer 1"
    QTest.keyClick(screen, Qt.Key.Key_F12)
    again = screen.correcting.sheet
    assert isinstance(again, DetailsSheet)
    assert again.name.customer_id == 1
    again.note.line.setText("Aisle")
    again.name.line.end(False)
    QTest.keyClicks(again.name.line, " junior")
    QTest.keyClick(again, Qt.Key.Key_Return)
    whose = sent[-1].customer_name, sent[-1].customer_id
    assert whose == ("Anna Novak junior", None), "whoever types over a customer's name means somebody else"


def test_a_customer_is_made_of_the_name_that_is_typed(
    screen: OrdersScreen, fake: FakeOrders, sent: list[DetailsRequest]
) -> None:
    QTest.keyClick(screen, Qt.Key.Key_F12)
    sheet = screen.correcting.sheet
    assert isinstance(sheet, DetailsSheet)
    QTest.keyClicks(sheet.name.line, "Zoe Smith")
    QTest.keyClick(sheet, Qt.Key.Key_F8)
    make = screen.findChildren(CustomerSheet)[-1]
    make.yes.click()
    assert (sheet.name.text, sheet.name.customer_id) == ("Zoe Smith", 1)
    QTest.keyClick(sheet, Qt.Key.Key_Return)
    assert (sent[-1].customer_name, sent[-1].customer_id) == ("Zoe Smith", 1)


def test_who_was_refunded_behind_the_sheet_changes_no_place(
    screen: OrdersScreen, fake: FakeOrders, sent: list[SwapRequest]
) -> None:
    screen.open_order(2)
    screen.panel.rows.toggle(3)
    screen.panel.rows.toggle(4)
    QTest.keyClick(screen, Qt.Key.Key_F10)
    sheet = screen.correcting.sheet
    assert isinstance(sheet, SwapSheet)
    assert sheet.yes.isEnabled()
    page = fake.known[1]
    gone = replace(page.lines[0], state=LineState.RETURNED)
    fake.known[1] = replace(page, revision=2, lines=(gone, *page.lines[1:]))
    screen._on_stale(2)
    assert list(sheet.boxes) == [line.line_id for line in page.lines[1:]]
    assert not sheet.yes.isEnabled()
    sheet.boxes[page.lines[3].line_id].box.click()
    QTest.keyClick(sheet, Qt.Key.Key_Return)
    lines = page.lines[1].line_id, page.lines[3].line_id
    assert [(one.revision, one.first_line_id, one.second_line_id) for one in sent] == [(2, *lines)]


def test_two_evenings_of_one_title_are_told_apart(screen: OrdersScreen, fake: FakeOrders) -> None:
    fake.known[0] = a_page(1, "ABCD2345", evening(1), evening(1, performance_id=8, days=1))
    screen.open_order(1)
    QTest.keyClick(screen, Qt.Key.Key_F10)
    sheet = screen.correcting.sheet
    assert isinstance(sheet, SwapSheet)
    first, second = "The Nutcracker · Sat 5 Dec, 19:30 · ", "The Nutcracker · Sun 6 Dec, 19:30 · "
    assert f"{first}Stalls centre" in sheet.told.text()
    assert f"{second}Stalls centre" in sheet.told.text()
