"""Name and note, the list of free seats, the sheet of keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from sqlalchemy import select

from pos_app.db.models import Order
from pos_app.domain.seats import MapState
from pos_app.ui.screens.selling.keys_sheet import KeysSheet
from pos_app.ui.screens.selling.map.free_seats import FreeSeatSheet
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
def test_the_name_may_be_given_before_the_first_seat(till: Till) -> None:
    till.press(Qt.Key.Key_F8)
    till.sheet()
    till.type("Anna")
    till.press(Qt.Key.Key_Return)
    till.hold(till.house.small.seat(1, 3))
    assert till.screen.basket_panel.order_words.words == "For Anna"


@SQLITE
def test_f3_lists_the_free_seats_and_enter_takes_one(till: Till) -> None:
    small = till.house.small
    till.elsewhere(small.seat(1, 1))
    till.screen.live.refresh()
    till.wait(lambda: till.state(small.seat(1, 1)) == MapState.HELD)
    till.press(Qt.Key.Key_F3)
    sheet = till.sheet()
    assert isinstance(sheet, FreeSeatSheet)
    assert sheet.table.model().rowCount() == 49
    till.type("C 7")
    till.press(Qt.Key.Key_Return)
    till.wait(lambda: till.seats == (small.seat(3, 7),))
    assert sheet.is_open
    till.press(Qt.Key.Key_Return)
    till.settle()
    assert till.seats == (small.seat(3, 7),)


@SQLITE
def test_f1_shows_the_keys_and_esc_closes_them(till: Till) -> None:
    till.press(Qt.Key.Key_F1)
    assert isinstance(till.sheet(), KeysSheet)
    till.press(Qt.Key.Key_Escape)
    assert not till.is_asking()
