"""How a cell of a table of records is painted: a line, and a smaller one below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QToolTip

from pos_app.ui.look.theme import current_theme, figures_font, ui_font
from pos_app.ui.records.table.model import CELL_ROLE

if TYPE_CHECKING:
    from PySide6.QtGui import QHelpEvent
    from PySide6.QtWidgets import QAbstractItemView

    from pos_app.ui.records.table.columns import AnyIndex, Cell

_SIDE = 10


class TwoLineDelegate(QStyledItemDelegate):
    """Paints the Cell that a model gives for CELL_ROLE, and tells the words that are cut off. No signals of its own."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Paint the background of the row, and both lines."""
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
        top = rect.top() + (6 if cell.lower else (rect.height() - 20) // 2)
        side = Qt.AlignmentFlag.AlignRight if cell.right else Qt.AlignmentFlag.AlignLeft
        font = _upper_font(cell)
        _write(
            painter,
            QRect(area.left(), top, area.width(), 20),
            cell.upper,
            font,
            "muted" if cell.faded else "text",
            side,
        )
        lower = QRect(area.left(), rect.top() + 26, area.width(), 18)
        _write(painter, lower, cell.lower, ui_font(12), cell.tone, side)
        painter.restore()

    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: AnyIndex
    ) -> bool:
        """Show in full what is cut off where the pointer rests."""
        cell = index.data(CELL_ROLE) if event.type() == QEvent.Type.ToolTip else None
        if cell is None:
            return super().helpEvent(event, view, option, index)
        room = option.rect.width() - 2 * _SIDE
        lines = ((cell.upper, _upper_font(cell)), (cell.lower, ui_font(12)))
        is_cut = any(QFontMetrics(font).horizontalAdvance(words) > room for words, font in lines)
        QToolTip.showText(event.globalPos(), cell.lines if is_cut else "", view)
        return True


def _upper_font(cell: Cell) -> QFont:
    weight = QFont.Weight.DemiBold if cell.strong else QFont.Weight.Normal
    return figures_font(14, weight) if cell.right or cell.figures else ui_font(14, weight)


def _write(
    painter: QPainter,
    area: QRect,
    text: str,
    font: QFont,
    role: str,
    side: Qt.AlignmentFlag,
) -> None:
    painter.setFont(font)
    painter.setPen(current_theme().color(role))
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width())
    painter.drawText(area, side | Qt.AlignmentFlag.AlignVCenter, shown)
