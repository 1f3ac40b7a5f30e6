"""One scan after the other: judged in the order they came, none passed over in silence, none told late as if now."""

from __future__ import annotations

import uuid
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from pos_app.domain.door.check_in import LONGEST_SCAN, Scan
from pos_app.domain.errors import PosError
from pos_app.domain.steady_clock import steady_seconds

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pos_app.domain.door.check_in import ScanResult
    from pos_app.ui.screens.door.operations import DoorOperations

GLANCE_MILLISECONDS: Final = 700
"""A verdict stays at least this long before that of a scan which was waiting takes its place.

Where there was no verdict, a scan made within this time was made before the steward could see that.
"""

SLOW_MILLISECONDS: Final = 150
"""A verdict that takes longer than this was not immediate."""

LATE_SECONDS: Final = 4.0
"""A verdict that comes so long after its scan may find another guest in front of the steward."""


@dataclass(frozen=True, slots=True)
class UncheckedScan:
    """A scan that got no verdict. error: why; None: it waited behind a server that answered too late, and was not sent.

    made_at: when it was scanned, by the steady clock.
    """

    scan: Scan
    error: Exception | None
    made_at: float = 0.0


@dataclass(frozen=True, slots=True)
class LateVerdict:
    """A verdict that came too late to be shown as that of the guest in front. alone: nothing waited behind it."""

    scan: Scan
    result: ScanResult
    made_at: float
    alone: bool = True


@dataclass(frozen=True, slots=True)
class _Queued:
    """A scan on its way. listed: it is asked again out of the list, and its verdict is told there."""

    scan: Scan
    made_at: float
    listed: bool = False


