"""The places of an area, written short: runs of consecutive seat ids."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class PlaceRuns:
    """Seat ids as pairs of the first and the last of each run, sorted. 5,000 places are most often one pair."""

    runs: tuple[tuple[int, int], ...] = ()

    def __len__(self) -> int:
        """Return how many places there are."""
        return sum(last - first + 1 for first, last in self.runs)

    def __contains__(self, seat_id: object) -> bool:
        """Tell whether a seat is one of the places."""
        if not isinstance(seat_id, int):
            return False
        at = bisect_right(self.runs, (seat_id, seat_id))
        return any(first <= seat_id <= last for first, last in self.runs[max(0, at - 1) : at + 1])


def runs_of(seat_ids: Iterable[int]) -> PlaceRuns:
    """Write seat ids, in any order, as runs."""
    runs: list[tuple[int, int]] = []
    for seat_id in sorted(set(seat_ids)):
        if runs and seat_id == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], seat_id)
        else:
            runs.append((seat_id, seat_id))
    return PlaceRuns(tuple(runs))
