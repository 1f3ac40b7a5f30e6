"""The free seats as a list: zone, row, seat, category, price; for the keyboard and for screen readers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSortFilterProxyModel, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from pos_app.domain.seats import MapState
from pos_app.ui.widgets.search_field import SearchField
from pos_app.ui.widgets.sheets.base import Sheet

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtCore import QObject
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QWidget

    from pos_app.services.seats.map_data import SeatPlan

Index = QModelIndex | QPersistentModelIndex
_WORDS: Final = ("", "wheelchair", "companion", "restricted view")


@dataclass(frozen=True, slots=True)
class FreeSeat:
    """A row of the list; index: of the seat in the plan."""

    index: int
    zone: str
    row: str
    number: str
    category: str
    price: str


def free_seats(plan: SeatPlan, state_of: Callable[[int], MapState], prices: Mapping[int, str]) -> tuple[FreeSeat, ...]:
    """Return the free seats of a plan in the order of the house."""
    found: list[FreeSeat] = []
    for at in range(len(plan.seat_id)):
        if state_of(at) is MapState.FREE:
            category = int(plan.category[at])
            kind = _WORDS[int(plan.kind[at])]
            number = f"{plan.numbers[at]} ({kind})" if kind else plan.numbers[at]
            found.append(
                FreeSeat(
                    at,
                    plan.zones[int(plan.zone[at])].name,
                    plan.row_labels[int(plan.row_of[at])],
                    number,
                    plan.categories[category].name,
                    prices.get(category, ""),
                )
            )
    return tuple(found)


class FreeSeatModel(QAbstractTableModel):
    """Five columns of words. No signals of its own."""

    def __init__(self, seats: tuple[FreeSeat, ...], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._seats = seats
        self._titles = (self.tr("Zone"), self.tr("Row"), self.tr("Seat"), self.tr("Category"), self.tr("Price"))

    def seat(self, row: int) -> FreeSeat:
        """Return the seat of a row."""
        return self._seats[row]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """One row a seat."""
        return 0 if parent.isValid() else len(self._seats)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Return 5."""
        return 0 if parent.isValid() else len(self._titles)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Words, and the whole line to search in."""
        if not index.isValid() or role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return None
        one = self._seats[index.row()]
        return (one.zone, one.row, one.number, one.category, one.price)[index.column()]

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Name the columns."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._titles[section]
        return None


class FreeSeatProxy(QSortFilterProxyModel):
    """Shows the rows in which every word stands in some column. No signals of its own."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words: tuple[str, ...] = ()

    def search(self, text: str) -> None:
        """Show what fits these words."""
        self.beginResetModel()
        self._words = tuple(text.casefold().split())
        self.endResetModel()

    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:
        """Look for every word."""
        del source_parent
        model = self.sourceModel()
        if not isinstance(model, FreeSeatModel):
            return True
        one = model.seat(source_row)
        cells = [cell.casefold() for cell in (one.zone, one.row, one.number, one.category)]
        line = " ".join(cells)
        return all(word in cells or word in line for word in self._words)


class FreeSeatSheet(Sheet):
    """The list over the window: type to narrow it, Enter takes the seat and stays open.

    Signals: chosen(int): the index of a seat in the plan.
    """

    chosen = Signal(int)

    def __init__(self, parent: QWidget, seats: tuple[FreeSeat, ...]) -> None:
        super().__init__(parent, parent.tr("Free seats"), width=640)
        self._model = FreeSeatModel(seats, self)
        self._proxy = FreeSeatProxy(self)
        self._proxy.setSourceModel(self._model)
        self.search = SearchField(self.tr("Zone, row, seat or category"), "")
        self.search.textChanged.connect(self._proxy.search)
        self.table = QTableView()
        self.table.setModel(self._proxy)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setShowGrid(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(40)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.table.setMinimumHeight(380)
        self.table.setAccessibleName(self.tr("Free seats"))
        self.table.activated.connect(self._on_activated)
        self.body.addWidget(self.search)
        self.body.addWidget(self.table)
        take = self.add_button(self.tr("Take this seat"), "Return", variant="primary")
        take.clicked.connect(self._on_take)
        done = self.add_button(self.tr("Close"), "Esc")
        done.clicked.connect(self.cancel)
        self.table.selectRow(0)

    def open(self) -> None:
        """Show it with the cursor in the search."""
        super().open()
        self.search.setFocus()

    def _on_take(self) -> None:
        current = self.table.currentIndex()
        if current.isValid():
            self._on_activated(current)
        elif self._proxy.rowCount():
            self._on_activated(self._proxy.index(0, 0))

    def _on_activated(self, index: QModelIndex) -> None:
        self.chosen.emit(self._model.seat(self._proxy.mapToSource(index).row()).index)
        self.table.selectRow(min(index.row() + 1, self._proxy.rowCount() - 1))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk the list from the search field too."""
        if event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Up} and self.search.hasFocus():
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            row = max(0, min(self._proxy.rowCount() - 1, self.table.currentIndex().row() + step))
            self.table.selectRow(row)
            return
        super().keyPressEvent(event)
