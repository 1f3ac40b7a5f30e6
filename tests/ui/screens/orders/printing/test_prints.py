"""Tickets of orders on paper, where printer and server fail."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from pos_app.domain.errors import OrderChanged, OutcomeUnknown, PrintFailed, ServerUnreachable
from pos_app.domain.orders.changes import LineState
from pos_app.domain.sentences import say
from pos_app.ui.server_answers import server_answers
from pos_app.ui.widgets.sheets.preview import PreviewSheet
from pos_app.ui.widgets.sheets.reason import ReasonSheet

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from pos_app.ui.screens.orders.screen import OrdersScreen
    from tests.ui.screens.orders.conftest import FakeOrders

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)

NO_PAPER = PrintFailed(say("The printer has no paper."), advice=say("Fill it, then print again."))


def _ask(screen: OrdersScreen, reason: str = "Paper jam") -> ReasonSheet:
    QTest.keyClick(screen, Qt.Key.Key_F6)
    sheet = screen.prints.sheet
    assert isinstance(sheet, ReasonSheet)
    sheet.reason_field.setText(reason)
    return sheet


def test_a_reprint_of_chosen_tickets_takes_a_reason_and_prints(screen: OrdersScreen, fake: FakeOrders) -> None:
    QTest.mouseClick(screen.panel.rows.rows[0], Qt.MouseButton.LeftButton)
    assert screen.action_row.print_button.words == "Reprint 1 of 2"
    sheet = _ask(screen, "")
    sheet.yes.click()
    assert fake.requests == []
    sheet.reason_field.setText("Paper jam")
    sheet.yes.click()
    assert fake.requests[0][2] == "Paper jam"
    assert [face.ticket_id for face in fake.on_paper[0].faces] == [101]
    assert screen.prints.sheet is None
    assert "Printed on HALL-1" in screen.banner.message.text


def test_the_button_beside_a_ticket_prints_only_that_one_and_the_sheet_names_it(screen: OrdersScreen) -> None:
    screen.panel.rows.rows[1].again.click()
    sheet = screen.prints.sheet
    assert isinstance(sheet, ReasonSheet)
    assert sheet.accessibleName() == "Print Stalls centre · Row G · Seat 19 of ABCD-2345 anew"
    assert any("The other ticket of this order stays good." in label.text() for label in sheet.findChildren(QLabel))


def test_a_retry_after_an_unknown_outcome_sends_the_same_request(
    qtbot: QtBot, screen: OrdersScreen, fake: FakeOrders, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake.broken = OutcomeUnknown(say("It is not known whether it was done."), advice=say("Try again."))
    sheet = _ask(screen)
    sheet.yes.click()
    assert sheet.is_open
    assert sheet.reason_field.text() == "Paper jam"
    assert "not known" in sheet._wrong.text()
    monkeypatch.setattr("pos_app.ui.widgets.problem_label.READING_SECONDS", 0)
    fake.broken = ServerUnreachable(say("The server does not answer."))
    sheet.yes.click()
    assert sheet._wrong.text() == "The server does not answer."
    server_answers().answered.emit()
    qtbot.waitUntil(sheet._wrong.isHidden)
    fake.broken = None
    sheet.yes.click()
    assert fake.requests[0] == fake.requests[1] == fake.requests[2]
    _ask(screen, "Wrong paper").yes.click()
    assert fake.requests[-1][1] != fake.requests[1][1]


def test_a_reprint_of_an_order_that_is_not_as_it_was_shown_is_refused_with_what_changed(
    screen: OrdersScreen, fake: FakeOrders
) -> None:
    sheet = _ask(screen)
    fake.broken = OrderChanged(say("Order ABCD-2345 was changed meanwhile."), advice=say("Nothing was done."))
    sheet.yes.click()
    assert screen.prints.sheet is None
    assert fake.requests[0][-1] == 1, "the revision of the order that was shown"
    assert fake.on_paper == []


def test_what_does_not_come_out_stays_on_a_list_without_what_was_printed_anew(
    screen: OrdersScreen, fake: FakeOrders
) -> None:
    fake.broken_printer = NO_PAPER
    _ask(screen).yes.click()
    failed = screen.prints.failed
    assert failed.isVisible()
    assert [[face.ticket_id for face in printed.faces] for printed in failed.printed] == [[100, 101]]
    fake.broken_printer = None
    screen.panel.rows.toggle(1)
    _ask(screen).yes.click()
    assert [[face.ticket_id for face in printed.faces] for printed in failed.printed] == [[100]]
    failed._strips[0].again.click()
    assert not failed.isVisible()


def test_what_was_refunded_meanwhile_is_not_printed_any_more(screen: OrdersScreen, fake: FakeOrders) -> None:
    screen.add_failed_print(fake.printed([100, 101]), NO_PAPER)
    page = fake.known[0]
    gone = page.lines[0].ticket
    assert gone is not None
    line = replace(page.lines[0], state=LineState.RETURNED, ticket=replace(gone, is_void=True))
    fake.known[0] = replace(page, lines=(line, page.lines[1]), revision=2)
    screen.refresh()
    assert [[face.ticket_id for face in printed.faces] for printed in screen.prints.failed.printed] == [[101]]


def test_a_till_without_a_printer_says_where_the_tickets_are(screen: OrdersScreen, fake: FakeOrders) -> None:
    fake.printer = ""
    _ask(screen).yes.click()
    assert "ABCD2345.pdf" in screen.banner.message.text
    assert "/tickets" not in screen.banner.message.sentence
    assert fake.on_paper == []
    screen.refresh()
    assert screen.banner.message.action == "Open PDF"
    screen.open_order(2)
    assert not screen.banner.message.text, "beside another order it would be taken for its file"


def test_tickets_of_a_sale_that_could_not_be_set_are_told(screen: OrdersScreen) -> None:
    screen.add_failed_print(None, ServerUnreachable(say("The server does not answer.")))
    assert screen.banner.message.text == "The server does not answer."
    assert "sale stands" in screen.banner.message.advice


def test_the_preview_shows_the_pages(screen: OrdersScreen) -> None:
    QTest.keyClick(screen, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    sheet = screen.findChild(PreviewSheet)
    assert isinstance(sheet, PreviewSheet)
    assert sheet.preview.which.text() == "Page 1 of 2"
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert not sheet.isVisible()


def test_what_waits_at_the_window_is_handed_over_and_not_printed_anew(screen: OrdersScreen, fake: FakeOrders) -> None:
    page = fake.known[0]
    lines = tuple(replace(line, ticket=line.ticket and replace(line.ticket, is_waiting=True)) for line in page.lines)
    fake.known[0] = replace(page, lines=lines, revision=2)
    screen.refresh()
    assert screen.action_row.print_button.words == "Hand over 2 tickets"
    assert screen.panel.rows.rows[0].words == "Adult · Waits at the window"
    assert screen.panel.owed.text() == "Paid; waits at the window for its first print."
    assert not screen.panel.rows.rows[0].again.isVisible()
