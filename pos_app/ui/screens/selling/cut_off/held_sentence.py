"""The sentence on the seats of a sale that was cut off, kept true for as long as it stands on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from pos_app.ui.screens.selling.cut_off.words import CutOffWords

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos_app.flows.find_cut_off import CutOffSale
    from pos_app.ui.screens.selling.basket.hold import BasketHold


class HeldSentence(QObject):
    """Counts down with the ring, says when the time is up, and goes with the basket. standing: what is said now.

    Signals: retold(str): the sentence is another one now. gone(): it is out of date.
    """

    retold = Signal(str)
    gone = Signal()

    def __init__(self, hold: BasketHold, standing: Callable[[], str], parent: QObject) -> None:
        super().__init__(parent)
        self._hold = hold
        self._standing = standing
        self._words = CutOffWords(self)
        self._found: CutOffSale | None = None
        self._sentence = ""

    def follow(self, found: CutOffSale, sentence: str) -> None:
        """Keep a sentence true from now on, until something else is said. found: what it is about."""
        self._found, self._sentence = found, sentence
        self.retell()

    def retell(self) -> None:
        """Say it as it is now."""
        if (found := self._found) is None:
            return
        if self._standing() != self._sentence:
            self._found = None
            return
        basket = self._hold.basket
        if basket.key != found.note.basket_key or not basket.lines:
            self._found = None
            self.gone.emit()
            return
        seats = len(basket.lines)
        expired = self._hold.is_expired
        sentence = self._words.run_out(seats) if expired else self._words.held(seats, self._hold.seconds_left)
        if sentence != self._sentence:
            self._sentence = sentence
            self.retold.emit(sentence)
