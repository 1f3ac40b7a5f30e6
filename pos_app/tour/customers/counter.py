"""Reservations in the tour: made at the counter, kept longer, picked up in part, and over for the rest."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pos_app.demo.reservations import put_time_back
from pos_app.domain.currencies import exponent
from pos_app.tour.hands import Hands
from pos_app.tour.stage import fail
from pos_app.ui.screens.orders.reservations.keep_sheet import KeepSheet
from pos_app.ui.screens.orders.reservations.list_sheet import ReservationsSheet
from pos_app.ui.screens.selling.reserving.sheet import ReserveSheet

if TYPE_CHECKING:
    from pos_app.app import Foyer
    from pos_app.domain.orders.page import OrderPage
    from pos_app.tour.selling import Selling
    from pos_app.tour.stage import Stage
    from pos_app.ui.screens.orders.screen import OrdersScreen

GUEST: Final = "Radovan Novak"
_LOOKED_FOR: Final = "novak radovan"
_LAPSE_SECONDS: Final = 60.0


class Counter:
    """Keeps seats under a name, and has some of them paid."""

    def __init__(self, stage: Stage, foyer: Foyer, selling: Selling) -> None:
        self._stage = stage
        self._foyer = foyer
        self._selling = selling
        self._hands = Hands(stage, foyer.window)

    @property
    def _orders(self) -> OrdersScreen:
        workplace = self._foyer.workplace
        if workplace is None or workplace.orders is None:
            fail("the orders are not open")
        return workplace.orders

    @property
    def _order(self) -> OrderPage:
        order = self._orders.panel.order
        if order is None:
            fail("no order is shown")
        return order

    def ask_name(self) -> None:
        """Press F6, and type a name; until when the seats are kept stands there."""
        self._hands.key(Qt.Key.Key_F6)
        sheet = self._hands.wait_for_sheet(ReserveSheet)
        self._hands.write(sheet.finder.line, GUEST)
        self._stage.wait_for("it is told until when", lambda: sheet.until is not None and sheet.yes.isEnabled())

    def reserve(self) -> None:
        """Press the button: the seats are kept, and the slip is set."""
        self._hands.click(self._hands.wait_for_sheet(ReserveSheet).yes)
        self._hands.wait_for_no_sheet()
        tickets = self._selling.sell.tickets
        self._stage.wait_for("it is reserved", lambda: tickets.sale is not None)
        self._stage.wait_for("the slip is set", lambda: tickets.printed is not None)

    def list_open(self) -> None:
        """Go to the orders, open the list of reservations, and look for the name."""
        if self._hands.place is self._foyer.window:
            self._hands.press("Orders")
            self._stage.wait_for("the orders are read", lambda: self._orders.search.table.orders)
            self._hands.click(self._orders.search.reserved_button)
        sheet = self._hands.wait_for_sheet(ReservationsSheet)
        self._hands.write(sheet.search, _LOOKED_FOR)
        self._stage.wait_for(
            "the name finds it", lambda: sheet.chosen is not None and sheet.chosen.customer_name == GUEST
        )

    def ask_to_keep_longer(self) -> None:
        """Press F8: later, and why."""
        self._hands.click(self._hands.wait_for_sheet(ReservationsSheet).keep_longer)
        sheet = self._hands.wait_for_sheet(KeepSheet)
        self._hands.click(sheet.later[-1])
        self._hands.click(sheet.reason.choices[0])

    def keep_longer(self) -> None:
        """Press Enter: the list tells the new time."""
        self._hands.click(self._hands.wait_for_sheet(KeepSheet).yes)
        sheet = self._hands.wait_for_sheet(ReservationsSheet)
        self._stage.wait_for("it is said", sheet.banner.isVisible)

    def open_pick_up(self) -> None:
        """Press Enter: it is open here, and at no other till; two seats are left out."""
        self._hands.click(self._hands.wait_for_sheet(ReservationsSheet).pick_up)
        counter = self._selling.sell.picking_up
        self._stage.wait_for("it is open for paying", lambda: counter.is_active)
        self._hands.wait_for_no_sheet()
        seats = counter.panel.seats
        self._stage.wait_for("its seats are listed", lambda: seats.count() > 2)
        before = counter.panel.total_words
        for row in (0, 1):
            seats.setFocus()
            seats.setCurrentRow(row)
            QTest.keyClick(seats, Qt.Key.Key_Space)
        if counter.panel.total_words == before:
            fail("what is left out is still to be paid")

    def ask_money(self) -> None:
        """Press F10, and type what the guest gives."""
        counter = self._selling.sell.picking_up
        self._hands.key(Qt.Key.Key_F10)
        sheet = counter.paying.sheet
        self._stage.wait_for("the payment is open", lambda: sheet.is_open and sheet.isVisible())
        pick_up = counter.counter.pick_up
        due = counter.counter.due_minor()
        if pick_up is None or not due:
            fail("nothing is to be paid")
        fifty = 50 * 10 ** exponent(pick_up.currency)
        self._hands.type(str((due // fifty + 1) * 50))

    def pay(self) -> None:
        """Press Enter: paid, and the tickets of those who came are set."""
        tickets = self._selling.sell.tickets
        self._hands.key(Qt.Key.Key_Return)
        self._stage.wait_for("it is sold", lambda: tickets.sale is not None)
        self._stage.wait_for("the tickets are set", lambda: tickets.printed is not None)
        printed = tickets.printed
        if printed is None or printed.path is None:
            fail("there is no PDF")
        name = f"tickets-{printed.order_number}.pdf"
        shutil.copyfile(printed.path, self._stage.folder / name)
        for face in printed.faces:
            self._stage.record.tickets.append({"place": face.place.spoken(), "code": face.code, "pdf": name})

    def let_lapse(self) -> None:
        """Let the time of the rest be over: housekeeping gives its seats back by itself."""
        self._hands.press("Orders")
        self._stage.wait_for("the order is found", lambda: self._orders.search.table.orders)
        self._orders.search.show_all()
        self._hands.write(self._orders.search.field, _LOOKED_FOR)
        self._stage.wait_for("the order is shown", lambda: self._is_ours() and self._order.reserved is not None)
        house = self._foyer.house
        if house is None:
            fail("the box office is not open")
        house.database.transact(put_time_back, self._order.order_id)
        shown = self._orders

        def is_over() -> bool:
            shown.refresh()
            self._stage.rest()
            return self._is_ours() and self._order.reserved is None

        self._stage.wait_for("its seats are given back", is_over, _LAPSE_SECONDS)

    def _is_ours(self) -> bool:
        order = self._orders.panel.order
        return order is not None and order.customer_name == GUEST
