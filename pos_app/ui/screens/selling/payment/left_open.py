"""What became of a sale whose end was not known: told once it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from pos_app.domain.codes import grouped
from pos_app.ui.words.amounts import shown_amount
from pos_app.ui.words.messages import Level, Message
from pos_app.ui.words.sentences import spoken

if TYPE_CHECKING:
    from pos_app.flows.sell import ResolvedSale
    from pos_app.ui.screens.selling.basket.hold import BasketHold
    from pos_app.ui.screens.selling.payment.customer_note import CustomerNote


class LeftOpenSale(QObject):
    """Tells the end of a sale, and puts its basket where it belongs.

    Signals:
        sold(Sale, str, tuple): the basket of this key was sold after all; what it held, as far as that is known.
        said(Message): something for the person.
    """

    sold = Signal(object, str, object)
    said = Signal(object)

    def __init__(self, hold: BasketHold, note: CustomerNote, parent: QObject) -> None:
        super().__init__(parent)
        self._hold = hold
        self._note = note

    def tell(self, found: ResolvedSale) -> None:
        """Say what became of a sale, in one sentence."""
        key = found.pending.basket_key
        is_present = self._hold.basket.key == key
        if found.sale is not None:
            self._note.keep_sold(key)
            amount = shown_amount(found.sale.total_minor, found.sale.currency)
            words = self.tr("Order {0} over {1} is sold.").format(grouped(found.sale.number), amount)
            self.said.emit(Message(words, self.tr("Its tickets can be printed now."), Level.OK))
            seats = self._hold.basket.seats_by_performance() if is_present else ()
            if is_present:
                self._hold.finish()
            self.sold.emit(found.sale, key, seats)
            return
        if not is_present:
            self._note.drop(key)
        words = self.tr("The last sale was not made. No money is recorded.")
        self.said.emit(Message(words, self._what_of_the_seats(found), Level.WARNING))
        self._hold.read_again()

    def _what_of_the_seats(self, found: ResolvedSale) -> str:
        """Say where the seats of a sale that was not made are; those that were released meanwhile go back on sale."""
        if found.pending.basket_key == self._hold.basket.key:
            if found.hold is not None:
                return self.tr("Its seats are still held: take the payment now.")
            return self.tr("Its seats are no longer held.")
        if found.hold is not None:
            self._hold.release_left_over(found.pending.basket_key)
        return self.tr("Its seats are on sale again: {0}").format(spoken(found.pending.places))
