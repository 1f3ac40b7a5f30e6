"""What this gate let in or out, so that the last one can be taken back."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from pos_app.domain.door.check_in import ScanResult, Verdict
from pos_app.domain.steady_clock import steady_seconds
from pos_app.ui.words.places import place_words

if TYPE_CHECKING:
    from pos_app.ui.screens.door.operations import DoorOperations

DEEPEST: Final = 20


class UndoTrail(QObject):
    """The last admissions and exits of this gate that can still be undone, the newest first to go.

    Signals:
        changed(): there is another one to undo, or none.
        undone(ScanResult): it was taken back.
        failed(Exception): it was not.
    """

    changed = Signal()
    undone = Signal(object)
    failed = Signal(object)

    def __init__(self, operations: DoorOperations, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._operations = operations
        self._results: deque[ScanResult] = deque(maxlen=DEEPEST)
        self._remembered_at: dict[int, float] = {}
        self._undoing = False

    @property
    def last(self) -> ScanResult | None:
        """The one that undo would take back."""
        return self._results[-1] if self._results else None

    @property
    def sentence(self) -> str:
        """Who would be undone, in words; empty when nobody would."""
        last = self.last
        if last is None:
            return ""
        words = self.tr("Last admitted: {0}") if last.verdict is Verdict.ADMITTED else self.tr("Last out: {0}")
        return words.format(place_words(last.place) if last.place else last.order_number)

    def remember(self, result: ScanResult) -> None:
        """Take note of a result if somebody went in or out by it."""
        if result.verdict in {Verdict.ADMITTED, Verdict.LEFT} and not result.repeated:
            self._results.append(result)
            known = {
                one.check_in_id: self._remembered_at.get(one.check_in_id, steady_seconds()) for one in self._results
            }
            self._remembered_at = known
            self.changed.emit()

    def seconds_since(self, check_in_id: int) -> int | None:
        """Return how long ago somebody went in or out by that scan; None where this gate does not know."""
        at = self._remembered_at.get(check_in_id)
        return None if at is None else int(steady_seconds() - at)

    def clear(self) -> None:
        """Forget everything: another performance was chosen."""
        self._results.clear()
        self.changed.emit()

    def undo_last(self) -> None:
        """Take the last one back; asked again before the answer, it does nothing."""
        last = self.last
        if last is None or self._undoing:
            return
        self._undoing = True
        self._operations.undo(self, last.check_in_id).then(lambda _done: self._on_undone(last), self._on_failed)

    def _on_undone(self, result: ScanResult) -> None:
        self._undoing = False
        if result in self._results:
            self._results.remove(result)
        self.changed.emit()
        self.undone.emit(result)

    def _on_failed(self, error: Exception) -> None:
        self._undoing = False
        self.failed.emit(error)
