"""The basket of this till and its hold: seats taken at a click, given back, extended, and what happens at the end."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from pos_app.domain.codes import new_request_id
from pos_app.domain.errors import HoldExpired, OutcomeUnknown, SaleAfterStart, SeatsTaken
from pos_app.domain.seats import MapState, SeatKey
from pos_app.domain.selling.basket import Basket
from pos_app.services.selling.holds import extend_hold, place_hold
from pos_app.ui.screens.selling.basket.asking import GivingBack, SeatAsking, indexes_on
from pos_app.ui.screens.selling.basket.hold_clock import HoldClock
from pos_app.ui.screens.selling.basket.hold_reading import HoldReading
from pos_app.ui.screens.selling.basket.hold_request import HoldRequest, LateSales, add_first_line, add_line
from pos_app.ui.screens.selling.basket.words import held_after_all, not_entered, some_lost, some_refused
from pos_app.ui.words.messages import message_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from pos_app.domain.selling.holds import PlacedHold
    from pos_app.ui.background import Reply
    from pos_app.ui.office import Office
    from pos_app.ui.seat_map.live_map import LiveMap


class BasketHold(QObject):
    """Owns the basket of one customer after the other: whoever wants it changed asks here, and everybody hears of it.

    Takes and gives back its seats; what the server says is what it shows.

    Signals:
        asking(): seats are about to be asked for, under the key of the basket.
        basket_changed(): lines or prices are others now.
        ticked(): some time of the hold has passed.
        expired(): the time is up.
        settled(): all seats asked for are answered.
        said(Message): something for the person.
        late_sale_asked(HoldRequest): this is for a performance that has begun: ask once, then ask() again.
        seats_pending(list, bool): indexes on the map whose hold was asked for, or no longer.
    """

    asking = Signal()
    basket_changed = Signal()
    ticked = Signal()
    expired = Signal()
    settled = Signal()
    said = Signal(object)
    late_sale_asked = Signal(object)
    seats_pending = Signal(list, bool)

    def __init__(self, office: Office, live: LiveMap, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._live = live
        self.basket = Basket()
        self.placed: PlacedHold | None = None
        self.is_expired = False
        self.late = LateSales()
        self._clock = HoldClock(self)
        self._clock.ticked.connect(self.ticked)
        self._clock.ended.connect(self._end)
        self._asking = SeatAsking(live, self)
        self._asking.answered.connect(self._on_answered)
        self._asking.refused.connect(self._on_refused)
        self._asking.pending.connect(self.seats_pending)
        self._back = GivingBack(office.background, live, self)
        self._back.said.connect(self.said)
        self._reading = HoldReading(office.background, lambda: self.basket.key, self)
        self._reading.read.connect(self.compare)
        self._reading.over.connect(self._end)
        self._reading.failed.connect(self._on_trouble)

    @property
    def seconds_left(self) -> int:
        """Whole seconds left of the hold."""
        return self._clock.seconds_left if self.placed else 0

    @property
    def is_waiting(self) -> bool:
        """Tell whether seats were asked for and are not answered."""
        return self._asking.is_waiting

    def take(
        self, seats: Sequence[SeatKey], *, partial: bool = False, on_held: Callable[[Any], object] | None = None
    ) -> None:
        """Ask the server for seats of the open performance; those asked for or held already are left out."""
        asked, held = self._asking.has_asked, self.basket.holds
        if wanted := tuple(seat for seat in seats if not asked(seat) and not held(seat)):
            self._take(wanted, partial=partial, on_held=on_held)

    def ask(self, request: HoldRequest) -> None:
        """Ask the server for something in the present basket; also once more, after a late sale was allowed."""
        if (refusal := request.why_not_beside(self.basket)) is not None:
            self.said.emit(message_for(refusal))
            return
        self.asking.emit()
        late = self.late.allows_any(request.performance_ids)
        self._asking.ask(replace(request, key=self.basket.key), late=late)

    def retake(self, on_held: Callable[[Any], object] | None = None) -> None:
        """Take the seats of an expired basket again, under a new hold; those that are gone leave the basket."""
        if not self.is_expired or self.is_waiting or not self.basket.lines:
            return
        self.basket.key = new_request_id()
        self.placed = None
        self._take(self.basket.seats, partial=len(self.basket.seats) > 1, on_held=on_held)

    def give_back(self, seats: Sequence[SeatKey]) -> None:
        """Give some seats back; the last one closes the hold."""
        given = tuple(seat for seat in seats if self.basket.holds(seat))
        if not given:
            return
        self._back.release(self.basket.key, given)
        self.basket.remove(given)
        self._live.tell(indexes_on(self._live, given), MapState.FREE)
        self._start_anew_if_empty()
        self.basket_changed.emit()

    def give_all_back(self) -> None:
        """Release the whole basket."""
        self.give_back(self.basket.seats)

    def release_left_over(self, basket_key: str) -> None:
        """Release what a basket still holds that is nobody's any more: it was left by this till when it ended."""
        self._back.release(basket_key)

    def extend(self, reason: str, request_id: str) -> Reply[PlacedHold]:
        """Give the basket its time once more; hand the answer to compare()."""
        return self._office.write(self, extend_hold, self.basket.key, request_id=request_id, reason=reason)

    def read_again(self) -> None:
        """Ask the server what the basket still holds, after it was out of reach; give back what it did not hear of."""
        self._back.try_again(self.basket)
        is_running = self.placed is not None and bool(self.basket.lines) and not self.is_expired
        if is_running or self._reading.is_following_up:
            self._reading.ask()

    def finish(self) -> None:
        """The basket is sold: start with an empty one."""
        self._start_anew()
        self.basket_changed.emit()

    def take_over(self, basket: Basket, placed: PlacedHold | None, late: Iterable[int]) -> None:
        """Go on with the basket of a window that was cut off; placed None: its time is over, retake() may follow."""
        self._start_anew()
        self.basket = basket
        self.late.allow(late)
        self.is_expired = placed is None
        if placed is not None:
            self.keep(placed)
        self.basket_changed.emit()

    def drop(self, seats: Sequence[SeatKey]) -> None:
        """Take seats out that somebody else has now."""
        self.basket.remove(seats)
        self._start_anew_if_empty()
        self.basket_changed.emit()
        self._live.refresh()

    def move(self, before: Sequence[SeatKey], after: Sequence[SeatKey]) -> None:
        """Seats were swapped: who sat there sits here, and the seats of before leave the basket."""
        types = {line.seat: line.ticket_type.ticket_type_id for line in self.basket.lines}
        for one, other in zip(before, after, strict=False):
            if one in types:
                self.basket.change_type(other, types[one])
        self.drop(before)

    def change(self, change: Callable[[Basket], object]) -> None:
        """Change types, prices, codes or the name of the basket; one that it refuses by an error leaves it as it is."""
        change(self.basket)
        self.basket_changed.emit()

    def keep(self, placed: PlacedHold) -> None:
        """Take the server's word on the time."""
        if placed.basket_key == self.basket.key:
            self.placed = placed
            self.is_expired = False
            self._live.see_as(placed.hold_id)
            self._clock.start(placed.seconds_left)

    def compare(self, placed: PlacedHold, unheard: Sequence[HoldRequest] = ()) -> None:
        """Take the server's word on time and seats. unheard: requests whose answer was lost."""
        if placed.basket_key != self.basket.key:
            return
        self.keep(placed)
        if unheard:
            self._enter_unheard(placed, unheard)
        if gone := tuple(seat for seat in self.basket.seats if seat not in placed.seats):
            given = {seat for request in unheard for seat in request.gives}
            lost = self.basket.places(seat for seat in gone if seat not in given)
            self.drop(gone)
            if lost:
                self.said.emit(some_lost(lost))

    def _take(
        self, seats: tuple[SeatKey, ...], *, partial: bool, on_held: Callable[[Any], object] | None = None
    ) -> None:
        def begin(key: str, late: bool) -> Reply[PlacedHold]:  # noqa: FBT001 - as HoldRequest calls it
            return self._office.write(self, place_hold, key, seats, partial=partial, after_start=late)

        self.ask(HoldRequest(self._live.offer, self._live.plan, begin, lambda placed: placed, seats, on_held=on_held))

    def _start_anew(self) -> None:
        self.basket = Basket()
        self.placed = None
        self.is_expired = False
        self.late = LateSales()
        self._reading.forget_unheard()
        self._clock.stop()
        self._live.see_as(None)

    def _start_anew_if_empty(self) -> None:
        """Begin another basket once the last line is gone; seats still asked for will be lines of this one."""
        if not self.basket.lines and not self.is_waiting and (self.placed is not None or self.is_expired):
            self._start_anew()

    def _on_answered(self, answer: Any, request: HoldRequest) -> None:
        placed = request.placed_in(answer)
        if request.key != self.basket.key:
            # The basket was put away meanwhile.
            if placed is not None:
                self._back.release(placed.basket_key)
            self.settled.emit()
            return
        if request.is_whole:
            still = () if placed is None else placed.seats
            self.basket.remove([seat for seat in self.basket.seats if seat not in still])
            self._live.refresh()
        if placed is not None:
            self._enter(placed, request)
        self._start_anew_if_empty()
        self.basket_changed.emit()
        if request.on_held is not None:
            request.on_held(answer)
        self.settled.emit()

    def _enter(self, placed: PlacedHold, request: HoldRequest) -> None:
        """Put what was taken into the basket."""
        self.keep(placed)
        self._live.tell(indexes_on(self._live, placed.taken), MapState.MINE)
        unpriced = tuple(seat for seat in placed.taken if not add_line(self.basket, request, seat))
        self.basket.remove(placed.refused)
        if placed.refused:
            self.said.emit(some_refused(len(placed.refused), len(request.seats)))
            self._live.refresh()
        if unpriced:
            self.said.emit(not_entered(request.why_not_beside(self.basket)))
            self._back.release(request.key, unpriced)

    def _on_refused(self, error: Exception, request: HoldRequest) -> None:
        if isinstance(error, OutcomeUnknown) and request.key == self.basket.key:
            self._reading.follow_up(request)
        elif isinstance(error, OutcomeUnknown):
            self._back.release(request.key)
        fresh = request.key != self.basket.key or not self.basket.lines
        if isinstance(error, SaleAfterStart):
            self.late_sale_asked.emit(request)
        elif isinstance(error, HoldExpired) and fresh and not self.is_expired:
            # The last seat was given back a moment ago and closed the hold: this is the first one of a new basket.
            if request.key == self.basket.key:
                self._start_anew()
            self.ask(request)
            return
        elif request.on_refused is None or not request.on_refused(error):
            if isinstance(error, SeatsTaken):
                if gone := [seat for seat in (SeatKey(*pair) for pair in error.seats) if self.basket.holds(seat)]:
                    self.drop(gone)
            elif isinstance(error, HoldExpired):
                self._end()
            self._on_trouble(error)
        self._start_anew_if_empty()
        self.settled.emit()

    def _on_trouble(self, error: Exception) -> None:
        self.said.emit(message_for(error))
        self._live.refresh()

    def _enter_unheard(self, placed: PlacedHold, unheard: Sequence[HoldRequest]) -> None:
        """Put seats into the basket that turned out to be held; give back those of which nothing is known here."""
        found = [seat for seat in placed.seats if not self._asking.has_asked(seat) and not self.basket.holds(seat)]
        entered = [seat for seat in found if add_first_line(self.basket, unheard, seat)]
        self._live.tell(indexes_on(self._live, entered), MapState.MINE)
        if unknown := tuple(seat for seat in found if seat not in entered):
            self._back.release(placed.basket_key, unknown)
        if entered:
            self.said.emit(held_after_all(self.basket.places(entered)))
        self.basket_changed.emit()
        self.settled.emit()

    def _end(self) -> None:
        self._clock.stop()
        if self.basket.lines and not self.is_expired:
            self.is_expired = True
            self._live.refresh()
            self.expired.emit()
