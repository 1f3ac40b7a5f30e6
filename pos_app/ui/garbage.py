"""Collect cyclic garbage on the GUI thread only.

A worker thread that happens to run the collector may destroy a widget that owns a timer, and that ends the process.
So the automatic collection is switched off and a timer of the GUI thread does the work. The way is the one of
https://docs.python.org/3/library/gc.html: thresholds decide which generation is due.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer


class GarbageCollector(QObject):
    """Switches the automatic collection off while it lives, and collects by a timer instead."""

    def __init__(self, parent: QObject | None = None, *, interval_ms: int = 1000) -> None:
        super().__init__(parent)
        self._thresholds = gc.get_threshold()
        gc.disable()
        self._timer = QTimer(self, interval=interval_ms)
        self._timer.timeout.connect(self.collect_what_is_due)
        self._timer.start()

    def collect_what_is_due(self) -> None:
        """Collect the oldest generation whose threshold is passed; costs nothing when none is."""
        for generation in (2, 1, 0):
            if gc.get_count()[generation] > self._thresholds[generation]:
                gc.collect(generation)
                return

    def set_aside(self) -> None:
        """Leave all that is there now out of every later turn: modules and classes, which nobody will throw away.

        Looking through them held the window up for 90 ms at each full turn.
        """
        gc.freeze()

    def stop(self) -> None:
        """Give collecting back to Python, at the end of the program."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()
