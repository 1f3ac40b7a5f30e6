"""Other seats and other ticket types: swapped, corrected, exchanged with a difference."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pos_app.domain.currencies import exponent
from pos_app.tour.orders.picking import Picking
from pos_app.tour.stage import fail
from pos_app.ui.screens.orders.changes.swap_sheet import SwapSheet
from pos_app.ui.screens.orders.changes.type_sheet import TypeSheet
from pos_app.ui.screens.orders.refund.given_back_sheet import GivenBackSheet
from pos_app.ui.screens.selling.exchange.back_sheet import ExchangeSheet

if TYPE_CHECKING:
    from pos_app.tour.orders.desk import Desk
    from pos_app.ui.screens.selling.screen import SellScreen


class Reseating:
    """Gives an order other seats."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._hands = desk.hands
        self._stage = desk.stage
        self._picking = Picking(desk.stage, desk.selling)

    @property
    def _sell(self) -> SellScreen:
        return self._desk.selling.sell

    def ask_swap(self) -> None:
        """Choose two places, press F10."""
        self._desk.show_ours()
        first, second, *_ = (line.line_id for line in self._desk.order.live_seats)
        self._desk.choose(lambda line: line.line_id in {first, second})
        self._hands.key(Qt.Key.Key_F10)
        self._hands.wait_for_sheet(SwapSheet)

    def swap(self) -> None:
        """Press Enter: both get new tickets."""
        revision = self._desk.order.revision
        self._hands.click(self._hands.wait_for_sheet(SwapSheet).yes)
        self._hands.wait_for_no_sheet()
        self._stage.wait_for("they have changed places", lambda: self._desk.order.revision > revision)

    def ask_type(self) -> None:
        """Choose a place, press F11, and make a child of an adult."""
        first = self._desk.order.live_seats[0].line_id
        self._desk.choose(lambda line: line.line_id == first)
        self._hands.key(Qt.Key.Key_F11)
        sheet = self._hands.wait_for_sheet(TypeSheet)
        box = next(iter(sheet.rows.boxes.values()))
        box.setFocus()
        for _ in range(box.count()):
            QTest.keyClick(box, Qt.Key.Key_Down)
            if "Child" in box.currentText():
                break
        box.activated.emit(box.currentIndex())
        self._stage.wait_for("it is reckoned", lambda: sheet.preview is not None)
        self._hands.click(sheet.reason.choices[-1])

    def correct_type(self) -> None:
        """Press Enter: the difference goes back."""
        self._hands.click(self._hands.wait_for_sheet(TypeSheet).yes)
        self._hands.wait_for_sheet(GivenBackSheet)

    def say_corrected(self) -> None:
        """Press Enter."""
        self._hands.key(Qt.Key.Key_Return)
        self._hands.wait_for_no_sheet()

    def begin_exchange(self) -> None:
        """Choose a grown-up's place, press F9: its performance opens on the map."""
        old = max(self._desk.order.live_seats, key=lambda line: line.brought_minor)
        printed = self._desk.selling.printed
        if printed is None or old.place is None:
            fail("there is no ticket to exchange")
        self._desk.old_faces = [face for face in printed.faces if face.place.spoken() == old.place.spoken()]
        self._desk.choose(lambda line: line.line_id == old.line_id)
        self._hands.key(Qt.Key.Key_F9)
        self._stage.wait_for("the exchange is begun", lambda: self._sell.exchanging.is_active)
        self._stage.wait_for("seats are free", lambda: self._desk.selling.has_free_run(1))

    def pick_dearer_seat(self) -> None:
        """Click the free seat that costs most."""
        self._picking.dearest_seat()
        asked = self._sell.exchanging.previewing
        self._stage.wait_for("the difference is told", lambda: asked.is_settled and asked.preview is not None)
        if asked.preview is None or asked.preview.difference_minor <= 0:
            fail("the dearest seat costs no more")

    def ask_why(self) -> None:
        """Press F10: it asks why."""
        self._hands.key(Qt.Key.Key_F10)
        sheet = self._hands.wait_for_sheet(ExchangeSheet)
        self._hands.write(sheet.reason_field, "Wants to sit in front")

    def pay_difference(self) -> None:
        """Press Enter, and type what the customer gives."""
        self._hands.key(Qt.Key.Key_Return)
        sheet = self._sell.exchanging.settling.sheet
        self._stage.wait_for("the payment is open", lambda: sheet.is_open and sheet.isVisible())
        preview = self._sell.exchanging.previewing.preview
        if preview is None:
            fail("the difference is not told any more")
        fifty = 50 * 10 ** exponent(preview.currency)
        self._hands.type(str((preview.difference_minor // fifty + 1) * 50))

    def exchange(self) -> None:
        """Press Enter: exchanged, change told, the new ticket set."""
        self._desk.selling.printed = None
        self._hands.key(Qt.Key.Key_Return)
        self._stage.wait_for("it is exchanged", lambda: not self._sell.exchanging.is_active)
        self._stage.wait_for("the ticket is set", lambda: self._sell.tickets.printed is not None)

    def keep_ticket(self) -> None:
        """Copy the PDF beside the pictures, and name the ticket."""
        printed = self._sell.tickets.printed
        if printed is None or printed.path is None:
            fail("there is no PDF")
        name = f"tickets-{printed.order_number}-new.pdf"
        shutil.copyfile(printed.path, self._stage.folder / name)
        self._desk.new_faces = list(printed.faces)
        for face in printed.faces:
            self._stage.record.tickets.append({"place": face.place.spoken(), "code": face.code, "pdf": name})
        self._hands.key(Qt.Key.Key_Return)
        self._stage.wait_for("the till is free", lambda: self._sell.tickets.sale is None)
