"""Finding an order: while it is typed, by filters, and what is said where nothing fits."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication

from pos_app.domain.errors import InvalidInput, ServerUnreachable
from pos_app.domain.orders.finding import OrderCursor, OrderQuery, OrdersPage
from pos_app.domain.orders.standing import OrderStanding
from pos_app.domain.sentences import say
from pos_app.ui.screens.orders.screen import OrdersScreen
from pos_app.ui.screens.orders.search.words import empty_words
from pos_app.ui.words.messages import Message
from tests.ui.replies import Now
from tests.ui.screens.orders.conftest import SOLD_AT, a_page, a_row, evening

if TYPE_CHECKING:
    from PySide6.QtCore import QObject
    from pytestqt.qtbot import QtBot

    from tests.ui.screens.orders.conftest import FakeOrders

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)

UNREACHABLE = ServerUnreachable(say("The server does not answer."), advice=say("Try again in a moment."))


def _shown(screen: OrdersScreen, row: int = 0) -> dict[str, str]:
    """Return what a row says, by the title of each column that is shown."""
    table, across = screen.table, Qt.Orientation.Horizontal
    model = table.model()
    return {
        str(model.headerData(at, across)): str(model.index(row, at).data())
        for at in range(model.columnCount())
        if not table.isColumnHidden(at)
    }


def test_an_order_is_looked_for_as_it_is_typed_and_walked_to_without_leaving_the_field(
    qtbot: QtBot, screen: OrdersScreen, fake: FakeOrders
) -> None:
    QTest.keyClick(screen, Qt.Key.Key_F2)
    QTest.keyClicks(screen.search.field, "amina")
    qtbot.waitUntil(lambda: fake.queries[-1] == OrderQuery("amina"))
    assert screen.panel.number.text == "ABCD-2345"
    QTest.keyClick(screen.search.field, Qt.Key.Key_Down)
    assert screen.panel.number.text == "EFGH-6789"
    QTest.keyClick(screen.search.field, Qt.Key.Key_Return)
    assert screen.focusWidget() is screen.table
    QTest.keyClick(screen.table, Qt.Key.Key_2)
    assert [row.box.isChecked() for row in screen.panel.rows.rows] == [True, False, True, True]
    QTest.keyClick(screen.table, Qt.Key.Key_X)
    assert screen.search.field.text() == "x", "a letter in the list begins another search"


def test_the_list_goes_on_as_it_is_scrolled(
    qtbot: QtBot, screen: OrdersScreen, fake: FakeOrders, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[OrderQuery, OrderCursor | None]] = []
    fake.known = [a_page(number, f"ABCD{number:04}") for number in range(1, 131)]
    rows = tuple(map(a_row, fake.known))

    def find(_owner: QObject, query: OrderQuery, after: OrderCursor | None, limit: int) -> Now[OrdersPage]:
        asked.append((query, after))
        start = 0 if after is None else after.order_id
        end = start + limit
        return Now(OrdersPage(rows[start:end], OrderCursor(end) if end < len(rows) else None))

    monkeypatch.setattr(fake, "find", find)
    screen.search.look()
    assert len(screen.table.orders) == 50
    assert "Scroll for older ones" in screen.search.status.text()
    screen.table.verticalScrollBar().setValue(screen.table.verticalScrollBar().maximum())
    assert len(screen.table.orders) == 100
    assert screen.table.chosen == 1, "what is chosen stays chosen"
    QApplication.processEvents()
    screen.table.verticalScrollBar().setValue(screen.table.verticalScrollBar().maximum())
    assert len(screen.table.orders) == 130
    assert screen.search.status.text() == "130 orders, the newest first."
    assert [after for _, after in asked] == [None, OrderCursor(50), OrderCursor(100)]


def test_filters_go_with_what_is_typed_and_a_key_shows_the_last_orders_of_this_till(
    screen: OrdersScreen, fake: FakeOrders
) -> None:
    filters = screen.search.filters
    filters.standing_box.setCurrentIndex(filters.standing_box.findData(OrderStanding.VOID.value))
    filters.standing_box.activated.emit(0)
    assert fake.queries[-1] == OrderQuery(standing=OrderStanding.VOID)
    filters.day_box.setCurrentIndex(filters.day_box.findText("Yesterday"))
    filters.day_box.activated.emit(0)
    assert fake.queries[-1].day_from == fake.queries[-1].day_until == SOLD_AT.date() - timedelta(days=1)
    QTest.keyClick(screen, Qt.Key.Key_F3)
    assert fake.queries[-1] == OrderQuery(till_id=1)
    assert (screen.search.last_button.isChecked(), screen.search.waiting_button.isChecked()) == (True, False)
    QTest.keyClick(screen, Qt.Key.Key_F3)
    assert fake.queries[-1] == OrderQuery()
    assert not screen.search.last_button.isChecked()
    QTest.keyClick(screen, Qt.Key.Key_F4)
    assert fake.queries[-1] == OrderQuery(waiting=True)
    assert (screen.search.last_button.isChecked(), screen.search.waiting_button.isChecked()) == (False, True)
    fake.known.clear()
    screen.search.look()
    assert screen.search.empty._title.text() == "Nothing waits at the window"
    screen.search.empty.asked.emit()
    assert fake.queries[-1] == OrderQuery()
    assert screen.search.empty._title.text() == "No orders yet"
    assert screen.panel.order is None
    assert not screen.action_row.refund_button.isEnabled()


def test_a_narrowed_list_says_so_of_what_it_does_not_find_and_a_key_looks_in_all_orders(
    qtbot: QtBot, screen: OrdersScreen, fake: FakeOrders
) -> None:
    search, field = screen.search, screen.search.field
    assert not search.filters.clear_button.isVisible()
    found, fake.known = fake.known, []
    QTest.keyClick(screen, Qt.Key.Key_F4)
    QTest.keyClicks(field, "raman")
    qtbot.waitUntil(lambda: fake.queries[-1] == OrderQuery("raman", waiting=True))
    assert search.empty._title.text() == "Nothing waits at the window for “raman”"
    assert search.empty._button.words == "Look in all orders"
    fake.known = found
    QTest.keyClick(screen, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    assert fake.queries[-1] == OrderQuery("raman")
    assert search.table.isVisible()
    assert not search.waiting_button.isChecked()
    QTest.keyClick(screen, Qt.Key.Key_F3)
    assert search.filters.clear_button.isVisible(), "a filter can be cleared while something is found, too"
    QTest.keyClicks(field, "raman")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert fake.queries[-1] == OrderQuery(till_id=1), "the first Esc takes the text away"
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert fake.queries[-1] == OrderQuery(), "the second one the filters"
    assert not search.filters.clear_button.isVisible()


def test_trying_again_asks_for_the_same_orders(screen: OrdersScreen, fake: FakeOrders) -> None:
    fake.known.clear()
    QTest.keyClick(screen, Qt.Key.Key_F3)
    fake.broken = UNREACHABLE
    screen.search.look()
    fake.broken = None
    screen.search.empty.asked.emit()
    assert fake.queries[-1] == OrderQuery(till_id=1)


def test_bad_input_is_told_below_the_field_and_what_was_found_stays(screen: OrdersScreen, fake: FakeOrders) -> None:
    fake.broken = InvalidInput(say("That is too much to look for."), advice=say("Type less."))
    screen.search.field.setText("%_'\"\N{GRINNING FACE} https://example.org")
    screen.search.look()
    assert screen.search.problem.text() == "That is too much to look for. Type less."
    assert len(screen.table.orders) == 4
    fake.broken = None
    screen.search.look()
    assert screen.search.problem.isHidden()
    screen.search.field.setText("x" * 10_000)
    assert len(screen.search.field.text()) == 200


def test_a_lost_server_leaves_what_was_there_and_offers_to_try_again(screen: OrdersScreen, fake: FakeOrders) -> None:
    fake.broken = UNREACHABLE
    QTest.keyClick(screen, Qt.Key.Key_F5)
    assert screen.banner.message.text == "The server does not answer."
    assert len(screen.table.orders) == 4
    fake.broken = None
    screen.banner._action.click()
    assert not screen.banner.isVisible()


def test_a_server_that_never_answered_offers_to_try_again(qtbot: QtBot, fake: FakeOrders) -> None:
    fake.broken = UNREACHABLE
    screen = OrdersScreen(fake, fake.reservations)
    qtbot.addWidget(screen)
    screen.show()
    assert screen.search.empty.isVisible()
    fake.broken = None
    screen.search.empty.asked.emit()
    assert screen.table.isVisible()


def test_no_button_moves_under_the_hand_when_something_is_said(screen: OrdersScreen) -> None:
    parts = [*screen.findChildren(QAbstractButton), screen.table.viewport()]
    parts = [part for part in parts if part.isVisible() and not screen.banner.isAncestorOf(part)]
    before = [part.mapTo(screen, QPoint(0, 0)) for part in parts]
    screen.banner.show_message(Message("Saved as ABCD2345.pdf.", "This till has no ticket printer."))
    QApplication.processEvents()
    assert screen.banner.isVisible()
    assert [part.mapTo(screen, QPoint(0, 0)) for part in parts] == before


def test_a_row_tells_all_in_two_lines_and_gives_each_its_column_where_there_is_room(
    qtbot: QtBot, screen: OrdersScreen, fake: FakeOrders
) -> None:
    fake.known[0] = a_page(9, "WXYZ2345", evening(3), evening(2, performance_id=8, days=1), customer_name="Amina")
    screen.refresh()
    assert _shown(screen) == {
        "Order": "WXYZ-2345, Till 1",
        "Sold": "17:38, Sat 28 Nov",
        "Customer, seats": "Amina, 5 tickets",
        "Performance": "The Nutcracker, Sat 5 Dec, Sun 6 Dec",
        "Total": "€260.00, Cash",
        "Standing": "Paid",
    }
    assert _shown(screen, 2)["Standing"] == "Void"
    screen.resize(1920, 1000)
    qtbot.waitUntil(lambda: "Seats" in _shown(screen))
    told = _shown(screen)
    assert "Customer, seats" not in told
    assert (told["Order"], told["Customer"], told["Till"]) == ("WXYZ-2345", "Amina", "Till 1")
    assert told["Seats"].startswith("5 tickets, Stalls centre, row G, seats 18\u201320")


def test_a_long_text_that_fits_nothing_is_not_said_whole() -> None:
    assert empty_words(OrderQuery("w" * 200), 1)[0] == f"No order fits “{'w' * 40}…”"


@pytest.mark.parametrize(
    ("query", "title"),
    [
        (OrderQuery("amina"), "No order fits “amina”"),
        (OrderQuery("amina", till_id=1), "No order of this till fits “amina”"),
        (OrderQuery("amina", till_id=2), "No order fits “amina” with these filters"),
        (OrderQuery("amina", waiting=True), "Nothing waits at the window for “amina”"),
        (OrderQuery("amina", waiting=True, staff_id=3), "No order fits “amina” with these filters"),
        (OrderQuery(waiting=True, staff_id=3), "No order fits these filters"),
    ],
)
def test_what_is_not_found_is_said_only_of_what_was_looked_at(query: OrderQuery, title: str) -> None:
    assert empty_words(query, 1)[0] == title


def test_ten_thousand_letters_widen_nothing_and_are_said_in_short(
    qtbot: QtBot, screen: OrdersScreen, fake: FakeOrders
) -> None:
    width, least = screen.width(), screen.minimumSizeHint().width()
    fake.known.clear()
    screen.search.field.setText("w" * 10_000)
    qtbot.waitUntil(screen.search.empty.isVisible)
    assert screen.search.empty._title.text() == f"No order fits “{'w' * 40}…”"
    assert (screen.width(), screen.minimumSizeHint().width()) == (width, least)
    assert screen.search.empty._title.width() <= screen.search.width()
