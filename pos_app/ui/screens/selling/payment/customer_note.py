"""Writing down the customer at the counter as the sale goes on, so that a window that is cut off can go on with it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from pos_app.domain.selling.basket_notes import BasketNote, note_of
from pos_app.ui.words.lists import following
from pos_app.ui.words.messages import Ending, message_for
from pos_app.ui.words.sentences import spoken

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos_app.computer.journal import Journal
    from pos_app.ui.background import Background
    from pos_app.ui.screens.selling.basket.hold import BasketHold


class CustomerNote(QObject):
    """A note of the basket from the first seat that is asked for, and of the sale until the next customer.

    is_unsettled: whether the end of a sale is not known; until then its note is not dropped.
    Signals: said(Message): the notes cannot be written; told once a customer, and it stands until the next one.
    """

    said = Signal(object)

    def __init__(
        self,
        background: Background,
        journal: Journal,
        hold: BasketHold,
        staff_name: str,
        is_unsettled: Callable[[], bool],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._background = background
        self._journal = journal
        self._hold = hold
        self._staff_name = staff_name
        self._is_unsettled = is_unsettled
        self._kept: BasketNote | None = None
        self._sold_key = ""
        self._paying = ""
        self._told_of = ""
        self._exchange_of, self._request = 0, ""
        self._exchange_lines: tuple[int, ...] = ()

    def write(self) -> None:
        """Write the basket down as it is now."""
        basket = self._hold.basket
        note = note_of(
            basket,
            places=spoken(basket.named()),
            staff_name=self._staff_name,
            late=self._hold.late.ids,
            paying=self._paying,
        )
        note = replace(note, exchange_of=self._exchange_of, exchange_lines=self._exchange_lines)
        note = replace(note, exchange_request=self._request)
        before, self._kept = self._kept, note
        if note != before:
            self._jot(note)
        if before is not None and before.basket_key != note.basket_key:
            self.drop(before.basket_key)

    def keep(self) -> None:
        """Write the basket down as it is now; an empty one is forgotten, unless its sale is not settled."""
        if self._hold.basket.key == self._sold_key:
            # The sale is made, and the basket about to be emptied.
            return
        if self._hold.basket.lines or self._hold.is_waiting:
            self.write()
        elif self._kept is not None and not self._is_unsettled():
            self.drop(self._kept.basket_key)
            self._kept = None
            self._paying = ""

    def open_reserved(self, basket_key: str, order_id: int, number: str) -> None:
        """Write down that a reservation is open for paying here, so that it can be closed if the window is cut off."""
        self._jot(BasketNote(basket_key, places=number, staff_name=self._staff_name, pick_up_of=order_id))

    def exchange_for(self, order_id: int, line_ids: tuple[int, ...]) -> None:
        """Write down that the basket is for an exchange of these lines of an order; 0: for none."""
        if (order_id, line_ids) != (self._exchange_of, self._exchange_lines):
            self._exchange_of, self._exchange_lines, self._request = order_id, line_ids, ""
            self.keep()

    def begin_exchanging(self, request_id: str) -> None:
        """Write down by which request it is asked for."""
        self._request = request_id
        self.keep()

    def keep_exchanged(self, basket_key: str, order_id: int, request_id: str) -> None:
        """Keep what is needed to find the exchange again; the basket is about to be emptied."""
        self._kept = None
        self.keep_sale(BasketNote(basket_key, sold=True, exchange_of=order_id, exchange_request=request_id))

    def begin_paying(self, kind: str) -> None:
        """Write down that money is being taken for the basket (cash, card, free)."""
        self._paying = kind
        self.keep()

    def end_paying(self) -> None:
        """Write down that it no longer is."""
        self._paying = ""
        self.keep()

    def go_on_paying(self, kind: str) -> None:
        """Remember how a window that was cut off had begun to take money, until the person has gone on from there."""
        self._paying = kind

    def keep_sold(self, basket_key: str) -> None:
        """Keep what is needed to find the sale again; the basket is about to be emptied."""
        if self._kept is not None and self._kept.basket_key == basket_key:
            self.keep_sale(self._kept.as_sold())
            self._kept = None
        else:
            self.keep_sale(BasketNote(basket_key, sold=True))

    def keep_sale(self, note: BasketNote) -> None:
        """Write down that a basket is sold, and how far its tickets are."""
        self._sold_key = note.basket_key
        self._jot(note)

    def put_away(self) -> None:
        """The person leaves this till, or the next customer is called: the sale that is shown is of no interest now."""
        if self._sold_key:
            self.drop(self._sold_key)
            self._sold_key = ""

    def drop(self, basket_key: str) -> None:
        """Forget a basket."""
        self._background.jot(self, self._journal.drop_basket, basket_key).then(None, self._on_not_written)

    def _jot(self, note: BasketNote) -> None:
        self._background.jot(self, self._journal.keep_basket, note).then(None, self._on_not_written)

    def _on_not_written(self, error: Exception) -> None:
        key = self._hold.basket.key
        if self._told_of == key:
            return
        self._told_of = key
        told = message_for(error)
        goes_on = self.tr("You can go on selling. Do not close Foyer while a customer is at the counter.")
        self.said.emit(replace(told, advice=following(goes_on, told.advice), ends=Ending.CUSTOMER))
