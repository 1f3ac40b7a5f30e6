"""The left half of a page of records that are too many to be read: the server is asked for those that fit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal

from pos_app.ui.records.list import RecordList
from pos_app.ui.records.table.view import RecordTable
from pos_app.ui.words.sentences import spoken_count

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pos_app.ui.records.kind import AnyKind


class FoundList(RecordList):
    """Asks for what is typed, and shows what was found in the order in which it came: what fits best is first.

    The rows are told apart as the records are, by the key of their kind; row_of makes a row of a record that was saved.
    nothing_fits: said where nothing was found for what is typed.
    Signals: asked(): something else is looked for. missed(str): Enter, and nothing fits what is typed. See RecordList.
    """

    asked = Signal()
    missed = Signal(str)

    def __init__(self, kind: AnyKind, row_of: Callable[[Any], Any], nothing_fits: str) -> None:
        self._row_of = row_of
        self._nothing_fits = nothing_fits
        self._has_more = self._goes_on = False
        self._looked_for = ""
        self.narrowed: Callable[[], bool] = lambda: False
        """Tells whether a filter of the screen narrows the list."""
        self.widen: Callable[[], object] = lambda: None
        """Takes the screen's filters away."""
        super().__init__(kind)

    @property
    def text(self) -> str:
        """Return what is typed."""
        return self.search.text().strip()

    def show_found(self, rows: Sequence[Any], *, more: bool) -> None:
        """Show what was found. more: there are others that fit."""
        self._has_more = more
        self.show_records(rows)
        if self._goes_on:
            self._goes_on = False
            self._go_on()

    def put(self, record: Any) -> None:
        """Show a record as it is now: in its place, or as the first one."""
        row, key = self._row_of(record), self._kind.key(record)
        others = list(self.table.records)
        at = next((at for at, one in enumerate(others) if self._kind.key(one) == key), None)
        if at is None:
            others.insert(0, row)
        else:
            others[at] = row
        self.show_records(others)

    def show_view_of(self, record: Any) -> None:
        """Look at a part of the records in which this one is shown; what is typed stays, whether it fits or not."""
        view = next(view for view in self._views if view.key == self.views.current)
        if not view.wanted(record):
            self.look_at(next((other.key for other in self._views if other.wanted(record)), view.key))

    def show_unreadable(self, message: Any) -> None:
        """Say why there is nothing to show; who pressed Enter is not led anywhere later."""
        self._goes_on = False
        super().show_unreadable(message)

    @staticmethod
    def _make_table(kind: AnyKind) -> RecordTable:
        faded = kind.is_faded or kind.is_archived
        return RecordTable(kind.name, kind.columns, kind.key, kind.search, faded, as_given=True)

    def _tell(self) -> None:
        if self._is_broken:
            return
        shown = len(self.table.shown)
        self._pages.setCurrentWidget(self.table if shown else self.empty)
        self._tell_count(shown)
        words = self._kind.words
        if shown:
            return
        if not self._is_read:
            self.empty.show_words(self._kind.icon, self.tr("Reading…"))
        elif self.text or self.narrowed():
            self.empty.show_words(
                "magnifying-glass", self.tr("Nothing matches"), self._nothing_fits, action=self.tr("Show all")
            )
        else:
            self.empty.show_words(
                self._kind.icon, words.nothing, words.first, action=words.new if self._kind.can_make else ""
            )

    def _tell_count(self, shown: int) -> None:
        if not shown:
            self.count.setText("")
        elif self._has_more:
            words = spoken_count(
                "{count} shown; more of them fit. Type more.", "{count} shown; more of them fit. Type more.", shown
            )
            self.count.setText(words)
        else:
            self.count.setText(spoken_count("{count} found", "{count} found", shown))

    def _on_view(self, key: str) -> None:
        super()._on_view(key)
        self.asked.emit()

    def _on_searched(self, words: str) -> None:
        self._looked_for = words
        self.asked.emit()

    def _on_search_done(self) -> None:
        """Enter comes before the pause in typing is over: what is typed counts, and the only one is shown."""
        if self.text != self._looked_for:
            self._goes_on = True
            self._on_searched(self.text)
        else:
            self._go_on()

    def _go_on(self) -> None:
        if self.table.shown:
            self._go_to_table()
        elif self._is_read and not self._is_broken and self.text:
            self.missed.emit(self.text)

    def _on_empty_asked(self) -> None:
        if self._is_broken:
            self.retry_asked.emit()
        elif self.text or self.narrowed():
            self.widen()
            self.search.clear()
            self._on_searched("")
        elif self._is_read:
            self.new_asked.emit()
