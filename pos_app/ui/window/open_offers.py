"""How many offers to parties that waited are open, beside Sell in the bar of the window, whatever screen is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

from pos_app.ui.words.amounts import shown_number
from pos_app.ui.words.sentences import spoken_count

if TYPE_CHECKING:
    from pos_app.ui.screens.selling.waiting.card import OpenOffers
    from pos_app.ui.window.top_bar import TopBar

_SCREEN: Final = "sell"


class OffersInBar(QObject):
    """Shows what the card of the sell screen counts; it goes with that card. No signals."""

    def __init__(self, top_bar: TopBar, card: OpenOffers) -> None:
        super().__init__(card)
        self._top_bar = top_bar
        card.counted.connect(self.show_count)
        card.start()

    def show_count(self, count: int) -> None:
        """Show a number, none for 0."""
        told = spoken_count("{count} offer is open", "{count} offers are open", count) if count else ""
        self._top_bar.show_note(_SCREEN, shown_number(count) if count else "", told)
