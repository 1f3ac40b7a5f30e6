"""Orders or payments of a customer: a table below what all of it comes to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from pos_app.ui.widgets.boxes import Gap, column
from pos_app.ui.widgets.empty_state import EmptyState
from pos_app.ui.widgets.labels import say, text_label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pos_app.ui.records.table.view import RecordTable
    from pos_app.ui.words.messages import Message


class HistoryPart(QWidget):
    """Shows rows that have an order each. nothing: what is said where there are none, and what is to be done then.

    Signals: order_wanted(int): by Enter or a double click on a row. retry_asked(): read again after an error.
    """

    order_wanted = Signal(int)
    retry_asked = Signal()

    def __init__(self, table: RecordTable, icon_name: str, nothing: tuple[str, str]) -> None:
        super().__init__()
        self.table = table
        self._icon_name = icon_name
        self._nothing = nothing
        self.counts = text_label("", "strong", wrap=True)
        self.counts.setContentsMargins(18, 0, 14, 0)
        self.totals = text_label("", "body", wrap=True)
        self.totals.setContentsMargins(18, 0, 14, 0)
        self.foot = text_label("", "small", wrap=True)
        self.foot.setContentsMargins(18, 0, 14, 6)
        self.empty = EmptyState(icon_name, "")
        self.empty.asked.connect(self.retry_asked)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.empty)
        self._pages.addWidget(table)
        column(self.counts, self.totals, Gap(6), (self._pages, 1), self.foot, inside=self, spacing=2)
        table.opened.connect(self._on_opened)
        self.show_reading()

    def show_rows(self, rows: Sequence[Any], counts: str = "", totals: str = "", foot: str = "") -> None:
        """Show rows. counts, totals: what all of it comes to; foot: what is left away."""
        self.table.show_records(rows)
        say(self.counts, counts)
        say(self.totals, totals)
        say(self.foot, foot)
        self.empty.show_words(self._icon_name, *self._nothing)
        self._pages.setCurrentWidget(self.table if rows else self.empty)

    def show_reading(self) -> None:
        """Forget the rows: it is not known yet what there is."""
        self.show_rows(())
        self.empty.show_words(self._icon_name, self.tr("Reading…"))

    def show_trouble(self, message: Message) -> None:
        """Say why there is nothing to show."""
        self.show_rows(())
        self.empty.show_trouble(message)

    def begin(self) -> None:
        """Take the keyboard, with the first row marked."""
        if self.table.shown:
            self.table.setFocus()
            if not self.table.currentIndex().isValid():
                self.table.selectRow(0)

    def _on_opened(self) -> None:
        at = self.table.currentIndex().row()
        if 0 <= at < len(self.table.shown):
            self.order_wanted.emit(self.table.shown[at].order_id)
