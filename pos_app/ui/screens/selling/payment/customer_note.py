"""Writing down the customer at the counter as the sale goes on, so that a window that is cut off can go on with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from pos_app.domain.selling.basket_notes import BasketNote, note_of
from pos_app.ui.words.messages import Level, Message

if TYPE_CHECKING:
    from pos_app.computer.journal import Journal
    from pos_app.domain.roles import Actor
    from pos_app.flows.sell import ResolvedSale
    from pos_app.ui.background import Background
    from pos_app.ui.screens.selling.basket.hold import HoldDesk
    from pos_app.ui.screens.selling.payment.checkout import Checkout
    from pos_app.ui.screens.selling.payment.sale import PayDesk


class BasketKeeper(QObject):
    """Keeps a note of the basket from the first seat that is asked for, and of the sale until the next customer.

    It hears of a sale before the checkout does, which empties the basket: make it first, then watch().
    Signals: said(Message): the notes cannot be written; told once.
    """

    said = Signal(object)

    def __init__(
        self, background: Background, journal: Journal, desk: HoldDesk, pay: PayDesk, actor: Actor, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._background = background
        self._journal = journal
        self._desk = desk
        self._pay = pay
        self._staff_name = actor.name
        self._kept: BasketNote | None = None
        self._sold_key = ""
        self._paying = ""
        self._told = False
        desk.asking.connect(self._write)
        desk.basket_changed.connect(self.keep)
        desk.settled.connect(self.keep)
        pay.begun.connect(self._on_begun)
        pay.sold.connect(self._on_sold)
        pay.resolved.connect(self._on_resolved)

    def watch(self, checkout: Checkout) -> None:
        """Follow the payment and the sale that is shown."""
        checkout.opened.connect(self._on_opened)
        checkout.sale_shown.connect(self._on_sale_shown)

    def keep(self) -> None:
        """Write the basket down as it is now; an empty one is forgotten, unless its sale is not settled."""
        if self._desk.basket.key == self._sold_key:
            # The sale is made, and the basket about to be emptied.
            return
        if self._desk.basket.lines or self._desk.is_waiting:
            self._write()
        elif self._kept is not None and not self._pay.is_unsettled:
            self._drop(self._kept.basket_key)
            self._kept = None
            self._paying = ""

    def go_on_paying(self, kind: str) -> None:
        """Remember how a window that was cut off had begun to take money, until the person has gone on from there."""
        self._paying = kind

    def keep_sold(self, note: BasketNote) -> None:
        """Write down that a basket is sold, and how far its tickets are."""
        self._sold_key = note.basket_key
        self._jot(note)

    def put_away(self) -> None:
        """The person leaves this till: the sale that is shown is no longer of interest."""
        if self._sold_key:
            self._drop(self._sold_key)
            self._sold_key = ""

    def _write(self) -> None:
        note = note_of(self._desk.basket, staff_name=self._staff_name, late=self._desk.late.ids, paying=self._paying)
        before, self._kept = self._kept, note
        if note != before:
            self._jot(note)
        if before is not None and before.basket_key != note.basket_key:
            self._drop(before.basket_key)

    def _jot(self, note: BasketNote) -> None:
        self._background.jot(self, self._journal.keep_basket, note).then(None, self._on_not_written)

    def _drop(self, basket_key: str) -> None:
        self._background.jot(self, self._journal.drop_basket, basket_key).then(None, self._on_not_written)

    def _on_begun(self, kind: str) -> None:
        self._paying = str(kind)
        self.keep()

    def _on_opened(self, opened: bool) -> None:  # noqa: FBT001 - a signal's argument
        if not opened:
            self._paying = ""
            self.keep()

    def _on_sold(self) -> None:
        """Keep what is needed to find the sale again; the basket is about to be emptied."""
        if self._kept is not None and self._kept.basket_key == self._pay.basket_key:
            self.keep_sold(self._kept.as_sold())
            self._kept = None
        else:
            self.keep_sold(BasketNote(self._pay.basket_key, sold=True))

    def _on_resolved(self, found: ResolvedSale) -> None:
        if found.sale is not None:
            self._on_sold()
        elif found.pending.basket_key != self._desk.basket.key:
            self._drop(found.pending.basket_key)

    def _on_sale_shown(self, shown: bool) -> None:  # noqa: FBT001 - a signal's argument
        if not shown:
            self.put_away()

    def _on_not_written(self, _error: Exception) -> None:
        if not self._told:
            self._told = True
            words = self.tr("This till cannot write down what is in the basket.")
            advice = self.tr("You can go on selling. Tell support: the disk may be full.")
            self.said.emit(Message(words, advice, Level.WARNING))
