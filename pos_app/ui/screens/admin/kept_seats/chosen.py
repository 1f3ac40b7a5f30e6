"""Which places are chosen on the map: free ones to be kept back, and kept ones to be released."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Signal

from pos_app.domain.season.kept_seats import KeepChoice
from pos_app.domain.seats import MapState, tell_places
from pos_app.ui.words.sentences import spoken, spoken_count

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from numpy.typing import NDArray

    from pos_app.services.seats.map_data import SeatPlan


class Chosen(QObject):
    """Seats by their index in the plan; places of areas by index and number. plan: on which they are chosen.

    Signals: changed(): something else is chosen.
    """

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.plan: SeatPlan | None = None
        self._states: NDArray[np.int8] = np.zeros(0, np.int8)
        self._anchor = self._meant = -1
        self.seats: frozenset[int] = frozenset()
        self.areas: dict[int, int] = {}
        self.given: frozenset[int] = frozenset()
        """Seats of the open record that are to be released."""

    @property
    def count(self) -> int:
        """Return how many places are chosen to be kept."""
        return len(self.seats) + sum(self.areas.values())

    @property
    def names(self) -> str:
        """Name what is chosen to be kept."""
        plan = self.plan
        if plan is None:
            return ""
        told = [spoken(tell_places(plan.place(seat) for seat in sorted(self.seats)))]
        told += [
            spoken_count("{zone}, {count} place", "{zone}, {count} places", places, zone=plan.areas[area].name)
            for area, places in self.areas.items()
        ]
        return "; ".join(part for part in told if part)

    def start(self, plan: SeatPlan | None) -> None:
        """Choose nothing, on another plan."""
        self.plan = plan
        self._states = np.zeros(0 if plan is None else len(plan.seat_id), np.int8)
        self._anchor = self._meant = -1
        self.clear()

    def clear(self) -> None:
        """Choose nothing."""
        self.areas = {}
        self._set(frozenset(), frozenset())

    def follow(self, states: NDArray[np.int8]) -> int:
        """Take over the states of all seats; returns how many of the chosen ones somebody else has taken."""
        self._states = states
        still = frozenset(seat for seat in self.seats if states[seat] == MapState.FREE)
        gone = len(self.seats) - len(still)
        if gone:
            self._set(still, self.given)
        return gone

    def toggle(self, seat: int, *, up_to: bool = False) -> None:
        """Choose a free seat or not any more; up_to: all free ones of its row from the one chosen last."""
        if up_to and (run := self._run_to(seat)):
            self._set(self.seats | run, frozenset())
        else:
            self._set(self.seats ^ {seat}, frozenset())
        self._anchor = self._meant = seat

    def band(self, seats: Iterable[int]) -> None:
        """Choose the free ones of these seats; when all of them are chosen already, none of them."""
        free = frozenset(seat for seat in seats if self._states[seat] == MapState.FREE)
        if free:
            self._anchor = self._meant = max(free)
            self._set(self.seats - free if free <= self.seats else self.seats | free, frozenset())

    def give(self, seats: Collection[int]) -> None:
        """Choose kept seats for release; those that are chosen already are not any more when all of them are."""
        them = frozenset(seats)
        self._set(frozenset(), self.given - them if them <= self.given else self.given | them)

    def choose_row(self) -> None:
        """Choose all free seats of the row in which the hand was last."""
        if self.plan is not None and self._meant >= 0:
            self._add_all(self.plan.row_of == self.plan.row_of[self._meant])

    def choose_zone(self) -> None:
        """Choose all free seats of the zone in which the hand was last."""
        if self.plan is not None and self._meant >= 0:
            self._add_all(self.plan.zone == self.plan.zone[self._meant])

    def set_places(self, area: int, places: int) -> None:
        """Choose so many places of an area."""
        self.areas = {at: number for at, number in {**self.areas, area: places}.items() if number}
        self._set(self.seats, frozenset())

    def focus(self, seat: int) -> None:
        """Take a seat that was walked to as the one whose row and zone are meant."""
        self._meant = seat

    def choice(self) -> KeepChoice:
        """Return what is chosen as the services take it. Raises LookupError without a plan."""
        if self.plan is None:
            raise LookupError("there is no plan to choose on")
        seats = tuple(int(self.plan.seat_id[seat]) for seat in sorted(self.seats))
        areas = tuple((self.plan.areas[at].area_id, number) for at, number in sorted(self.areas.items()))
        return KeepChoice(seats, areas)

    def _run_to(self, seat: int) -> frozenset[int]:
        plan = self.plan
        if plan is None or self._anchor < 0 or plan.row_of[seat] != plan.row_of[self._anchor]:
            return frozenset()
        first, last = sorted((int(plan.position[seat]), int(plan.position[self._anchor])))
        here = (plan.row_of == plan.row_of[seat]) & (plan.position >= first) & (plan.position <= last)
        return self._free(here)

    def _add_all(self, which: NDArray[np.bool_]) -> None:
        self._set(self.seats | self._free(which), frozenset())

    def _free(self, which: NDArray[np.bool_]) -> frozenset[int]:
        return frozenset(np.flatnonzero(which & (self._states == MapState.FREE)).tolist())

    def _set(self, seats: frozenset[int], given: frozenset[int]) -> None:
        self.seats, self.given = seats, given
        self.changed.emit()
