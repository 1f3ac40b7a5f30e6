"""The sentence on the seats of a sale that was cut off, kept true for as long as it stands on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from pos_app.flows.find_cut_off import CutOffSale
    from pos_app.ui.screens.selling.basket.hold import HoldDesk
    from pos_app.ui.screens.selling.cut_off.words import RecallWords
    from pos_app.ui.widgets.banner import Banner


class HeldSentence(QObject):
    """Counts down with the ring, says when the time is up, and goes with the basket. No signals."""

    def __init__(self, desk: HoldDesk, banner: Banner, words: RecallWords, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._banner = banner
        self._words = words
        self._found: CutOffSale | None = None
        self._sentence = ""
        for changed in (desk.ticked, desk.expired, desk.basket_changed):
            changed.connect(self._retell)

    def follow(self, found: CutOffSale, sentence: str) -> None:
        """Keep a sentence true from now on, until something else is said. found: what it is about."""
        self._found, self._sentence = found, sentence
        self._retell()

    def _retell(self) -> None:
        if (found := self._found) is None:
            return
        if self._banner.message.text != self._sentence:
            self._found = None
            return
        basket = self._desk.basket
        if basket.key != found.note.basket_key or not basket.lines:
            self._found = None
            self._banner.dismiss()
            return
        seats = len(basket.lines)
        expired = self._desk.is_expired
        sentence = self._words.run_out(seats) if expired else self._words.held(seats, self._desk.seconds_left)
        if sentence != self._sentence:
            self._sentence = sentence
            self._banner.retell(sentence)
