"""A calendar in which any number of days can be chosen."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QDate, QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QTableView

from pos_app.ui.look.theme import current_theme, ui_font
from pos_app.ui.widgets.calendar import Calendar

if TYPE_CHECKING:
    from collections.abc import Collection

    from PySide6.QtCore import QObject, QRect

_ROUND: Final = 8
_LEAST_HEIGHT: Final = 200
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class DayCalendar(Calendar):
    """A month; chosen days are filled, the one that the keyboard stands on has a ring.

    Keys: arrows walk, Enter chooses. Signals: day_pressed(object): a person clicked a day (a date), or pressed Enter.
    finished(): Ctrl+Enter.
    """

    day_pressed = Signal(object)
    finished = Signal()

    def __init__(self) -> None:
        super().__init__()
        # In a low window the days give way, so that what stands below the calendar can be reached.
        self.setMinimumHeight(_LEAST_HEIGHT)
        self._chosen: frozenset[date] = frozenset()
        for view in self.findChildren(QTableView):
            view.installEventFilter(self)
        self.clicked.connect(self._on_day)
        self.activated.connect(self._on_day)

    def show_chosen(self, days: Collection[date]) -> None:
        """Mark these days and no others."""
        self._chosen = frozenset(days)
        self.updateCells()

    def _on_day(self, day: QDate) -> None:
        self.day_pressed.emit(date(day.year(), day.month(), day.day()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep Ctrl+Enter from choosing a day."""
        # The kind of the event comes first: those of its own end come when there is nothing to compare with any more.
        pressed = event if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) else None
        if (
            pressed is not None
            and pressed.key() in _ENTER
            and pressed.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self.finished.emit()
            return True
        return super().eventFilter(watched, event)

    def paintCell(self, painter: QPainter, rect: QRect, shown: QDate | date) -> None:
        """Paint a day."""
        day = shown if isinstance(shown, date) else date(shown.year(), shown.month(), shown.day())
        theme = current_theme()
        chosen = day in self._chosen
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        cell = QRectF(rect).adjusted(3, 2, -3, -2)
        painter.fillRect(rect, theme.color("raised"))
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("accent"))
            painter.drawRoundedRect(cell, _ROUND, _ROUND)
        if self.selectedDate() == QDate(day.year, day.month, day.day):
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.color("focus" if chosen else "accent"), 2))
            painter.drawRoundedRect(cell.adjusted(1, 1, -1, -1), _ROUND, _ROUND)
        other_month = (day.year, day.month) != (self.yearShown(), self.monthShown())
        painter.setPen(theme.color("accent_text" if chosen else "faint" if other_month else "text"))
        painter.setFont(ui_font(14, QFont.Weight.DemiBold if chosen else QFont.Weight.Normal))
        painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, str(day.day))
        painter.restore()
