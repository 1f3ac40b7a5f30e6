"""How many guests are inside: counted while scans come, but never so often that counting holds the scans up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from pos_app.domain.steady_clock import steady_seconds

if TYPE_CHECKING:
    from pos_app.domain.door.check_in import DoorCounts
    from pos_app.ui.screens.door.operations import DoorOperations

SOONEST_SECONDS: Final = 1.0
"""While scans come, the guests are counted this often at the most."""
SHARE: Final = 0.1
"""And for this part of the time at the most: a full stadium takes longer to count than a guest to scan."""
LATEST_SECONDS: Final = 10.0
"""But no later than this, whatever held the last answer up."""


class GuestCount(QObject):
    """Counts the guests of one performance.

    Signals:
        counted(DoorCounts): of the performance that is chosen now.
        failed(Exception): they could not be counted.
    """

    counted = Signal(object)
    failed = Signal(object)

    def __init__(self, operations: DoorOperations, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._operations = operations
        self._performance_id: int | None = None
        self._took = 0.0
        self._soon = QTimer(self, singleShot=True)
        self._soon.timeout.connect(self.count)

    def begin(self, performance_id: int | None) -> None:
        """Count for this performance from now on; None: for none."""
        self._performance_id = performance_id
        self._soon.stop()

    def count_soon(self) -> None:
        """Count in a moment: somebody went in or out."""
        if not self._soon.isActive():
            seconds = min(max(SOONEST_SECONDS, self._took / SHARE), LATEST_SECONDS)
            self._soon.start(round(1000 * seconds))

    def count(self) -> None:
        """Count now."""
        chosen, began = self._performance_id, steady_seconds()
        self._soon.stop()
        if chosen is None:
            return

        def told(counts: DoorCounts) -> None:
            self._took = steady_seconds() - began
            if chosen == self._performance_id:
                self.counted.emit(counts)

        self._operations.counts(self, chosen).then(told, self.failed.emit)

    def rest(self) -> None:
        """Count no more until asked: nobody looks."""
        self._soon.stop()
