"""A time of day that is typed as it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTimeEdit

from pos_app.ui.widgets.line_bounds import bound_line

if TYPE_CHECKING:
    from PySide6.QtGui import QWheelEvent


class TimeEdit(QTimeEdit):
    """Hours and minutes; the wheel scrolls the page, and changes nothing. Signals: those of QTimeEdit."""

    def __init__(self) -> None:
        super().__init__()
        bound_line(self.lineEdit(), 40)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave it to what is scrolled: a time under the pointer must stay as it is."""
        event.ignore()
