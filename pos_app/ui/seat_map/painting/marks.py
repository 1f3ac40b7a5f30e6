"""What lies over the map: rings around seats, the band that is being drawn, the card beside what is pointed at."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from pos_app.ui.seat_map.model.lettering import sized
from pos_app.ui.seat_map.painting.sprites import seat_outline

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint, QRect

    from pos_app.ui.look.theme import Theme
    from pos_app.ui.seat_map.model.words import SeatWords
    from pos_app.ui.seat_map.painting.colors import CategoryLook

SMALLEST_RING = 12.0
PADDING = 14.0
EDGE = 8.0
SWATCH = 10.0
TITLE_HEIGHT, LINE_HEIGHT = 20.0, 18.0


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


def paint_card(
    painter: QPainter,
    words: SeatWords,
    category: CategoryLook,
    theme: Theme,
    font: QFont,
    seat: QPointF,
    seat_pixels: float,
    window: QSize,
    avoid: QRect,
) -> None:
    """Paint the card of a seat near its centre, above it where there is room, and wholly inside the window.

    avoid: what lies over the window; a card beneath it could not be read.
    """
    bold, plain = sized(font, 13, QFont.Weight.DemiBold), sized(font, 12)
    title, lines = QFontMetricsF(bold), QFontMetricsF(plain)
    widest = window.width() - 2 * EDGE - 2 * PADDING
    wanted = max([title.horizontalAdvance(words.place), *(lines.horizontalAdvance(t) + 18 for t in words.card_lines())])
    width = min(wanted, widest) + 1
    height = 2 * 9.0 + TITLE_HEIGHT + LINE_HEIGHT * len(words.card_lines())
    place = _placed(seat, seat_pixels, QSizeF(width + 2 * PADDING, height), window, QRectF(avoid))
    _paint_ground(painter, place, theme)
    row = QRectF(place.left() + PADDING, place.top() + 9, width, TITLE_HEIGHT)
    painter.setFont(bold)
    painter.setPen(theme.color("text"))
    painter.drawText(row, _LINE, title.elidedText(words.place, Qt.TextElideMode.ElideRight, width))
    painter.setFont(plain)
    row = QRectF(row.left() + 18, row.bottom(), width - 18, LINE_HEIGHT)
    swatch = QRectF(place.left() + PADDING, row.center().y() - SWATCH / 2, SWATCH, SWATCH)
    for text in words.card_lines():
        painter.setPen(theme.color("muted"))
        painter.drawText(row, _LINE, lines.elidedText(text, Qt.TextElideMode.ElideRight, row.width()))
        row.translate(0, LINE_HEIGHT)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(category.color))
    painter.drawRoundedRect(swatch, 3, 3)


_LINE = (
    Qt.AlignmentFlag.AlignLeft
    | Qt.AlignmentFlag.AlignVCenter
    | Qt.TextFlag.TextSingleLine
    | Qt.TextFlag.TextForceLeftToRight
)


def _placed(seat: QPointF, seat_pixels: float, size: QSizeF, window: QSize, avoid: QRectF) -> QRectF:
    gap = max(seat_pixels * 0.7, 6.0) + 8
    above, below = seat.y() - gap - size.height(), min(seat.y() + gap, window.height() - size.height() - EDGE)
    middle = seat.x() - size.width() / 2
    tops = (above, below) if above >= EDGE else (below,)
    lefts = (middle, avoid.left() - EDGE - size.width(), avoid.right() + EDGE)
    places = [_inside(QRectF(QPointF(left, top), size), window) for top, left in product(tops, lefts)]
    return next((place for place in places if not place.intersects(avoid)), places[0])


def _inside(place: QRectF, window: QSize) -> QRectF:
    """Return a card moved sideways into the window, on whole pixels."""
    left = min(max(EDGE, place.left()), window.width() - place.width() - EDGE)
    return QRectF(round(left), round(place.top()), round(place.width()), place.height())


def _paint_ground(painter: QPainter, place: QRectF, theme: Theme) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(0, 0, 0, 9))
    for spread in range(6):
        shadow = place.adjusted(-spread, 3 - spread, spread, 3 + spread)
        painter.drawRoundedRect(shadow, 10 + spread, 10 + spread)
    painter.setBrush(theme.color("raised"))
    painter.setPen(QPen(theme.color("line"), 1))
    painter.drawRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5), 10, 10)
