"""Paints the scenery: the floor, blocks, stage and row letters under the seats, zone names where they can be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QLinearGradient, QPainter, QPen, QTransform

if TYPE_CHECKING:
    from pos_app.ui.widgets.seat_map.colors import MapColors
    from pos_app.ui.widgets.seat_map.scenery import Scenery, ZoneName
    from pos_app.ui.widgets.seat_map.stage import Stage
    from pos_app.ui.widgets.seat_map.view import View

GROUND_UNITS = 38.0
"""The pen that widens a block from the centres of its outer seats to its edge."""
OVERVIEW_SEAT_PIXELS = 7.0
"""With seats smaller than this, the names of zones are what one steers by: they stand above the seats."""
SMALL_ZONE_UNITS = 170.0
LARGE_NAME, SMALL_NAME = 17.0, 11.0
SMALLEST_TEXT = 8.0


class SceneryPainter:
    """Paints one plan's scenery in one theme. `stage_word` is what stands on the stage."""

    def __init__(self, scenery: Scenery, colors: MapColors, font: QFont, stage_word: str) -> None:
        self._scenery, self._colors, self._font, self._stage_word = scenery, colors, font, stage_word

    def paint_below(self, painter: QPainter, rect: QRectF, view: View) -> None:
        """Paint what lies under the seats in a rectangle of the widget."""
        painter.fillRect(rect, QColor(self._colors.floor))
        shown = view.plan_rect(rect, 30.0)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setTransform(
            QTransform(view.scale, 0, 0, view.scale, -view.left * view.scale, -view.top * view.scale), True
        )
        ground = QColor(self._colors.block)
        painter.setBrush(ground)
        painter.setPen(
            QPen(ground, GROUND_UNITS, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
        )
        for block in self._scenery.blocks:
            if block.bounds.intersects(shown):
                painter.drawPath(block.path)
        if self._scenery.stage is not None:
            self._paint_stage(painter, self._scenery.stage)
        painter.restore()
        self._paint_row_letters(painter, shown, view)
        if view.seat_pixels >= OVERVIEW_SEAT_PIXELS:
            self._paint_zone_names(painter, shown, view, plate=False)

    def paint_above(self, painter: QPainter, rect: QRectF, view: View) -> None:
        """Paint what lies over the seats."""
        if view.seat_pixels < OVERVIEW_SEAT_PIXELS:
            self._paint_zone_names(painter, view.plan_rect(rect), view, plate=True)

    def _paint_stage(self, painter: QPainter, stage: Stage) -> None:
        bounds = stage.path.boundingRect()
        shade = QLinearGradient(bounds.topLeft(), bounds.bottomLeft())
        shade.setColorAt(0, QColor(self._colors.stage_far))
        shade.setColorAt(1, QColor(self._colors.stage_near))
        painter.setBrush(shade)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawPath(stage.path)
        font, text = _lettered(self._font, self._stage_word, stage.letter_height, 0.4)
        room = bounds.width() * 0.8
        width = QFontMetricsF(font).horizontalAdvance(text)
        if width > room:
            font, text = _lettered(self._font, self._stage_word, stage.letter_height * room / width, 0.4)
        painter.setFont(font)
        painter.setPen(QColor(self._colors.stage_text))
        painter.drawText(_around(stage.label, bounds.width(), bounds.height()), Qt.AlignmentFlag.AlignCenter, text)

    def _paint_row_letters(self, painter: QPainter, shown: QRectF, view: View) -> None:
        pixels = 13.0 * view.scale
        if pixels < 5.5:
            return
        font = QFont(self._font)
        font.setPixelSize(round(max(pixels, SMALLEST_TEXT)))
        font.setWeight(QFont.Weight.Medium)
        painter.setFont(font)
        painter.setPen(QColor(self._colors.faint))
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip
        for letter in self._scenery.row_letters:
            if shown.contains(letter.x, letter.y):
                place = _around(view.to_widget(letter.x, letter.y), 28 * view.scale, 20 * view.scale)
                painter.drawText(place, flags, letter.text)

    def _paint_zone_names(self, painter: QPainter, shown: QRectF, view: View, *, plate: bool) -> None:
        for name in self._scenery.zone_names:
            font, text = self._name_font(name, view, plate=plate)
            metrics = QFontMetricsF(font)
            place = _around(view.to_widget(name.x, name.y), metrics.horizontalAdvance(text) + 12, metrics.height() + 4)
            if not text or not view.plan_rect(place).intersects(shown):
                continue
            if plate:
                if place.width() * 0.6 > max(name.bounds.width(), name.bounds.height()) * view.scale:
                    continue
                ground = QColor(self._colors.floor)
                ground.setAlpha(225)
                painter.save()
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(ground)
                painter.drawRoundedRect(place, 5, 5)
                painter.restore()
            painter.setFont(font)
            painter.setPen(QColor(self._colors.text if plate else self._colors.muted))
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip, text)

    def _name_font(self, name: ZoneName, view: View, *, plate: bool) -> tuple[QFont, str]:
        if plate:
            return _lettered(self._font, name.text, 11.0, 0.06)
        small = max(name.bounds.width(), name.bounds.height()) < SMALL_ZONE_UNITS
        pixels = (SMALL_NAME if small else LARGE_NAME) * view.scale
        return _lettered(self._font, name.text, max(pixels, SMALLEST_TEXT), 0.11 if small else 0.22)


def _lettered(base: QFont, text: str, pixels: float, spacing: float) -> tuple[QFont, str]:
    """Return font and text of a sign: spaced capitals, but only in a script that bears them."""
    font = QFont(base)
    font.setPixelSize(max(1, round(pixels)))
    font.setWeight(QFont.Weight.DemiBold)
    if not text.isascii():
        return font, text
    font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, spacing * pixels)
    return font, text.upper()


def _around(centre: QPointF, width: float, height: float) -> QRectF:
    return QRectF(centre.x() - width / 2, centre.y() - height / 2, width, height)
