"""The marks over the map: rings around seats, the band that is being drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPen

from pos_app.ui.seat_map.sprites import seat_outline

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint, QRectF
    from PySide6.QtGui import QPainter

SMALLEST_RING = 12.0


def paint_ring(painter: QPainter, centre: QPoint, seat_pixels: float, turn: float, color: str, width: float) -> None:
    """Paint a ring around a seat that is turned by degrees; around the smallest seat it can still be seen."""
    painter.save()
    painter.translate(centre)
    painter.rotate(turn)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(color), width))
    painter.drawPath(seat_outline(max(seat_pixels * 1.32 + 3, SMALLEST_RING)))
    painter.restore()


def paint_band(painter: QPainter, band: QRectF, color: str) -> None:
    """Paint the rectangle that chooses seats."""
    ground = QColor(color)
    painter.setPen(QPen(ground, 1.5))
    ground.setAlpha(36)
    painter.setBrush(ground)
    painter.drawRoundedRect(band, 4, 4)
