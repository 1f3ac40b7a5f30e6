"""Money that goes back: a ticket is refunded at once, another one later."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt

from pos_app.tour.stage import fail
from pos_app.ui.screens.orders.due.pay_sheet import PaySheet
from pos_app.ui.screens.orders.due.sheet import DueSheet
from pos_app.ui.screens.orders.refund.given_back_sheet import GivenBackSheet
from pos_app.ui.screens.orders.refund.sheet import RefundSheet

if TYPE_CHECKING:
    from pos_app.tour.orders.desk import Desk


_REFERENCE: Final = "4711"


class Money:
    """Gives money back."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._hands = desk.hands
        self._stage = desk.stage

    def ask_refund(self) -> None:
        """Choose the last place, press F7: what goes back is told before."""
        self._desk.show_ours()
        last = self._desk.order.live_seats[-1].line_id
        self._desk.choose(lambda line: line.line_id == last)
        self._hands.key(Qt.Key.Key_F7)
        sheet = self._hands.wait_for_sheet(RefundSheet)
        self._stage.wait_for("it is reckoned", lambda: sheet.preview is not None)
        self._hands.click(sheet.reason.choices[0])

    def refund(self) -> None:
        """Press Enter: the money is given back."""
        sheet = self._hands.wait_for_sheet(RefundSheet)
        told = sheet.preview
        self._hands.click(sheet.yes)
        self._hands.wait_for_sheet(GivenBackSheet)
        if told is None or told.amount_minor <= 0:
            fail("nothing goes back")

    def say_refunded(self) -> None:
        """Press Enter: the order has one ticket less."""
        self._hands.key(Qt.Key.Key_Return)
        self._hands.wait_for_no_sheet()
        self._stage.wait_for("it has one ticket less", lambda: len(self._desk.order.live_seats) == 3)

    def show_due(self) -> None:
        """Press Ctrl+D: what is still to be paid out."""
        self._hands.key(Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
        sheet = self._hands.wait_for_sheet(DueSheet)
        self._stage.wait_for("refunds are due", lambda: sheet.table.model().rowCount())

    def ask_to_pay_out(self) -> None:
        """Press the arrow key, which goes to the first one, and Enter: how it is paid."""
        self._hands.key(Qt.Key.Key_Down)
        self._hands.click(self._hands.wait_for_sheet(DueSheet).pay)
        sheet = self._hands.wait_for_sheet(PaySheet)
        if sheet.reference.isVisible():
            self._hands.write(sheet.reference.line, _REFERENCE)

    def pay_out(self) -> None:
        """Press Enter: it is paid, and gone from the list."""
        before = self._hands.place
        if not isinstance(before, PaySheet):
            fail("nothing is asked")
        self._hands.click(before.yes)
        sheet = self._hands.wait_for_sheet(DueSheet)
        self._stage.wait_for("it is said", sheet.said.isVisible)
        self._stage.rest()

    def leave_due(self) -> None:
        """Press Esc: the desk again."""
        self._hands.leave_sheet()
