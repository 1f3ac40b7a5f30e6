"""One scan after the other: judged in the order they came, and none is passed over in silence."""

from __future__ import annotations

import uuid
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from pos_app.domain.door.check_in import LONGEST_SCAN, Scan
from pos_app.domain.errors import PosError

if TYPE_CHECKING:
    from pos_app.domain.door.check_in import ScanResult
    from pos_app.ui.screens.door.operations import DoorOperations

GLANCE_MILLISECONDS: Final = 700
"""A verdict stays at least this long before that of a scan which was waiting takes its place.

Where there was no verdict, a scan made within this time was made before the steward could see that.
"""

SLOW_MILLISECONDS: Final = 150
"""A verdict that takes longer than this was not immediate."""


@dataclass(frozen=True, slots=True)
class UncheckedScan:
    """A scan that got no verdict. error: why."""

    scan: Scan
    error: Exception


class ScanQueue(QObject):
    """Sends scans to be judged, one at a time.

    Signals:
        judged(Scan, ScanResult): the verdict of the oldest scan that was waiting.
        not_checked(tuple[UncheckedScan, ...]): the oldest got no verdict, so those that were waiting are not sent
            either: theirs would show green while the steward still has the first guest in front. All that were lost
            since the steward could last see a verdict, in the order they came.
        slow(): a verdict has been awaited so long that it shows.
        waiting_changed(int): so many scans have no verdict yet, the one being judged included.
    """

    judged = Signal(object, object)
    not_checked = Signal(object)
    slow = Signal()
    waiting_changed = Signal(int)

    def __init__(self, operations: DoorOperations, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._operations = operations
        self._waiting: deque[Scan] = deque()
        self._current: Scan | None = None
        self._lost: tuple[UncheckedScan, ...] = ()
        self._glance = QTimer(self, singleShot=True, interval=GLANCE_MILLISECONDS)
        self._glance.timeout.connect(self._on_glanced)
        self._patience = QTimer(self, singleShot=True, interval=SLOW_MILLISECONDS)
        self._patience.timeout.connect(self.slow)

    def add(self, performance_id: int, gate: str, text: str, *, leaving: bool) -> None:
        """Judge a text; it is cut where a scan is too long for any ticket, and is refused then."""
        nonce = uuid.uuid4().hex
        scan = Scan(performance_id, gate, text[: LONGEST_SCAN + 1], nonce, leaving)
        if self._lost:
            self._lose(self._lost[0].error, scan)
        else:
            self._append(scan)

    def add_again(self, scan: Scan) -> None:
        """Judge a scan that got no verdict; it keeps its nonce, so a guest already let in by it is not let in twice.

        Whoever asks for that has seen that there was no verdict.
        """
        if self._lost:
            self._glance.stop()
            self._lost = ()
        self._append(scan)

    def _append(self, scan: Scan) -> None:
        self._waiting.append(scan)
        self.waiting_changed.emit(self.waiting)
        if self._current is None and not self._glance.isActive():
            self._send_next()

    @property
    def waiting(self) -> int:
        """How many scans have no verdict yet."""
        return len(self._waiting) + (self._current is not None)

    def _send_next(self) -> None:
        if self._current is None and self._waiting:
            self._current = self._waiting.popleft()
            self._patience.start()
            self._operations.check_in(self, self._current).then(self._on_judged, self._on_failed)

    def _on_glanced(self) -> None:
        self._lost = ()
        self._send_next()

    def _lose(self, error: Exception, *scans: Scan) -> None:
        self._lost += tuple(UncheckedScan(scan, error) for scan in scans)
        self._glance.start()
        self.not_checked.emit(self._lost)

    def _take_current(self) -> Scan | None:
        taken, self._current = self._current, None
        self._patience.stop()
        if self._waiting:
            self._glance.start()
        self.waiting_changed.emit(self.waiting)
        return taken

    def _on_judged(self, result: ScanResult) -> None:
        taken = self._take_current()
        if taken is not None:
            self.judged.emit(taken, result)

    def _on_failed(self, error: Exception) -> None:
        unsent = tuple(self._waiting)
        self._waiting.clear()
        taken = self._take_current()
        if taken is not None:
            self._lose(error, taken, *unsent)
        if not isinstance(error, PosError):
            # A bug, not a condition: the steward has been told; now it goes where every bug is logged.
            raise error
