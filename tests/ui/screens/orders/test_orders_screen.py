from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel

from pos_app.domain.errors import ApprovalRefused, OutcomeUnknown, PrintFailed, ServerUnreachable
from pos_app.domain.sentences import say
from pos_app.domain.staff.sign_in import Approval
from pos_app.ui.screens.orders.give_back_sheet import GiveBackSheet
from pos_app.ui.screens.orders.screen import OrdersScreen
from pos_app.ui.widgets.sheets.approval import ApprovalSheet
from pos_app.ui.widgets.sheets.preview import PreviewSheet
from pos_app.ui.widgets.sheets.reason import ReasonSheet
from pos_app.ui.words.messages import Message
from tests.ui.screens.orders.conftest import MARIO, an_order

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.ui.screens.orders.conftest import FakeOrders

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)

NO_PAPER = PrintFailed(say("The printer has no paper."), advice=say("Fill it, then print again."))
UNREACHABLE = ServerUnreachable(say("The server does not answer."), advice=say("Try again in a moment."))


def _sheet(screen: OrdersScreen) -> ReasonSheet:
    assert isinstance(screen.corrections.sheet, ReasonSheet)
    return screen.corrections.sheet


def _ask_void(screen: OrdersScreen) -> ReasonSheet:
    QTest.keyClick(screen, Qt.Key.Key_F8)
    sheet = _sheet(screen)
    sheet.reason_field.setText("Wrong seats")
    return sheet


def _ask_manager(screen: OrdersScreen) -> ApprovalSheet:
    _ask_void(screen).yes.click()
    assert isinstance(screen.corrections.sheet, ApprovalSheet)
    return screen.corrections.sheet


def test_the_last_orders_are_read_when_the_screen_is_shown(screen: OrdersScreen, fake: FakeOrders) -> None:
    assert [order.number for order in screen.table.orders] == ["ABCD2345", "EFGH6789", "JKMN2345", "PQRS6789"]
    assert screen.panel.number.text == "ABCD-2345"
    screen.hide()
    fake.orders.reverse()
    screen.show()
    assert screen.table.orders[0].number == "PQRS6789"
    assert screen.panel.number.text == "ABCD-2345"


def test_no_button_moves_under_the_hand_when_something_is_said(screen: OrdersScreen) -> None:
    parts = [screen.panel, *screen.panel.findChildren(QAbstractButton), screen.refresh_button, screen.table.viewport()]
    before = [part.mapTo(screen, QPoint(0, 0)) for part in parts]
    screen.banner.show_message(Message("Saved as ABCD2345.pdf.", "This till has no ticket printer."))
    QApplication.processEvents()
    assert screen.banner.isVisible()
    assert screen.rect().contains(QRect(screen.banner.mapTo(screen, QPoint(0, 0)), screen.banner.size()))
    assert [part.mapTo(screen, QPoint(0, 0)) for part in parts] == before


def test_arrow_keys_walk_the_orders(screen: OrdersScreen) -> None:
    QTest.keyClick(screen.table, Qt.Key.Key_Down)
    assert screen.panel.number.text == "EFGH-6789"


def test_an_empty_till_says_so_in_a_sentence(screen: OrdersScreen, fake: FakeOrders) -> None:
    fake.orders.clear()
    screen.refresh()
    assert screen.empty.isVisible()
    assert not screen.panel.isVisible()


def test_a_lost_server_leaves_what_was_there_and_offers_to_try_again(screen: OrdersScreen, fake: FakeOrders) -> None:
    fake.broken = UNREACHABLE
    QTest.keyClick(screen, Qt.Key.Key_F5)
    assert screen.banner.message.text == "The server does not answer."
    assert len(screen.table.orders) == 4
    fake.broken = None
    screen.banner._action.click()
    assert not screen.banner.isVisible()


def test_a_server_that_never_answered_offers_to_try_again(qtbot: QtBot, themed: QApplication, fake: FakeOrders) -> None:
    fake.broken = UNREACHABLE
    screen = OrdersScreen(fake)
    qtbot.addWidget(screen)
    screen.show()
    assert screen.empty.isVisible()
    fake.broken = None
    screen.empty.asked.emit()
    assert screen.table.isVisible()


