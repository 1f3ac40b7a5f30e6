"""What keys do on the sell screen that are no shortcut of a button: where the keyboard is in no field."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QComboBox, QLineEdit

from pos_app.ui.screens.selling.map.seat_requests import ASK_KEY
from pos_app.ui.words.payments import method_of_key

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from PySide6.QtGui import QKeyEvent

    from pos_app.domain.seats import SeatKey
    from pos_app.ui.screens.selling.basket.hold import BasketHold
    from pos_app.ui.screens.selling.basket.questions import BasketQuestions
    from pos_app.ui.screens.selling.basket.undoing import Undoing
    from pos_app.ui.screens.selling.exchange.exchanging import Exchanging
    from pos_app.ui.screens.selling.map.choosing import Choosing
    from pos_app.ui.screens.selling.map.seat_requests import SeatRequests
    from pos_app.ui.screens.selling.payment.tickets import TicketPrinting
    from pos_app.ui.screens.selling.picking_up.leading import PickingUp
    from pos_app.ui.screens.selling.reserving.leading import Reserving
    from pos_app.ui.widgets.banner import Banner

_ENTER: Final = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
_UNDO: Final = QKeyCombination(Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_Z)
_TYPING: Final = (QLineEdit, QComboBox, QAbstractSpinBox)


@dataclass(frozen=True, slots=True)
class ScreenKeys:
    """The parts of the sell screen that keys lead to. focused_seats: of the line of the basket with the keyboard."""

    banner: Banner
    hold: BasketHold
    questions: BasketQuestions
    undoing: Undoing
    choosing: Choosing
    requests: SeatRequests
    exchanging: Exchanging
    reserving: Reserving
    picking_up: PickingUp
    tickets: TicketPrinting
    focused_seats: Callable[[], Collection[SeatKey]]

    def press(self, event: QKeyEvent) -> bool:
        """Do what a key means here; tells whether it means something. A key that is held down means it once."""
        key = Qt.Key(event.key())
        if self.picking_up.is_active:
            return self.picking_up.take_key(event)
        does = self._meaning(key, event)
        if does is None:
            return not event.isAutoRepeat() and self._choose(event)
        if not event.isAutoRepeat():
            does()
        return True

    def _meaning(self, key: Qt.Key, event: QKeyEvent) -> Callable[[], object] | None:
        if key in _ENTER and self.tickets.is_open:
            return self.tickets.next_customer
        if self.hold.is_waiting and (method := method_of_key(key)) is not None:
            # The basket is still empty and its buttons are away, but its first seats are on the way.
            return lambda: self.exchanging.key.press(method)
        match key:
            case Qt.Key.Key_F12:
                return self._ask
            case Qt.Key.Key_F6 if self.hold.is_waiting and not self.exchanging.is_active:
                return self.reserving.ask
            case Qt.Key.Key_F8 if not self.exchanging.is_active:
                return self._ask_name
            case Qt.Key.Key_F5 if self.banner.message.on_action is not None and not self.banner.message.key:
                return self.banner.press_action
            case Qt.Key.Key_Z if event.keyCombination() == _UNDO and self._may_undo():
                return self.undoing.undo
        return None

    def _choose(self, event: QKeyEvent) -> bool:
        """Choose by digit or letter: for the order's own seats first, then for those that are held."""
        focused = self.focused_seats()
        return self.exchanging.exchange.take_key(event, focused) or self.choosing.take_key(event, focused)

    def _ask(self) -> None:
        """Ask for the seat that is told of, else for the one that is pointed at, or was wanted last."""
        if self.banner.message.key != ASK_KEY or not self.banner.press_action():
            self.requests.ask_pointed()

    def _ask_name(self) -> None:
        """Ask for the name; its button is away while the basket is empty."""
        self.tickets.next_customer()
        self.questions.ask_name()

    def _may_undo(self) -> bool:
        typing = isinstance(QApplication.focusWidget(), _TYPING)
        return not (typing or self.tickets.is_open or self.exchanging.is_paying)
