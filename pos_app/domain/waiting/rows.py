"""Parties of waiting lists with all that is told of them: the evening, where they want to sit, what is offered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pos_app.domain.seats import tell_places

if TYPE_CHECKING:
    from datetime import datetime

    from pos_app.domain.seats import Place
    from pos_app.domain.sentences import Sentence
    from pos_app.domain.waiting.entries import ListState, QueueEntry


@dataclass(frozen=True, slots=True)
class WaitingEvening:
    """A performance that is waited for. starts_at, ends_at: UTC. now: the server's time when it was read.

    free: seats that anybody can take. categories, zones: those of its plan by id, in the house's order.
    """

    performance_id: int
    title: str
    starts_at: datetime
    time_zone: str
    now: datetime
    ends_at: datetime | None = None
    categories: tuple[tuple[int, str], ...] = ()
    zones: tuple[tuple[int, str], ...] = ()
    free: int = 0


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """A party, the evening, the places that it is offered, and the names of those that will do (none: any)."""

    entry: QueueEntry
    evening: WaitingEvening
    places: tuple[Place, ...] = ()
    categories: tuple[str, ...] = ()
    zones: tuple[str, ...] = ()

    def spoken(self) -> Sentence:
        """Return the places that are offered in one line."""
        return tell_places(self.places)


@dataclass(frozen=True, slots=True)
class WaitingPage:
    """The waiting list of a performance. state: None where there never was one. rows: in the order of turn."""

    evening: WaitingEvening
    state: ListState | None
    offer_minutes: int
    rows: tuple[WaitingRow, ...] = ()

    @property
    def waiting(self) -> tuple[WaitingRow, ...]:
        """Return those who wait, the next one first."""
        return tuple(sorted((row for row in self.rows if row.entry.place), key=lambda row: row.entry.place))

    def ahead_of(self, entry_id: int) -> int:
        """Return how many seats are wanted by those before a party."""
        ahead = 0
        for row in self.waiting:
            if row.entry.entry_id == entry_id:
                break
            ahead += row.entry.seats
        return ahead
