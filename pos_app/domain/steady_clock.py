"""Seconds that go on evenly, whatever is done to this computer's time of day, and while it sleeps."""

from __future__ import annotations

import time
from typing import Final

_COUNTS_SLEEP: Final[int | None] = getattr(time, "CLOCK_BOOTTIME", None)
"""While a computer with Linux sleeps its monotonic clock stands still, and this one goes on."""


def steady_seconds() -> float:
    """Return seconds since some moment in the past: two readings tell how much time has passed, sleep included."""
    return time.monotonic() if _COUNTS_SLEEP is None else time.clock_gettime(_COUNTS_SLEEP)
