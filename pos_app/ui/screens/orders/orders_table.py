"""The table of the last orders."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QHeaderView, QTableView

from pos_app.ui.look.theme import theme_notifier
from pos_app.ui.records.table.two_line_delegate import TwoLineDelegate
from pos_app.ui.screens.orders.orders_model import (
    METHOD,
    NUMBER,
    TICKETS,
    TIME,
    TITLE,
    TOTAL,
    OrdersModel,
)

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pos_app.domain.selling.sales import OrderSummary

_ROW_HEIGHT: Final = 50
"""Pixels; ten of them fit into a window of 720."""
_WIDTHS: Final = {TIME: 88, NUMBER: 118, TICKETS: 66, TOTAL: 104, METHOD: 76}


class OrdersTable(QTableView):
    """One row an order, chosen by click or arrow keys.

    Signals: order_chosen(int): the id of the order, also when the choice came with new contents.
    """

    order_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = OrdersModel()
        self.setModel(self._model)
        self.setItemDelegate(TwoLineDelegate(self))
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName(self.tr("Last orders"))
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(_ROW_HEIGHT)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setMinimumSectionSize(40)
        for column, width in _WIDTHS.items():
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            header.resizeSection(column, width)
        header.setSectionResizeMode(TITLE, QHeaderView.ResizeMode.Stretch)
        self.selectionModel().currentRowChanged.connect(self._on_row)
        theme_notifier().changed.connect(self.viewport().update)

    @property
    def orders(self) -> tuple[OrderSummary, ...]:
        """Return what is shown."""
        return self._model.orders

    @property
    def chosen(self) -> int | None:
        """Return the id of the chosen order."""
        row = self.currentIndex().row()
        return self.orders[row].order_id if 0 <= row < len(self.orders) else None

    def show_orders(self, orders: tuple[OrderSummary, ...], choose: int | None = None) -> None:
        """Show other orders; the one chosen stays chosen, else it is the first. choose: the one to choose."""
        wanted = self.chosen if choose is None else choose
        self._model.show_orders(orders)
        row = self._model.row_of(wanted) if wanted is not None else 0
        if orders:
            self.selectRow(max(0, row))

    def _on_row(self, current: QModelIndex) -> None:
        if current.isValid():
            self.order_chosen.emit(self.orders[current.row()].order_id)
