"""A month to choose a day from, with days that a finger can hit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QColor, QTextCharFormat
from PySide6.QtWidgets import QAbstractSpinBox, QCalendarWidget, QTableView, QToolButton

from pos_app.ui.look.icons import icon
from pos_app.ui.look.theme import current_theme, theme_notifier

if TYPE_CHECKING:
    from PySide6.QtCore import QObject
    from PySide6.QtWidgets import QWidget

_CELL: Final = 44
_ROWS: Final = 8
"""The names of the days, the weeks, and the month above them."""
_WEEKEND: Final = (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday)
_ARROWS: Final = {"qt_calendar_prevmonth": "arrow-left", "qt_calendar_nextmonth": "arrow-right"}


class Calendar(QCalendarWidget):
    """Begins with Monday, in the colours of the house; the wheel goes to no other month.

    Signals: see QCalendarWidget.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.setMinimumSize(7 * _CELL, _ROWS * _CELL)
        for name, icon_name in _ARROWS.items():
            button = self.findChild(QToolButton, name)
            if button is not None:
                button.setIcon(icon(icon_name, role="text"))
        turned = [*self.findChildren(QTableView), *self.findChildren(QAbstractSpinBox)]
        # The wheel reaches the area inside a table before the table.
        for widget in (*turned, *(table.viewport() for table in self.findChildren(QTableView))):
            widget.installEventFilter(self)
        theme_notifier().changed.connect(self._paint_names)
        self._paint_names()

    def sizeHint(self) -> QSize:
        """Return the size in which a finger hits each day."""
        return super().sizeHint().expandedTo(QSize(7 * _CELL, _ROWS * _CELL))

    def _paint_names(self) -> None:
        """Paint the names of the days, and the days of the weekend, as the look has them."""
        names = QTextCharFormat()
        names.setForeground(current_theme().color("muted"))
        names.setBackground(QColor(Qt.GlobalColor.transparent))
        self.setHeaderTextFormat(names)
        for day in _WEEKEND:
            self.setWeekdayTextFormat(day, names)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave the wheel to what is scrolled."""
        if event.type() == QEvent.Type.Wheel:
            event.ignore()
            return True
        return super().eventFilter(watched, event)
