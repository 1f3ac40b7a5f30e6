"""Taking turns on one line: one at a time, and some before others."""

from __future__ import annotations

import threading
import time


class Turns:
    """Lets one after the other in, for any number of threads; whoever comes first at all waits for one turn only."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._taken = False
        self._hasty = 0

    def take(self, seconds: float, *, first: bool = False) -> bool:
        """Wait so long for a turn, before all others (first) or after; tells whether it was got."""
        deadline = time.monotonic() + seconds
        with self._changed:
            self._hasty += first
            try:
                while self._taken or (self._hasty and not first):
                    left = deadline - time.monotonic()
                    if left <= 0:
                        return False
                    self._changed.wait(left)
                self._taken = True
                return True
            finally:
                self._hasty -= first
                self._changed.notify_all()

    def give_back(self) -> None:
        """End a turn."""
        with self._changed:
            self._taken = False
            self._changed.notify_all()
