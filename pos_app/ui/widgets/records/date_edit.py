"""A date that is typed as it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QDateEdit

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

_SEPARATORS: Final = frozenset("-./ ")


class DateEdit(QDateEdit):
    """Takes "2026-12-21" and "20261221" alike. Signals: those of QDateEdit.

    Qt goes on to the month by itself after the last digit of the year; a dash that is typed then would skip the month.
    """

    def __init__(self) -> None:
        super().__init__()
        self._went_on = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Swallow the separator that follows a part which was complete."""
        text, before = event.text(), self.currentSectionIndex()
        if self._went_on and text and text in _SEPARATORS:
            self._went_on = False
            event.accept()
            return
        super().keyPressEvent(event)
        self._went_on = text.isdigit() and self.currentSectionIndex() != before
