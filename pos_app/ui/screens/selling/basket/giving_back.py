"""Giving held seats back to the house, once more when the server did not hear of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from pos_app.domain.errors import OutcomeUnknown, ServerBusy, ServerUnreachable
from pos_app.services.selling.holds import release_seats
from pos_app.ui.words.messages import message_for

if TYPE_CHECKING:
    from pos_app.domain.seats import SeatKey
    from pos_app.domain.selling.basket import Basket
    from pos_app.ui.background import Background
    from pos_app.ui.seat_map.live_map import LiveMap


class GivingBack(QObject):
    """Releases seats of baskets.

    Signals: said(Message): something for the person.
    """

    said = Signal(object)

    def __init__(self, background: Background, live: LiveMap, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = background
        self._live = live
        self._owed: list[tuple[str, tuple[SeatKey, ...]]] = []

    def release(self, basket_key: str, seats: tuple[SeatKey, ...] = ()) -> None:
        """Release seats of a basket; without any, all that it holds."""
        self._live.hush()
        self._background.write(self, release_seats, basket_key, seats or None).then(
            lambda _left: self._on_released(), lambda error: self._on_not_released(error, basket_key, seats)
        )

    def try_again(self, basket: Basket) -> None:
        """Release what the server did not hear of; seats that are in the basket again are left there."""
        owed, self._owed = self._owed, []
        for key, seats in owed:
            still = tuple(seat for seat in seats if key != basket.key or not basket.holds(seat))
            if still or not seats:
                self.release(key, still)

    def _on_released(self) -> None:
        self._live.resume()
        self._live.refresh()

    def _on_not_released(self, error: Exception, basket_key: str, seats: tuple[SeatKey, ...]) -> None:
        self._live.resume()
        self._live.refresh()
        if isinstance(error, ServerUnreachable | ServerBusy | OutcomeUnknown):
            self._owed.append((basket_key, seats))
        self.said.emit(message_for(error))
