"""The table of the last orders."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QHeaderView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from pos_app.ui.screens.orders.orders_model import (
    CELL_ROLE,
    METHOD,
    NUMBER,
    TICKETS,
    TIME,
    TITLE,
    TOTAL,
    Cell,
    OrdersModel,
)
from pos_app.ui.theme import current_theme, figures_font, theme_notifier, ui_font

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pos_app.domain.orders import OrderSummary

_ROW_HEIGHT: Final = 50
"""Pixels; ten of them fit into a window of 720."""
_SIDE: Final = 10
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
        self.setItemDelegate(_TwoLineDelegate(self))
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


class _TwoLineDelegate(QStyledItemDelegate):
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        cell: Cell = index.data(CELL_ROLE)
        theme = current_theme()
        rect: QRect = option.rect
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.color("accent_soft"))
            if index.column() == 0:
                painter.fillRect(QRect(rect.left(), rect.top(), 4, rect.height()), theme.color("accent"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.color("hover"))
        painter.setPen(theme.color("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        area = rect.adjusted(_SIDE, 0, -_SIDE, 0)
        weight = QFont.Weight.DemiBold if cell.strong else QFont.Weight.Normal
        upper = QRect(area.left(), rect.top() + (6 if cell.lower else 15), area.width(), 20)
        side = Qt.AlignmentFlag.AlignRight if cell.right else Qt.AlignmentFlag.AlignLeft
        font = figures_font(14, weight) if cell.right or index.column() == TIME else ui_font(14, weight)
        _write(painter, upper, cell.upper, font, "muted" if cell.faded else "text", side)
        lower = QRect(area.left(), rect.top() + 26, area.width(), 18)
        _write(painter, lower, cell.lower, ui_font(12), cell.tone, side)
        painter.restore()


def _write(painter: QPainter, area: QRect, text: str, font: QFont, role: str, side: Qt.AlignmentFlag) -> None:
    painter.setFont(font)
    painter.setPen(current_theme().color(role))
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width())
    painter.drawText(area, side | Qt.AlignmentFlag.AlignVCenter, shown)
