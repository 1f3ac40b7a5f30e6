"""The one row of what can be done with the order that is shown, each with its key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from pos_app.domain.steady_clock import steady_seconds
from pos_app.ui.screens.orders.order.unpaid import is_unpaid, why_not
from pos_app.ui.widgets.boxes import row
from pos_app.ui.widgets.key_button import KeyButton
from pos_app.ui.words.amounts import shown_number
from pos_app.ui.words.sentences import spoken_count
from pos_app.ui.words.times import shown_countdown

if TYPE_CHECKING:
    from PySide6.QtCore import SignalInstance
    from PySide6.QtGui import QHideEvent, QShowEvent

    from pos_app.domain.orders.page import OrderPage

_TICK_MS: Final = 250


class OrderActions(QFrame):
    """Buttons; what can't be done now is off. A fresh order can be taken back while its time runs.

    Signals: print_asked(): anew, or for the first time where the order waits. refund_asked(), resale_asked(),
    void_asked(), exchange_asked(), swap_asked(), type_asked(), details_asked(). refused(Message): why what is off
    cannot be done with an order of which nothing is paid; by the key of a button, which tells it to the pointer, too.
    """

    print_asked = Signal()
    refund_asked = Signal()
    void_asked = Signal()
    resale_asked = Signal()
    exchange_asked = Signal()
    swap_asked = Signal()
    type_asked = Signal()
    details_asked = Signal()
    refused = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self._order: OrderPage | None = None
        self._deadline = 0.0
        self.print_button = self._button("", "F6", "printer", self.print_asked)
        self.refund_button = self._button(self.tr("Refund"), "F7", "hand-coins", self.refund_asked)
        self.void_button = self._button(self.tr("Void"), "F8", "prohibit", self.void_asked)
        self.resale_button = self._button(self.tr("Resale"), "Ctrl+F7", "arrows-clockwise", self.resale_asked)
        self.exchange_button = self._button(self.tr("Exchange"), "F9", "armchair", self.exchange_asked)
        self.swap_button = self._button(self.tr("Swap"), "F10", "swap", self.swap_asked)
        self.type_button = self._button(self.tr("Change type"), "F11", "tag", self.type_asked)
        self.details_button = self._button(self.tr("Customer, note"), "F12", "pencil-simple", self.details_asked)
        shares = ((self.print_button, 62), (self.refund_button, 43), (self.resale_button, 46))
        more = ((self.void_button, 43), (self.exchange_button, 47))
        others = ((self.swap_button, 42), (self.type_button, 48), (self.details_button, 60))
        row(*shares, *more, *others, inside=self, margins=8, spacing=6)
        self._paid_only = {
            "print": self.print_button,
            "refund": self.refund_button,
            "resale": self.resale_button,
            "void": self.void_button,
            "exchange": self.exchange_button,
            "swap": self.swap_button,
            "type": self.type_button,
        }
        self._why = [
            QShortcut(button.key_sequence, self, lambda action=action: self._on_refused(action))
            for action, button in self._paid_only.items()
        ]
        self._tick = QTimer(self, interval=_TICK_MS)
        self._tick.timeout.connect(self._on_tick)
        self.show_order(None, ())

    @property
    def seconds_to_void(self) -> float:
        """Return how long the order can still be voided; 0 when it cannot."""
        return max(0.0, self._deadline - steady_seconds())

    def show_order(self, order: OrderPage | None, chosen: tuple[int, ...]) -> None:
        """Offer what can be done. chosen: lines; the countdown of a new picture starts from the server's answer."""
        if order is not self._order:
            self._deadline = steady_seconds() + order.seconds_to_void if order is not None else 0.0
        self._order = order
        live = len(order.live_seats) if order is not None else 0
        waits = bool(order is not None and order.waiting)
        self.print_button.set_words(self._print_words(order, len(chosen)))
        self.print_button.setEnabled(waits or bool(chosen))
        self.refund_button.setEnabled(bool(live or (order is not None and order.live_fees)))
        self.resale_button.setEnabled(live > 0)
        self.exchange_button.setEnabled(bool(chosen))
        self.swap_button.setEnabled(live > 1)
        self.type_button.setEnabled(live > 0)
        self.details_button.setEnabled(order is not None)
        self._on_tick()
        self._tell_why(order if is_unpaid(order) else None)

    def _button(self, words: str, key: str, icon_name: str, asked: SignalInstance) -> KeyButton:
        button = KeyButton(words, key, icon_name=icon_name)
        # In a language of longer words it goes without its icon, rather than making the window wider than the screen.
        button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        button.clicked.connect(asked)
        return button

    def _tell_why(self, unpaid: OrderPage | None) -> None:
        """Tell of what is for paid tickets why it cannot be done. unpaid: None where that is no reason."""
        for shortcut in self._why:
            # A button that is off has none of its own.
            shortcut.setEnabled(unpaid is not None)
        for action, button in self._paid_only.items():
            button.setToolTip(why_not(unpaid, action).sentence if unpaid is not None else "")

    def _on_refused(self, action: str) -> None:
        if self._order is not None:
            self.refused.emit(why_not(self._order, action))

    def _print_words(self, order: OrderPage | None, chosen: int) -> str:
        live = len(order.live_seats) if order is not None else 0
        if order is not None and order.waiting:
            return spoken_count("Hand over {count} ticket", "Hand over {count} tickets", len(order.waiting))
        if not live:
            return self.tr("Reprint")
        if chosen in {0, live}:
            return spoken_count("Reprint {count} ticket", "Reprint {count} tickets", live)
        return self.tr("Reprint {0} of {1}").format(shown_number(chosen), shown_number(live))

    def _on_tick(self) -> None:
        left = self.seconds_to_void
        words = self.tr("Void, {0} left").format(shown_countdown(left)) if left else self.tr("Void")
        if words != self.void_button.words:
            self.void_button.set_words(words)
        self.void_button.setEnabled(left > 0)

    def showEvent(self, event: QShowEvent) -> None:
        """Count while it can be seen."""
        super().showEvent(event)
        self._on_tick()
        self._tick.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop counting."""
        super().hideEvent(event)
        self._tick.stop()
