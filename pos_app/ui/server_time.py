"""What time it is at the server, told between two readings of its clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

from pos_app.domain.steady_clock import steady_seconds

_UNREAD: Final = datetime(2000, 1, 1, tzinfo=UTC)
"""What time it is before the server has said it; nothing is shown by it."""


class ServerTime:
    """As many steady seconds on from the last reading as have passed since: this computer's clock may be wrong."""

    def __init__(self) -> None:
        self.take(_UNREAD)

    def take(self, now: datetime) -> None:
        """Take what the server's clock was read to be just now."""
        self._read, self._read_at = now, steady_seconds()

    def now(self) -> datetime:
        """Return what it shows now."""
        return self._read + timedelta(seconds=steady_seconds() - self._read_at)
