"""Asking the server for seats and giving them back: what is on its way, and what the server did not hear of."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from pos_app.domain.errors import OutcomeUnknown, ServerBusy, ServerUnreachable
from pos_app.services.selling.holds import release_seats
from pos_app.ui.words.messages import message_for

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import SignalInstance

    from pos_app.domain.seats import SeatKey
    from pos_app.domain.selling.basket import Basket
    from pos_app.ui.background import Background
    from pos_app.ui.screens.selling.basket.hold_request import HoldRequest
    from pos_app.ui.seat_map.live_map import LiveMap


class SeatAsking(QObject):
    """Puts requests to the server; meanwhile the map asks nothing, and shows the seats as asked for.

    Signals:
        answered(object, HoldRequest), refused(Exception, HoldRequest): the request is no longer on its way.
        pending(list, bool): indexes on the map whose hold was asked for, or no longer.
    """

    answered = Signal(object, object)
    refused = Signal(object, object)
    pending = Signal(list, bool)

    def __init__(self, live: LiveMap, parent: QObject) -> None:
        super().__init__(parent)
        self._live = live
        self._seats: set[SeatKey] = set()
        self._waiting = 0

    @property
    def is_waiting(self) -> bool:
        """Tell whether anything is not answered yet."""
        return self._waiting > 0

    def has_asked(self, seat: SeatKey) -> bool:
        """Tell whether this seat is on its way."""
        return seat in self._seats

    def ask(self, request: HoldRequest, *, late: bool) -> None:
        """Send a request on its way. late: also for a performance that has begun."""
        self._waiting += 1
        self._seats.update(request.seats)
        self._mark(request.seats, pending=True)
        self._live.hush()
        request.begin(request.key, late).then(
            lambda answer: self._end(request, self.answered, answer),
            lambda error: self._end(request, self.refused, error),
        )

    def _end(self, request: HoldRequest, told: SignalInstance, outcome: Any) -> None:
        self._waiting -= 1
        self._seats.difference_update(request.seats)
        self._mark(request.seats, pending=False)
        self._live.resume()
        told.emit(outcome, request)

    def _mark(self, seats: Sequence[SeatKey], *, pending: bool) -> None:
        if indexes := indexes_on(self._live, seats):
            self.pending.emit(indexes, pending)


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
        told = message_for(error)
        if isinstance(error, ServerUnreachable | ServerBusy | OutcomeUnknown):
            self._owed.append((basket_key, seats))
            told = replace(told, advice=self.tr("The seats are given back as soon as it answers."))
        self.said.emit(told)


def indexes_on(live: LiveMap, seats: Sequence[SeatKey]) -> list[int]:
    """Return where seats are in the open plan; those of other performances, and places nobody sees, are left out."""
    offer, plan = live.offer, live.plan
    if offer is None or plan is None:
        return []
    found = (plan.index_of(seat.seat_id) for seat in seats if seat.performance_id == offer.performance_id)
    return [index for index in found if index >= 0]
