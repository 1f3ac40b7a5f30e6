"""The basket of this till and its hold: seats taken at a click, given back, extended, and what happens at the end."""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from pos_app.domain.basket import Basket
from pos_app.domain.codes import new_request_id
from pos_app.domain.errors import HoldExpired, NotFound, SaleAfterStart, SeatsTaken, ServerUnreachable
from pos_app.domain.seats import MapState, SeatKey
from pos_app.services.holds import extend_hold, load_hold, place_hold, release_seats
from pos_app.ui.messages import Level, Message, message_for

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pos_app.domain.holds import PlacedHold
    from pos_app.domain.roles import Actor
    from pos_app.ui.background import Background, Reply
    from pos_app.ui.screens.box_office.live_map import LiveMap


class HoldDesk(QObject):
    """Takes and gives back seats for one basket; what the server says is what it shows.

    Signals:
        basket_changed(): lines or prices are others now.
        ticked(): a second of the hold has passed.
        expired(): the time is up.
        said(Message): something for the person.
        late_sale_asked(list): these seats (list of SeatKey) are of a performance that has begun: ask once.
        seats_pending(list, bool): indexes on the map whose hold was asked for, or no longer.
    """

    basket_changed = Signal()
    ticked = Signal()
    expired = Signal()
    said = Signal(object)
    late_sale_asked = Signal(list)
    seats_pending = Signal(list, bool)

    def __init__(self, background: Background, live: LiveMap, actor: Actor, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = background
        self._live = live
        self._actor = actor
        self._clock: Callable[[], float] = time.monotonic
        self._late: set[int] = set()
        self.basket = Basket()
        self.hold: PlacedHold | None = None
        self.is_expired = False
        self._ends = 0.0
        self._timer = QTimer(self, interval=250)
        self._timer.timeout.connect(self._on_tick)

    @property
    def seconds_left(self) -> int:
        """Whole seconds left, by the clock that never jumps; from the server's own count."""
        return max(0, math.ceil(self._ends - self._clock())) if self.hold else 0

    def is_late_allowed(self, performance_id: int) -> bool:
        """Tell whether the cashier has said that this performance may be sold though it has begun."""
        return performance_id in self._late

    def allow_late(self, seats: Sequence[SeatKey]) -> None:
        """Sell these though their performance has begun; asked once a performance."""
        self._late.update(seat.performance_id for seat in seats)
        self.take(list(seats))

    def take(self, seats: list[SeatKey], *, partial: bool = False) -> None:
        """Ask the server for seats of the open performance, or of those in the basket."""
        wanted = [seat for seat in seats if not self.basket.holds(seat)] or seats
        self._mark(wanted, pending=True)
        key = self.basket.key
        late = any(seat.performance_id in self._late for seat in wanted)
        self._background.write(
            self, place_hold, self._actor, key, tuple(wanted), partial=partial, after_start=late
        ).then(
            lambda placed: self._on_placed(placed, wanted),
            lambda error: self._on_refused(error, wanted, key, partial=partial),
        )

    def retake(self) -> None:
        """Take all seats of an expired basket again, under a new hold."""
        self.basket.key = new_request_id()
        self.hold = None
        self.is_expired = False
        self.take(list(self.basket.seats))

    def give_back(self, seats: Sequence[SeatKey]) -> None:
        """Give some seats back; the last one closes the hold."""
        given = tuple(seats)
        key = self.basket.key
        self.basket.remove(given)
        self._show(given, MapState.FREE)
        if not self.basket.lines:
            self._start_anew()
        self.basket_changed.emit()
        self._background.write(self, release_seats, key, given).then(
            lambda _left: self._live.refresh(), self._on_trouble
        )

    def give_all_back(self) -> None:
        """Release the whole basket."""
        if self.basket.lines:
            self.give_back(self.basket.seats)

    def extend(self, reason: str, request_id: str) -> Reply[PlacedHold]:
        """Give the basket its time once more; hand the answer to keep()."""
        return self._background.write(
            self, extend_hold, self._actor, self.basket.key, request_id=request_id, reason=reason
        )

    def read_again(self) -> None:
        """Ask the server what the basket still holds, after it was out of reach."""
        if self.hold is None or not self.basket.lines or self.is_expired:
            return
        self._background.read_latest(self, "hold", load_hold, self.basket.key).then(self._on_reread, self._on_lost)

    def finish(self) -> None:
        """The basket is sold: start with an empty one."""
        self.basket.lines.clear()
        self._start_anew()
        self.basket_changed.emit()

    def drop(self, seats: Sequence[SeatKey]) -> None:
        """Take seats out that somebody else has now."""
        self.basket.remove(seats)
        if not self.basket.lines:
            self._start_anew()
        self.basket_changed.emit()
        self._live.refresh()

    def _start_anew(self) -> None:
        self.basket = Basket()
        self.hold = None
        self.is_expired = False
        self._late.clear()
        self._timer.stop()
        self._live.see_as(None)

    def keep(self, placed: PlacedHold) -> None:
        """Take the server's word on the time."""
        if placed.basket_key != self.basket.key:
            return
        self.hold = placed
        self._ends = self._clock() + placed.seconds_left
        self.is_expired = False
        self._live.see_as(placed.hold_id)
        if not self._timer.isActive():
            self._timer.start()
        self.ticked.emit()

    def _on_placed(self, placed: PlacedHold, wanted: Sequence[SeatKey]) -> None:
        self._mark(wanted, pending=False)
        if placed.basket_key != self.basket.key:
            self._background.write(self, release_seats, placed.basket_key, None)
            return
        self.keep(placed)
        unpriced = [seat for seat in placed.taken if not self._add(seat)]
        self._show(placed.taken, MapState.MINE)
        if placed.refused:
            self.said.emit(
                Message(
                    self.tr("{0} of {1} seats were taken by somebody else.").format(len(placed.refused), len(wanted)),
                    self.tr("The others are in the basket."),
                    Level.WARNING,
                )
            )
            self._live.refresh()
        if unpriced:
            self.said.emit(Message(self.tr("Nothing is offered for this seat."), "", Level.WARNING))
            self.give_back(unpriced)
        self.basket_changed.emit()

    def _add(self, seat: SeatKey) -> bool:
        """Put a held seat into the basket; False when no price is set for it."""
        offer, plan = self._live.offer, self._live.plan
        if self.basket.holds(seat):
            return True
        if offer is None or plan is None or offer.performance_id != seat.performance_id:
            return False
        index = plan.index_of(seat.seat_id)
        category = plan.categories[int(plan.category[index])]
        try:
            self.basket.add(offer, seat, plan.place(index), category.category_id, category.name)
        except ValueError:
            return False
        return True

    def _on_refused(self, error: Exception, wanted: list[SeatKey], key: str, *, partial: bool) -> None:
        self._mark(wanted, pending=False)
        if isinstance(error, SaleAfterStart):
            self.late_sale_asked.emit(wanted)
            return
        if isinstance(error, HoldExpired) and key == self.basket.key and not self.basket.lines:
            # The last seat was given back a moment ago and closed the hold: this is the first one of a new basket.
            self._start_anew()
            self.take(wanted, partial=partial)
            return
        if isinstance(error, SeatsTaken):
            gone = [SeatKey(*pair) for pair in error.seats]
            if any(self.basket.holds(seat) for seat in gone):
                self.drop(gone)
                self.is_expired = bool(self.basket.lines)
                self.expired.emit()
        self._on_trouble(error)

    def _on_trouble(self, error: Exception) -> None:
        self.said.emit(message_for(error))
        self._live.refresh()

    def _on_reread(self, placed: PlacedHold) -> None:
        self.keep(placed)
        gone = set(self.basket.seats) - set(placed.seats)
        if gone:
            self.drop(tuple(gone))
            self.said.emit(
                Message(
                    self.tr("{0} seats of the basket are gone.").format(len(gone)),
                    self.tr("Choose others before you take the payment."),
                    Level.WARNING,
                )
            )

    def _on_lost(self, error: Exception) -> None:
        if isinstance(error, HoldExpired | NotFound):
            self._end()
        elif not isinstance(error, ServerUnreachable):
            self._on_trouble(error)

    def _on_tick(self) -> None:
        if self.hold is None:
            self._timer.stop()
        elif self._clock() >= self._ends:
            self._end()
        else:
            self.ticked.emit()

    def _end(self) -> None:
        self._timer.stop()
        if self.basket.lines and not self.is_expired:
            self.is_expired = True
            self._live.refresh()
            self.expired.emit()

    def _mark(self, seats: Sequence[SeatKey], *, pending: bool) -> None:
        if indexes := self._indexes(seats):
            self.seats_pending.emit(indexes, pending)

    def _show(self, seats: Sequence[SeatKey], state: MapState) -> None:
        self._live.tell(self._indexes(seats), state)

    def _indexes(self, seats: Sequence[SeatKey]) -> list[int]:
        offer, plan = self._live.offer, self._live.plan
        if offer is None or plan is None:
            return []
        found = (plan.index_of(seat.seat_id) for seat in seats if seat.performance_id == offer.performance_id)
        return [index for index in found if index >= 0]
