"""What the large panel is painted with: the stripes around a scan without verdict, and the sign of each state."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QByteArray, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPixmap, QPolygonF
from PySide6.QtSvg import QSvgRenderer

from pos_app.assets import asset

STRIPE_BAND: Final = 26
"""Pixels that the stripes take at each side."""


def paint_stripes(painter: QPainter, area: QRectF, color: QColor) -> None:
    """Frame an area with stripes."""
    frame = QPainterPath()
    frame.addRect(area)
    inside = QPainterPath()
    inside.addRoundedRect(area.adjusted(STRIPE_BAND, STRIPE_BAND, -STRIPE_BAND, -STRIPE_BAND), 8, 8)
    painter.setClipPath(frame.subtracted(inside), Qt.ClipOperation.IntersectClip)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    step, left = STRIPE_BAND * 1.6, area.left() - area.height()
    while left < area.right():
        painter.drawPolygon(
            QPolygonF(
                [
                    QPointF(left, area.bottom()),
                    QPointF(left + area.height(), area.top()),
                    QPointF(left + area.height() + step / 2, area.top()),
                    QPointF(left + step / 2, area.bottom()),
                ]
            )
        )
        left += step


def sign(name: str, color: str, pixels: int, ratio: float) -> QPixmap:
    """Return a drawing of resources/icons in a colour. ratio: of the screen's pixels to those of the window."""
    pixmap = QPixmap(round(pixels * ratio), round(pixels * ratio))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    drawing = asset("icons", f"{name}.svg").read_bytes().replace(b"currentColor", color.encode())
    QSvgRenderer(QByteArray(drawing)).render(painter)
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap
