"""The places of performances, counted only for those that somebody looks at: a season has millions of places."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pos_app.domain.season.performances import PlaceCount
    from pos_app.ui.records.kind import Answer

_SOON_MS: Final = 30
_AT_ONCE: Final = 8
"""Performances in one question: large houses are counted in the time that a person waits for a row."""


class PlaceCounts(QObject):
    """Remembers the counts, and asks for those that are missed, the ones missed last first.

    count: counts the places of these performances; it is asked by their ids.
    Signals: counted(bool): some are known now; true when no others are waited for.
    """

    counted = Signal(bool)

    def __init__(self, count: Callable[[tuple[int, ...]], Answer[Sequence[PlaceCount]]], parent: QObject) -> None:
        super().__init__(parent)
        self._count = count
        self._known: dict[int, PlaceCount] = {}
        self._stale: set[int] = set()
        self._missed: dict[int, None] = {}
        self._asked: tuple[int, ...] = ()
        self._asked_before: set[int] = set()
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._soon.timeout.connect(self._ask)

    def get(self, performance_id: int) -> PlaceCount | None:
        """Return a count as it was last known; where it is not known, or old, it will be asked for."""
        if performance_id not in self._known or performance_id in self._stale:
            if performance_id not in self._asked:
                self._missed.pop(performance_id, None)
                self._missed[performance_id] = None
            if not self._asked and not self._soon.isActive():
                self._soon.start()
        return self._known.get(performance_id)

    def put(self, count: PlaceCount) -> None:
        """Remember a count that came another way."""
        self._known[count.performance_id] = count
        self._stale.discard(count.performance_id)
        self._missed.pop(count.performance_id, None)

    def grow_old(self) -> None:
        """Ask anew for each that is looked at again; until then the old one is shown.

        An answer that is on its way may have been counted before: it is old as well.
        """
        self._stale = {*self._known, *self._asked}
        self._asked_before = set(self._asked)

    def _ask(self) -> None:
        self._asked = tuple(reversed(self._missed))[:_AT_ONCE]
        for performance_id in self._asked:
            del self._missed[performance_id]
        if self._asked:
            self._count(self._asked).then(self._on_counted, self._on_silence)

    def _on_counted(self, counts: Sequence[PlaceCount]) -> None:
        still_old = self._asked_before
        self._asked, self._asked_before = (), set()
        for count in counts:
            self.put(count)
        self._stale |= still_old
        self.counted.emit(not self._missed)
        if self._missed:
            self._soon.start()

    def _on_silence(self, _error: Exception) -> None:
        """Nothing is said: the list itself is read at the same time, and says it. Who looks again asks again."""
        self._asked, self._asked_before = (), set()
        self._missed.clear()
