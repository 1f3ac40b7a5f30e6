"""Customers who may be meant, below the line in which somebody types; chosen by arrow keys and Enter, or by a click."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal

from pos_app.ui.announce import announce
from pos_app.ui.customers.words import customer_lines
from pos_app.ui.widgets.keys import ENTER
from pos_app.ui.widgets.two_lines import TwoLineList
from pos_app.ui.words.lists import side_by_side

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QListWidgetItem, QWidget

    from pos_app.domain.customers.finding import CustomerRow

ROWS: Final = 3
"""So many are seen at once."""
_ROW_HEIGHT: Final = 52
_STEPS: Final = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class Suggestions(TwoLineList):
    """A list that leaves the keyboard in the line above it: whoever has it hands the keys on by take_key().

    Nobody is chosen before an arrow key says so, so that Enter alone takes what was typed.
    Signals: picked(CustomerRow).
    """

    picked = Signal(object)

    def __init__(self, parent: QWidget | None = None, *, rows: int = ROWS) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(self.tr("Customers who may be meant"))
        self.setFixedHeight(rows * _ROW_HEIGHT + 2)
        self.itemClicked.connect(lambda item: self.picked.emit(item.data(Qt.ItemDataRole.UserRole)))

    @property
    def customers(self) -> tuple[CustomerRow, ...]:
        """Those who are offered, from top to bottom."""
        return tuple(self.item(at).data(Qt.ItemDataRole.UserRole) for at in range(self.count()))

    def show_customers(self, customers: Sequence[CustomerRow], when_none: str) -> None:
        """Offer these; when_none: what is said where there is nobody. Who was walked to stays chosen."""
        walked_to = self._walked_to()
        before = None if walked_to is None else walked_to.customer_id
        self.clear()
        self.say_when_empty(when_none)
        for customer in customers:
            self.add_row(customer_lines(customer), customer)
        at = next((at for at, one in enumerate(customers) if one.customer_id == before), -1)
        self.setCurrentRow(at)

    def take_key(self, event: QKeyEvent) -> bool:
        """Walk by the arrow keys, and take whom they have come to by Enter; tells whether the key meant something."""
        key = Qt.Key(event.key())
        if key in _STEPS and self.count():
            # Above the first one is the line itself, where nobody is chosen.
            self.setCurrentRow(max(-1, min(self.count() - 1, self.currentRow() + _STEPS[key])))
            if (customer := self._walked_to()) is not None:
                one = customer_lines(customer)
                announce(self, side_by_side(one.upper, one.lower))
            return True
        if key in ENTER and not event.isAutoRepeat() and (customer := self._walked_to()) is not None:
            self.picked.emit(customer)
            return True
        return False

    def _walked_to(self) -> CustomerRow | None:
        item: QListWidgetItem | None = self.currentItem()
        customer: CustomerRow | None = None if item is None else item.data(Qt.ItemDataRole.UserRole)
        return customer
