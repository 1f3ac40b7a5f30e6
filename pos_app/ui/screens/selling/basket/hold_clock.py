"""Counting a hold down on the clock that never jumps, from the seconds that the server says are left."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from pos_app.domain.steady_clock import steady_seconds

if TYPE_CHECKING:
    from collections.abc import Callable

TICK_MS: Final = 250


class HoldClock(QObject):
    """A countdown in seconds; quiet until it is started.

    Signals: ticked(): some time has passed. ended(): the time is up; once a start.
    """

    ticked = Signal()
    ended = Signal()

    def __init__(self, parent: QObject | None = None, *, clock: Callable[[], float] = steady_seconds) -> None:
        super().__init__(parent)
        self._clock = clock
        self._ends = 0.0
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self._on_tick)

    @property
    def seconds_left(self) -> int:
        """Whole seconds left, begun ones counted."""
        return max(0, math.ceil(self._ends - self._clock()))

    def start(self, seconds_left: float) -> None:
        """Count down from here, whatever was counted before."""
        self._ends = self._clock() + seconds_left
        self._timer.start()
        self.ticked.emit()

    def stop(self) -> None:
        """Count no longer, and tell no end."""
        self._timer.stop()

    def _on_tick(self) -> None:
        if self._clock() < self._ends:
            self.ticked.emit()
            return
        self._timer.stop()
        self.ended.emit()
