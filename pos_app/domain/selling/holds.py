"""Holds: seats taken out of sale for one basket for a while."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pos_app.domain.seats import SeatKey

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

MOST_SECONDS: Final = 1800
"""A hold, extended or not, ends this long after its first seat."""

LATE_SECONDS: Final = 120
"""From here on the countdown warns."""


@dataclass(frozen=True, slots=True)
class PlacedHold:
    """A basket as the server knows it.

    seats: all that it holds. taken: what this request added. refused: what it could not have (dragging only).
    seconds_left: by the server's clock, at the moment of the answer. expires_at: UTC. total_seconds: its whole time.
    """

    hold_id: int
    basket_key: str
    seats: tuple[SeatKey, ...]
    taken: tuple[SeatKey, ...]
    refused: tuple[SeatKey, ...]
    seconds_left: float
    total_seconds: float
    expires_at: datetime
    extended: bool


def by_performance(seats: Iterable[SeatKey]) -> list[tuple[int, list[int]]]:
    """Group seats by performance; both sorted, so that all tills lock in the same order."""
    groups: defaultdict[int, set[int]] = defaultdict(set)
    for seat in seats:
        groups[seat.performance_id].add(seat.seat_id)
    return [(performance_id, sorted(groups[performance_id])) for performance_id in sorted(groups)]


def write_places(seats: Iterable[SeatKey]) -> str:
    """Write seats as "performance:seat,seat;performance:seat", sorted."""
    return ";".join(f"{performance}:{','.join(map(str, ids))}" for performance, ids in by_performance(seats))


def read_places(text: str) -> tuple[SeatKey, ...]:
    """Read what write_places wrote."""
    found: list[SeatKey] = []
    for group in filter(None, text.split(";")):
        performance, _, ids = group.partition(":")
        found.extend(SeatKey(int(performance), int(seat)) for seat in ids.split(","))
    return tuple(found)


def extension(*, age_seconds: float, total_seconds: float) -> float:
    """Return the new whole time of a hold that is extended now: its own time again, capped at 30 minutes in all."""
    return min(float(MOST_SECONDS), age_seconds + total_seconds)
