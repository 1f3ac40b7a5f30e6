"""Which performance a gate is for, before anybody has said so."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from pos_app.domain.season.evenings import comes_and_goes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pos_app.domain.door.check_in import DoorPerformance

_AS_FAR_AS: Final = timedelta(hours=2)
"""What people come and go to all day stands behind an evening whose doors are nearer than this."""


def nearest_performance(performances: Sequence[DoorPerformance]) -> DoorPerformance | None:
    """Return the performance that is under way or next: its doors are the nearest to now, before or after.

    One that has ended, or is cancelled, only where there is no other.
    """

    def distance(one: DoorPerformance) -> tuple[bool, bool, float]:
        is_over = one.until_end is not None and one.until_end <= 0
        seconds = abs(one.until_doors)
        if one.until_doors <= 0 and comes_and_goes(one.starts_at, one.ends_at):
            seconds = min(seconds, _AS_FAR_AS.total_seconds())
        return one.cancelled, is_over, seconds

    return min(performances, key=distance, default=None)
