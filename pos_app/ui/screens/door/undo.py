"""What this gate let in or out, so that the last guest, or the last group, can be taken back."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from pos_app.domain.door.check_in import ScanResult, Verdict
from pos_app.ui.screens.door.words import seats_together

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pos_app.ui.screens.door.operations import DoorOperations

DEEPEST: Final = 20


class UndoTrail(QObject):
    """The last admissions and exits of this gate that can still be undone, the newest first to go.

    Guests who came in by one key are taken back by one.

    Signals:
        changed(): there is another one to undo, or none.
        undone(tuple[ScanResult, ...]): these were taken back.
        failed(Exception): one was not; those of a group before it were, and are told.
    """

    changed = Signal()
    undone = Signal(object)
    failed = Signal(object)

    def __init__(self, operations: DoorOperations, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._operations = operations
        self._steps: deque[tuple[ScanResult, ...]] = deque(maxlen=DEEPEST)
        self._undoing = False

    @property
    def last(self) -> tuple[ScanResult, ...]:
        """Those whom undo would take back; empty when nobody."""
        return self._steps[-1] if self._steps else ()

    @property
    def sentence(self) -> str:
        """Who would be undone, in words; empty when nobody would."""
        last = self.last
        if not last:
            return ""
        admitted = last[0].verdict is Verdict.ADMITTED
        words = self.tr("Last admitted: {0}") if admitted else self.tr("Last out: {0}")
        return words.format(seats_together(last))

    def remember(self, results: Sequence[ScanResult]) -> None:
        """Take note of guests who went in or out together."""
        moved = tuple(one for one in results if one.verdict in {Verdict.ADMITTED, Verdict.LEFT} and not one.repeated)
        if moved:
            self._steps.append(moved)
            self.changed.emit()

    def clear(self) -> None:
        """Forget everything: another performance was chosen."""
        self._steps.clear()
        self.changed.emit()

    def undo_last(self) -> None:
        """Take the last ones back; asked again before the answer, it does nothing."""
        if self.last and not self._undoing:
            self._undoing = True
            self._undo(self.last, ())

    def _undo(self, left: tuple[ScanResult, ...], done: tuple[ScanResult, ...]) -> None:
        """Take back one after the other, the last one first."""
        if not left:
            self._undoing = False
            self._tell(done)
            return
        *before, one = left
        self._operations.undo(self, one.check_in_id).then(
            lambda _undone: self._undo(tuple(before), (one, *done)), lambda error: self._on_failed(error, done)
        )

    def _tell(self, done: tuple[ScanResult, ...]) -> None:
        gone = {one.check_in_id for one in done}
        steps = [tuple(one for one in step if one.check_in_id not in gone) for step in self._steps]
        self._steps = deque((step for step in steps if step), maxlen=DEEPEST)
        self.changed.emit()
        if done:
            self.undone.emit(done)

    def _on_failed(self, error: Exception, done: tuple[ScanResult, ...]) -> None:
        self._undoing = False
        if done:
            self._tell(done)
        self.failed.emit(error)
