"""Search as you type."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QPainter, QShortcut
from PySide6.QtWidgets import QLineEdit

from pos_app.ui.look.icons import icon
from pos_app.ui.look.theme import current_theme
from pos_app.ui.widgets.keys import CAP_HEIGHT, cap_width, keep_keys, paint_cap
from pos_app.ui.widgets.line_bounds import bound_line
from pos_app.ui.widgets.scan_input import take_scans

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QFocusEvent, QKeyEvent, QPaintEvent

_LONGEST: Final = 200
_PAUSE_MS: Final = 150
_BY_HAND: Final = {
    Qt.FocusReason.MouseFocusReason,
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
}
_BEFORE_WORDS: Final = 40
"""Pixels of the magnifier."""


class SearchField(QLineEdit):
    """A field with a magnifier; its key (F2) brings the cursor here from anywhere on the screen, Esc empties it.

    leaves_at_once: Esc leaves it with what is typed: in a sheet, whose button says "Esc", one press closes it.
    Signals: begun(), a person came here; searched(str), the words stripped, after a short pause in typing; left(), by
    Esc once it is empty.
    """

    begun = Signal()
    searched = Signal(str)
    left = Signal()

    def __init__(self, placeholder: str, key: str = "F2", *, leaves_at_once: bool = False) -> None:
        super().__init__()
        self._leaves_at_once = leaves_at_once
        self._key = key
        self.setProperty("role", "search")
        bound_line(self, _LONGEST)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setClearButtonEnabled(True)
        self.addAction(icon("magnifying-glass", role="muted"), QLineEdit.ActionPosition.LeadingPosition)
        take_scans(self)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._on_pause)
        self.textChanged.connect(self._on_text_changed)
        if key:
            QShortcut(QKeySequence(key), self, self._on_key)

    @property
    def key(self) -> str:
        """Return the key that brings the cursor here, "" for none."""
        return self._key

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

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell that a person came, and not that a window or a menu gave the cursor back."""
        super().focusInEvent(event)
        if event.reason() in _BY_HAND:
            self.begun.emit()

    def event(self, event: QEvent) -> bool:
        """Keep Esc from being a shortcut of the screen while the cursor is here."""
        return keep_keys(event, {Qt.Key.Key_Escape}) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Empty the field on Esc; once it is empty, or at once, leave it."""
        if event.key() == Qt.Key.Key_Escape:
            if self.text() and not self._leaves_at_once:
                self.clear()
            else:
                self.left.emit()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Print the key at the right while the field is empty, and there is room beside what is to be searched."""
        super().paintEvent(event)
        if not self._key or self.text() or self.hasFocus():
            return
        width = cap_width(self._key, 32.0)
        if _BEFORE_WORDS + self.fontMetrics().horizontalAdvance(self.placeholderText()) + width + 12 > self.width():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        cap = QRectF(self.width() - width - 12, (self.height() - CAP_HEIGHT) / 2, width, CAP_HEIGHT)
        paint_cap(painter, cap, self._key, current_theme().color("muted"))
