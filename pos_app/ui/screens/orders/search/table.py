"""The table of the orders that were found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QHeaderView, QTableView

from pos_app.domain.orders.standing import OrderStanding
from pos_app.ui.look.theme import theme_notifier
from pos_app.ui.records.table.model import RecordModel
from pos_app.ui.records.table.two_line_delegate import TwoLineDelegate
from pos_app.ui.screens.orders.search.columns import NARROW_ONLY, WIDE_ONLY, order_columns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent, QResizeEvent
    from PySide6.QtWidgets import QWidget

    from pos_app.domain.orders.finding import OrderRow

_ROW_HEIGHT: Final = 50
_WIDE: Final = 1080
"""From so many pixels on nothing needs to stand below something else."""
_OVER: Final = frozenset({OrderStanding.VOID, OrderStanding.REFUNDED})
_ROWS_AHEAD: Final = 12
"""The next orders are asked for before the last one is seen."""


class OrdersTable(QTableView):
    """One row an order, in the order given, chosen by click or arrow keys.

    Not a RecordTable: orders come in pages, the newest first, and are not sorted here.
    Signals: order_chosen(int): the id of the order, by a person or because it is the first; more_wanted(): the end is
    near; digit_pressed(int): 1 to 9, while the keyboard is here; typed(str): a letter, which is meant for the search.
    """

    order_chosen = Signal(int)
    more_wanted = Signal()
    digit_pressed = Signal(int)
    typed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_wide = self._is_quiet = False
        columns = order_columns(lambda: self._is_wide)
        self._model = RecordModel(columns, lambda order: order.standing in _OVER)
        self.setModel(self._model)
        self.setItemDelegate(TwoLineDelegate(self))
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName(self.tr("Orders"))
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(_ROW_HEIGHT)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setMinimumSectionSize(40)
        for at, column in enumerate(columns):
            fixed = QHeaderView.ResizeMode.Fixed if column.width else QHeaderView.ResizeMode.Stretch
            header.setSectionResizeMode(at, fixed)
            if column.width:
                header.resizeSection(at, column.width)
        self._own, self._joined = (
            [at for at, column in enumerate(columns) if column.key in keys] for keys in (WIDE_ONLY, NARROW_ONLY)
        )
        self._give_way()
        self.selectionModel().currentRowChanged.connect(self._on_row)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        theme_notifier().changed.connect(self.viewport().update)

    @property
    def orders(self) -> tuple[OrderRow, ...]:
        """Return what is shown."""
        return self._model.records

    @property
    def chosen(self) -> int | None:
        """Return the id of the chosen order."""
        row = self.currentIndex().row()
        return self.orders[row].order_id if 0 <= row < len(self.orders) else None

    def show_orders(self, orders: Sequence[OrderRow], choose: int | None) -> None:
        """Show other orders. choose: the one that is chosen, None: the first; one that is not among them: none."""
        at = self.verticalScrollBar().value() if choose is not None else 0
        self._is_quiet = choose is not None
        self._model.show_records(orders)
        row = next((row for row, order in enumerate(orders) if order.order_id == choose), -1)
        if choose is None and orders:
            row = 0
        if row >= 0:
            self.verticalScrollBar().setValue(at)
            self.selectRow(row)
        self._is_quiet = False

    def add_orders(self, orders: Sequence[OrderRow]) -> None:
        """Show more orders below."""
        self._model.add_records(orders)

    def choose(self, order_id: int) -> bool:
        """Choose an order without saying so, if it is shown; else none is. Tell whether it is."""
        row = next((row for row, order in enumerate(self.orders) if order.order_id == order_id), -1)
        self._is_quiet = True
        if row < 0:
            self.selectionModel().clear()
        else:
            self.selectRow(row)
        self._is_quiet = False
        return row >= 0

    def step(self, rows: int) -> None:
        """Go so many rows down, or up."""
        if self.orders:
            self.selectRow(max(0, min(len(self.orders) - 1, self.currentIndex().row() + rows)))

    def _give_way(self) -> None:
        """Give more columns of their own where there is room for them."""
        self._is_wide = self.width() >= _WIDE
        for at in self._own:
            self.setColumnHidden(at, not self._is_wide)
        for at in self._joined:
            self.setColumnHidden(at, self._is_wide)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the columns to the width."""
        super().resizeEvent(event)
        if self._is_wide is not (self.width() >= _WIDE):
            self._give_way()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take digits for tickets and hand letters to the search; arrows walk the rows."""
        text, plain = event.text(), not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and text in set("123456789"):
            self.digit_pressed.emit(int(text))
        elif text.isalpha() and not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier:
            self.typed.emit(text)
        else:
            super().keyPressEvent(event)

    def _on_row(self, current: QModelIndex) -> None:
        if current.isValid():
            self._look_ahead(current.row())
            if not self._is_quiet:
                self.order_chosen.emit(self.orders[current.row()].order_id)

    def _on_scrolled(self, value: int) -> None:
        self._look_ahead((value + self.viewport().height()) // _ROW_HEIGHT)

    def _look_ahead(self, row: int) -> None:
        if row >= len(self.orders) - _ROWS_AHEAD:
            self.more_wanted.emit()
