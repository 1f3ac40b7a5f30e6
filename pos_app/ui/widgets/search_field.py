"""Search as you type."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QKeyEvent, QKeySequence, QPainter, QPen, QShortcut
from PySide6.QtWidgets import QLineEdit, QWidget

from pos_app.ui.look.icons import icon
from pos_app.ui.look.theme import current_theme, ui_font

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

_PAUSE_MS: Final = 150
_ESCAPE: Final = (QEvent.Type.ShortcutOverride, Qt.Key.Key_Escape)


class SearchField(QLineEdit):
    """A field with a magnifier; its key (F2) brings the cursor here from anywhere on the screen, Esc empties it.

    Signals: searched(str), the words stripped, after a short pause in typing; left(), by Esc once it is empty.
    """

    searched = Signal(str)
    left = Signal()

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

    def event(self, event: QEvent) -> bool:
        """Keep Esc from being a shortcut of the screen while the cursor is here."""
        if isinstance(event, QKeyEvent) and (event.type(), event.key()) == _ESCAPE:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Empty the field on Esc; once it is empty, leave it."""
        if event.key() == Qt.Key.Key_Escape:
            if self.text():
                self.clear()
            else:
                self.left.emit()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Print the key at the right while the field is empty."""
        super().paintEvent(event)
        if not self._key or self.text() or self.hasFocus():
            return
        font = ui_font(11, QFont.Weight.DemiBold)
        width = max(32.0, QFontMetricsF(font).horizontalAdvance(self._key) + 14)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        color = current_theme().color("muted")
        cap = QRectF(self.width() - width - 12, self.height() / 2 - 11, width, 22)
        painter.setPen(QPen(color, 1))
        painter.drawRoundedRect(cap.adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        painter.setFont(font)
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, self._key)
