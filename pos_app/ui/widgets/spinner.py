"""Something is being done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QWidget

from pos_app.ui.look.theme import current_theme

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QPaintEvent, QShowEvent

_STEP_MS: Final = 40
_STEP_DEGREES: Final = 14


class Spinner(QWidget):
    """A turning arc; turns only while it can be seen. No signals."""

    def __init__(self, pixels: int = 20) -> None:
        super().__init__()
        self._angle = 0
        self._timer = QTimer(self, interval=_STEP_MS)
        self._timer.timeout.connect(self._on_step)
        self.setFixedSize(pixels, pixels)

    def _on_step(self) -> None:
        self._angle = (self._angle - _STEP_DEGREES) % 360
        self.update()

    def showEvent(self, event: QShowEvent) -> None:
        """Begin to turn."""
        super().showEvent(event)
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop turning."""
        super().hideEvent(event)
        self._timer.stop()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ring and the arc."""
        del event
        theme = current_theme()
        stroke = max(2.0, self.width() / 9)
        ring = QRectF(self.rect()).adjusted(stroke, stroke, -stroke, -stroke)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("line"), stroke))
        painter.drawEllipse(ring)
        painter.setPen(QPen(theme.color("accent"), stroke, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawArc(ring, self._angle * 16, 90 * 16)