class ScanQueue(QObject):
    """Sends scans to be judged, one at a time.

    Signals:
        judged(Scan, ScanResult): the verdict of the oldest scan that was waiting.
        told_late(LateVerdict): the same, but so late that the guest may be gone. What waited behind it is not sent:
            not_checked follows.
        listed(Scan, ScanResult): the verdict of a scan that was asked again by check_listed().
        not_checked(tuple[UncheckedScan, ...]): the oldest got no verdict, or a late one, so those that were waiting are
            not sent either: theirs would show green while the steward still has the first guest in front. All that were
            lost since the steward could last see a verdict, in the order they came.
        slow(): a verdict has been awaited so long that it shows.
        waiting_changed(int): so many scans have no verdict yet, the one being judged included.
    clock gives seconds; tests give their own.
    """

    judged = Signal(object, object)
    told_late = Signal(object)
    listed = Signal(object, object)
    not_checked = Signal(object)
    slow = Signal()
    waiting_changed = Signal(int)

    def __init__(
        self,
        operations: DoorOperations,
        parent: QObject | None = None,
        *,
        clock: Callable[[], float] = steady_seconds,
    ) -> None:
        super().__init__(parent)
        self._operations = operations
        self._clock = clock
        self._waiting: deque[_Queued] = deque()
        self._current: _Queued | None = None
        self._lost: tuple[UncheckedScan, ...] = ()
        self._holds = False
        self._paused = False
        self._looked_away_at = float("-inf")
        self._glance = QTimer(self, singleShot=True, interval=GLANCE_MILLISECONDS)
        self._glance.timeout.connect(self._on_glanced)
        self._patience = QTimer(self, singleShot=True, interval=SLOW_MILLISECONDS)
        self._patience.timeout.connect(self.slow)

    def add(self, performance_id: int, gate: str, text: str, *, leaving: bool) -> None:
        """Judge a text; it is cut where a scan is too long for any ticket, and is refused then."""
        nonce = uuid.uuid4().hex
        queued = _Queued(Scan(performance_id, gate, text[: LONGEST_SCAN + 1], nonce, leaving), self._clock())
        if self._holds:
            self._lose(self._lost[0].error if self._lost else None, queued)
        else:
            self._append(queued)

    def add_again(self, scan: Scan) -> None:
        """Judge a scan that got no verdict; it keeps its nonce, so a guest already let in by it is not let in twice.

        Whoever asks for that has seen that there was no verdict.
        """
        self._let_go()
        self._append(_Queued(scan, self._clock()))

    def check_listed(self, scans: Sequence[Scan]) -> None:
        """Judge scans that got no verdict, one after the other without a glance between; they keep their nonces."""
        self._let_go()
        self._waiting.extend(_Queued(scan, self._clock(), listed=True) for scan in scans)
        self._begin()

    def pause(self) -> None:
        """Let scans wait: something else is asked of the server whose answer must be seen first."""
        self._paused = True

    def resume(self, error: Exception | None = None) -> None:
        """Go on after a glance at that answer. error: there was none, so what waited is not sent."""
        self._paused = False
        if error is not None and self._waiting:
            unsent = tuple(self._waiting)
            self._waiting.clear()
            self.waiting_changed.emit(self.waiting)
            self._lose(error, *unsent)
        elif self._waiting:
            self._glance.start()

    def look_away(self) -> None:
        """The steward does not see the door from now on: verdicts of what was scanned before come too late."""
        self._looked_away_at = self._clock()

    @property
    def waiting(self) -> int:
        """How many scans have no verdict yet."""
        return len(self._waiting) + (self._current is not None)

    @property
    def is_holding(self) -> bool:
        """Tell whether the steward could not see yet that scans got no verdict in time."""
        return self._holds

    @property
    def is_listing(self) -> bool:
        """Tell whether a scan out of the list has no verdict yet."""
        return any(one.listed for one in (self._current, *self._waiting) if one is not None)

    def _append(self, queued: _Queued) -> None:
        self._waiting.append(queued)
        self._begin()

    def _begin(self) -> None:
        self.waiting_changed.emit(self.waiting)
        if self._current is None and not self._glance.isActive():
            self._send_next()

    def _send_next(self) -> None:
        if self._current is None and self._waiting and not self._paused:
            self._current = self._waiting.popleft()
            if self._is_late(self._current) and not self._current.listed:
                # Whoever waited so long for nothing but a turn is not let in unseen either.
                unsent = (self._current, *self._waiting)
                self._current = None
                self._waiting.clear()
                self.waiting_changed.emit(self.waiting)
                self._lose(None, *unsent)
                return
            if not self._current.listed:
                self._patience.start()
            self._operations.check_in(self, self._current.scan).then(self._on_judged, self._on_failed)

    def _is_late(self, queued: _Queued) -> bool:
        return queued.made_at <= self._looked_away_at or self._clock() - queued.made_at > LATE_SECONDS

    def _on_glanced(self) -> None:
        self._lost, self._holds = (), False
        self._send_next()

    def _let_go(self) -> None:
        if self._holds:
            self._glance.stop()
            self._lost, self._holds = (), False

    def _hold(self) -> None:
        """Let whatever is scanned before the steward can see what became of it share the fate of what waited."""
        self._holds = True
        self._glance.start()

    def _lose(self, error: Exception | None, *queued: _Queued) -> None:
        self._lost += tuple(UncheckedScan(one.scan, error, one.made_at) for one in queued)
        self._hold()
        self.not_checked.emit(self._lost)

    def _take_current(self) -> _Queued | None:
        taken, self._current = self._current, None
        self._patience.stop()
        if self._waiting and not (taken is not None and taken.listed):
            self._glance.start()
        self.waiting_changed.emit(self.waiting)
        return taken

    def _on_judged(self, result: ScanResult) -> None:
        late = self._current is not None and self._is_late(self._current)
        unsent: tuple[_Queued, ...] = ()
        if late and self._current is not None and not self._current.listed:
            unsent = tuple(one for one in self._waiting if not one.listed)
            self._waiting = deque(one for one in self._waiting if one.listed)
        taken = self._take_current()
        if taken is None:
            return
        if taken.listed:
            self.listed.emit(taken.scan, result)
            self._send_next()
        elif late:
            self._hold()
            self.told_late.emit(LateVerdict(taken.scan, result, taken.made_at, alone=not unsent))
            if unsent:
                self._lose(None, *unsent)
        else:
            self.judged.emit(taken.scan, result)

    def _on_failed(self, error: Exception) -> None:
        unsent = tuple(self._waiting)
        self._waiting.clear()
        taken = self._take_current()
        if taken is not None:
            self._lose(error, taken, *unsent)
        if not isinstance(error, PosError):
            # A bug, not a condition: the steward has been told; now it goes where every bug is logged.
            raise error
