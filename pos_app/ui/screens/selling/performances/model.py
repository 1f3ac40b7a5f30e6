"""The list of performances as Qt sees it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from pos_app.domain.searching import Searched, typed_words
from pos_app.domain.season.evenings import evening_ends
from pos_app.ui.screens.selling.performances.counts import counts_words
from pos_app.ui.waiting.words import waiting_words
from pos_app.ui.words.amounts import shown_number
from pos_app.ui.words.evenings import shown_full_when, shown_weekday_when
from pos_app.ui.words.lists import listed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtCore import QObject

    from pos_app.domain.season.offers import PerformanceSummary, SeatsLeft

Index = QModelIndex | QPersistentModelIndex
WORDS_LEFT_ROLE: Final = int(Qt.ItemDataRole.UserRole) + 1
WORDS_WAITING_ROLE: Final = WORDS_LEFT_ROLE + 1
_A_WEEK: Final = 7


@lru_cache(4_096)
def _searched(title: str, venue: str) -> Searched:
    return Searched.of(title, venue)


def matches(performance: PerformanceSummary, words: str, span: str) -> bool:
    """Tell whether a performance fits the words typed and the span chosen (all, today, week).

    What is listed is to come or under way. What day it is follows from the server's word on how long it is until the
    start, not from this computer's clock.
    """
    if not _searched(performance.title, performance.venue).fits(typed_words(words)):
        return False
    if span == "all":
        return True
    days = 1 if span == "today" else _A_WEEK
    return performance.starts_at < evening_ends(performance.now, performance.time_zone, days=days)


class PerformanceModel(QAbstractListModel):
    """The performances that fit the search, by time. No signals of its own."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[PerformanceSummary] = []

    def show_rows(self, rows: list[PerformanceSummary]) -> None:
        """Show these; where only numbers changed, the selection stays."""
        if [row.performance_id for row in rows] == [row.performance_id for row in self._rows]:
            self._rows = rows
            if rows:
                self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def show_left(self, counted: Mapping[int, SeatsLeft]) -> None:
        """Show how many seats some of them have left."""
        for row, one in enumerate(self._rows):
            if (left := counted.get(one.performance_id)) is not None:
                self._rows[row] = one.with_left(left)
                self.dataChanged.emit(self.index(row), self.index(row))

    def at(self, row: int) -> PerformanceSummary:
        """Return the performance of a row."""
        return self._rows[row]

    def row_of(self, performance_id: int) -> int:
        """Return the row of a performance, or -1."""
        return next((row for row, one in enumerate(self._rows) if one.performance_id == performance_id), -1)

    def words_left(self, performance: PerformanceSummary) -> str:
        """Say how many seats are left of one, "" while they are not counted."""
        if performance.cancelled:
            return self.tr("Cancelled")
        if not performance.priced:
            return self.tr("No prices yet")
        if not performance.counted:
            return ""
        if not performance.free:
            return self.tr("Sold out")
        return self.tr("{0} left").format(shown_number(performance.free))

    def words_waiting(self, performance: PerformanceSummary) -> str:
        """Say how many wait for one, "" where no list is open and nobody waits."""
        waiting = performance.waiting
        if waiting is None or performance.cancelled:
            return ""
        return waiting_words(waiting.parties, waiting.wanted)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """One row a performance."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Text for screen readers and type-ahead; the delegate paints the rest."""
        if not index.isValid():
            return None
        one = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return one.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            when = shown_weekday_when(one)
            return listed((one.title, when, one.venue, self.words_left(one), self.words_waiting(one)))
        if role == Qt.ItemDataRole.ToolTipRole:
            told = one.title, shown_full_when(one), one.venue, self.words_waiting(one), counts_words(one)
            return "\n".join(filter(None, told))
        if role == Qt.ItemDataRole.UserRole:
            return one
        if role == WORDS_LEFT_ROLE:
            return self.words_left(one)
        if role == WORDS_WAITING_ROLE:
            return self.words_waiting(one)
        return None
