"""Prices that changed while a performance is on screen: read again once the poll tells of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from pos_app.services.season.offers import load_offer

if TYPE_CHECKING:
    from pos_app.domain.season.offers import PerformanceOffer
    from pos_app.ui.background import Background


class NewerPrices(QObject):
    """Asks for an offer anew when the stamp of the server is another one; once for each stamp.

    Signals: read(PerformanceOffer): the prices as they are now.
    """

    read = Signal(object)

    def __init__(self, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._background = background
        self._asked = ""

    def compare(self, offer: PerformanceOffer | None, stamp: str) -> None:
        """Compare the offer that is shown with what the server told along with the seats ("": nothing)."""
        if offer is None or stamp in ("", offer.price_stamp, self._asked):
            return
        self._asked = stamp
        self._background.poll(self, "prices", load_offer, offer.performance_id).then(self._on_read, self._forget)

    def _on_read(self, offer: PerformanceOffer) -> None:
        self._asked = ""
        self.read.emit(offer)

    def _forget(self, _error: Exception) -> None:
        """The next poll asks again, and says what is wrong with the server."""
        self._asked = ""
