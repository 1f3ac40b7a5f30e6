"""The name and the note that are asked for beside the basket."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from sqlalchemy import select

from pos_app.db.models import Order
from pos_app.services.orders.collecting import list_waiting
from pos_app.ui.screens.selling.basket.order_sheet import OrderSheet
from tests.kinds import SQLITE

if TYPE_CHECKING:
    from tests.ui.screens.selling.conftest import Till


@SQLITE
def test_name_and_note_are_shown_sold_and_gone_with_the_basket(till: Till) -> None:
    till.hold(till.house.small.seat(1, 3))
    till.press(Qt.Key.Key_F8)
    till.sheet()
    till.type("Anna Guest")
    till.press(Qt.Key.Key_Tab)
    till.type("front row next time")
    till.press(Qt.Key.Key_Return)
    panel = till.screen.basket_panel
    assert panel.order_words.isVisible()
    assert panel.order_words.words == "For Anna Guest · front row next time"
    till.press(Qt.Key.Key_F10)
    till.wait(lambda: till.screen.checkout.sheet.is_open)
    till.press(Qt.Key.Key_Return)
    till.wait(lambda: till.screen.tickets.sale is not None)
    till.settle()
    row = till.house.database.read(
        lambda session: session.execute(select(Order.customer_name, Order.note)).one(),
    )
    assert tuple(row) == ("Anna Guest", "front row next time")
    till.press(Qt.Key.Key_Return)
    till.hold(till.house.small.seat(1, 4))
    assert not panel.order_words.isVisible()


@SQLITE
def test_what_is_picked_up_later_needs_a_name_and_is_not_printed(till: Till) -> None:
    till.hold(till.house.small.seat(1, 3))
    till.press(Qt.Key.Key_F8)
    sheet = till.sheet()
    sheet.collect.box.setChecked(True)  # type: ignore[attr-defined]  # an OrderSheet
    till.press(Qt.Key.Key_Return)
    assert sheet.is_open
    assert sheet._wrong_name.text() == "Type the name that the tickets wait under."  # type: ignore[attr-defined]  # an OrderSheet
    till.type("Novak")
    till.press(Qt.Key.Key_Return)
    assert till.screen.basket_panel.order_words.words == "For Novak \u00b7 picked up later"
    till.press(Qt.Key.Key_F10)
    till.wait(lambda: till.screen.checkout.sheet.is_open)
    till.press(Qt.Key.Key_Return)
    till.wait(lambda: till.screen.tickets.sale is not None)
    assert till.screen.tickets.panel.print_line.words.startswith("Waits at the window")
    till.settle()
    assert till.screen.tickets.printed is None
    waiting = till.house.database.read(list_waiting, till.house.small.cashier)
    assert [one.name for one in waiting] == ["Novak"]
    assert not till.screen.tickets.is_owed
    assert till.screen.tickets.panel._sentence.text() == "For Novak"


@SQLITE
def test_the_name_may_be_given_while_the_money_is_counted(till: Till) -> None:
    till.hold(till.house.small.seat(1, 3))
    till.press(Qt.Key.Key_F10)
    sheet = till.screen.checkout.sheet
    till.wait(lambda: sheet.is_open)
    QTest.keyClick(sheet, Qt.Key.Key_F8)
    asked = till.sheet()
    assert isinstance(asked, OrderSheet)
    asked.collect.box.setChecked(True)
    QTest.keyClicks(asked.name_field, "Novak")
    QTest.keyClick(asked, Qt.Key.Key_Return)
    assert sheet.is_open, "the Enter of the name takes no money"
    QTest.keyClick(sheet, Qt.Key.Key_Return)
    assert not sheet.name_button.isEnabled(), "what is sold is sold under the name that it was paid with"
    till.wait(lambda: till.screen.tickets.sale is not None)
    assert till.screen.tickets.sale is not None
    assert till.screen.tickets.sale.waits
    assert till.screen.tickets.panel._sentence.text() == "For Novak"


@SQLITE
def test_the_name_may_be_given_before_the_first_seat(till: Till) -> None:
    till.press(Qt.Key.Key_F8)
    till.sheet()
    till.type("Anna")
    till.press(Qt.Key.Key_Return)
    till.hold(till.house.small.seat(1, 3))
    assert till.screen.basket_panel.order_words.words == "For Anna"


@SQLITE
def test_a_whole_card_number_is_refused_where_it_is_typed(till: Till) -> None:
    till.press(Qt.Key.Key_F8)
    sheet = till.sheet()
    till.type("5555 5555 5555 4444")
    till.press(Qt.Key.Key_Tab)
    till.type("Visa 4111 1111 1111 1111")
    till.press(Qt.Key.Key_Return)
    assert "whole card number stands in the customer's name" in sheet._wrong_name.text()  # type: ignore[attr-defined]  # an OrderSheet
    assert sheet.note_field.text() == "Visa **** **** **** 1111"  # type: ignore[attr-defined]  # an OrderSheet
    sheet.name_field.clear()  # type: ignore[attr-defined]  # an OrderSheet
    sheet.note_field.setText("Visa 4111 1111 1111 1111")  # type: ignore[attr-defined]  # an OrderSheet
    till.press(Qt.Key.Key_Return)
    assert sheet.is_open
    assert "whole card number stands in the note" in sheet._wrong.text()  # type: ignore[attr-defined]  # an OrderSheet
    assert not till.screen.hold.basket.note
    # Nor is it left for others to read.
    assert sheet.note_field.text() == "Visa **** **** **** 1111"  # type: ignore[attr-defined]  # an OrderSheet
