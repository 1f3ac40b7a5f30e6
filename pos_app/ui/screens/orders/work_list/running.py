"""Working off many orders, one after the other: it can pause between two of them, and leave the rest."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pos_app.domain.orders.work_lists import WorkDone, WorkStep
    from pos_app.ui.screens.orders.work_list.operations import WorkListOperations


class WorkRun(QObject):
    """One run over some orders. Each is a transaction of its own; the next is asked for when the last is answered.

    What is left after a pause, a failure or the end of the program stays on the list and is taken up from there.
    Signals: changed(): how far it is, or whether it runs. stepped(WorkDone): an order is done, or could not be.
    stopped(Exception): something that would stop every order; it is paused, the order stays the next one.
    ended(): no order is left to be done, or the rest was left.
    """

    changed = Signal()
    stepped = Signal(object)
    stopped = Signal(object)
    ended = Signal()

    def __init__(self, operations: WorkListOperations, parent: QObject) -> None:
        super().__init__(parent)
        self._operations = operations
        self._left: deque[WorkStep] = deque()
        self._is_asking = False
        self.is_paused = False
        self.total = 0

    @property
    def is_busy(self) -> bool:
        """Tell whether orders are left to be done, paused or not."""
        return bool(self._left)

    @property
    def waiting(self) -> int:
        """Return how many orders are left besides the one that is being worked off."""
        return max(0, len(self._left) - self._is_asking)

    @property
    def done(self) -> int:
        """Return how many orders of this run have been tried."""
        return self.total - len(self._left)

    def start(self, steps: Iterable[WorkStep]) -> None:
        """Work these off; nothing while another run is under way."""
        if self.is_busy:
            return
        self._left = deque(steps)
        self.total = len(self._left)
        self.is_paused = False
        self._go_on()

    def pause(self) -> None:
        """Stop after the order that is being worked off."""
        if self.is_busy:
            self.is_paused = True
            self.changed.emit()

    def go_on(self) -> None:
        """Go on after a pause."""
        self.is_paused = False
        self._go_on()

    def leave_rest(self) -> None:
        """Stop for good after the order that is being worked off."""
        if self.is_busy:
            rest = 1 if self._is_asking else 0
            while len(self._left) > rest:
                self._left.pop()
            self.total = self.done + rest
            self.is_paused = False
            if not rest:
                self._end()

    def _go_on(self) -> None:
        self.changed.emit()
        if self._is_asking or self.is_paused:
            return
        if not self._left:
            self._end()
            return
        self._is_asking = True
        self._operations.work_off(self, self._left[0]).then(self._on_done, self._on_error)

    def _on_done(self, done: WorkDone) -> None:
        self._is_asking = False
        self._left.popleft()
        self.stepped.emit(done)
        if self._left or self.total:
            self._go_on()

    def _on_error(self, error: Exception) -> None:
        self._is_asking = False
        self.is_paused = True
        self.stopped.emit(error)
        self.changed.emit()

    def _end(self) -> None:
        self._left.clear()
        self.total = 0
        self.changed.emit()
        self.ended.emit()
