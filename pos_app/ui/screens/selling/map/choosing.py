"""What the hands choose on the map: seats by click and band, how many by a digit, ticket types by a letter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QComboBox, QLineEdit

from pos_app.domain.seats import MapState, SeatKey
from pos_app.services.seats.map_states import NO_TILLS
from pos_app.ui.seat_map.model.words import kept_words
from pos_app.ui.words.messages import Level, Message
from pos_app.ui.words.times import shown_countdown

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from pos_app.ui.screens.selling.basket.hold import HoldDesk
    from pos_app.ui.screens.selling.basket.panel import BasketPanel
    from pos_app.ui.screens.selling.map.panel import MapPanel
    from pos_app.ui.screens.selling.payment.checkout import Checkout
    from pos_app.ui.seat_map.live_map import LiveMap

_DIGITS: Final = range(Qt.Key.Key_1, Qt.Key.Key_9 + 1)
_LETTERS: Final = range(Qt.Key.Key_A, Qt.Key.Key_Z + 1)
_TYPING: Final = (QLineEdit, QComboBox, QAbstractSpinBox)


class Choosing(QObject):
    """Turns what is done on the map into wishes of the basket.

    Signals: said(Message): something for the person. acted(): the hand went on, what was said before is out of date.
    release_asked(int): the till that holds this seat (its index) shall be asked to let it go.
    """

    said = Signal(object)
    acted = Signal()
    release_asked = Signal(int)

    def __init__(
        self, desk: HoldDesk, live: LiveMap, panel: MapPanel, basket: BasketPanel, checkout: Checkout, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._live = live
        self._panel = panel
        self._basket = basket
        self._checkout = checkout
        panel.map.seat_activated.connect(self._on_seat)
        panel.map.seats_dragged.connect(self._on_dragged)

    def may_choose(self) -> bool:
        """Tell whether seats may be chosen: not while the last sale is on the screen, nor while the payment opens."""
        if self._checkout.is_open:
            self.said.emit(Message(self.tr("The last sale is still shown."), self.tr("Enter calls the next customer.")))
            return False
        if self._desk.is_expired:
            self.said.emit(
                Message(self.tr("Time is up for this basket."), self.tr("Take the seats again (F5), or Esc."))
            )
            return False
        return not self._checkout.is_opening

    def take_key(self, event: QKeyEvent) -> bool:
        """Take a digit or a letter that was pressed outside of any field; tells whether it meant something here."""
        if isinstance(QApplication.focusWidget(), _TYPING) or self._checkout.is_open:
            return False
        shift = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in _DIGITS and shift == Qt.KeyboardModifier.NoModifier:
            self._panel.best.count.set_value(event.key() - Qt.Key.Key_0)
            return True
        if event.key() in _LETTERS and shift in {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier}:
            return self._press_letter(chr(event.key()), everyone=shift == Qt.KeyboardModifier.ShiftModifier)
        return False

    def change_type(self, seats: tuple[SeatKey, ...], ticket_type_id: int) -> None:
        """Change who will sit there."""
        for seat in seats:
            self._desk.basket.change_type(seat, ticket_type_id)
        self._desk.basket_changed.emit()

    def take_seat(self, index: int) -> None:
        """Take a free seat, by its index in the open plan."""
        offer, plan = self._live.offer, self._live.plan
        if offer is not None and plan is not None:
            self._take([SeatKey(offer.performance_id, int(plan.seat_id[index]))])

    def _press_letter(self, letter: str, *, everyone: bool) -> bool:
        basket = self._desk.basket
        seat = self._basket.focused_seat()
        chosen = [line for line in basket.lines if everyone or line.seat == seat] or basket.lines[-1:]
        changed = False
        for line in list(chosen):
            kind = next((one for one in line.choices if one.letter.upper() == letter), None)
            if kind is not None:
                basket.change_type(line.seat, kind.ticket_type_id)
                changed = True
        if changed:
            self._desk.basket_changed.emit()
        elif chosen:
            self.said.emit(Message(self.tr("No ticket type here has the letter {0}.").format(letter)))
        return bool(chosen)

    def _on_seat(self, index: int) -> None:
        offer, plan = self._live.offer, self._live.plan
        if offer is None or plan is None:
            return
        seat = SeatKey(offer.performance_id, int(plan.seat_id[index]))
        state = self._panel.map.state_of(index)
        if self._desk.basket.holds(seat) and not self._desk.is_expired:
            if self.may_choose():
                self._desk.give_back((seat,))
        elif state in {MapState.FREE, MapState.MINE}:
            self._take([seat])
        elif not self._checkout.is_open:
            self._explain(index, plan.place(index).spoken(), state)

    def _on_dragged(self, indexes: list[int]) -> None:
        offer, plan = self._live.offer, self._live.plan
        if offer is not None and plan is not None:
            seats = [SeatKey(offer.performance_id, int(plan.seat_id[at])) for at in indexes]
            self._take(seats, partial=len(seats) > 1)

    def _take(self, seats: list[SeatKey], *, partial: bool = False) -> None:
        if self.may_choose():
            self.acted.emit()
            self._desk.take(seats, partial=partial)

    def _explain(self, index: int, where: str, state: MapState) -> None:
        """Say why a seat is not to be had; where another till has it, offer to ask."""
        words, holder = f"{where}: {self._state_words(state)}", self._live.holder_of(index)
        claim = self._panel.map.claim_of(index)
        if claim is not None and claim.kept is not None:
            self.said.emit(Message(f"{where}. {kept_words(state, claim.kept)}."))
        elif state is MapState.HELD and holder in NO_TILLS:
            self.said.emit(Message(f"{where}: {holder}."))
        elif state is MapState.HELD and holder:
            words = self.tr("{0}: held by {1} just now.").format(where, holder)
            if claim is not None and claim.seconds_left is not None:
                left = shown_countdown(claim.seconds_left)
                words = self.tr("{0}: held by {1}, {2} left.").format(where, holder, left)
            action = self.tr("Ask {0}").format(holder)
            self.said.emit(Message(words, "", Level.INFO, action, lambda: self.release_asked.emit(index)))
        else:
            self.said.emit(Message(words))

    def _state_words(self, state: MapState) -> str:
        return {
            MapState.HELD: self.tr("held by somebody else just now."),
            MapState.SOLD: self.tr("sold."),
            MapState.HOUSE: self.tr("kept back by the house."),
            MapState.BLOCKED: self.tr("blocked, not for sale."),
        }.get(state, "")
