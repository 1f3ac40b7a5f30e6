"""The reservation that is at the counter: which of its seats are paid now, at which price, and how long it is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from pos_app.domain.codes import new_request_id
from pos_app.domain.errors import OutcomeUnknown, ServerBusy, ServerUnreachable
from pos_app.domain.orders.pick_up_totals import due_minor, performances_of, seat_lines
from pos_app.services.orders.reservations.opening import leave_pick_up, open_pick_up
from pos_app.ui.screens.selling.basket.hold_clock import HoldClock
from pos_app.ui.screens.selling.picking_up.words import busy_here, still_reserved
from pos_app.ui.words.messages import message_for

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos_app.domain.orders.reservations import PickUp, ReservedLine
    from pos_app.domain.selling.performance_seats import PerformanceSeats
    from pos_app.ui.office import Office


class ReservationAtCounter(QObject):
    """Owns what is picked up, if anything is. is_busy: whether somebody else is served here.

    Signals:
        begun(int): a reservation was opened; the performance of its first seat.
        changed(): other seats are paid, or another price, or it is over.
        ticked(), ended(): of the time for which it is open here alone.
        left(int): it was left, and is reserved as before; the order.
        said(Message): something for the person.
    """

    begun = Signal(int)
    changed = Signal()
    ticked = Signal()
    ended = Signal()
    left = Signal(int)
    said = Signal(object)

    def __init__(self, office: Office, is_busy: Callable[[], bool], parent: QObject) -> None:
        super().__init__(parent)
        self._office = office
        self._is_busy = is_busy
        self._keys: dict[int, str] = {}
        self._opening = 0
        self.pick_up: PickUp | None = None
        self.is_over = False
        """Whether the time for which it is open here alone has passed."""
        self.of_now = False
        self._left_out: set[int] = set()
        self._clock = HoldClock(self)
        self._clock.ticked.connect(self.ticked)
        self._clock.ended.connect(self._on_ended)

    @property
    def is_active(self) -> bool:
        """Tell whether a reservation is at the counter."""
        return self.pick_up is not None

    @property
    def seconds_left(self) -> int:
        """Whole seconds for which it is open here alone."""
        return 0 if self.is_over else self._clock.seconds_left

    @property
    def order_id(self) -> int:
        """The order, 0 for none."""
        return 0 if self.pick_up is None else self.pick_up.order_id

    @property
    def basket_key(self) -> str:
        """Under which it is open here, "" for nothing."""
        return "" if self.pick_up is None else self.pick_up.hold.basket_key

    @property
    def seats(self) -> tuple[ReservedLine, ...]:
        """Its seats, paid now or not."""
        return () if self.pick_up is None else seat_lines(self.pick_up.lines)

    @property
    def chosen(self) -> tuple[int, ...]:
        """The lines of the seats that are paid now."""
        return tuple(line.line_id for line in self.seats if line.line_id not in self._left_out)

    @property
    def left_out(self) -> tuple[int, ...]:
        """The lines of the seats that are not paid now."""
        return tuple(line.line_id for line in self.seats if line.line_id in self._left_out)

    @property
    def performances(self) -> tuple[PerformanceSeats, ...]:
        """Which evenings are paid now, with the seats that are."""
        return () if self.pick_up is None else performances_of(self.pick_up, self.chosen)

    def is_chosen(self, line_id: int) -> bool:
        """Tell whether a seat is paid now."""
        return line_id not in self._left_out

    def due_minor(self, *, of_now: bool | None = None) -> int | None:
        """Return what is to be paid, at the price that is chosen or at another; None: there is no such price."""
        lines = () if self.pick_up is None else self.pick_up.lines
        return due_minor(lines, self.chosen, of_now=self.of_now if of_now is None else of_now)

    def open(self, order_id: int) -> None:
        """Open a reservation for paying; not while somebody else is served."""
        if self._opening == order_id:
            return
        if self.is_active or self._opening or self._is_busy():
            self.said.emit(busy_here())
            return
        # An answer that was lost may have opened it under this key: the same key finds it so.
        self._ask(order_id, self._keys.setdefault(order_id, new_request_id()))

    def open_again(self) -> None:
        """Its time here is over: open it anew, unless another till was faster. What was chosen stays."""
        if self.pick_up is not None and not self._opening:
            self._ask(self.pick_up.order_id, new_request_id())

    def read_again(self) -> None:
        """Somebody has changed what is reserved, or what it costs, and that is said already: see what there is now."""
        if self.pick_up is not None and not self._opening:
            self._ask(self.pick_up.order_id, new_request_id() if self.is_over else self.basket_key, told=True)

    def toggle(self, line_id: int) -> None:
        """Leave a seat out, which stays reserved then, or take it after all."""
        self._left_out ^= {line_id}
        self.changed.emit()

    def take_all(self) -> None:
        """Take every seat; where every one is taken already, none."""
        ids = {line.line_id for line in self.seats}
        self._left_out = set() if self._left_out & ids else ids
        self.changed.emit()

    def price(self, *, of_now: bool) -> None:
        """Take today's prices, or those that were told."""
        if self.of_now != of_now:
            self.of_now = of_now
            self.changed.emit()

    def leave(self) -> None:
        """Leave it as it is: everything stays reserved, and others may open it."""
        pick_up = self.pick_up
        if pick_up is None:
            return
        self.finish()
        self._office.write(self, leave_pick_up, pick_up.order_id, pick_up.hold.basket_key).then(
            None, lambda _error: None
        )
        self.said.emit(still_reserved(pick_up))
        self.left.emit(pick_up.order_id)

    def finish(self) -> None:
        """It is paid, or over: the counter is the next customer's."""
        if self.pick_up is not None:
            self._keys.pop(self.pick_up.order_id, None)
        self.pick_up, self.is_over, self.of_now = None, False, False
        self._left_out.clear()
        self._clock.stop()
        self.changed.emit()

    def _ask(self, order_id: int, key: str, *, told: bool = False) -> None:
        self._opening = order_id
        self._office.write(self, open_pick_up, order_id, key).then(
            self._on_opened, lambda error: self._on_refused(order_id, error, told=told)
        )

    def _on_opened(self, pick_up: PickUp) -> None:
        self._opening = 0
        before, self.pick_up, self.is_over = self.pick_up, pick_up, False
        if before is None or before.order_id != pick_up.order_id:
            self._left_out.clear()
            self.of_now = False
        self._left_out &= {line.line_id for line in self.seats}
        if self.of_now and (not pick_up.price_has_changed or self.due_minor() is None):
            self.of_now = False
        self._clock.start(pick_up.hold.seconds_left)
        if before is None and self.seats:
            seat = self.seats[0].seat
            self.begun.emit(0 if seat is None else seat.performance_id)
        self.changed.emit()

    def _on_refused(self, order_id: int, error: Exception, *, told: bool) -> None:
        """Say why, unless it is told; what is at the counter and cannot be opened any more is left."""
        self._opening = 0
        silent = isinstance(error, ServerUnreachable | ServerBusy | OutcomeUnknown)
        if not silent:
            self._keys.pop(order_id, None)
            if self.pick_up is not None and self.pick_up.order_id == order_id:
                self.finish()
        if silent or not told:
            self.said.emit(message_for(error))

    def _on_ended(self) -> None:
        self.is_over = True
        self.ended.emit()