def test_a_reprint_of_chosen_tickets_takes_a_reason_and_prints(screen: OrdersScreen, fake: FakeOrders) -> None:
    QTest.mouseClick(screen.panel.rows.rows[0], Qt.MouseButton.LeftButton)
    assert screen.panel.reprint_button.words == "Reprint 1 of 2"
    QTest.keyClick(screen, Qt.Key.Key_F6)
    sheet = _sheet(screen)
    sheet.yes.click()
    assert fake.requests == []
    sheet.reason_field.setText("Paper jam")
    sheet.yes.click()
    assert fake.requests[0][2] == "Paper jam"
    assert [face.ticket_id for face in fake.on_paper[0].faces] == [101]
    assert screen.corrections.sheet is None
    assert screen.panel.rows.rows[1].print_words == "Print 2"
    assert "tear it up" in screen.banner.message.advice


def test_a_retry_after_an_unknown_outcome_sends_the_same_request(screen: OrdersScreen, fake: FakeOrders) -> None:
    fake.broken = OutcomeUnknown(say("It is not known whether it was done."), advice=say("Try again."))
    QTest.keyClick(screen, Qt.Key.Key_F6)
    sheet = _sheet(screen)
    sheet.reason_field.setText("Paper jam")
    sheet.yes.click()
    assert sheet.is_open
    assert sheet.reason_field.text() == "Paper jam"
    assert "not known" in sheet._wrong.text()
    fake.broken = None
    sheet.yes.click()
    assert len(fake.requests) == 2
    assert fake.requests[0] == fake.requests[1]
    screen.panel.reprint_button.click()
    _sheet(screen).reason_field.setText("Wrong paper")
    _sheet(screen).yes.click()
    assert fake.requests[2][1] != fake.requests[1][1]


def test_a_printer_that_does_not_take_them_leaves_them_on_a_list(screen: OrdersScreen, fake: FakeOrders) -> None:
    fake.broken_printer = NO_PAPER
    screen.panel.reprint_button.click()
    _sheet(screen).reason_field.setText("Paper jam")
    _sheet(screen).yes.click()
    assert screen.failed_prints.isVisible()
    assert [printed.order_number for printed in screen.failed_prints.printed] == ["ABCD2345"]
    screen.failed_prints._strips[0].again.click()
    assert len(screen.failed_prints.printed) == 1
    fake.broken_printer = None
    screen.failed_prints._strips[0].again.click()
    assert fake.on_paper
    assert not screen.failed_prints.isVisible()


def test_a_print_that_never_came_out_keeps_only_the_tickets_not_printed_anew(
    screen: OrdersScreen, fake: FakeOrders
) -> None:
    screen.add_failed_print(fake.printed([100, 101]), NO_PAPER)
    QTest.mouseClick(screen.panel.rows.rows[0], Qt.MouseButton.LeftButton)
    screen.panel.reprint_button.click()
    _sheet(screen).reason_field.setText("Paper jam")
    _sheet(screen).yes.click()
    assert [[face.ticket_id for face in printed.faces] for printed in screen.failed_prints.printed] == [[100]]


def test_a_till_without_a_printer_says_where_the_tickets_are(screen: OrdersScreen, fake: FakeOrders) -> None:
    fake.printer = ""
    screen.panel.reprint_button.click()
    _sheet(screen).reason_field.setText("Paper jam")
    _sheet(screen).yes.click()
    assert "ABCD2345.pdf" in screen.banner.message.text
    assert "/tickets" not in screen.banner.message.sentence
    assert fake.on_paper == []
    assert not screen.failed_prints.isVisible()


def test_voiding_says_how_much_to_give_back(qtbot: QtBot, screen: OrdersScreen, fake: FakeOrders) -> None:
    sheet = _ask_manager(screen)
    with qtbot.waitSignal(screen.order_voided):
        QTest.keyClick(sheet.cards.search, Qt.Key.Key_Return)
        QTest.keyClicks(sheet.pin, "2222")
    assert fake.requests[0][2:] == ("Wrong seats", Approval(MARIO.staff_id, "2222"))
    told = screen.findChild(GiveBackSheet)
    assert isinstance(told, GiveBackSheet)
    assert told.amount.text == "€104.00"
    assert screen.table.orders[0].void
    assert not screen.panel.void_button.isEnabled()


def test_a_manager_who_is_signed_in_is_asked_for_nobody(qtbot: QtBot, screen: OrdersScreen, fake: FakeOrders) -> None:
    fake.may_approve = True
    sheet = _ask_void(screen)
    assert sheet.yes.words == "Void the order"
    with qtbot.waitSignal(screen.order_voided):
        sheet.yes.click()
    assert fake.requests[0][2:] == ("Wrong seats", None)


