"""What the hands choose on the map: seats by click and band, how many by a digit, ticket types by a letter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QComboBox, QLineEdit

from pos_app.domain.errors import OtherCurrency
from pos_app.domain.seats import FOR_SALE, MapState, SeatKey
from pos_app.ui.screens.selling.basket.undoing import Change
from pos_app.ui.screens.selling.map.seat_requests import ASK_KEY
from pos_app.ui.seat_map.model.words import kept_words, offered_words, reserved_words
from pos_app.ui.words.messages import Level, Message, message_for
from pos_app.ui.words.sentences import spoken
from pos_app.ui.words.times import shown_countdown

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from PySide6.QtGui import QKeyEvent

    from pos_app.domain.selling.holds import PlacedHold
    from pos_app.ui.hearing import Hearing
    from pos_app.ui.screens.selling.basket.hold import BasketHold
    from pos_app.ui.screens.selling.basket.panel import BasketPanel
    from pos_app.ui.screens.selling.basket.undoing import Undoing
    from pos_app.ui.screens.selling.map.panel import MapPanel
    from pos_app.ui.seat_map import SeatMap
    from pos_app.ui.seat_map.live_map import LiveMap

_DIGITS: Final = range(Qt.Key.Key_1, Qt.Key.Key_9 + 1)
_LETTERS: Final = range(Qt.Key.Key_A, Qt.Key.Key_Z + 1)
_TYPING: Final = (QLineEdit, QComboBox, QAbstractSpinBox)


class Choosing(QObject):
    """Turns what is done on the map into wishes of the basket.

    put_sale_away: the hand goes on, and with it the last customer; returns whether that is worth a word, which was
    said. is_payment_opening: whether a sale is about to be made.
    Signals:
        said(Message): something for the person.
        acted(): the hand went on, what was said before is out of date.
        counted(int): so many seats are to be looked for together.
        release_asked(int): the till that holds this seat (its index) shall be asked to let it go.
        held_elsewhere(int): this seat (its index) was wanted, and another till has it, which may be asked.
        order_wanted(int): the order for which a seat is reserved shall be shown.
        offer_wanted(int): what a seat is offered with shall be opened for paying.
    """

    said = Signal(object)
    acted = Signal()
    counted = Signal(int)
    release_asked = Signal(int)
    held_elsewhere = Signal(int)
    order_wanted = Signal(int)
    offer_wanted = Signal(int)

    def __init__(
        self,
        hold: BasketHold,
        live: LiveMap,
        seats: SeatMap,
        undoing: Undoing,
        put_sale_away: Callable[[], bool],
        is_payment_opening: Callable[[], bool],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._hold = hold
        self._live = live
        self._map = seats
        self._undoing = undoing
        self._put_sale_away = put_sale_away
        self._is_payment_opening = is_payment_opening

    def hearings(self, board: MapPanel, panel: BasketPanel) -> list[Hearing]:
        """Return what is chosen where."""
        return [
            (self.drag_over, board.map.seats_dragged),
            (board.best.count.set_value, self.counted),
            (self.change_type, panel.type_chosen),
        ]

    def may_choose(self) -> bool:
        """Tell whether seats of the open performance may be chosen now: not while the payment opens.

        This is the first act for the next customer: the last sale leaves the screen.
        """
        self._put_sale_away()
        if self._hold.is_expired:
            self.said.emit(
                Message(self.tr("Time is up for this basket."), self.tr("Take the seats again (F5), or Esc."))
            )
            return False
        try:
            if (offer := self._live.offer) is not None:
                self._hold.basket.require_currency(offer)
        except OtherCurrency as refusal:
            self.said.emit(message_for(refusal))
            return False
        return not self._is_payment_opening()

    def take_key(self, event: QKeyEvent, focused: Collection[SeatKey]) -> bool:
        """Take a digit or a letter that was pressed outside of any field; tells whether it meant something here.

        focused: the seats of the line in the basket that has the keyboard.
        """
        if isinstance(QApplication.focusWidget(), _TYPING):
            return False
        shift = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in _DIGITS and shift == Qt.KeyboardModifier.NoModifier:
            self._put_sale_away()
            self.counted.emit(event.key() - Qt.Key.Key_0)
            return True
        if event.key() in _LETTERS and shift in {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier}:
            everyone = shift == Qt.KeyboardModifier.ShiftModifier
            return self._press_letter(chr(event.key()), focused, everyone=everyone)
        return False

    def change_type(self, seats: tuple[SeatKey, ...], ticket_type_id: int) -> None:
        """Change who will sit there."""
        self._undoing.change_types(dict.fromkeys(seats, ticket_type_id))

    def take_seat(self, index: int) -> None:
        """Take a free seat that was chosen from the list, by its index in the open plan."""
        offer, plan = self._live.offer, self._live.plan
        if offer is not None and plan is not None:
            self._take([SeatKey(offer.performance_id, int(plan.seat_id[index]))], by_key=True)

    def _press_letter(self, letter: str, focused: Collection[SeatKey], *, everyone: bool) -> bool:
        lines = self._hold.basket.lines
        chosen = [line for line in lines if everyone or line.seat in focused] or lines[-1:]
        types: dict[SeatKey, int] = {}
        for line in chosen:
            kind = next((one for one in line.choices if one.letter.upper() == letter), None)
            if kind is not None:
                types[line.seat] = kind.ticket_type_id
        if chosen:
            self._put_sale_away()
        if types:
            self._undoing.change_types(types)
        elif chosen:
            self.said.emit(Message(self.tr("No ticket type here has the letter {0}.").format(letter)))
        return bool(chosen)

    def press_seat(self, index: int) -> None:
        """A seat was clicked, or walked to and Enter pressed: take it, give it back, or say why it is not to be had.

        What the hand with the mouse does is seen under it; what a key does is told.
        """
        offer, plan = self._live.offer, self._live.plan
        if offer is None or plan is None:
            return
        seat = SeatKey(offer.performance_id, int(plan.seat_id[index]))
        by_key = self._map.was_walked_to
        state = self._map.state_of(index)
        if self._hold.basket.holds(seat) and not self._hold.is_expired:
            if self.may_choose():
                self._give_back(seat, by_key=by_key)
        elif state in {*FOR_SALE, MapState.MINE}:
            self._take([seat], by_key=by_key)
        elif not self._put_sale_away():
            self._explain(index, spoken(plan.place(index).spoken()), state)

    def drag_over(self, indexes: list[int]) -> None:
        """A band was drawn over seats: take them."""
        offer, plan = self._live.offer, self._live.plan
        if offer is not None and plan is not None:
            seats = [SeatKey(offer.performance_id, int(plan.seat_id[at])) for at in indexes]
            self._take(seats, partial=len(seats) > 1)

    def _take(self, seats: list[SeatKey], *, partial: bool = False, by_key: bool = False) -> None:
        def held(placed: PlacedHold) -> None:
            if by_key:
                self._undoing.tell_taken(placed.taken)
            else:
                self._undoing.remember(Change(taken=placed.taken))

        # First: what putting the last sale away says, stays.
        self.acted.emit()
        if self.may_choose():
            self._hold.take(seats, partial=partial, on_held=held)

    def _give_back(self, seat: SeatKey, *, by_key: bool) -> None:
        if by_key:
            self._undoing.give_back((seat,))
        else:
            given = self._undoing.lines_of((seat,))
            self._hold.give_back((seat,))
            self._undoing.remember(Change(given=given))

    def _explain(self, index: int, where: str, state: MapState) -> None:
        """Say why a seat is not to be had; where another till has it, offer to ask."""
        holder, claim = self._live.holder_of(index), self._map.claim_of(index)
        if claim is not None and claim.kept is not None:
            self.said.emit(Message(self.tr("{0}. {1}.").format(where, kept_words(state, claim.kept))))
        elif claim is not None and claim.reserved is not None:
            words, order_id = (
                self.tr("{0}. {1}.").format(where, reserved_words(claim.reserved)),
                claim.reserved.order_id,
            )
            show = self.tr("Show the order")
            self.said.emit(Message(words, "", Level.INFO, show, lambda: self.order_wanted.emit(order_id), key=ASK_KEY))
        elif claim is not None and claim.offered is not None:
            words, offer_id = self.tr("{0}. {1}.").format(where, offered_words(claim.offered)), claim.offered.offer_id
            lead = self.tr("Open the offer")
            self.said.emit(Message(words, "", Level.INFO, lead, lambda: self.offer_wanted.emit(offer_id)))
        elif state is MapState.HELD and holder:
            words = self.tr("{0}: held by {1} just now.").format(where, holder)
            if claim is not None and claim.seconds_left is not None:
                left = shown_countdown(claim.seconds_left)
                words = self.tr("{0}: held by {1}, {2} left.").format(where, holder, left)
            action = self.tr("Ask {0}").format(holder)
            self.held_elsewhere.emit(index)
            told = Message(words, "", Level.INFO, action, lambda: self.release_asked.emit(index), key=ASK_KEY)
            self.said.emit(told)
        else:
            self.said.emit(Message(self._why_not(state).format(where)))

    def _why_not(self, state: MapState) -> str:
        return {
            MapState.HELD: self.tr("{0}: held by somebody else just now."),
            MapState.SOLD: self.tr("{0}: sold."),
            MapState.HOUSE: self.tr("{0}: kept back by the house."),
            MapState.BLOCKED: self.tr("{0}: blocked, not for sale."),
            MapState.RESERVED: self.tr("{0}: reserved."),
            MapState.OFFERED: self.tr("{0}: offered to somebody who waited."),
            MapState.FIRST_CALL: self.tr("{0}: the waiting list is served first."),
        }[state]
