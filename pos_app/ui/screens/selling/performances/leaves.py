"""How one performance of the list is painted: a leaf of the calendar, the title, when and where, the seats left."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen, QTextLayout, QTextOption
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from pos_app.ui.look.theme import current_theme, ui_font
from pos_app.ui.screens.selling.performances.model import WORDS_LEFT_ROLE, WORDS_WAITING_ROLE
from pos_app.ui.words.evenings import shown_weekday_when
from pos_app.ui.words.lists import side_by_side
from pos_app.ui.words.times import shown_day_number, shown_month

if TYPE_CHECKING:
    from PySide6.QtGui import QColor

    from pos_app.domain.season.offers import PerformanceSummary
    from pos_app.ui.screens.selling.performances.model import Index

_EDGE: Final = 8
_SIDE: Final = 6
_BETWEEN: Final = 2
_LEAF_WIDTH: Final = 42
_LEAF_HEIGHT: Final = 50
_GAP: Final = 8
_LINE: Final = 18
_FEW: Final = 0.2
_NARROW: Final = 150
"""With fewer pixels than this titles are written a little smaller."""
_LEAST_VENUE: Final = 26
"""With fewer pixels than this a venue says nothing: it is left to the tool tip."""


class PerformanceDelegate(QStyledItemDelegate):
    """Paints the rows of one list. A title takes two lines where it needs them; time and seats left are never cut."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as the title needs."""
        del option
        one: PerformanceSummary = index.data(Qt.ItemDataRole.UserRole)
        width = self._view.viewport().width()
        lines = len(title_lines(one.title, round(_words_width(width))))
        waits = bool(index.data(WORDS_WAITING_ROLE))
        return QSize(200, 2 * (_EDGE + _BETWEEN) + (lines + 2 + waits) * _LINE)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one performance."""
        one: PerformanceSummary = index.data(Qt.ItemDataRole.UserRole)
        theme = current_theme()
        rect = QRectF(option.rect).adjusted(1, _BETWEEN, -3, -_BETWEEN)
        state = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = "accent_soft" if selected else "hover" if hovered else "surface"
        painter.setPen(QPen(theme.color("accent"), 1.5) if selected else Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(ground))
        painter.drawRoundedRect(rect, 11, 11)
        is_dead = one.cancelled or not one.on_sale or not one.priced
        waiting: str = index.data(WORDS_WAITING_ROLE)
        middle = rect.center().y() - (_LINE / 2 if waiting else 0)
        leaf = QRectF(rect.x() + _SIDE, middle - _LEAF_HEIGHT / 2, _LEAF_WIDTH, _LEAF_HEIGHT)
        leaf_ground = theme.color("surface" if selected or hovered else "hover")
        _paint_leaf(painter, leaf, one, leaf_ground, theme.color("muted" if one.cancelled else "text"))
        line = QRectF(leaf.right() + _GAP, rect.y() + _EDGE, _words_width(option.rect.width()), _LINE)
        painter.setPen(theme.color("muted" if is_dead else "text"))
        painter.setFont(_title_font(round(line.width()), struck=one.cancelled))
        for words in title_lines(one.title, round(line.width())):
            painter.drawText(line, _LEFT, words)
            line.translate(0, _LINE)
        painter.setPen(theme.color("muted"))
        painter.setFont(ui_font(13))
        painter.drawText(line, _LEFT, when_and_where(one, line.width()))
        line.translate(0, _LINE)
        _paint_left(painter, line, one, index.data(WORDS_LEFT_ROLE))
        if waiting:
            line = QRectF(leaf.x(), line.bottom(), rect.right() - _SIDE - leaf.x(), _LINE)
            painter.setFont(ui_font(12, QFont.Weight.Medium))
            painter.setPen(theme.color("accent"))
            painter.drawText(line, _LEFT, painter.fontMetrics().elidedText(waiting, _RIGHT_CUT, round(line.width())))
        painter.restore()


@lru_cache(maxsize=2048)
def title_lines(title: str, width: int) -> tuple[str, ...]:
    """Return a title in one line or in two of so many pixels; the second is elided where two are too few."""
    font = _title_font(width)
    metrics = QFontMetricsF(font)
    if metrics.horizontalAdvance(title) <= width:
        return (title,)
    layout = QTextLayout(title, font)
    layout.setTextOption(_wrapping())
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(width)
    layout.endLayout()
    # Qt counts letters as UTF-16 has them.
    letters = title.encode("utf-16-le")
    first, rest = letters[: 2 * line.textLength()], letters[2 * line.textLength() :]
    return (
        first.decode("utf-16-le").strip(),
        metrics.elidedText(rest.decode("utf-16-le").strip(), Qt.TextElideMode.ElideRight, width),
    )


def when_and_where(one: PerformanceSummary, width: float) -> str:
    """Return day and time, and as much of the venue as fits beside them."""
    when = shown_weekday_when(one)
    metrics = QFontMetricsF(ui_font(13))
    room = width - metrics.horizontalAdvance(side_by_side(when, "\N{HORIZONTAL ELLIPSIS}"))
    whole = side_by_side(when, one.venue)
    if metrics.horizontalAdvance(whole) <= width:
        return whole
    return when if room < _LEAST_VENUE else metrics.elidedText(whole, Qt.TextElideMode.ElideRight, width)


_RIGHT_CUT: Final = Qt.TextElideMode.ElideRight
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


def _words_width(row: int) -> float:
    return row - 4 - _SIDE - _LEAF_WIDTH - _GAP - _SIDE


def _title_font(width: int, *, struck: bool = False) -> QFont:
    font = ui_font(13 if width < _NARROW else 14, QFont.Weight.DemiBold)
    font.setStrikeOut(struck)
    return font


def _wrapping() -> QTextOption:
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    return option


def _paint_leaf(painter: QPainter, leaf: QRectF, one: PerformanceSummary, ground: QColor, ink: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(leaf, 9, 9)
    painter.setPen(ink)
    painter.setFont(ui_font(19, QFont.Weight.Bold))
    number = shown_day_number(one.starts_at, one.time_zone)
    painter.drawText(leaf.adjusted(0, 3, 0, -18), Qt.AlignmentFlag.AlignCenter, number)
    painter.setPen(current_theme().color("muted"))
    capitals = QFont(ui_font(11, QFont.Weight.DemiBold))
    capitals.setCapitalization(QFont.Capitalization.AllUppercase)
    painter.setFont(capitals)
    month = shown_month(one.starts_at, one.time_zone)
    painter.drawText(leaf.adjusted(0, 29, 0, -3), Qt.AlignmentFlag.AlignCenter, month)


def _paint_left(painter: QPainter, area: QRectF, one: PerformanceSummary, words: str) -> None:
    """Paint a bar of the seats left and their number; of a performance that cannot be sold, why.

    What is not counted yet has neither: no bar is better than a wrong one.
    """
    theme = current_theme()
    font = ui_font(12, QFont.Weight.DemiBold if one.cancelled else QFont.Weight.Medium)
    painter.setFont(font)
    if one.cancelled or not one.priced:
        painter.setPen(theme.color("danger" if one.cancelled else "muted"))
        painter.drawText(area, _LEFT, words)
        return
    if not one.counted:
        return
    room = QFontMetricsF(font).horizontalAdvance(words) + 8
    bar = QRectF(area.x(), area.center().y() - 2.5, area.width() - room, 5)
    share = one.free / one.capacity if one.capacity else 0.0
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("line"))
    painter.drawRoundedRect(bar, 2.5, 2.5)
    if share:
        painter.setBrush(theme.color("ok" if share > _FEW else "warn"))
        painter.drawRoundedRect(QRectF(bar.x(), bar.y(), max(6.0, bar.width() * share), 5), 2.5, 2.5)
    painter.setPen(theme.color("text" if share else "muted"))
    painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, words)
