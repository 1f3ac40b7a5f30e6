"""The last orders say for which evening and which seats they are, whatever the width of the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics

from pos_app.domain.selling.sales import PaymentMethod
from pos_app.ui.look.theme import ui_font
from pos_app.ui.records.table.two_line_delegate import _SIDE
from pos_app.ui.widgets.sheets.reason import ReasonSheet
from tests.ui.screens.orders.conftest import an_order, evening

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from pos_app.ui.screens.orders.screen import OrdersScreen
    from tests.ui.screens.orders.conftest import FakeOrders

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)


def _shown(screen: OrdersScreen, row: int = 0) -> dict[str, str]:
    """Return what a row says, by the title of each column that is shown."""
    table, across = screen.table, Qt.Orientation.Horizontal
    model = table.model()
    return {
        str(model.headerData(at, across)): str(model.index(row, at).data())
        for at in range(model.columnCount())
        if not table.isColumnHidden(at)
    }


@pytest.fixture
def two_evenings(fake: FakeOrders) -> FakeOrders:
    both = (evening(3), evening(2, performance_id=8, days=1))
    fake.orders = [
        an_order(9, "WXYZ2345", performances=both, tickets=5, customer_name="Amina", method=PaymentMethod.CARD),
        an_order(2, "EFGH6789", tickets=3),
    ]
    return fake


def test_a_narrow_table_tells_all_in_two_lines(two_evenings: FakeOrders, screen: OrdersScreen) -> None:
    assert _shown(screen, 1) == {
        "Order": "EFGH-6789",
        "Sold": "17:59, Sat 28 Nov",
        "Performance": "The Nutcracker, Sat 5 Dec, 19:30",
        "Seats": "Row G \u00b7 Seats 18\u201320, Stalls centre \u00b7 3 tickets",
        "Total": "€156.00, Cash",
        "Till": "Till 1, Carla Cash",
        "Status": "Paid",
    }
    assert _shown(screen)["Order"] == "WXYZ-2345, Amina"


@pytest.mark.parametrize("day", ["Mon 30 Nov", "Wed 30 Nov"])
def test_the_day_of_a_sale_has_room_for_all_its_letters(screen: OrdersScreen, day: str) -> None:
    around = screen.table.columnWidth(1) - 2 * _SIDE
    assert around >= QFontMetrics(ui_font(12)).horizontalAdvance(day) + 1


def test_a_wide_table_gives_each_its_own_column(qtbot: QtBot, two_evenings: FakeOrders, screen: OrdersScreen) -> None:
    screen.resize(1920, 1000)
    qtbot.waitUntil(lambda: "Customer" in _shown(screen))
    told = _shown(screen)
    assert (told["Order"], told["Customer"]) == ("WXYZ-2345", "Amina")
    assert (told["Total"], told["Paid by"]) == ("€260.00", "Card")
    assert (told["Till"], told["Cashier"]) == ("Till 1", "Carla Cash")
    screen.resize(1280, 660)
    qtbot.waitUntil(lambda: "Customer" not in _shown(screen))
    assert _shown(screen)["Order"] == "WXYZ-2345, Amina"


def test_an_order_of_two_evenings_names_both_days_and_all_seats(two_evenings: FakeOrders, screen: OrdersScreen) -> None:
    told = _shown(screen)
    assert told["Performance"] == "The Nutcracker, Sat 5 Dec, Sun 6 Dec"
    assert told["Seats"].startswith("5 tickets, Stalls centre, row G, seats 18-20")


def test_a_void_order_says_so_and_that_the_money_went_back(screen: OrdersScreen) -> None:
    assert _shown(screen, 2)["Status"] == "Void, Given back"


def test_the_tickets_of_an_order_stand_below_their_evening(two_evenings: FakeOrders, screen: OrdersScreen) -> None:
    rows = screen.panel.rows
    assert [line.words for line in rows.evenings] == [
        "The Nutcracker \u00b7 Sat 5 Dec, 19:30",
        "The Nutcracker \u00b7 Sun 6 Dec, 19:30",
    ]
    second = rows.evenings[1].geometry().top()
    assert [row.geometry().top() > second for row in rows.rows] == [False] * 3 + [True] * 2


def test_what_is_done_with_tickets_stands_right_below_them(
    qtbot: QtBot, fake: FakeOrders, screen: OrdersScreen
) -> None:
    screen.resize(1280, 1000)
    rows, button = screen.panel.rows, screen.panel.reprint_button
    qtbot.waitUntil(lambda: button.geometry().top() - rows.geometry().bottom() < 20)
    assert not rows.verticalScrollBar().maximum(), "all tickets are seen"


def test_one_ticket_is_printed_anew_by_the_button_beside_it(fake: FakeOrders, screen: OrdersScreen) -> None:
    screen.panel.rows.rows[1].again.click()
    sheet = screen.corrections.sheet
    assert isinstance(sheet, ReasonSheet)
    sheet.reason_field.setText("Paper jam")
    sheet.yes.click()
    assert [face.ticket_id for face in fake.on_paper[0].faces] == [101]
    screen.table.selectRow(2)
    assert not any(row.again.isEnabled() for row in screen.panel.rows.rows), "a void ticket is not printed"


def test_none_is_said_only_once_it_is_known(fake: FakeOrders, screen: OrdersScreen, qtbot: QtBot) -> None:
    fake.orders.clear()
    screen.refresh()
    assert screen.empty._title.text() == "No orders yet"
    asked: list[object] = []

    class Later:
        def then(self, *_answers: object) -> None:
            asked.append(self)

    screen._operations.last_orders = lambda _owner: Later()  # type: ignore[method-assign, assignment, return-value]
    screen.hide()
    screen.show()
    qtbot.waitUntil(lambda: bool(asked))
    assert screen.empty._title.text() == "Reading the last orders\u2026"
