"""Records as a table, and the order and choice of them that a person asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractProxyModel, QAbstractTableModel, QModelIndex, Qt

from pos_app.domain.searching import Searched, typed_words
from pos_app.ui.words.lists import listed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pos_app.ui.records.table.columns import AnyIndex, Cell, Column

CELL_ROLE: Final = Qt.ItemDataRole.UserRole + 1
_NOWHERE: Final = QModelIndex()
_ROOM_FOR_ARROW: Final = "\N{NO-BREAK SPACE}" * 4


class RecordModel(QAbstractTableModel):
    """Rows are frozen records, in the order given. No signals of its own."""

    def __init__(self, columns: Sequence[Column[Any]], is_faded: Callable[[Any], bool]) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self._is_faded = is_faded
        self._records: tuple[Any, ...] = ()

    @property
    def records(self) -> tuple[Any, ...]:
        """Return what is shown."""
        return self._records

    def show_records(self, records: Sequence[Any]) -> None:
        """Show other records."""
        self.beginResetModel()
        self._records = tuple(records)
        self.endResetModel()

    def add_records(self, records: Sequence[Any]) -> None:
        """Show more records behind those that are shown, which stay where they are."""
        if records:
            self.beginInsertRows(QModelIndex(), len(self._records), len(self._records) + len(records) - 1)
            self._records = (*self._records, *records)
            self.endInsertRows()

    def rowCount(self, parent: AnyIndex = _NOWHERE) -> int:
        """Count the records."""
        return 0 if parent.isValid() else len(self._records)

    def columnCount(self, parent: AnyIndex = _NOWHERE) -> int:
        """Count the columns."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the cell to paint, or its words."""
        if role not in {
            CELL_ROLE,
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.AccessibleTextRole,
            Qt.ItemDataRole.ToolTipRole,
        }:
            return None
        record = self._records[index.row()]
        cell: Cell = self.columns[index.column()].cell(record, faded=self._is_faded(record))
        if role == CELL_ROLE:
            return cell
        return cell.lines if role == Qt.ItemDataRole.ToolTipRole else listed((cell.upper, cell.lower))

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Name the columns."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return column.title if role == Qt.ItemDataRole.DisplayRole else None


class ArrangedRecords(QAbstractProxyModel):
    """The records that match, in the order asked for.

    The order is worked out at once for all rows, with keys that are remembered: a proxy of Qt's own would ask Python
    for two cells at each of a million comparisons. as_given: the order is that of the records, and no other.
    No signals of its own.
    """

    def __init__(self, model: RecordModel, search: Callable[[Any], Sequence[str]], *, as_given: bool = False) -> None:
        super().__init__()
        self._model = model
        self._as_given = as_given
        self._search = search
        self._needles: tuple[str, ...] = ()
        self._wanted: Callable[[Any], bool] | None = None
        self._column = 0
        self._descending = False
        self._rows: list[int] = []
        self._row_of: dict[int, int] = {}
        self._haystacks: list[Searched] | None = None
        self._orders: dict[int, tuple[list[int], list[int]]] = {}
        self.setSourceModel(model)
        model.modelReset.connect(self._on_other_records)

    def look_for(self, words: str) -> None:
        """Show only the records in which every word occurs."""
        self._needles = typed_words(words)
        self._arrange()

    def keep(self, wanted: Callable[[Any], bool] | None) -> None:
        """Show only the records for which this is true; None: all."""
        self._wanted = wanted
        self._arrange()

    def record_at(self, row: int) -> Any:
        """Return the record that is shown in a row. Raises IndexError."""
        return self._model.records[self._rows[row]]

    def shown(self) -> tuple[Any, ...]:
        """Return the records that are shown, in order."""
        records = self._model.records
        return tuple(records[row] for row in self._rows)

    def _on_other_records(self) -> None:
        self._haystacks = None
        self._orders.clear()
        self._arrange()

    def _arrange(self) -> None:
        self.beginResetModel()
        rows = self._ordered()
        if self._wanted is not None:
            records, wanted = self._model.records, self._wanted
            rows = [row for row in rows if wanted(records[row])]
        if self._needles:
            hay = self._hay()
            rows = [row for row in rows if hay[row].fits(self._needles)]
        self._rows = rows
        self._row_of = {row: at for at, row in enumerate(rows)}
        self.endResetModel()

    def _hay(self) -> list[Searched]:
        if self._haystacks is None:
            self._haystacks = [Searched.of(*self._search(record)) for record in self._model.records]
        return self._haystacks

    def _ordered(self) -> list[int]:
        if self._as_given:
            return list(range(len(self._model.records)))
        if self._column not in self._orders:
            column = self._model.columns[self._column]
            reckon = column.sort or (lambda record: column.text(record).casefold())
            keys = [reckon(record) for record in self._model.records]
            known = [row for row, key in enumerate(keys) if key is not None]
            unknown = [row for row, key in enumerate(keys) if key is None]
            self._orders[self._column] = sorted(known, key=keys.__getitem__), unknown
        ordered, last = self._orders[self._column]
        return [*(reversed(ordered) if self._descending else ordered), *last]

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; what has no value there comes last, in either order."""
        self._column = max(0, column)
        self._descending = order is Qt.SortOrder.DescendingOrder
        self._arrange()

    def index(self, row: int, column: int, parent: AnyIndex = _NOWHERE) -> QModelIndex:
        """Return a place in the table."""
        inside = not parent.isValid() and 0 <= row < len(self._rows) and 0 <= column < len(self._model.columns)
        return self.createIndex(row, column) if inside else QModelIndex()

    def parent(self, child: AnyIndex | None = None) -> QModelIndex:  # type: ignore[override]  # a table has no levels
        """Return nothing: a table has no levels."""
        del child
        return QModelIndex()

    def rowCount(self, parent: AnyIndex = _NOWHERE) -> int:
        """Count the records that are shown."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: AnyIndex = _NOWHERE) -> int:
        """Count the columns."""
        return 0 if parent.isValid() else len(self._model.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Name the columns; the name at the right of the one that is sorted by leaves room for the arrow behind it."""
        told = self._model.headerData(section, orientation, role)
        is_title = orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        if is_title and not self._as_given and section == self._column and self._model.columns[section].right:
            return f"{told}{_ROOM_FOR_ARROW}"
        return told

    def mapToSource(self, proxy_index: AnyIndex) -> QModelIndex:
        """Return where a shown place is among all records."""
        if not proxy_index.isValid():
            return QModelIndex()
        return self._model.index(self._rows[proxy_index.row()], proxy_index.column())

    def mapFromSource(self, source_index: AnyIndex) -> QModelIndex:
        """Return where a record is shown."""
        at = self._row_of.get(source_index.row(), -1) if source_index.isValid() else -1
        return self.index(at, source_index.column())
