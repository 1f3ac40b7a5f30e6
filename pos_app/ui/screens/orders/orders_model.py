"""The last orders as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt

from pos_app.domain.codes import grouped
from pos_app.ui.records.table.columns import Cell
from pos_app.ui.records.table.model import CELL_ROLE
from pos_app.ui.words.amounts import shown_amount
from pos_app.ui.words.payments import payment_words
from pos_app.ui.words.times import shown_day, shown_time

if TYPE_CHECKING:
    from pos_app.domain.selling.sales import OrderSummary
    from pos_app.ui.records.table.columns import AnyIndex

TIME, NUMBER, TITLE, TICKETS, TOTAL, METHOD = range(6)
_NOWHERE: Final = QModelIndex()


class OrdersModel(QAbstractTableModel):
    """Rows are OrderSummary, in the order given. No signals of its own."""

    def __init__(self) -> None:
        super().__init__()
        self._orders: tuple[OrderSummary, ...] = ()

    @property
    def orders(self) -> tuple[OrderSummary, ...]:
        """Return what is shown."""
        return self._orders

    def show_orders(self, orders: tuple[OrderSummary, ...]) -> None:
        """Show other orders."""
        self.beginResetModel()
        self._orders = orders
        self.endResetModel()

    def row_of(self, order_id: int) -> int:
        """Return the row of an order, or -1."""
        return next((row for row, order in enumerate(self._orders) if order.order_id == order_id), -1)

    def _cell(self, order: OrderSummary, column: int) -> Cell:
        gone = order.void
        match column:
            case 0:
                return Cell(
                    shown_time(order.created_at, order.time_zone),
                    shown_day(order.created_at, order.time_zone),
                    faded=gone,
                    figures=True,
                )
            case 1:
                return Cell(grouped(order.number), order.customer_name, strong=True, faded=gone)
            case 2:
                return Cell(order.title, order.places, faded=gone)
            case 3:
                return Cell(str(order.tickets), right=True, faded=gone)
            case 4:
                return Cell(shown_amount(order.total_minor, order.currency), strong=True, right=True, faded=gone)
            case _:
                void = self.tr("Void") if gone else ""
                return Cell(payment_words(order.method).name, void, tone="danger", faded=gone)

    def rowCount(self, parent: AnyIndex = _NOWHERE) -> int:
        """Count the orders."""
        return 0 if parent.isValid() else len(self._orders)

    def columnCount(self, parent: AnyIndex = _NOWHERE) -> int:
        """Six: time, number, performance, tickets, total, method."""
        return 0 if parent.isValid() else 6

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the cell to paint, or its words."""
        cell = self._cell(self._orders[index.row()], index.column())
        if role == CELL_ROLE:
            return cell
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return ", ".join(part for part in (cell.upper, cell.lower) if part)
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(part for part in (cell.upper, cell.lower) if part)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Name the columns."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section in {TICKETS, TOTAL} else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return (
            self.tr("Time"),
            self.tr("Order"),
            self.tr("Performance and places"),
            self.tr("Tickets"),
            self.tr("Total"),
            self.tr("Paid by"),
        )[section]
