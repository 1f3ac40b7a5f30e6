"""The customer who was chosen, and how to go back to a plain name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame

from pos_app.ui.customers.words import contact_words, marks_words
from pos_app.ui.widgets.boxes import column, row
from pos_app.ui.widgets.buttons import text_button
from pos_app.ui.widgets.labels import ElidedLabel, IconLabel, say, text_label

if TYPE_CHECKING:
    from pos_app.domain.customers.finding import CustomerRow


class ChosenCard(QFrame):
    """Name, e-mail, phone and marks of one customer, and a button that drops the choice.

    Signals: dropped(): it is somebody else, or nobody who is known.
    """

    dropped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "well")
        self._name = ElidedLabel("", "strong")
        self._contact = ElidedLabel("", "muted")
        self._marks = text_label("", "small", tone="accent", wrap=True)
        self.drop = text_button(self.tr("Not this customer"), icon_name="x", variant="tool")
        self.drop.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.drop.clicked.connect(self.dropped)
        words = column(self._name, self._contact, self._marks, 1, spacing=2)
        aligned = Qt.AlignmentFlag.AlignTop
        row(
            (IconLabel("user-circle", 28, "accent"), 0, aligned),
            (words, 1),
            (self.drop, 0, aligned),
            inside=self,
            margins=(12, 10, 10, 10),
            spacing=10,
        )

    def show_customer(self, customer: CustomerRow | None) -> None:
        """Show a customer; None: nobody is chosen."""
        if customer is not None:
            self._name.show_words(customer.name)
            self._contact.show_words(contact_words(customer) or self.tr("No e-mail, no phone"))
            say(self._marks, marks_words(customer.marks))
