"""A date that is typed as it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QDateEdit

from pos_app.ui.widgets.calendar import Calendar
from pos_app.ui.widgets.line_bounds import bound_line
from pos_app.ui.words.ui_locale import ui_locale

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent

_LONGEST: Final = 40
_SEPARATORS: Final = frozenset("-./ ")


class DateEdit(QDateEdit):
    """Takes "2026-12-21" and "20261221" alike. Signals: those of QDateEdit.

    Qt goes on to the month by itself after the last digit of the year; a dash that is typed then would skip the month.
    And it takes no digit for a part that is full and not marked.
    """

    def __init__(self) -> None:
        super().__init__()
        if self.locale().language() == QLocale.Language.C:
            # That of machines writes a day without a sign between its parts.
            self.setDisplayFormat(QLocale(ui_locale()).dateFormat(QLocale.FormatType.ShortFormat))
        bound_line(self.lineEdit(), _LONGEST)
        self._went_on = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCalendarPopup(True)
        self._calendar: Calendar | None = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Swallow the separator that follows a part which was complete."""
        text = event.text()
        if text.isdigit():
            self._begin_afresh()
        before = self.currentSectionIndex()
        if self._went_on and text and text in _SEPARATORS:
            self._went_on = False
            event.accept()
            return
        super().keyPressEvent(event)
        self._went_on = text.isdigit() and self.currentSectionIndex() != before

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Make the calendar when it may be unfolded first."""
        if self._calendar is None:
            self._calendar = Calendar()
            self.setCalendarWidget(self._calendar)
        super().mousePressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave it to what is scrolled: a date under the pointer must stay as it is."""
        event.ignore()

    def _begin_afresh(self) -> None:
        """Mark the part that a digit begins: the first where all is marked, else the one before which the cursor is."""
        line = self.lineEdit()
        whole, at = line.text(), line.cursorPosition()
        if line.selectedText() == whole:
            self.setSelectedSection(self.sectionAt(0))
        elif not line.hasSelectedText() and not whole[max(0, at - 1) : at].isdigit():
            self.setSelectedSection(self.currentSection())
