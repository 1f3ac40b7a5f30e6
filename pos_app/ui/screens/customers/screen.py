"""The screen of customers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pos_app.ui.screens.customers.page import CustomerRecords
from pos_app.ui.widgets.boxes import column

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QFocusEvent, QResizeEvent

    from pos_app.ui.screens.customers.operations import CustomerOperations

_EDITOR_WIDTHS: Final = ((1700, 700), (1340, 600), (0, 560))
"""How wide the customer is, from so many pixels of the screen on."""


class CustomersScreen(QWidget):
    """Customers, what they bought, and what is known of them.

    Signals: order_wanted(int): this order is to be looked at. letters_wanted(int, str): the letters of this customer,
    who is called so.
    """

    order_wanted = Signal(int)
    letters_wanted = Signal(int, str)

    def __init__(self, operations: CustomerOperations, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self.page = CustomerRecords(operations)
        self.page.history.order_wanted.connect(self.order_wanted)
        column(self.page, inside=self, margins=14)

    def offer_letters(self) -> None:
        """Let a person go from a customer to what was written to them."""
        self.page.offer_letters(self.letters_wanted.emit)

    def open_customer(self, customer_id: int) -> None:
        """Show a customer; asks first when something is unsaved."""
        self.page.open_key(customer_id)

    def unsaved(self) -> tuple[str, ...]:
        """Name what is unsaved."""
        return self.page.unsaved()

    def leave(self, go_on: Callable[[], object]) -> None:
        """Go on when nothing is unsaved; else ask first."""
        self.page.leave(go_on)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the keyboard to the search."""
        super().focusInEvent(event)
        self.page.begin_list()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the customer a part of a wide window."""
        super().resizeEvent(event)
        self.page.editor.setFixedWidth(next(wide for least, wide in _EDITOR_WIDTHS if self.width() >= least))