def test_nothing_is_taken_back_where_no_manager_comes(screen: OrdersScreen, fake: FakeOrders) -> None:
    QTest.keyClick(_ask_manager(screen).cards.search, Qt.Key.Key_Escape)
    assert screen.corrections.sheet is None
    assert fake.requests == []


def test_a_wrong_pin_is_told_in_the_sheet_and_the_same_request_goes_again(
    screen: OrdersScreen, fake: FakeOrders
) -> None:
    fake.broken = ApprovalRefused(say("That PIN is not right."), advice=say("Please try again."))
    sheet = _ask_manager(screen)
    QTest.keyClick(sheet.cards.search, Qt.Key.Key_1)
    QTest.keyClicks(sheet.pin, "2222")
    assert "not right" in sheet._problem.text()
    fake.broken = None
    QTest.keyClicks(sheet.pin, "3333")
    assert fake.requests[0][1] == fake.requests[1][1]
    assert screen.table.orders[0].void


def test_only_one_ticket_is_printed_anew_and_the_sheet_names_it(screen: OrdersScreen, fake: FakeOrders) -> None:
    screen.panel.rows.rows[1].again.click()
    sheet = _sheet(screen)
    assert sheet.accessibleName() == "Print Stalls centre · Row G · Seat 19 of ABCD-2345 anew"
    assert any("The other ticket of this order stays good." in label.text() for label in sheet.findChildren(QLabel))
    sheet.reason_field.setText("Paper jam")
    sheet.yes.click()
    assert [face.ticket_id for face in fake.on_paper[0].faces] == [101]
    assert [row.print_words for row in screen.panel.rows.rows] == ["First print", "Print 2"]


def test_nobody_is_promised_a_refund_that_there_is_not(screen: OrdersScreen) -> None:
    screen.open_order(4)
    assert screen.panel.countdown.text() == (
        "Older than ten minutes: it cannot be voided any more. Its tickets stay good."
    )


def test_void_closes_by_itself_when_ten_minutes_are_over(qtbot: QtBot, themed: QApplication, fake: FakeOrders) -> None:
    fake.orders[0] = an_order(1, "ABCD2345", seconds=1.4)
    screen = OrdersScreen(fake)
    qtbot.addWidget(screen)
    screen.show()
    assert screen.panel.void_button.isEnabled()
    assert screen.panel.countdown.text() == "Can be voided for 0:01"
    qtbot.waitUntil(lambda: not screen.panel.void_button.isEnabled())
    assert "ten minutes" in screen.panel.countdown.text()


def test_a_void_order_can_be_neither_printed_nor_voided(screen: OrdersScreen) -> None:
    screen.table.selectRow(2)
    assert screen.panel.chosen == ()
    assert not screen.panel.reprint_button.isEnabled()
    assert not screen.panel.preview_button.isEnabled()
    assert not screen.panel.void_button.isEnabled()


def test_the_preview_shows_the_pages(screen: OrdersScreen) -> None:
    screen.panel.preview_button.click()
    sheet = screen.findChild(PreviewSheet)
    assert isinstance(sheet, PreviewSheet)
    assert sheet.preview.which.text() == "Page 1 of 2"
    QTest.keyClick(sheet, Qt.Key.Key_Right)
    assert sheet.preview.which.text() == "Page 2 of 2"
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert not sheet.isVisible()


def test_an_order_can_be_opened_from_elsewhere(screen: OrdersScreen) -> None:
    screen.open_order(4)
    assert screen.panel.number.text == "PQRS-6789"


def test_tickets_that_could_not_be_set_are_told(screen: OrdersScreen) -> None:
    screen.add_failed_print(None, UNREACHABLE)
    assert screen.banner.message.text == "The server does not answer."
    assert "sale stands" in screen.banner.message.advice


def test_fees_stand_above_the_total_that_they_are_part_of(screen: OrdersScreen) -> None:
    panel = screen.panel

    def lines() -> list[str]:
        labels = [one for one in panel.findChildren(QLabel) if one.isVisible()]
        return [one.text() for one in sorted(labels, key=lambda one: one.mapTo(panel, QPoint(0, 0)).y())]

    panel.show_order(replace(an_order(4, "JKLM2345"), fee_minor=250))
    shown = lines()
    assert shown.index("Booking fee") < shown.index("Total")
    assert "\u20ac2.50" in shown
    panel.show_order(an_order(4, "JKLM2345"))
    assert "Booking fee" not in lines()
