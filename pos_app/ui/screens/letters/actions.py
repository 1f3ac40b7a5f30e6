"""The one row of what can be done with the letter that is shown, each with its key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QSizePolicy

from pos_app.domain.letters.deeds import may_readdress, may_send_again, may_stop
from pos_app.domain.letters.kinds import LetterState
from pos_app.ui.widgets.boxes import row
from pos_app.ui.widgets.key_button import KeyButton

if TYPE_CHECKING:
    from PySide6.QtCore import SignalInstance

    from pos_app.domain.letters.listing import LetterRow


class LetterActions(QFrame):
    """Buttons; what cannot be done now is off.

    Signals: again_asked(), address_asked(), stop_asked(), order_asked(), customer_asked().
    """

    again_asked = Signal()
    address_asked = Signal()
    stop_asked = Signal()
    order_asked = Signal()
    customer_asked = Signal()

    def __init__(self, *, leads_to_customers: bool) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self.again = self._button(self.tr("Send again"), "F6", "arrow-clockwise", self.again_asked)
        self.address = self._button(self.tr("Change the address"), "F7", "pencil-simple", self.address_asked)
        self.stop = self._button(self.tr("Stop"), "F8", "prohibit", self.stop_asked)
        self.order = self._button(self.tr("Show the order"), "F9", "receipt", self.order_asked)
        self.customer = self._button(self.tr("Show the customer"), "F10", "user", self.customer_asked)
        shares = ((self.again, 48), (self.address, 60), (self.stop, 44), (self.order, 56), (self.customer, 62))
        row(*shares, inside=self, margins=8, spacing=6)
        # Shown before it stands in the row, it would be a window of its own for a moment.
        self.customer.setVisible(leads_to_customers)
        self.show_letter(None)

    def show_letter(self, letter: LetterRow | None) -> None:
        """Offer what can be done."""
        self.again.setEnabled(letter is not None and may_send_again(letter))
        self.address.setEnabled(letter is not None and may_readdress(letter))
        self.stop.setEnabled(letter is not None and may_stop(letter))
        failed = letter is not None and letter.state is LetterState.FAILED
        self.stop.set_words(self.tr("Put away") if failed else self.tr("Stop"))
        self.order.setEnabled(letter is not None and letter.order_id is not None)
        self.customer.setEnabled(letter is not None and letter.customer_id is not None)

    def _button(self, words: str, key: str, icon_name: str, asked: SignalInstance) -> KeyButton:
        button = KeyButton(words, key, icon_name=icon_name)
        # In a language of longer words it goes without its icon, rather than making the window wider than the screen.
        button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        button.clicked.connect(asked)
        return button
