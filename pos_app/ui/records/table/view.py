"""A table of records: searched, sorted, walked by arrow keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import (
    QByteArray,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtWidgets import QHeaderView, QTableView

from pos_app.ui.look.theme import theme_notifier
from pos_app.ui.records.table.column_widths import ColumnWidths
from pos_app.ui.records.table.model import ArrangedRecords, RecordModel
from pos_app.ui.records.table.two_line_delegate import TwoLineDelegate
from pos_app.ui.remembered import remembered

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from pos_app.ui.records.table.columns import Column

_TALL: Final = 50
_LOW: Final = 44
_ENTER: Final = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
_REMEMBER_MS: Final = 400


class RecordTable(QTableView):
    """Rows are records, told apart by their keys; sort order and widths are remembered on this machine.

    as_given: the records stay in the order in which they come, and are not sorted here.
    many: several can be selected, with Shift, with Ctrl, or by dragging; `selected` are all of them.
    Signals: chosen(object): a person went to another record, told by its key; not while several are selected. opened():
    Enter or a double click. arranged(): other rows are shown than before. several(tuple): these are selected now, with
    many; told anew when they have changed.
    """

    chosen = Signal(object)
    opened = Signal()
    arranged = Signal()
    several = Signal(object)

    def __init__(
        self,
        name: str,
        columns: Sequence[Column[Any]],
        key: Callable[[Any], object],
        search: Callable[[Any], Sequence[str]],
        is_faded: Callable[[Any], bool] = lambda _record: False,
        *,
        many: bool = False,
        as_given: bool = False,
    ) -> None:
        super().__init__()
        self._name = name
        self._key = key
        self._silent = False
        self._records = RecordModel(columns, is_faded)
        self._arranged = ArrangedRecords(self._records, search, as_given=as_given)
        self._current: object = None
        self._many = many
        self._selected: frozenset[object] = frozenset()
        self._tell_soon = QTimer(self, singleShot=True, interval=0)
        self._tell_soon.timeout.connect(self._tell_selected)
        self.setModel(self._arranged)
        self.setItemDelegate(TwoLineDelegate(self))
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        mode = QTableView.SelectionMode
        self.setSelectionMode(mode.ExtendedSelection if many else mode.SingleSelection)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(_TALL if any(column.lower for column in columns) else _LOW)
        self._set_up_header(columns, sorts=not as_given)
        if many:
            self.selectionModel().selectionChanged.connect(self._on_selection)
        else:
            self.selectionModel().currentRowChanged.connect(self._on_row)
        self.doubleClicked.connect(self.opened)
        theme_notifier().changed.connect(self.viewport().update)

    @property
    def records(self) -> tuple[Any, ...]:
        """Return all records, shown or not."""
        return self._records.records

    @property
    def shown(self) -> tuple[Any, ...]:
        """Return the records that are shown, in their order."""
        return self._arranged.shown()

    @property
    def current(self) -> object:
        """Return the key of the record that is marked, or None."""
        return self._current

    @property
    def selected(self) -> tuple[Any, ...]:
        """Return the records that are selected, in their order."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return tuple(self._arranged.record_at(row) for row in rows)

    def select(self, keys: Collection[object]) -> None:
        """Select these records, where they are shown; with many."""
        last = self._arranged.columnCount() - 1
        selection = QItemSelection()
        for row, record in enumerate(self.shown):
            if self._key(record) in keys:
                selection.select(self._arranged.index(row, 0), self._arranged.index(row, last))
        self.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def show_records(self, records: Sequence[Any]) -> None:
        """Show other records; the one that is marked stays marked where it is still shown."""
        self._reset(lambda: self._records.show_records(records))

    def put(self, record: Any) -> None:
        """Show a record as it is now, in place of what was shown of it, or as a new one."""
        key = self._key(record)
        others = list(self.records)
        at = next((at for at, other in enumerate(others) if self._key(other) == key), len(others))
        others[at : at + 1] = [record]
        self.show_records(others)

    def record(self, key: object) -> Any | None:
        """Return a record by its key, or None."""
        return next((record for record in self.records if self._key(record) == key), None)

    def mark(self, key: object) -> None:
        """Go to a record without saying so; None, or one that is not shown: to none."""
        self._current = key
        rows = enumerate(self.shown) if key is not None else ()
        row = next((row for row, record in rows if self._key(record) == key), -1)
        self._quietly(lambda: self._go_to(row))

    def look_for(self, words: str) -> None:
        """Show only the records in which every word occurs."""
        self._rearrange(lambda: self._arranged.look_for(words))

    def keep(self, wanted: Callable[[Any], bool] | None) -> None:
        """Show only the records for which this is true; None: all."""
        self._rearrange(lambda: self._arranged.keep(wanted))

    def _set_up_header(self, columns: Sequence[Column[Any]], *, sorts: bool) -> None:
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setMinimumSectionSize(48)
        header.setSectionsMovable(False)
        self._widths = ColumnWidths(header, columns)
        header.setSortIndicator(0, Qt.SortOrder.AscendingOrder)
        state = remembered().value(self._place())
        if isinstance(state, QByteArray):
            header.restoreState(state)
            made = remembered().value(f"{self._place()}/made")
            self._widths.take(made if isinstance(made, str) else None)
        self.setSortingEnabled(sorts)
        header.setSectionsClickable(sorts)
        self._remember_soon = QTimer(self, singleShot=True, interval=_REMEMBER_MS)
        self._remember_soon.timeout.connect(self._remember)
        header.sortIndicatorChanged.connect(self._on_sorted)
        header.sectionResized.connect(self._on_resized)

    def _place(self) -> str:
        """Columns are part of the name: widths of other columns would be wrong ones."""
        return f"records/{self._name}/{'-'.join(column.key for column in self._records.columns)}"

    def _remember(self) -> None:
        remembered().setValue(self._place(), self.horizontalHeader().saveState())
        remembered().setValue(f"{self._place()}/made", self._widths.made())

    def _on_sorted(self) -> None:
        self._remember_soon.start()
        self._reset(lambda: None)

    def _on_resized(self) -> None:
        self._remember_soon.start()

    def _rearrange(self, change: Callable[[], None]) -> None:
        self._reset(change)
        self.arranged.emit()

    def _reset(self, change: Callable[[], None]) -> None:
        """Other rows forget what was marked and selected."""
        with_same, selected = self._current, self._selected
        self._quietly(change)
        self.mark(with_same)
        if len(selected) > 1:
            self._quietly(lambda: self.select(selected))
            self._tell_soon.start()

    def _quietly(self, change: Callable[[], None]) -> None:
        self._silent = True
        try:
            change()
        finally:
            self._silent = False

    def _go_to(self, row: int) -> None:
        if row < 0:
            self._selected = frozenset()
            self.clearSelection()
            self.setCurrentIndex(QModelIndex())
            return
        if self._many and self.selectionModel().isRowSelected(row):
            return
        self._selected = frozenset()
        # Not selectRow(): with several it looks at the keys that happen to be down, Ctrl of Ctrl+S among them.
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(self._arranged.index(row, 0), flags)
        shown = self.visualRect(self._arranged.index(row, 0))
        if not self.viewport().rect().contains(shown.adjusted(0, 0, -shown.width(), 0)):
            self.scrollTo(self._arranged.index(row, 0), QTableView.ScrollHint.PositionAtCenter)

    def _on_row(self, current: QModelIndex) -> None:
        if self._silent or not current.isValid():
            return
        key = self._key(self._arranged.record_at(current.row()))
        if key != self._current:
            self._current = key
            self.chosen.emit(key)

    def _on_selection(self) -> None:
        """Wait until the click or key is done: the row becomes current before it is selected."""
        if not self._silent:
            self._tell_soon.start()

    def _tell_selected(self) -> None:
        records = self.selected
        self._selected = frozenset(self._key(record) for record in records)
        if len(records) == 1 and self._selected != {self._current}:
            self._current = self._key(records[0])
            self.chosen.emit(self._current)
        self.several.emit(records)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room out anew."""
        super().resizeEvent(event)
        self._widths.share(self.viewport().width())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the record on Enter."""
        if event.key() in _ENTER and self.currentIndex().isValid():
            self.opened.emit()
            return
        super().keyPressEvent(event)
