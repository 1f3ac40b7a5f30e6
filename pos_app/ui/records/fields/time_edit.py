"""A time of day that is typed as it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QTimeEdit

from pos_app.ui.widgets.line_bounds import bound_line

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent


class TimeEdit(QTimeEdit):
    """Hours and minutes; the wheel scrolls the page, and changes nothing. Signals: those of QTimeEdit.

    A digit that is typed into a whole time begins its hours or its minutes anew, wherever a click or a key has left the
    cursor: Qt alone takes a digit only where a part is chosen, and drops it without a word anywhere else.
    """

    def __init__(self) -> None:
        super().__init__()
        self._is_typing = False
        bound_line(self.lineEdit(), 40)
        self.lineEdit().installEventFilter(self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose the part that a digit is meant for."""
        is_digit = event.text().isdecimal()
        line = self.lineEdit()
        if is_digit and line.hasSelectedText() and line.selectedText() == line.text():
            self.setSelectedSection(self.sectionAt(0))
        elif is_digit and not self._is_typing and not line.hasSelectedText():
            self.setSelectedSection(self.currentSection())
        self._is_typing = is_digit
        super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Whoever clicks begins anew."""
        if event.type() is QEvent.Type.MouseButtonPress:
            self._is_typing = False
        return super().eventFilter(watched, event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Whoever comes here begins anew."""
        self._is_typing = False
        super().focusInEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave it to what is scrolled: a time under the pointer must stay as it is."""
        event.ignore()
