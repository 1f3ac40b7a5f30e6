"""The picture of an order, and what is offered on it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLabel, QScrollArea

from pos_app.domain.orders.changes import ChangeKind, LineKind, LineState, RefundState
from pos_app.domain.orders.page import ChangeOnPage, LineOnPage, RefundOnPage
from pos_app.domain.selling.sales import PaymentMethod
from pos_app.ui.screens.orders.order.facts import HistoryRows, money_rows
from pos_app.ui.screens.orders.order.line_rows import LineRow, LineRows
from pos_app.ui.screens.orders.order.watch import OrderWatch
from pos_app.ui.screens.orders.reservations.keep_sheet import KeepSheet
from pos_app.ui.widgets.banner import Banner
from pos_app.ui.widgets.key_button import KeyButton
from pos_app.ui.widgets.performance_line import PerformanceLine
from pos_app.ui.words.amounts import shown_amount
from pos_app.ui.words.messages import Message
from pos_app.ui.words.standings import change_words
from tests.ui.screens.orders.conftest import SOLD_AT, a_page, evening, shown

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from pos_app.ui.screens.orders.screen import OrdersScreen
    from tests.ui.screens.orders.conftest import FakeOrders

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)


def test_money_is_told_from_the_sale_to_what_is_still_due() -> None:
    page = a_page(1, "ABCD2345")
    fees = tuple(LineOnPage(900 + at, LineKind.FEE, state, 50, 0) for at, state in enumerate(2 * [LineState.LIVE]))
    back = RefundOnPage(1, PaymentMethod.CASH, 5200, RefundState.DUE, "", SOLD_AT, None)
    given_up = RefundOnPage(2, PaymentMethod.CARD, 5200, RefundState.GIVEN_UP, "", SOLD_AT, None)
    assert list(money_rows(replace(page, lines=(*page.lines, *fees), refunds=(given_up, back)))) == [
        ("Booking fees", "€1.00"),
        ("Total of the sale", "€104.00"),
        ("Paid in cash · Sat 28 Nov, 18:05", "€104.00"),
        ("Given up: €52.00 · Card · Sat 28 Nov, 18:05", ""),
        ("Due · Cash · Sat 28 Nov, 18:05", "-€52.00"),
    ]


def test_what_was_told_and_what_was_paid_both_stand_where_a_later_price_was_paid(themed: QApplication) -> None:
    page = a_page(1, "ABCD2345")
    seat = page.live_seats[0]
    told = replace(seat, line_id=90, state=LineState.RELEASED, price_minor=3000, ended_by_id=7, ticket=None)
    paid = replace(seat, made_by_id=7)
    begun = ChangeOnPage(6, ChangeKind.RESERVE, SOLD_AT, "Carla Cash", "Till 1", "", "")
    picked_up = replace(begun, change_id=7, kind=ChangeKind.PICK_UP)
    page = replace(page, lines=(told, paid), history=(picked_up, begun), total_minor=8200)
    rows = LineRows()
    rows.show_lines(page)
    (shown_row,) = rows.rows
    assert shown_row.words.startswith(f"{seat.ticket_type} · Told €30.00, paid €")
    in_all = sum(one.amount_minor for one in page.payments)
    assert ("Paid in all", shown_amount(in_all, "EUR")) in list(money_rows(page))
    as_told = replace(page, total_minor=in_all)
    assert "Paid in all" not in dict(money_rows(as_told))


def test_it_is_told_who_did_what_who_allowed_it_and_why(themed: QApplication) -> None:
    change = ChangeOnPage(
        2, ChangeKind.REFUND, SOLD_AT, "Carla Cash", "Till 1", "Mario Manager", "Is ill", back_minor=5200
    )
    retyped = ChangeOnPage(3, ChangeKind.CORRECTION, SOLD_AT, "Carla Cash", "Till 1", "", "", changes_tickets=True)
    released = ChangeOnPage(4, ChangeKind.RELEASE, SOLD_AT, "", "", "", "", changes_tickets=True)
    rows = HistoryRows(replace(a_page(1, "ABCD2345"), history=(released, retyped, change)))
    assert [label.text() for label in rows.findChildren(QLabel)] == [
        "Not picked up in time",
        "Sat 28 Nov, 18:05 · By itself",
        "Ticket types changed",
        "Sat 28 Nov, 18:05 · Carla Cash · Till 1",
        "Refunded · -€52.00",
        "Sat 28 Nov, 18:05 · Carla Cash · Till 1 · allowed by Mario Manager",
        "Reason: Is ill",
    ]


def test_a_sale_can_be_voided_while_its_time_runs_and_one_that_is_void_offers_nothing(
    qtbot: QtBot, screen: OrdersScreen, fake: FakeOrders
) -> None:
    actions = screen.action_row
    assert actions.void_button.words.startswith("Void, 7:1")
    fake.known[0] = replace(fake.known[0], seconds_to_void=0.4, revision=2)
    screen.open_order(1)
    qtbot.waitUntil(lambda: not actions.void_button.isEnabled())
    screen.open_order(3)
    assert screen.panel.standing.text() == "Void"
    assert screen.panel.chosen == ()
    offered = (actions.print_button, actions.refund_button, actions.void_button, actions.exchange_button)
    assert not any(button.isEnabled() for button in (*offered, actions.swap_button, actions.type_button))
    assert not screen.panel.preview_button.isEnabled()
    assert actions.details_button.isEnabled()


def test_seats_of_an_evening_that_guests_have_left_stand_under_that_evening(screen: OrdersScreen) -> None:
    page = a_page(5, "TUVW2345", evening(1), evening(1, performance_id=8, days=1))
    new, old = page.lines
    moved = ChangeOnPage(9, ChangeKind.MOVE, SOLD_AT, "Mario Manager", "Till 1", "", "")
    page = replace(
        page,
        lines=(replace(old, state=LineState.EXCHANGED), new),
        performances=page.performances[:1],
        left=page.performances[1:],
        history=(moved,),
    )
    screen.panel.show_order(page)
    shown_rows = [
        one.line.performance_id if isinstance(one, LineRow) else one.words
        for one in screen.panel.rows._inside.children()
        if isinstance(one, LineRow | PerformanceLine)
    ]
    assert shown_rows == ["The Nutcracker · Sat 5 Dec, 19:30", 7, "The Nutcracker · Sun 6 Dec, 19:30", 8]
    assert change_words(moved.kind, changes_tickets=True) == "Moved to another evening"


def test_an_order_that_is_read_anew_is_there_as_soon_as_its_old_picture_has_gone(
    screen: OrdersScreen, fake: FakeOrders
) -> None:
    page = replace(fake.known[0], revision=2)
    screen.panel.show_order(page)
    assert [row.line for row in screen.panel.rows.rows if row.isVisible() and row.height() >= 48] == [*page.lines]
    assert all(row.visibleRegion().boundingRect().height() > 0 for row in screen.panel.rows.rows)
    assert screen.panel._facts.isVisible()
    assert screen.panel._facts.height() >= screen.panel._facts.minimumSizeHint().height() > 0


def test_an_order_opened_from_elsewhere_stays_though_it_is_not_listed(screen: OrdersScreen, fake: FakeOrders) -> None:
    fake.known.append(a_page(77, "ZZZZ2345", evening(1)))
    screen.open_order(77)
    assert screen.panel.number.text == "ZZZZ-2345"
    assert screen.table.chosen is None
    fake.known.pop()
    fake.known.insert(0, a_page(78, "YYYY2345", evening(1)))
    screen.search.refresh()
    assert screen.panel.number.text == "ZZZZ-2345"
    assert screen.table.chosen is None


def test_chosen_places_go_to_the_exchange(qtbot: QtBot, screen: OrdersScreen) -> None:
    screen.panel.rows.toggle(1)
    with qtbot.waitSignal(screen.exchange_wanted) as asked:
        screen.action_row.exchange_button.click()
    assert asked.args == [1, (101,)]
    screen.panel.rows.toggle(2)
    assert not screen.action_row.exchange_button.isEnabled()


def test_a_change_at_another_till_is_seen_and_told(
    qtbot: QtBot, screen: OrdersScreen, fake: FakeOrders, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen.panel.rows.toggle(1)
    page = fake.known[0]
    elsewhere = ChangeOnPage(9, ChangeKind.CORRECTION, SOLD_AT, "Ben Bill", "Till 2", "", "")
    fake.known[0] = replace(page, revision=2, customer_name="Anna", history=(elsewhere, *page.history))
    quick = OrderWatch(fake, screen, every_ms=5)
    quick.stale.connect(screen._on_stale)
    quick.watch(page)
    qtbot.waitUntil(lambda: screen.panel.customer.text() == "Anna")
    assert screen.banner.message.advice == "Customer or note corrected · Ben Bill · Till 2"
    assert screen.panel.chosen == (101,), "what was chosen stays chosen"
    quick.watch(None)


def test_the_panel_gets_its_part_of_a_wide_window(qtbot: QtBot, screen: OrdersScreen) -> None:
    narrow = screen.panel.width()
    shown(qtbot, screen).resize(1920, 1000)
    qtbot.waitUntil(lambda: screen.panel.width() > narrow)


def test_what_was_told_of_one_order_is_gone_with_it_and_with_the_next_change_here(
    screen: OrdersScreen, fake: FakeOrders
) -> None:
    told = "This order was just changed elsewhere."

    def change_elsewhere(at: int) -> None:
        page = fake.known[at]
        change = ChangeOnPage(90, ChangeKind.CORRECTION, SOLD_AT, "Ben Bill", "Till 2", "", "")
        fake.known[at] = replace(page, revision=page.revision + 1, history=(change, *page.history))
        screen._on_stale(page.order_id)

    change_elsewhere(0)
    assert screen.banner.message.text == told
    screen.open_order(2)
    assert not screen.banner.message.text
    change_elsewhere(1)
    assert screen.banner.message.text == told
    fake.known[1] = replace(fake.known[1], revision=9)
    screen.refresh()
    assert not screen.banner.message.text
    change_elsewhere(1)
    assert screen.banner.message.text == told
    assert screen.banner._timer.isActive(), "it is news for a while"
    screen.action_row.details_button.click()
    assert not screen.banner.message.text, "whoever acts on the order has seen it"
    assert screen.correcting.sheet is not None
    screen.correcting.sheet.cancel()
    change_elsewhere(1)
    assert screen.banner.message.text == told
    screen.hide()
    assert not screen.banner.message.text


def test_the_oldest_reprints_say_that_nobody_noted_who_made_them(screen: OrdersScreen, fake: FakeOrders) -> None:
    old = ChangeOnPage(9, ChangeKind.REPRINT, SOLD_AT, "", "", "", "paper jam")
    screen.panel.show_order(replace(fake.known[0], history=(old, *fake.known[0].history), revision=2))
    words = [label.text() for label in screen.panel._facts.findChildren(QLabel)]
    assert sum(one.endswith(" · Not noted by whom") for one in words) == 1
    assert sum(one.endswith(" · Carla Cash · Till 1") for one in words) == 1


def test_who_comes_to_the_desk_types_into_the_search(screen: OrdersScreen) -> None:
    screen.action_row.print_button.setFocus()
    screen.setFocus()
    assert screen.search.field.hasFocus()


def test_a_name_without_a_blank_leaves_the_prices_and_buttons_in_the_panel(
    qtbot: QtBot, screen: OrdersScreen, fake: FakeOrders
) -> None:
    fake.known[0] = replace(fake.known[0], customer_name="W" * 200, note="N" * 200, revision=2)
    screen.open_order(1)
    qtbot.waitUntil(lambda: screen.panel.order is not None and screen.panel.order.customer_name == "W" * 200)
    area = next(one for one in screen.panel.findChildren(QScrollArea) if one.isVisible())
    inside = area.widget()
    assert inside is not None
    assert inside.minimumSizeHint().width() <= area.viewport().width()


def test_the_banner_breaks_a_name_that_has_no_blank(themed: QApplication) -> None:
    banner = Banner()
    usual = banner.minimumSizeHint().width()
    banner.show_message(Message("W" * 200))
    assert banner.minimumSizeHint().width() < usual + 400


def test_a_long_name_leaves_the_time_and_the_reason_their_room(qtbot: QtBot, screen: OrdersScreen) -> None:
    page = replace(a_page(1, "ABCD2345"), customer_name="W" * 200)
    sheet = KeepSheet(screen, page, SOLD_AT)
    sheet.open()
    assert sheet.kept.height() >= sheet.kept.heightForWidth(sheet.kept.width())
    assert sheet.name.width() <= sheet.kept.width()
    assert sheet.name.toolTip() == "W" * 200
    sheet.close_sheet()


def test_no_key_of_the_order_is_given_twice(screen: OrdersScreen) -> None:
    """Of an order with seats that are paid and seats that are reserved all deeds stand there at once."""
    keys = [one.key_sequence.toString() for one in screen.panel.findChildren(KeyButton) if one.key_sequence.toString()]
    assert sorted(set(keys)) == sorted(keys)
