"""The customer who was chosen, and how to go back to a plain name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QFrame

from pos_app.ui.customers.words import contact_words, marks_words
from pos_app.ui.widgets.boxes import column, row
from pos_app.ui.widgets.buttons import text_button
from pos_app.ui.widgets.key_button import KeyButton
from pos_app.ui.widgets.labels import ElidedLabel, IconLabel, say, set_tone, text_label

if TYPE_CHECKING:
    from pos_app.domain.customers.finding import CustomerRow

VERIFY_KEY: Final = "F9"


class ChosenCard(QFrame):
    """Name, e-mail, phone and marks of one customer, a button that drops the choice, and one that verifies the address.

    The key of that one is pressed by the sheet around it.
    Signals: dropped(): it is somebody else, or nobody who is known. verify_asked(): a code shall be sent, or is typed.
    """

    dropped = Signal()
    verify_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "well")
        self._name = ElidedLabel("", "strong")
        self._contact = ElidedLabel("", "muted")
        self._marks = text_label("", "small", tone="accent", wrap=True)
        self.drop = text_button(self.tr("Not this customer"), icon_name="x", variant="tool")
        self.drop.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.drop.clicked.connect(self.dropped)
        self.standing = text_label("", "small", wrap=True)
        self.verify = KeyButton(self.tr("Verify e-mail…"))
        self.verify.print_key(VERIFY_KEY)
        self.verify.clicked.connect(self.verify_asked)
        words = column(self._name, self._contact, self.standing, self._marks, 1, spacing=2)
        aligned = Qt.AlignmentFlag.AlignTop
        right = Qt.AlignmentFlag.AlignRight
        row(
            (IconLabel("user-circle", 28, "accent"), 0, aligned),
            (words, 1),
            column((self.drop, 0, right), (self.verify, 0, right), 1, spacing=6),
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
            has_address = bool(customer.email)
            say(self.standing, _standing_words(verified=customer.verified) if has_address else "")
            set_tone(self.standing, "ok" if customer.verified else "muted")
            self.verify.setVisible(has_address and not customer.verified)


def _standing_words(*, verified: bool) -> str:
    if verified:
        return QCoreApplication.translate("ChosenCard", "✓ E-mail address verified")
    return QCoreApplication.translate("ChosenCard", "E-mail address not verified")
