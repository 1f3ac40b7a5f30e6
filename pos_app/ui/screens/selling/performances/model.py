"""The list of performances as Qt sees it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from pos_app.ui.words.amounts import shown_number
from pos_app.ui.words.lists import listed
from pos_app.ui.words.times import shown_full_moment, shown_weekday_time

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtCore import QObject

    from pos_app.domain.season.offers import PerformanceSummary, SeatsLeft

Index = QModelIndex | QPersistentModelIndex
WORDS_LEFT_ROLE: Final = int(Qt.ItemDataRole.UserRole) + 1


def matches(performance: PerformanceSummary, words: str, span: str) -> bool:
    """Tell whether a performance fits the words typed and the span chosen (all, today, week).

    What day it is follows from the server's word on how long it is until the start, not from this computer's clock.
    """
    text = f"{performance.title} {performance.venue}".casefold()
    if not all(word in text for word in words.casefold().split()):
        return False
    if span == "all":
        return True
    zone = ZoneInfo(performance.time_zone)
    day = performance.starts_at.astimezone(zone).date()
    today = (performance.starts_at - timedelta(seconds=performance.until_start)).astimezone(zone).date()
    return day == today if span == "today" else today <= day < today + timedelta(days=7)


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
            when = shown_weekday_time(one.starts_at, one.time_zone)
            return listed((one.title, when, one.venue, self.words_left(one)))
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{one.title}\n{shown_full_moment(one.starts_at, one.time_zone)}\n{one.venue}"
        if role == Qt.ItemDataRole.UserRole:
            return one
        if role == WORDS_LEFT_ROLE:
            return self.words_left(one)
        return None
