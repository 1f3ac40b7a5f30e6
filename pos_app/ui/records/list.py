"""The left half of a page of records: title, search, the parts to look at, the table."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from pos_app.ui.records.kind import AnyKind, View
from pos_app.ui.records.table.view import RecordTable
from pos_app.ui.widgets.boxes import column, row
from pos_app.ui.widgets.buttons import SegmentedButtons
from pos_app.ui.widgets.empty_state import EmptyState
from pos_app.ui.widgets.key_button import KeyButton
from pos_app.ui.widgets.labels import panel, text_label
from pos_app.ui.widgets.search_field import SearchField
from pos_app.ui.widgets.wrapping_row import WrappingRow
from pos_app.ui.words.amounts import shown_number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QPushButton

    from pos_app.ui.words.messages import Message

_STEPS: Final[dict[int, int]] = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
_SEARCH_WIDTH: Final = 140
"""With less of it, the choice of views goes on in a line of its own."""


class RecordList(QWidget):
    """Shows records, and says so when there are none, or none that match.

    Signals: chosen(object): a person went to another record, by its key. opened(): Enter or a double click on it.
    new_asked(); retry_asked(): read again after an error.
    """

    chosen = Signal(object)
    opened = Signal()
    new_asked = Signal()
    retry_asked = Signal()

    def __init__(self, kind: AnyKind) -> None:
        super().__init__()
        self._kind = kind
        self._is_broken = False
        self._is_read = False
        self.search = SearchField(self.tr("Search"), key="Ctrl+F")
        self.search.searched.connect(self._on_searched)
        self.search.returnPressed.connect(self._on_search_done)
        self.search.left.connect(self._on_search_done)
        self.search.installEventFilter(self)
        self.new_button = KeyButton(kind.words.new, "Ctrl+N", icon_name="plus", variant="primary")
        self.new_button.clicked.connect(self.new_asked)
        self.table = self._make_table(kind)
        self.table.setAccessibleName(kind.words.title)
        self.table.chosen.connect(self.chosen)
        self.table.opened.connect(self.opened)
        self._views = self._views_of(kind)
        self.views = SegmentedButtons([(view.key, view.words) for view in self._views])
        self.views.chosen.connect(self._on_view)
        self.count = text_label("", "small")
        self.empty = EmptyState(kind.icon, "")
        self.empty.asked.connect(self._on_empty_asked)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.empty)
        self._pages.addWidget(self.table)
        self._tools = row(self.new_button, spacing=10)
        self._arrange()
        self.new_button.setVisible(kind.can_make)
        self._on_view(self.views.current)

    def add_tool(self, button: QPushButton) -> None:
        """Put another button beside the one for a new record."""
        self._tools.insertWidget(self._tools.count() - 1, button)

    def add_filter(self, widget: QWidget) -> None:
        """Put something else that narrows the list beside the search."""
        self._looking.addWidget(widget)

    def explain(self, nothing: str, first: str, *, can_make: bool) -> None:
        """Say something else while there are no records; can_make: whether one can be made now."""
        words = replace(self._kind.words, nothing=nothing, first=first)
        self._kind = replace(self._kind, words=words, can_make=can_make)
        self.new_button.setVisible(can_make)
        self._tell()

    @property
    def is_read(self) -> bool:
        """Tell whether it is known which records there are."""
        return self._is_read

    def show_reading(self) -> None:
        """Forget the records: it is not known yet which others there are."""
        self._is_broken = self._is_read = False
        self.table.show_records(())
        self._tell()

    def show_records(self, records: Sequence[Any]) -> None:
        """Show other records."""
        self._is_broken, self._is_read = False, True
        self.table.show_records(records)
        self._tell()

    def put(self, record: Any) -> None:
        """Show one record as it is now."""
        self.table.put(record)
        self._tell()

    def show_view_of(self, record: Any) -> None:
        """Look at a part of the records in which this one is shown, and forget the search if it hides it."""
        view = next((view for view in self._views if view.key == self.views.current), None)
        if view is not None and not view.wanted(record):
            other = next((view for view in self._views if view.wanted(record)), view)
            self.look_at(other.key)
        if record not in self.table.shown:
            self.search.clear()

    def look_at(self, key: str) -> None:
        """Look at a part of the records, by its key. Raises KeyError for an unknown one."""
        self.views.choose(key)
        self._on_view(key)

    def show_unreadable(self, message: Message) -> None:
        """Say why there is nothing to show, and offer to try again."""
        self._is_broken = True
        self.empty.show_trouble(message)
        self._pages.setCurrentWidget(self.empty)

    def begin(self) -> None:
        """Take the keyboard."""
        (self.table if self.table.shown else self.search).setFocus()

    @staticmethod
    def _make_table(kind: AnyKind) -> RecordTable:
        faded = kind.is_faded or kind.is_archived
        return RecordTable(kind.name, kind.columns, kind.key, kind.search, faded, many=kind.many)

    def _views_of(self, kind: AnyKind) -> tuple[View[Any], ...]:
        if kind.views:
            return tuple(kind.views)
        return (
            View("current", self.tr("In use"), lambda record: not kind.is_archived(record)),
            View("archived", self.tr("Archived"), kind.is_archived),
        )

    def _arrange(self) -> None:
        head = row(
            text_label(self._kind.words.title, "title"),
            1,
            self._tools,
            margins=(18, 12, 14, 8),
            spacing=10,
        )
        looking = self._looking = WrappingRow(
            self.search, self.views, spacing=10, grows=self.search, least=_SEARCH_WIDTH
        )
        looking.setContentsMargins(14, 0, 14, 10)
        frame = panel()
        column(
            head,
            looking,
            (self._pages, 1),
            row(self.count, margins=(18, 6, 14, 8)),
            inside=frame,
            margins=1,
            spacing=0,
        )
        column(frame, inside=self)

    def _tell(self) -> None:
        if self._is_broken:
            return
        shown, there = len(self.table.shown), len(self.table.records)
        self._pages.setCurrentWidget(self.table if shown else self.empty)
        self.count.setText(self.tr("{0} of {1}").format(shown_number(shown), shown_number(there)) if there else "")
        words = self._kind.words
        if not there and not self._is_read:
            self.empty.show_words(self._kind.icon, self.tr("Reading…"))
        elif not there:
            self.empty.show_words(
                self._kind.icon, words.nothing, words.first, action=words.new if self._kind.can_make else ""
            )
        elif not shown and self.search.text().strip():
            sentence = self.tr("Try fewer words, or look at another part.")
            self.empty.show_words("magnifying-glass", self.tr("Nothing matches"), sentence, action=self.tr("Show all"))
        elif not shown:
            self.empty.show_words(self._kind.icon, self.tr("None here"), self.tr("Look at another part above."))

    def _on_view(self, key: str) -> None:
        view = next(view for view in self._views if view.key == key)
        self.table.keep(view.wanted)
        self._tell()

    def _on_searched(self, words: str) -> None:
        self.table.look_for(words)
        self._tell()

    def _on_search_done(self) -> None:
        """Enter comes before the pause in typing is over: what is typed counts."""
        self._on_searched(self.search.text().strip())
        if self.table.shown:
            self._go_to_table()

    def _go_to_table(self) -> None:
        """Hand the keyboard to the table; the only one that fits is shown, and of several none before it is chosen."""
        self.table.setFocus()
        if len(self.table.shown) == 1 and not self.table.currentIndex().isValid():
            self.table.selectRow(0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrow keys walk the table while the keyboard stays in the search."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in _STEPS:
            if shown := len(self.table.shown):
                now = self.table.currentIndex()
                to = now.row() + _STEPS[event.key()] if now.isValid() else 0
                self.table.selectRow(max(0, min(shown - 1, to)))
            return True
        return super().eventFilter(watched, event)

    def _on_empty_asked(self) -> None:
        if self._is_broken:
            self.retry_asked.emit()
        elif self.search.text().strip():
            self.search.clear()
        elif self._is_read:
            self.new_asked.emit()
