"""Seats under a name: found in the list and on the order, kept longer, given back, picked up, their slip printed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pos_app.domain.editing import FieldRefused
from pos_app.domain.errors import OrderChanged, PickUpElsewhere, PrintFailed
from pos_app.domain.orders.reservations import KeepLongerRequest
from pos_app.domain.sentences import say
from pos_app.ui.screens.orders.reservations import list_sheet
from pos_app.ui.screens.orders.reservations.give_back_sheet import GiveBackSheet
from pos_app.ui.screens.orders.reservations.keep_sheet import KeepSheet
from tests.ui.screens.orders.conftest import RESERVED_UNTIL, STARTS_AT, a_page, evening, reserved

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from pos_app.domain.orders.page import OrderPage
    from pos_app.ui.screens.orders.reservations.list_sheet import ReservationsSheet
    from pos_app.ui.screens.orders.screen import OrdersScreen
    from tests.ui.screens.orders.conftest import FakeOrders

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)

SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def fake(fake: FakeOrders) -> FakeOrders:
    """Two reservations among the orders: Novak's four seats, and Berg's, which Till 2 has open for paying."""
    novak = reserved(a_page(8, "NVAK2345", evening(4), customer_name="Anna Novak", note="School trip"))
    berg = reserved(
        a_page(9, "BERG2345", evening(2, performance_id=9, days=1), customer_name="Bo Berg"),
        seconds_left=40.0,
        open_at="Till 2",
    )
    fake.known += [novak, berg]
    return fake


def opened(screen: OrdersScreen) -> ReservationsSheet:
    QTest.keyClick(screen, Qt.Key.Key_F4, SHIFT)
    sheet = screen.reservations.list.sheet
    assert sheet is not None
    return sheet


def keep_sheet(screen: OrdersScreen) -> KeepSheet:
    sheet = screen.reservations.keeping.sheet
    assert isinstance(sheet, KeepSheet)
    return sheet


def give_back_sheet(screen: OrdersScreen) -> GiveBackSheet:
    sheet = screen.reservations.keeping.sheet
    assert isinstance(sheet, GiveBackSheet)
    return sheet


def page_of(fake: FakeOrders, order_id: int) -> OrderPage:
    return next(page for page in fake.known if page.order_id == order_id)


def test_a_name_typed_into_the_list_leads_to_the_payment(qtbot: QtBot, screen: OrdersScreen) -> None:
    asked: list[int] = []
    screen.pick_up_asked.connect(asked.append)
    assert screen.search.reserved_button.words == "Reserved: 2"
    sheet = opened(screen)
    assert sheet.chosen is None, "nobody is picked up by Enter alone"
    QTest.keyClick(sheet, Qt.Key.Key_Return)
    assert asked == []
    QTest.keyClicks(sheet.search, "anna")
    qtbot.waitUntil(lambda: [one.customer_name for one in sheet.table.shown] == ["Anna Novak"])
    row = [str(sheet.table.model().index(0, at).data()) for at in range(5)]
    assert row == [
        "Sat 5 Dec, 18:30",
        "Anna Novak, School trip",
        "Stalls centre, row G, seats 18\N{EN DASH}21, The Nutcracker · Sat 5 Dec, 19:30",
        "€208.00, 4 seats",
        "NVAK-2345",
    ]
    assert sheet.summary.text() == "1 reservation: €208.00."
    QTest.keyClick(sheet.search, Qt.Key.Key_Return)
    assert asked == [8]
    assert screen.reservations.list.sheet is None


def test_what_another_till_has_open_is_told_and_not_taken_from_it(screen: OrdersScreen) -> None:
    sheet = opened(screen)
    sheet.table.mark(9)
    sheet._enable()
    assert str(sheet.table.model().index(sheet.table.shown.index(sheet.chosen), 0).data()) == (
        "Sat 5 Dec, 18:30, Open at Till 2"
    )
    offered = (sheet.pick_up, sheet.keep_longer, sheet.give_back, sheet.slip, sheet.show_button)
    assert [button.isEnabled() for button in offered] == [False, False, False, True, True]
    assert sheet.pick_up.toolTip() == "Open for paying at Till 2"
    QTest.keyClick(sheet, Qt.Key.Key_F9)
    kept = screen.panel.kept
    assert screen.panel.order is not None
    assert screen.panel.order.order_id == 9
    assert kept.state.text() == "Open for paying at Till 2: these seats cannot lapse, nor be given back here."
    buttons = (kept.pick_up, kept.keep_longer, kept.give_back, kept.slip)
    assert [button.isEnabled() for button in buttons] == [False, False, False, True]


def test_what_is_reserved_of_a_cancelled_performance_can_but_be_given_back(
    screen: OrdersScreen, fake: FakeOrders
) -> None:
    seats = replace(evening(4), is_cancelled=True)
    fake.known[4] = reserved(a_page(8, "NVAK2345", seats, customer_name="Anna Novak"))
    sheet = opened(screen)
    sheet.table.mark(8)
    sheet._enable()
    offered = (sheet.pick_up, sheet.keep_longer, sheet.give_back, sheet.slip, sheet.show_button)
    assert [button.isEnabled() for button in offered] == [False, False, True, True, True]
    assert sheet.pick_up.toolTip() == "Cancelled: these seats can only be given back."
    QTest.keyClick(sheet, Qt.Key.Key_F9)
    kept = screen.panel.kept
    assert kept.state.text() == "The performance is cancelled: call the guest, and give these seats back."
    buttons = (kept.pick_up, kept.keep_longer, kept.give_back, kept.slip)
    assert [button.isEnabled() for button in buttons] == [False, False, True, True]


def test_beside_a_cancelled_performance_another_one_can_be_picked_up(screen: OrdersScreen, fake: FakeOrders) -> None:
    both = replace(evening(2), is_cancelled=True), evening(2, performance_id=9, days=1)
    fake.known[4] = reserved(a_page(8, "NVAK2345", *both, customer_name="Anna Novak"))
    sheet = opened(screen)
    sheet.table.mark(8)
    sheet._enable()
    QTest.keyClick(sheet, Qt.Key.Key_F9)
    kept = screen.panel.kept
    assert [button.isEnabled() for button in (kept.pick_up, kept.keep_longer, kept.give_back)] == [True, True, True]


def test_what_this_till_has_open_itself_is_gone_on_with(screen: OrdersScreen, fake: FakeOrders) -> None:
    fake.known[4] = reserved(a_page(8, "NVAK2345", evening(4)), open_at="Till 1")
    screen.open_order(8)
    kept = screen.panel.kept
    assert kept.state.text() == "Open for paying at this till."
    assert kept.pick_up.isEnabled()


def test_one_evening_is_looked_at_by_itself(screen: OrdersScreen) -> None:
    sheet = opened(screen)
    words = [sheet.performance.itemText(at) for at in range(sheet.performance.count())]
    assert words == ["All performances", "Sat 5 Dec, 19:30 · The Nutcracker", "Sun 6 Dec, 19:30 · The Nutcracker"]
    sheet.performance.setCurrentIndex(2)
    sheet.performance.activated.emit(2)
    assert [one.number for one in sheet.table.shown] == ["BERG2345"]
    sheet.search.setText("anna")
    sheet.search.searched.emit("anna")
    assert sheet.empty.isVisible()
    assert sheet.empty._title.text() == "No reservation fits “anna”"


def test_performances_of_reservations_that_are_not_listed_are_offered_too(
    screen: OrdersScreen, fake: FakeOrders, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(list_sheet, "MOST_LISTED", 1)
    fake.reservations.most = 1
    sheet = opened(screen)
    assert [one.number for one in sheet.table.shown] == ["NVAK2345"]
    words = [sheet.performance.itemText(at) for at in range(sheet.performance.count())]
    assert words == ["All performances", "Sat 5 Dec, 19:30 · The Nutcracker", "Sun 6 Dec, 19:30 · The Nutcracker"]
    sheet.performance.setCurrentIndex(2)
    sheet.performance.activated.emit(2)
    assert [one.number for one in sheet.table.shown] == ["BERG2345"]


def test_the_list_follows_what_other_tills_do(screen: OrdersScreen, fake: FakeOrders) -> None:
    sheet = opened(screen)
    sheet.table.mark(8)
    fake.known = [page for page in fake.known if page.order_id != 8]
    sheet._turn.timeout.emit()
    assert [one.order_id for one in sheet.table.shown] == [9]
    assert sheet.chosen is None, "the next guest's reservation is nobody's choice"
    fake.known.clear()
    sheet._turn.timeout.emit()
    assert sheet.empty._title.text() == "Nothing is reserved"


def test_seats_are_kept_longer_with_a_reason_and_a_time_that_is_refused_is_told_beside_it(
    screen: OrdersScreen, fake: FakeOrders
) -> None:
    screen.open_order(8)
    kept = screen.panel.kept
    assert kept.until.text() == "Reserved until Sat 5 Dec, 18:30"
    QTest.keyClick(screen, Qt.Key.Key_F8, SHIFT)
    sheet = keep_sheet(screen)
    assert [button.text() for button in sheet.later] == ["15 minutes longer", "30 minutes longer", "Until it begins"]
    assert sheet.moment.value() == RESERVED_UNTIL + timedelta(minutes=15)
    QTest.keyClick(sheet, Qt.Key.Key_Return)
    assert sheet.problem.text() == "Choose or type a reason."
    sheet.later[2].click()
    QTest.keyClicks(sheet.reason.line, "Train is late")
    fake.reservations.broken = FieldRefused({"release_at": say("That time has passed already.")})
    QTest.keyClick(sheet, Qt.Key.Key_Return)
    assert sheet.wrong.isVisible()
    assert sheet.wrong.text() == "That time has passed already."
    assert sheet.reason.text == "Train is late", "nothing typed is lost"
    fake.reservations.broken = None
    sheet.later[1].click()
    assert not sheet.wrong.isVisible()
    QTest.keyClick(sheet, Qt.Key.Key_Return)
    request = fake.reservations.requests[-1]
    assert isinstance(request, KeepLongerRequest)
    assert (request.revision, request.reason) == (1, "Train is late")
    assert request.release_at == RESERVED_UNTIL + timedelta(minutes=30)
    assert screen.banner.message.text == "NVAK-2345 is kept until Sat 5 Dec, 19:00."
    assert kept.until.text() == "Reserved until Sat 5 Dec, 19:00"


def test_a_request_whose_answer_was_lost_is_the_same_one_when_it_is_sent_again(
    screen: OrdersScreen, fake: FakeOrders
) -> None:
    screen.open_order(8)
    screen.panel.kept.keep_longer.click()
    sheet = keep_sheet(screen)
    sheet.reason.choices[0].click()
    fake.reservations.broken = PrintFailed(say("No answer."))
    sheet.yes.click()
    sheet.yes.click()
    first, again = fake.reservations.requests
    assert first == again


def test_some_seats_go_back_on_sale_and_that_is_asked_with_a_deliberate_key(
    screen: OrdersScreen, fake: FakeOrders
) -> None:
    screen.open_order(8)
    QTest.keyClick(screen, Qt.Key.Key_F7, SHIFT)
    sheet = give_back_sheet(screen)
    assert sheet.yes.words == "Give back 4 seats"
    assert sheet.told.text().endswith("Nothing of this reservation is left then.")
    first, second, *_rest = sheet.ticks.values()
    for box in (first, second):
        box.show_value(False)
        box.edited.emit()
    assert sheet.told.text() == (
        "They go on sale at once, and may be gone the next moment. 2 seats stay reserved: €104.00."
    )
    sheet.reason.choices[1].click()
    QTest.keyClick(sheet, Qt.Key.Key_Return)
    assert fake.reservations.requests == [], "Enter alone gives no customer's seat away"
    QTest.keyClick(sheet, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert fake.reservations.requests[-1].line_ids == (802, 803)
    assert screen.banner.message.sentence == "2 seats of NVAK-2345 are on sale again. 2 seats stay reserved."
    states = [row.words for row in screen.panel.rows.rows]
    assert states == 2 * ["Adult · Reserved"] + 2 * ["Adult · Given back"]
    assert screen.panel.owed.text() == "€104.00 is still to be paid."


def test_a_reservation_that_another_till_picked_up_meanwhile_is_not_given_back(
    screen: OrdersScreen, fake: FakeOrders
) -> None:
    screen.open_order(8)
    screen.panel.kept.give_back.click()
    sheet = give_back_sheet(screen)
    sheet.reason.choices[0].click()
    fake.reservations.broken = OrderChanged(say("This order was just changed."))
    fake.known[4] = a_page(8, "NVAK2345", evening(4), customer_name="Anna Novak", revision=2)
    sheet.yes.click()
    assert screen.reservations.keeping.sheet is None
    assert screen.banner.message.text == "Nothing of NVAK-2345 is reserved any more."
    assert screen.panel.kept.isHidden()


def test_it_is_told_at_which_till_it_was_opened_meanwhile(screen: OrdersScreen, fake: FakeOrders) -> None:
    screen.open_order(8)
    screen.panel.kept.give_back.click()
    sheet = give_back_sheet(screen)
    sheet.reason.choices[0].click()
    words = say("{till} has this reservation open for paying.", till="Till 2")
    fake.reservations.broken = PickUpElsewhere(words, till_name="Till 2")
    sheet.yes.click()
    assert sheet.is_open
    assert sheet.problem.text() == "Till 2 has this reservation open for paying."


def test_from_the_list_seats_are_kept_longer_and_given_back_over_it(screen: OrdersScreen, fake: FakeOrders) -> None:
    listed = opened(screen)
    listed.table.mark(8)
    listed._enable()
    QTest.keyClick(listed, Qt.Key.Key_F8)
    sheet = keep_sheet(screen)
    sheet.reason.choices[0].click()
    sheet.yes.click()
    assert listed.banner.message.text == "NVAK-2345 is kept until Sat 5 Dec, 18:45."
    QTest.keyClick(listed, Qt.Key.Key_F7)
    back = give_back_sheet(screen)
    back.reason.choices[0].click()
    back.yes.click()
    assert [one.order_id for one in listed.table.shown] == [9]
    assert screen.search.reserved_button.words == "Reserved: 1"


def test_a_slip_is_printed_or_kept_as_a_file_and_one_that_failed_is_printed_again(
    screen: OrdersScreen, fake: FakeOrders
) -> None:
    screen.open_order(8)
    QTest.keyClick(screen, Qt.Key.Key_F6, SHIFT)
    assert screen.banner.message.text == "Saved as NVAK2345-reservation.pdf. This till has no ticket printer."
    assert screen.banner.message.action == "Open PDF"
    fake.reservations.printer = "HALL-1"
    fake.reservations.broken_printer = PrintFailed(say("The printer is out of paper."))
    screen.panel.kept.slip.click()
    assert screen.banner.message.sentence == "The printer is out of paper. The reservation stands."
    fake.reservations.broken_printer = None
    screen.banner.press_action()
    assert [printed.order_number for printed in fake.reservations.on_paper] == ["NVAK2345"]
    assert screen.banner.message.text == "The slip of NVAK-2345 is printed on HALL-1."


@pytest.mark.parametrize(
    ("key", "advice"),
    [
        (Qt.Key.Key_F6, "Tickets are printed when it is picked up and paid; its slip can be printed now."),
        (Qt.Key.Key_F7, "Without a payment nothing goes back. To let seats go, give them back."),
        (Qt.Key.Key_F8, "There is no sale to take back. To let seats go, give them back."),
        (Qt.Key.Key_F9, "Give the seats back and reserve others, or exchange them once they are paid."),
        (Qt.Key.Key_F10, "Guests change places once their seats are paid."),
        (Qt.Key.Key_F11, "Ticket types are changed once the seats are paid."),
    ],
)
def test_what_is_for_paid_tickets_says_why_it_is_not_for_these(screen: OrdersScreen, key: Qt.Key, advice: str) -> None:
    screen.open_order(8)
    QTest.keyClick(screen, key)
    assert screen.banner.message.sentence == f"Nothing of NVAK-2345 is paid yet. {advice}"
    assert screen.action_row.refund_button.toolTip().startswith("Nothing of NVAK-2345 is paid yet.")
    screen.open_order(1)
    assert screen.action_row.refund_button.isEnabled()
    assert screen.action_row.refund_button.toolTip() == ""


def test_a_time_that_runs_out_on_the_screen_is_told_and_the_order_read_anew(
    qtbot: QtBot, screen: OrdersScreen, fake: FakeOrders
) -> None:
    fake.known[4] = reserved(a_page(8, "NVAK2345", evening(4)), seconds_left=0.3)
    screen.open_order(8)
    over = reserved(a_page(8, "NVAK2345", evening(4), revision=2), seconds_left=-1.0)
    fake.known[4] = over
    screen.panel.kept._tick.setInterval(20)
    qtbot.waitUntil(lambda: screen.panel.order is over)
    assert screen.panel.kept.state.text() == "Its time is over: its seats go on sale again at any moment."


def test_the_start_is_the_last_moment_that_is_offered(screen: OrdersScreen) -> None:
    screen.open_order(8)
    screen.panel.kept.keep_longer.click()
    sheet = keep_sheet(screen)
    sheet.later[-1].click()
    assert sheet.moment.value() == STARTS_AT
