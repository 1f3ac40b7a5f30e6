"""The table of the last orders."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QModelIndex, Qt, Signal
from PySide6.QtWidgets import QHeaderView, QTableView

from pos_app.domain.codes import grouped
from pos_app.ui.look.theme import theme_notifier
from pos_app.ui.records.table.columns import Column
from pos_app.ui.records.table.model import RecordModel
from pos_app.ui.records.table.two_line_delegate import TwoLineDelegate
from pos_app.ui.words.amounts import shown_amount, shown_number
from pos_app.ui.words.payments import payment_words
from pos_app.ui.words.times import shown_day, shown_time

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pos_app.domain.selling.sales import OrderSummary

_ROW_HEIGHT: Final = 50
"""Pixels; ten of them fit into a window of 720."""


class OrdersTable(QTableView):
    """One row an order, in the order given, chosen by click or arrow keys.

    Not a RecordTable: the last orders are not sorted, and their columns keep their widths.
    Signals: order_chosen(int): the id of the order, also when the choice came with new contents.
    """

    order_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        columns = _columns()
        self._model = RecordModel(columns, lambda order: order.void)
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
        for at, column in enumerate(columns):
            fixed = QHeaderView.ResizeMode.Fixed if column.width else QHeaderView.ResizeMode.Stretch
            header.setSectionResizeMode(at, fixed)
            if column.width:
                header.resizeSection(at, column.width)
        self.selectionModel().currentRowChanged.connect(self._on_row)
        theme_notifier().changed.connect(self.viewport().update)

    @property
    def orders(self) -> tuple[OrderSummary, ...]:
        """Return what is shown."""
        return self._model.records

    @property
    def chosen(self) -> int | None:
        """Return the id of the chosen order."""
        row = self.currentIndex().row()
        return self.orders[row].order_id if 0 <= row < len(self.orders) else None

    def show_orders(self, orders: tuple[OrderSummary, ...], choose: int | None = None) -> None:
        """Show other orders; the one chosen stays chosen, else it is the first. choose: the one to choose."""
        wanted = self.chosen if choose is None else choose
        self._model.show_records(orders)
        if orders:
            self.selectRow(next((row for row, order in enumerate(orders) if order.order_id == wanted), 0))

    def _on_row(self, current: QModelIndex) -> None:
        if current.isValid():
            self.order_chosen.emit(self.orders[current.row()].order_id)


def _columns() -> tuple[Column[OrderSummary], ...]:
    return (
        Column(
            "time",
            _tr("Time"),
            lambda order: shown_time(order.created_at, order.time_zone),
            lower=lambda order: shown_day(order.created_at, order.time_zone),
            width=88,
            figures=True,
        ),
        Column(
            "number",
            _tr("Order"),
            lambda order: grouped(order.number),
            lower=lambda order: order.customer_name,
            width=118,
            strong=True,
        ),
        Column("title", _tr("Performance and places"), lambda order: order.title, lower=lambda order: order.places),
        Column("tickets", _tr("Tickets"), lambda order: shown_number(order.tickets), width=66, right=True),
        Column(
            "total",
            _tr("Total"),
            lambda order: shown_amount(order.total_minor, order.currency),
            width=104,
            right=True,
            strong=True,
        ),
        Column(
            "method",
            _tr("Paid by"),
            lambda order: payment_words(order.method).name,
            lower=lambda order: _tr("Void") if order.void else "",
            tone=lambda _order: "danger",
            width=76,
        ),
    )


def _tr(words: str) -> str:
    return QCoreApplication.translate("OrdersTable", words)
