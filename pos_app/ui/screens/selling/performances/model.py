"""The list of performances as Qt sees it, and how one row of it is painted."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from pos_app.ui.look.theme import current_theme, ui_font
from pos_app.ui.words.amounts import shown_number
from pos_app.ui.words.lists import listed, side_by_side
from pos_app.ui.words.times import shown_day_number, shown_full_moment, shown_month, shown_weekday_time

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from pos_app.domain.season.offers import PerformanceSummary

Index = QModelIndex | QPersistentModelIndex
ROW_HEIGHT: Final = 86
WORDS_LEFT_ROLE: Final = int(Qt.ItemDataRole.UserRole) + 1
_FEW: Final = 0.2


def matches(performance: PerformanceSummary, words: str, span: str) -> bool:
    """Tell whether a performance fits the words typed and the span chosen (all, today, week).

    What day it is follows from the server's word on how long it is until the start, not from this computer's clock.
    """
    text = f"{performance.title} {performance.venue}".casefold()
    if not all(word in text for word in words.casefold().split()):
        return False
    if span == "all":
        return True
    zone = ZoneInfo(performance.time_zone)
    day = performance.starts_at.astimezone(zone).date()
    today = (performance.starts_at - timedelta(seconds=performance.until_start)).astimezone(zone).date()
    return day == today if span == "today" else today <= day < today + timedelta(days=7)


class PerformanceModel(QAbstractListModel):
    """The performances that fit the search, by time. No signals of its own."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[PerformanceSummary] = []

    def show_rows(self, rows: list[PerformanceSummary]) -> None:
        """Show these; where only numbers changed, the selection stays."""
        if [row.performance_id for row in rows] == [row.performance_id for row in self._rows]:
            self._rows = rows
            if rows:
                self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def at(self, row: int) -> PerformanceSummary:
        """Return the performance of a row."""
        return self._rows[row]

    def row_of(self, performance_id: int) -> int:
        """Return the row of a performance, or -1."""
        return next((row for row, one in enumerate(self._rows) if one.performance_id == performance_id), -1)

    def words_left(self, performance: PerformanceSummary) -> str:
        """Say how many seats are left of one."""
        if performance.cancelled:
            return self.tr("Cancelled")
        if not performance.priced:
            return self.tr("No prices yet")
        if not performance.free:
            return self.tr("Sold out")
        return self.tr("{0} left").format(shown_number(performance.free))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """One row a performance."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Text for screen readers and type-ahead; the delegate paints the rest."""
        if not index.isValid():
            return None
        one = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return one.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            when = shown_weekday_time(one.starts_at, one.time_zone)
            return listed((one.title, when, one.venue, self.words_left(one)))
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{one.title}\n{shown_full_moment(one.starts_at, one.time_zone)}\n{one.venue}"
        if role == Qt.ItemDataRole.UserRole:
            return one
        if role == WORDS_LEFT_ROLE:
            return self.words_left(one)
        return None


class PerformanceDelegate(QStyledItemDelegate):
    """Paints a tear-off date, the title, when and where, and a bar of the seats left."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Always the same height."""
        del option, index
        return QSize(200, ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one performance."""
        one: PerformanceSummary = index.data(Qt.ItemDataRole.UserRole)
        theme = current_theme()
        rect = QRectF(option.rect).adjusted(2, 3, -8, -3)
        state = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = "accent_soft" if selected else "hover" if hovered else "surface"
        painter.setPen(QPen(theme.color("accent"), 1.5) if selected else Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(ground))
        painter.drawRoundedRect(rect, 11, 11)
        dead = one.cancelled or not one.on_sale or not one.priced
        self._paint_date(painter, rect, one, theme.color("surface" if selected or hovered else "hover"))
        left = rect.x() + 71
        width = rect.right() - left - 10
        painter.setPen(theme.color("muted" if dead else "text"))
        font = ui_font(14, QFont.Weight.DemiBold)
        if one.cancelled:
            font.setStrikeOut(True)
        painter.setFont(font)
        title = QFontMetricsF(font).elidedText(one.title, Qt.TextElideMode.ElideRight, width)
        painter.drawText(QRectF(left, rect.y() + 11, width, 20), Qt.AlignmentFlag.AlignVCenter, title)
        painter.setPen(theme.color("muted"))
        small = ui_font(13)
        painter.setFont(small)
        where = side_by_side(shown_weekday_time(one.starts_at, one.time_zone), one.venue)
        where = QFontMetricsF(small).elidedText(where, Qt.TextElideMode.ElideRight, width)
        painter.drawText(QRectF(left, rect.y() + 32, width, 18), Qt.AlignmentFlag.AlignVCenter, where)
        words: str = index.data(WORDS_LEFT_ROLE)
        self._paint_left(painter, QRectF(left, rect.y() + 56, width, 16), one, words)
        painter.restore()

    @staticmethod
    def _paint_date(painter: QPainter, rect: QRectF, one: PerformanceSummary, ground: QColor) -> None:
        theme = current_theme()
        leaf = QRectF(rect.x() + 11, rect.y() + 14, 48, 52)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(leaf, 9, 9)
        painter.setPen(theme.color("text"))
        painter.setFont(ui_font(20, QFont.Weight.Bold))
        number = shown_day_number(one.starts_at, one.time_zone)
        painter.drawText(leaf.adjusted(0, 4, 0, -18), Qt.AlignmentFlag.AlignCenter, number)
        painter.setPen(theme.color("muted"))
        capitals = QFont(ui_font(11, QFont.Weight.DemiBold))
        capitals.setCapitalization(QFont.Capitalization.AllUppercase)
        painter.setFont(capitals)
        month = shown_month(one.starts_at, one.time_zone)
        painter.drawText(leaf.adjusted(0, 30, 0, -3), Qt.AlignmentFlag.AlignCenter, month)

    @staticmethod
    def _paint_left(painter: QPainter, area: QRectF, one: PerformanceSummary, words: str) -> None:
        theme = current_theme()
        free = 0 if one.cancelled or not one.priced else one.free
        font = ui_font(12, QFont.Weight.Medium)
        painter.setFont(font)
        room = QFontMetricsF(font).horizontalAdvance(words) + 10
        bar = QRectF(area.x(), area.center().y() - 2.5, area.width() - room, 5)
        share = free / one.capacity if one.capacity else 0.0
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("line"))
        painter.drawRoundedRect(bar, 2.5, 2.5)
        if share:
            painter.setBrush(theme.color("ok" if share > _FEW else "warn"))
            painter.drawRoundedRect(QRectF(bar.x(), bar.y(), max(6.0, bar.width() * share), 5), 2.5, 2.5)
        painter.setPen(theme.color("danger" if one.cancelled else "text" if share else "muted"))
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, words)
