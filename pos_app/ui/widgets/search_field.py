"""Search as you type."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QKeySequence, QPainter, QPen, QShortcut
from PySide6.QtWidgets import QLineEdit, QWidget

from pos_app.ui.icons import icon
from pos_app.ui.theme import current_theme, ui_font

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent

_PAUSE_MS: Final = 150


class SearchField(QLineEdit):
    """A field with a magnifier; its key (F2) brings the cursor here from anywhere on the screen, Esc empties it.

    Signals: searched(str), the words stripped, after a short pause in typing.
    """

    searched = Signal(str)

    def __init__(self, placeholder: str, key: str = "F2", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key = key
        self.setProperty("role", "search")
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setClearButtonEnabled(True)
        self.addAction(icon("magnifying-glass", role="muted"), QLineEdit.ActionPosition.LeadingPosition)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._on_pause)
        self.textChanged.connect(self._on_text_changed)
        if key:
            self._shortcut = QShortcut(QKeySequence(key), self, self._on_key)

    def _on_text_changed(self, text: str) -> None:
        if text:
            self._pause.start()
        else:
            self._pause.stop()
            self._on_pause()

    def _on_pause(self) -> None:
        self.searched.emit(self.text().strip())

    def _on_key(self) -> None:
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Empty the field on Esc."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Print the key at the right while the field is empty."""
        super().paintEvent(event)
        if not self._key or self.text() or self.hasFocus():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        color = current_theme().color("muted")
        cap = QRectF(self.width() - 44, self.height() / 2 - 11, 32, 22)
        painter.setPen(QPen(color, 1))
        painter.drawRoundedRect(cap.adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        painter.setFont(ui_font(11, QFont.Weight.DemiBold))
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, self._key)
