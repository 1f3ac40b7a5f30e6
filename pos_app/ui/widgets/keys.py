"""Keys: those a widget keeps for itself, and the cap printed on what a key presses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QKeyEvent, QPainter, QPen

from pos_app.ui.look.theme import ui_font

if TYPE_CHECKING:
    from collections.abc import Container

ENTER: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
CAP_HEIGHT: Final = 22


def keep_keys(event: QEvent, keys: Container[Qt.Key]) -> bool:
    """Keep keys from being shortcuts of the screen while a widget has the keyboard; tell whether this is one of them.

    To be asked by the widget's event().
    """
    if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in keys:
        event.accept()
        return True
    return False


def cap_width(words: str, least: float) -> float:
    """Return how wide the cap of a key is."""
    return max(least, QFontMetricsF(_cap_font()).horizontalAdvance(words) + 14)


def paint_cap(painter: QPainter, cap: QRectF, words: str, color: QColor) -> None:
    """Paint the cap of a key."""
    painter.setPen(QPen(color, 1))
    painter.drawRoundedRect(cap.adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
    painter.setFont(_cap_font())
    painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, words)


def _cap_font() -> QFont:
    return ui_font(11, QFont.Weight.DemiBold)
