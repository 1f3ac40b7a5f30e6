"""Rows of the lists at the side: an icon, a line, a smaller line below, and something short at the right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from pos_app.ui.look.icons import icon_pixmap
from pos_app.ui.look.theme import current_theme, figures_font, theme_notifier, ui_font

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

_ROW: Final = Qt.ItemDataRole.UserRole + 1
_ROW_HEIGHT: Final = 52


@dataclass(frozen=True, slots=True)
class TwoLines:
    """One row. icon: a file of resources/icons; tone: its colour in the theme. faded: no longer counts."""

    icon: str
    tone: str
    upper: str
    lower: str
    right: str = ""
    faded: bool = False


class TwoLineList(QListWidget):
    """A list of TwoLines rows, each 52 px high: enough for a finger. when_empty: what stands there without rows."""

    def __init__(self, parent: QWidget | None = None, *, when_empty: str = "") -> None:
        super().__init__(parent)
        self._when_empty = when_empty
        self.setItemDelegate(_TwoLineDelegate(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setUniformItemSizes(True)
        theme_notifier().changed.connect(self.viewport().update)

    def say_when_empty(self, words: str) -> None:
        """Say something else while there are no rows."""
        self._when_empty = words
        self.viewport().update()

    def add_row(self, row: TwoLines, value: object) -> None:
        """Append a row that stands for a value."""
        item = QListWidgetItem(f"{row.right} {row.upper}, {row.lower}".strip())
        item.setData(_ROW, row)
        item.setData(Qt.ItemDataRole.UserRole, value)
        item.setToolTip(f"{row.upper}\n{row.lower}")
        self.addItem(item)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows, or the words that stand there without any."""
        super().paintEvent(event)
        if self._when_empty and self.count() == 0:
            painter = QPainter(self.viewport())
            painter.setFont(ui_font(13))
            painter.setPen(current_theme().color("muted"))
            top = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap
            painter.drawText(self.viewport().rect().adjusted(0, 4, 0, 0), top, self._when_empty)


class _TwoLineDelegate(QStyledItemDelegate):
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row: TwoLines = index.data(_ROW)
        theme = current_theme()
        rect: QRect = option.rect
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(theme.color("accent_soft"))
            focused = option.state & QStyle.StateFlag.State_HasFocus
            painter.setPen(theme.color("accent") if focused else Qt.PenStyle.NoPen)
            painter.drawRoundedRect(rect.adjusted(1, 1, -2, -2), 8, 8)
        ratio = painter.device().devicePixelRatioF()
        painter.drawPixmap(rect.left() + 8, rect.top() + 14, icon_pixmap(row.icon, 24, role=row.tone, ratio=ratio))
        left, right = rect.left() + 42, rect.right() - 8
        painter.setFont(figures_font(12))
        room = painter.fontMetrics().horizontalAdvance(row.right) + 8 if row.right else 0
        painter.setPen(QColor(theme["muted"]))
        painter.drawText(
            QRect(left, rect.top() + 7, right - left, 20),
            Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
            row.right,
        )
        upper = QRect(left, rect.top() + 7, right - left - room, 20)
        _write(painter, upper, row.upper, ui_font(14, QFont.Weight.DemiBold), theme["muted" if row.faded else "text"])
        _write(painter, QRect(left, rect.top() + 27, right - left, 18), row.lower, ui_font(12), theme["muted"])
        painter.setPen(QColor(theme["line"]))
        painter.drawLine(left, rect.bottom(), right, rect.bottom())
        painter.restore()

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(200, _ROW_HEIGHT)


def _write(painter: QPainter, area: QRect, text: str, font: QFont, color: str) -> None:
    painter.setFont(font)
    painter.setPen(QColor(color))
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width())
    painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
