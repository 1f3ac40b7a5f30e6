"""A refund where the server goes away, or nothing is ticked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pos_app.domain.errors import OutcomeUnknown, RefundRefused, ServerUnreachable, VoidRefused
from pos_app.domain.orders.changes import LineKind
from pos_app.domain.orders.refunds import RefundDone, RefundPreview
from pos_app.domain.payments.giving_back import RefundPart
from pos_app.domain.selling.sales import PaymentMethod
from pos_app.domain.sentences import say
from pos_app.ui.screens.orders.changes.swap_sheet import SwapSheet
from pos_app.ui.screens.orders.refund.given_back_sheet import GivenBackSheet
from pos_app.ui.server_answers import server_answers
from tests.ui.replies import Now
from tests.ui.screens.orders.conftest import a_page, evening

if TYPE_CHECKING:
    from PySide6.QtCore import QObject
    from pytestqt.qtbot import QtBot

    from pos_app.domain.orders.refunds import RefundAsk, RefundRequest
    from pos_app.ui.screens.orders.refund.sheet import RefundSheet
    from pos_app.ui.screens.orders.screen import OrdersScreen
    from tests.ui.screens.orders.conftest import FakeOrders

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)


@pytest.fixture
def sheet(screen: OrdersScreen, fake: FakeOrders, monkeypatch: pytest.MonkeyPatch) -> RefundSheet:
    """Open the sheet of the first order, as a manager: 52.00 goes back to a card for each ticket."""
    fake.may_approve = True

    def parts(ask: RefundAsk) -> tuple[RefundPart, ...]:
        return (RefundPart(1, ask.way or PaymentMethod.CARD, 5200 * len(ask.line_ids)),)

    def preview(_owner: QObject, ask: RefundAsk) -> Now[RefundPreview]:
        told = RefundPreview(1, 5200 * len(ask.line_ids), "EUR", parts(ask), needs_approval=True)
        return Now(fake.broken or told)

    def refund(_owner: QObject, request: RefundRequest, approval: object) -> Now[Any]:
        fake.requests.append((request, approval))
        done = RefundDone("ABCD2345", 9, request.amount_minor, "EUR", parts(request.ask), paid=request.pay_now)
        return Now(fake.broken or done)

    monkeypatch.setattr(fake, "preview_refund", preview)
    monkeypatch.setattr(fake, "refund", refund)
    QTest.keyClick(screen, Qt.Key.Key_F7)
    assert screen.refunding.sheet is not None
    return screen.refunding.sheet


def test_what_is_missing_is_said_beside_its_field_and_nothing_moves(screen: OrdersScreen, sheet: RefundSheet) -> None:
    def places() -> list[QRect]:
        moving = (sheet.panel, sheet.pay_now, sheet.reason.line, sheet.way, sheet.yes)
        return [QRect(one.mapTo(sheet, QPoint(0, 0)), one.size()) for one in moving]

    QApplication.processEvents()
    before = places()
    QTest.keyClick(sheet, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert sheet.problem.text() == "Choose or type a reason."
    assert places() == before
    said, field = sheet.problem.mapTo(sheet, QPoint(0, 0)), sheet.reason.line.mapTo(sheet, QPoint(0, 0))
    assert said.x() == field.x()
    assert 0 < said.y() - field.y() - sheet.reason.line.height() < 16
    # Ticked or not, with a sentence about managers or without one, the next click meets what is seen.
    sheet.ticks.tick_all()
    QApplication.processEvents()
    assert sheet.why.text() == "Tick what is given back."
    assert places()[0] == before[0]


def test_a_lost_answer_leaves_all_that_was_typed_and_the_same_request_goes_again(
    screen: OrdersScreen, fake: FakeOrders, sheet: RefundSheet
) -> None:
    sheet.reason.line.setText("Is ill")
    QTest.keyClick(sheet, Qt.Key.Key_Return)
    assert sheet.problem.text().startswith("Type what the terminal's slip says")
    sheet.reference.line.setText("4711")
    fake.broken = OutcomeUnknown(say("It is not known whether it was done."), advice=say("Try again."))
    QTest.keyClick(sheet, Qt.Key.Key_Return)
    assert sheet.problem.text() == "It is not known whether it was done. Try again."
    assert (sheet.reason.text, sheet.reference.text) == ("Is ill", "4711")
    fake.broken = None
    QTest.keyClick(sheet, Qt.Key.Key_Return)
    (first, _), (second, approval) = fake.requests
    assert first == second
    assert approval is None
    told = screen.findChild(GivenBackSheet)
    assert isinstance(told, GivenBackSheet)
    assert (told.amount.text, told.sentences[0]) == ("€104.00", "€104.00 back to the card.")


def test_the_desk_has_the_keyboard_when_the_last_sheet_of_a_refund_closes_though_its_box_was_built_anew(
    screen: OrdersScreen, fake: FakeOrders, sheet: RefundSheet
) -> None:
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert screen.search.field.hasFocus()
    screen.panel.rows.rows[0].box.setFocus()
    QTest.keyClick(screen.window(), Qt.Key.Key_F7)
    again = screen.refunding.sheet
    assert again is not None
    again.reason.line.setText("Is ill")
    again.way._buttons[PaymentMethod.CASH].click()
    fake.known[0] = replace(fake.known[0], revision=2)
    QTest.keyClick(again, Qt.Key.Key_Return)
    told = screen.findChild(GivenBackSheet)
    assert isinstance(told, GivenBackSheet)
    QTest.keyClick(told, Qt.Key.Key_Return)
    assert screen.search.field.hasFocus()
    QTest.keyClick(screen.search.field, Qt.Key.Key_F12)
    assert screen.correcting.sheet is not None
    QTest.keyClick(screen.correcting.sheet, Qt.Key.Key_Escape)
    assert screen.search.field.hasFocus()


def test_what_cannot_be_given_back_is_told_and_nothing_ticked_asks_for_nothing(
    fake: FakeOrders, sheet: RefundSheet
) -> None:
    QTest.keyClick(sheet, Qt.Key.Key_F3)
    assert sheet.why.text() == "Tick what is given back."
    assert not sheet.yes.isEnabled()
    fake.broken = RefundRefused(say("This ticket was refunded already."))
    next(iter(sheet.ticks.seats.values())).box.click()
    assert sheet.problem.text() == "This ticket was refunded already."
    assert not sheet.yes.isEnabled()
    fake.broken = None
    sheet.way._buttons[PaymentMethod.CASH].click()
    assert sheet.amount.text == "€52.00"
    assert sheet.parts.text() == "€52.00 goes back in cash."
    assert not sheet.reference.isVisible()
    sheet.pay_now.box.click()
    assert sheet.parts.text() == "€52.00 stands under Refunds due until it is paid out (Cash)."
    assert sheet.caption.text() == "Still to be paid out"
    sheet.pay_now.box.click()
    assert sheet.parts.text() == "€52.00 goes back in cash."


def test_a_whole_card_number_is_hidden_and_refused_before_anybody_is_called(
    screen: OrdersScreen, fake: FakeOrders, sheet: RefundSheet
) -> None:
    fake.may_approve = False
    sheet.reason.line.setText("Is ill")
    sheet.reference.line.setText("4111 1111 1111 1111")
    QTest.keyClick(sheet, Qt.Key.Key_Return)
    assert sheet.problem.text() == "That looks like a whole card number. Type only its last four digits."
    assert sheet.reference.text == "**** **** **** 1111"
    assert screen.refunding.approving.sheet is None
    assert fake.requests == []
    sheet.reason.line.setText("Is very ill")
    assert sheet.problem.isVisible(), "another field was edited"
    sheet.reference.line.setText("1111")
    assert not sheet.problem.isVisible()


def test_a_silent_server_is_told_until_it_answers_and_what_goes_back_is_reckoned_then(
    qtbot: QtBot, fake: FakeOrders, sheet: RefundSheet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pos_app.ui.widgets.problem_label.READING_SECONDS", 0)
    fake.broken = ServerUnreachable(say("The server cannot be reached."))
    sheet.way._buttons[PaymentMethod.CASH].click()
    assert sheet.problem.text() == "The server cannot be reached."
    fake.broken = None
    server_answers().answered.emit()
    assert not sheet.problem.isVisible()
    assert sheet.amount.text == "€104.00"
    fake.broken = ServerUnreachable(say("The server cannot be reached."))
    sheet.reason.line.setText("Is ill")
    QTest.keyClick(sheet, Qt.Key.Key_Return)
    assert sheet.problem.text() == "The server cannot be reached."
    server_answers().answered.emit()
    qtbot.waitUntil(sheet.problem.isHidden)
    assert sheet.yes.isEnabled()
    fake.broken = OutcomeUnknown(say("It is not known whether it was done."))
    QTest.keyClick(sheet, Qt.Key.Key_Return)
    server_answers().answered.emit()
    QApplication.processEvents()
    assert sheet.problem.text() == "It is not known whether it was done.", "that another answer came does not tell it"


def test_one_ticket_is_told_as_one_and_each_evening_by_its_day(
    screen: OrdersScreen, fake: FakeOrders, sheet: RefundSheet
) -> None:
    two = a_page(1, "ABCD2345", evening(1), evening(1, performance_id=8, days=1), revision=1)
    sheet.ticks.show_lines(two, {101})
    words = [box.box.accessibleName() for box in sheet.ticks.seats.values()]
    assert [one[:33] for one in words] == ["The Nutcracker · Sat 5 Dec, 19:30", "The Nutcracker · Sun 6 Dec, 19:30"]
    sheet._on_changed()
    sheet.reason.line.setText("Is ill")
    sheet.way._buttons[PaymentMethod.CASH].click()
    QTest.keyClick(sheet, Qt.Key.Key_Return)
    told = screen.findChild(GivenBackSheet)
    assert isinstance(told, GivenBackSheet)
    assert "This ticket opens no door any more." in told.sentences
    assert [request.revision for request, _ in fake.requests] == [1]


def test_fees_far_below_are_scrolled_to_when_a_key_ticks_them(qtbot: QtBot, sheet: RefundSheet) -> None:
    page = a_page(1, "ABCD2345", evening(12), revision=1)
    fee = replace(page.lines[0], line_id=900, kind=LineKind.FEE, place=None, ticket=None)
    sheet.show_order(replace(page, lines=(*page.lines, fee)))
    sheet.let_give_way(sheet.ticks, 160)
    QTest.keyClick(sheet, Qt.Key.Key_F3)
    box = sheet.ticks.fees[900]
    qtbot.waitUntil(lambda: sheet.ticks.verticalScrollBar().maximum() > 0)
    assert box.visibleRegion().isEmpty()
    QTest.keyClick(sheet, Qt.Key.Key_F4)
    assert box.value()
    qtbot.waitUntil(lambda: not box.visibleRegion().isEmpty())


def test_the_one_evening_of_an_order_is_told_once(screen: OrdersScreen, sheet: RefundSheet) -> None:
    assert sheet.evening.text() == "The Nutcracker · Sat 5 Dec, 19:30"
    assert sheet.evening.isVisible()
    screen.correcting.ask_swap(sheet.order, ())
    swap = screen.correcting.sheet
    assert isinstance(swap, SwapSheet)
    said = "change places. Type and price are the same: both papers are void, and two new tickets print."
    assert swap.told.text().endswith(said)
    assert swap.evening.text() == "The Nutcracker · Sat 5 Dec, 19:30"


def test_a_void_that_is_refused_leaves_no_old_amount_standing(
    screen: OrdersScreen, fake: FakeOrders, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake.may_approve = True
    refused = VoidRefused(say("Order ABCD-2345 was changed since it was sold."), advice=say("Refund what is left."))
    monkeypatch.setattr(fake, "void", lambda *_args: Now[Any](refused))
    QTest.keyClick(screen, Qt.Key.Key_F8)
    sheet = screen.voiding.sheet
    assert sheet is not None
    sheet.reason_field.setText("Wrong seats")
    sheet.yes.click()
    assert screen.voiding.sheet is None
    assert screen.banner.message.sentence == "Order ABCD-2345 was changed since it was sold. Refund what is left."
