"""Some lines to write in, that take no more than can be laid out at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit

from pos_app.ui.widgets.line_bounds import length_of

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData
    from PySide6.QtGui import QInputMethodEvent


class BoundedArea(QPlainTextEdit):
    """What is pasted, dropped or written by an input method beyond `most` characters is not taken at all.

    Signals: refused(int): it had so many characters; what was there, and what was marked, stays.
    """

    refused = Signal(int)

    def __init__(self, most: int, placeholder: str = "") -> None:
        super().__init__()
        self._most = most
        self.setPlaceholderText(placeholder)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Take what is pasted or dropped, unless it is too much."""
        if self._has_room_for(source.text()):
            super().insertFromMimeData(source)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Take what an input method has written, unless it is too much."""
        if not event.commitString() or self._has_room_for(event.commitString()):
            super().inputMethodEvent(event)
        else:
            event.accept()

    def _has_room_for(self, text: str) -> bool:
        cursor = self.textCursor()
        stays = self.document().characterCount() - 1 - (cursor.selectionEnd() - cursor.selectionStart())
        if len(text) <= self._most and stays + length_of(text) <= self._most:
            return True
        self.refused.emit(len(text))
        return False
