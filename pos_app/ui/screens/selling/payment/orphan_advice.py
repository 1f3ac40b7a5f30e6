"""Advice before seats are paid or reserved: a single one would be left alone, and where to sit so that none is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from pos_app.domain.picking.orphans import orphans_left, shift_without_orphans
from pos_app.domain.seats import SeatKey
from pos_app.domain.sentences import say
from pos_app.services.selling.best_seats import picking_house
from pos_app.ui.screens.selling.basket.swapping import swap_seats
from pos_app.ui.words.messages import Level, Message
from pos_app.ui.words.sentences import spoken, spoken_count

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import numpy as np
    from numpy.typing import NDArray

    from pos_app.domain.season.offers import PerformanceOffer
    from pos_app.services.seats.map_data import SeatPlan
    from pos_app.ui.office import Office
    from pos_app.ui.screens.selling.basket.hold import BasketHold
    from pos_app.ui.screens.selling.basket.undoing import Change, Undoing
    from pos_app.ui.seat_map.live_map import LiveMap


@dataclass(frozen=True, slots=True)
class Shift:
    """Which seats would be left alone, and where to sit so that none is; ids of seats."""

    alone: tuple[int, ...]
    seats: tuple[int, ...]


def find_shift(plan: SeatPlan, states: NDArray[np.int8], chosen: tuple[int, ...]) -> Shift | None:
    """Return the nearest way to sit that leaves no single seat over; None where there is nothing to better."""
    house = picking_house(plan, states)
    alone = orphans_left(house, chosen)
    seats = shift_without_orphans(house, chosen) if alone else None
    return None if seats is None or set(seats) == set(chosen) else Shift(alone, seats)


class OrphanAdvice(QObject):
    """Looks a basket over once before it is paid or reserved; a cashier may go on all the same.

    It is withdrawn when the time is up, as the same key takes the seats again from then on.
    Signals: said(Message): the advice. withdrawn(): it stands there still, and is out of date.
    """

    said = Signal(object)
    withdrawn = Signal()

    def __init__(
        self,
        office: Office,
        hold: BasketHold,
        live: LiveMap,
        undoing: Undoing,
        standing: Callable[[], Message],
        parent: QObject | None = None,
    ) -> None:
        """standing: what is said to the person now; open to whoever has it."""
        super().__init__(parent)
        self._office = office
        self._hold = hold
        self._live = live
        self._undoing = undoing
        self.standing = standing
        self._advice: Message | None = None
        self._fine: set[SeatKey] = set()
        self._told: frozenset[SeatKey] = frozenset()

    def trust(self, seats: Iterable[SeatKey]) -> None:
        """These were chosen by the rule: nothing is to be said of them."""
        self._fine.update(seats)

    def look(self, go_on: Callable[[], object], stop: Callable[[], object]) -> None:
        """Look at the seats of the open performance, in the background; then go on, or stop where there is advice."""
        offer, plan = self._live.offer, self._live.plan
        seats = self._seats()
        by_hand = [seat for seat in seats if seat not in self._fine]
        if seats == self._told:
            # The key once more: it is decided.
            self._advice = None
        if offer is None or plan is None or not by_hand or seats == self._told or self._hold.is_expired:
            go_on()
            return

        def found(shift: Shift | None) -> None:
            if shift is None or self._seats() != seats or self._hold.is_expired:
                go_on()
                return
            self._told = seats
            stop()
            self._advise(offer, plan, seats, shift)

        chosen = tuple(sorted(seat.seat_id for seat in seats))
        # The basket's own seats count as free, by the rule; those of others do not.
        self._office.background.compute(self, find_shift, plan, self._live.states, chosen).then(
            found, lambda _error: go_on()
        )

    def withdraw(self) -> None:
        """Take the advice back; where nobody has decided on it, it may be told again."""
        advice, self._advice = self._advice, None
        if advice is None:
            return
        self._told = frozenset()
        if self.standing().on_action is advice.on_action:
            self.withdrawn.emit()

    def _seats(self) -> frozenset[SeatKey]:
        offer, plan = self._live.offer, self._live.plan
        if offer is None or plan is None:
            return frozenset()
        own = (seat for seat in self._hold.basket.seats if seat.performance_id == offer.performance_id)
        return frozenset(seat for seat in own if plan.index_of(seat.seat_id) >= 0)

    def _advise(self, offer: PerformanceOffer, plan: SeatPlan, seats: frozenset[SeatKey], shift: Shift) -> None:
        alone = tuple(plan.place(plan.index_of(seat)).spoken() for seat in shift.alone[:2])
        before = {seat.seat_id for seat in seats}
        moved = [plan.place(plan.index_of(seat)) for seat in shift.seats if seat not in before]
        where = tuple(say("row {row}, seat {seat}", row=place.row, seat=place.number) for place in moved)
        self._advice = Message(
            spoken_count(
                "A single seat would be left: {places}.",
                "Single seats would be left: {places}.",
                len(shift.alone),
                places=alone,
            ),
            spoken(say("Nearest without: {places}. Or press the key again to go on.", places=where)),
            Level.WARNING,
            self.tr("Move there"),
            lambda: self._move(offer, plan, seats, shift),
        )
        self.said.emit(self._advice)

    def _move(self, offer: PerformanceOffer, plan: SeatPlan, seats: frozenset[SeatKey], shift: Shift) -> None:
        if self._seats() != seats:
            return
        wanted = {SeatKey(offer.performance_id, seat) for seat in shift.seats}

        def done(change: Change) -> None:
            self.trust(wanted)
            self._undoing.tell(Message(self.tr("Moved."), level=Level.OK), change)

        swap_seats(self._office, self._hold, (offer, plan), seats, wanted, done)
