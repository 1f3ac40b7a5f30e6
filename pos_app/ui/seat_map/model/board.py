"""What each seat of the shown performance is right now, as far as this till knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pos_app.domain.seats import MapState
from pos_app.domain.steady_clock import steady_seconds
from pos_app.services.seats.map_data import SeatClaim

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from pos_app.services.seats.map_data import SeatStates

PENDING = len(MapState)
"""The look of a seat that was asked for and not yet answered; beside the values of MapState."""
RETURNED = PENDING + 1
"""The look of a seat that the order at the counter gives back; it alone may take it again."""


class SeatBoard:
    """States, claims and pending seats; every change tells which seats look different now.

    `clock` counts steady seconds: what is left of a claim is counted on it from the moment the states arrived.
    """

    def __init__(self, count: int, clock: Callable[[], float] = steady_seconds) -> None:
        self._clock = clock
        self._state: NDArray[np.int8] = np.zeros(count, np.int8)
        self._pending: NDArray[np.bool_] = np.zeros(count, np.bool_)
        self._own: NDArray[np.int8] = np.zeros(count, np.int8)
        self._performance_id: int | None = None
        self._holders: dict[int, str] = {}
        self._ends: dict[int, float] = {}
        self._kept: dict[int, SeatClaim] = {}
        self.looks: NDArray[np.int8] = np.zeros(count, np.int8)
        """What is painted: the state, PENDING or RETURNED."""

    def take(self, states: SeatStates) -> NDArray[np.intp]:
        """Take over states of all seats or of the changed ones; return the seats that look different.

        Changes of a performance that is no longer shown came too late and are dropped.
        Raises ValueError when the states are not those of this plan.
        """
        if states.index is None:
            if len(states.state) != len(self._state):
                raise ValueError(f"{len(states.state)} states for a plan of {len(self._state)} seats")
            if states.performance_id != self._performance_id:
                self._pending[:] = False
            self._performance_id = states.performance_id
            index = np.arange(len(self._state))
            self._holders.clear()
            self._ends.clear()
            self._kept.clear()
        elif states.performance_id != self._performance_id:
            return np.empty(0, np.intp)
        else:
            index = states.index.astype(np.intp)
            for seat in index.tolist():
                self._forget_claim(seat)
        # The same row may be told twice (polls overlap): only a state that differs answers a pending seat.
        self._pending[index[self._state[index] != states.state]] = False
        self._state[index] = states.state
        now = self._clock()
        for seat, claim in states.claims.items():
            if claim.has_note:
                self._kept[seat] = claim
                continue
            self._holders[seat] = claim.holder
            if claim.seconds_left is not None:
                self._ends[seat] = now + claim.seconds_left
        return self._refresh(index)

    def mark_pending(self, seats: Sequence[int], *, pending: bool) -> NDArray[np.intp]:
        """Set or clear the look of seats that were just asked for; return those that look different."""
        index = np.asarray(seats, np.intp)
        self._pending[index] = pending
        return self._refresh(index)

    def mark_own(self, returned: Sequence[int], kept: Sequence[int]) -> NDArray[np.intp]:
        """Show sold seats as the customer's own, in place of those shown so before; return those that look different.

        returned: given back, to be had again; kept: taken again among the new ones.
        """
        before = np.flatnonzero(self._own)
        self._own[before] = 0
        self._own[np.asarray(returned, np.intp)] = RETURNED
        self._own[np.asarray(kept, np.intp)] = MapState.MINE
        return self._refresh(np.union1d(before, np.flatnonzero(self._own)))

    def own_look_of(self, seat: int) -> int:
        """Return RETURNED or MINE of a sold seat that is the customer's own, 0 of any other."""
        return int(self._own[seat]) if self._state[seat] == MapState.SOLD else 0

    def age(self) -> NDArray[np.intp]:
        """Let claims end whose time is over: their seats are free until the server says otherwise."""
        now = self._clock()
        over = [seat for seat, end in self._ends.items() if end <= now]
        for seat in over:
            self._forget_claim(seat)
        index = np.asarray(over, np.intp)
        index = index[self._state[index] == MapState.HELD]
        self._state[index] = MapState.FREE
        return self._refresh(index)

    @property
    def states(self) -> NDArray[np.int8]:
        """Return the state of each seat; a pending one keeps its state until it is answered."""
        return self._state

    def state_of(self, seat: int) -> MapState:
        """Return the state of a seat; a pending one keeps its state until it is answered."""
        return MapState(int(self._state[seat]))

    def is_pending(self, seat: int) -> bool:
        """Return whether a seat was asked for and not yet answered."""
        return bool(self._pending[seat])

    def claim_of(self, seat: int) -> SeatClaim | None:
        """Return who holds a seat elsewhere and the seconds left now, why the house keeps it, or for whom."""
        holder = self._holders.get(seat)
        if holder is None:
            return self._kept.get(seat)
        end = self._ends.get(seat)
        return SeatClaim(holder, None if end is None else max(0.0, end - self._clock()))

    def _forget_claim(self, seat: int) -> None:
        self._holders.pop(seat, None)
        self._ends.pop(seat, None)
        self._kept.pop(seat, None)

    def _refresh(self, index: NDArray[np.intp]) -> NDArray[np.intp]:
        is_own = (self._own[index] > 0) & (self._state[index] == MapState.SOLD)
        looks = np.where(is_own, self._own[index], self._state[index])
        looks = np.where(self._pending[index], np.int8(PENDING), looks)
        changed: NDArray[np.intp] = index[self.looks[index] != looks]
        self.looks[index] = looks
        return changed
