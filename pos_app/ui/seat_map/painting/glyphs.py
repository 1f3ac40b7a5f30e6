"""The signs on the seats, drawn around the painter's origin in parts of the seat's side: no icon font needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

if TYPE_CHECKING:
    from collections.abc import Sequence


def tick(painter: QPainter, side: float, ink: QColor) -> None:
    """In this basket."""
    _stroke(painter, ink, max(1.2, side * 0.13))
    painter.drawPath(_polyline(side, ((-0.24, 0.02), (-0.06, 0.2), (0.26, -0.2))))


def cross(painter: QPainter, side: float, ink: QColor) -> None:
    """Sold."""
    _stroke(painter, ink, max(1.0, side * 0.085))
    arm = side * 0.15
    painter.drawLines([QLineF(-arm, -arm, arm, arm), QLineF(-arm, arm, arm, -arm)])


def clock_hands(painter: QPainter, side: float, ink: QColor) -> None:
    """Held by somebody for the moment."""
    _stroke(painter, ink, max(1.0, side * 0.095))
    painter.drawPath(_polyline(side, ((0.0, -0.24), (0.0, 0.0), (0.18, 0.0))))


def bookmark(painter: QPainter, side: float, ink: QColor) -> None:
    """Reserved under a name."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    corners = ((-0.17, -0.27), (0.17, -0.27), (0.17, 0.26), (0.0, 0.11), (-0.17, 0.26))
    painter.drawPolygon(QPolygonF([QPointF(x * side, y * side) for x, y in corners]))


def envelope(painter: QPainter, side: float, ink: QColor) -> None:
    """Offered by a letter to a party that waited."""
    _stroke(painter, ink, max(1.0, side * 0.085))
    painter.drawRect(QRectF(-side * 0.25, -side * 0.17, side * 0.5, side * 0.34))
    painter.drawPath(_polyline(side, ((-0.25, -0.15), (0.0, 0.05), (0.25, -0.15))))


def queue(painter: QPainter, side: float, ink: QColor) -> None:
    """Kept for those who wait: three of them in a row."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    for x, radius in ((-0.2, 0.07), (0.0, 0.085), (0.22, 0.1)):
        painter.drawEllipse(QPointF(x * side, 0), radius * side, radius * side)


def round_arrow(painter: QPainter, side: float, ink: QColor) -> None:
    """Given back for resale: it goes round."""
    _stroke(painter, ink, max(1.0, side * 0.085))
    radius = side * 0.2
    painter.drawArc(QRectF(-radius, -radius, 2 * radius, 2 * radius), 60 * 16, 280 * 16)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    head = ((0.08, -0.3), (0.27, -0.16), (0.06, -0.06))
    painter.drawPolygon(QPolygonF([QPointF(x * side, y * side) for x, y in head]))


def house(painter: QPainter, side: float, ink: QColor) -> None:
    """Kept back by the house."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    corners = ((0, -0.28), (0.28, -0.02), (0.19, -0.02), (0.19, 0.24), (-0.19, 0.24), (-0.19, -0.02), (-0.28, -0.02))
    painter.drawPolygon(QPolygonF([QPointF(x * side, y * side) for x, y in corners]))


def bar(painter: QPainter, side: float, ink: QColor) -> None:
    """Blocked."""
    _stroke(painter, ink, max(1.2, side * 0.13))
    painter.drawLine(QPointF(-side * 0.2, 0), QPointF(side * 0.2, 0))


def person(painter: QPainter, side: float, ink: QColor) -> None:
    """A companion's seat."""
    unit = side / 18
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    painter.drawEllipse(QPointF(0, -2.6 * unit), 2.3 * unit, 2.3 * unit)
    shoulders = QPainterPath(QPointF(-4.4 * unit, 5 * unit))
    shoulders.arcTo(QRectF(-4.4 * unit, 0.6 * unit, 8.8 * unit, 8.8 * unit), 180, -180)
    shoulders.closeSubpath()
    painter.drawPath(shoulders)


def wheelchair(painter: QPainter, side: float, ink: QColor) -> None:
    """A wheelchair place."""
    unit = side / 18
    _stroke(painter, ink, max(1.0, side * 0.085))
    painter.drawArc(QRectF(-5.2 * unit, -2.2 * unit, 8.4 * unit, 8.4 * unit), 100 * 16, 250 * 16)
    painter.drawPath(_polyline(unit, ((-1, -3.6), (-0.6, 1.2), (3.2, 1.2), (4.9, 5))))
    painter.drawLine(QPointF(-0.8 * unit, -1.2 * unit), QPointF(2.4 * unit, -1.2 * unit))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    painter.drawEllipse(QPointF(-1.2 * unit, -5.8 * unit), 1.5 * unit, 1.5 * unit)


def wheel(painter: QPainter, side: float, ink: QColor) -> None:
    """A wheelchair place on a seat of a few pixels: only its wheel."""
    _stroke(painter, ink, max(1.0, side * 0.17))
    radius = max(0.7, side * 0.25)
    painter.drawEllipse(QPointF(0, 0), radius, radius)


def dot(painter: QPainter, side: float, ink: QColor) -> None:
    """A companion's seat of a few pixels: only a head."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    radius = max(0.7, side * 0.17)
    painter.drawEllipse(QPointF(0, 0), radius, radius)


def folded_corner(painter: QPainter, side: float, ink: QColor) -> None:
    """A restricted view: a corner of the picture is missing."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    corners = ((0.12, -0.4), (0.4, -0.4), (0.4, -0.12))
    painter.drawPolygon(QPolygonF([QPointF(x * side, y * side) for x, y in corners]))


def _stroke(painter: QPainter, ink: QColor, width: float) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(ink, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))


def _polyline(unit: float, points: Sequence[tuple[float, float]]) -> QPainterPath:
    path = QPainterPath(QPointF(points[0][0] * unit, points[0][1] * unit))
    for x, y in points[1:]:
        path.lineTo(x * unit, y * unit)
    return path
