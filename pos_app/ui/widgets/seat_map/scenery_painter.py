"""Paints the scenery: the floor, blocks, stage and row letters under the seats, zone names where they can be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QLinearGradient, QPainter, QPen, QTransform

from pos_app.ui.widgets.seat_map.scenery import SMALL_ZONE

if TYPE_CHECKING:
    from pos_app.ui.widgets.seat_map.colors import MapColors
    from pos_app.ui.widgets.seat_map.scenery import Scenery, ZoneName
    from pos_app.ui.widgets.seat_map.stage import Stage
    from pos_app.ui.widgets.seat_map.view import View

GROUND_UNITS = 38.0
"""The pen that widens a block from the centres of its outer seats to its edge."""
OVERVIEW_SEAT_PIXELS = 7.0
"""With seats smaller than this, the names of zones are what one steers by: they stand above the seats."""
LARGE_NAME, SMALL_NAME, LETTER = 17.0, 11.0, 13.0
"""Sizes of text in plan units."""
SMALLEST_TEXT, LARGEST_LETTER, LARGEST_NAME, OVERVIEW_NAME = 8.0, 20.0, 28.0, 11.0
"""Sizes of text in pixels."""
NAME_SPACING = 0.14


class SceneryPainter:
    """Paints one plan's scenery in one theme. `stage_word` is what stands on the stage."""

    def __init__(self, scenery: Scenery, colors: MapColors, font: QFont, stage_word: str) -> None:
        self._scenery, self._colors, self._font, self._stage_word = scenery, colors, font, stage_word
        letters, names = scenery.row_letters, scenery.zone_names
        self._letter_x = np.array([letter.x for letter in letters], np.float64)
        self._letter_y = np.array([letter.y for letter in letters], np.float64)
        self._name_x = np.array([name.x for name in names], np.float64)
        self._name_y = np.array([name.y for name in names], np.float64)
        self._zone_size = np.array([max(name.bounds.width(), name.bounds.height()) for name in names], np.float64)
        self._name_size = np.where(self._zone_size < SMALL_ZONE, SMALL_NAME, LARGE_NAME)
        self._name_over_seats = np.array([name.over_seats for name in names], np.bool_)
        self._name_width = np.array([_width_per_pixel(font, name.text) for name in names], np.float64)

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
        stage = self._scenery.stage
        if stage is not None and stage.path.boundingRect().intersects(shown):
            self._paint_stage(painter, stage)
        painter.restore()
        self._paint_row_letters(painter, shown, view)
        self._paint_zone_names(painter, rect, view, above=False)

    def paint_above(self, painter: QPainter, rect: QRectF, view: View) -> None:
        """Paint what lies over the seats."""
        self._paint_zone_names(painter, rect, view, above=True)

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
        pixels = LETTER * view.scale
        if pixels < 5.5:
            return
        font = QFont(self._font)
        font.setPixelSize(round(min(max(pixels, SMALLEST_TEXT), LARGEST_LETTER)))
        font.setWeight(QFont.Weight.Medium)
        painter.setFont(font)
        painter.setPen(QColor(self._colors.faint))
        x, y = self._letter_x, self._letter_y
        inside = (x > shown.left()) & (x < shown.right()) & (y > shown.top()) & (y < shown.bottom())
        for i in np.flatnonzero(inside).tolist():
            letter = self._scenery.row_letters[i]
            painter.drawText(_around(view.to_widget(letter.x, letter.y), 28, 20), _CENTRED, letter.text)

    def _paint_zone_names(self, painter: QPainter, rect: QRectF, view: View, *, above: bool) -> None:
        """Paint the names that lie above the seats, or those below them."""
        overview = view.seat_pixels < OVERVIEW_SEAT_PIXELS
        sizes = np.clip(self._name_size * view.scale, SMALLEST_TEXT, LARGEST_NAME)
        if overview:
            room = self._zone_size * view.scale
            sizes = np.floor(np.clip(room / np.maximum(self._name_width, 0.1), SMALLEST_TEXT, OVERVIEW_NAME))
        half = self._name_width * sizes / 2 + 8
        x, y = (self._name_x - view.left) * view.scale, (self._name_y - view.top) * view.scale
        seen = (x + half > rect.left()) & (x - half < rect.right())
        seen &= (y + half > rect.top()) & (y - half < rect.bottom())
        seen &= (self._name_over_seats | overview) == above
        if overview:
            # A name wider than its zone would cover the neighbours.
            seen &= self._name_width * sizes <= room + 1
        for i in np.flatnonzero(seen).tolist():
            name = self._scenery.zone_names[i]
            at = QPointF(float(x[i]), float(y[i]))
            self._paint_name(painter, name, at, float(sizes[i]), plate=above, level=overview)

    def _paint_name(
        self, painter: QPainter, name: ZoneName, at: QPointF, pixels: float, *, plate: bool, level: bool
    ) -> None:
        font, text = _lettered(self._font, name.text, pixels, NAME_SPACING)
        metrics = QFontMetricsF(font)
        place = _around(QPointF(), metrics.horizontalAdvance(text) + 8, metrics.height() + 2)
        painter.save()
        painter.translate(at)
        painter.rotate(0.0 if level else name.turn)
        if plate:
            ground = QColor(self._colors.floor)
            ground.setAlpha(225)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ground)
            painter.drawRoundedRect(place, 5, 5)
        painter.setFont(font)
        painter.setPen(QColor(self._colors.text if plate else self._colors.muted))
        painter.drawText(place, _CENTRED, text)
        painter.restore()


_CENTRED = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip


def _lettered(base: QFont, text: str, pixels: float, spacing: float) -> tuple[QFont, str]:
    """Return font and text of a sign: spaced capitals, but only in a script that bears them."""
    font = QFont(base)
    font.setPixelSize(max(1, round(pixels)))
    font.setWeight(QFont.Weight.DemiBold)
    if not text.isascii():
        return font, text
    font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, spacing * pixels)
    return font, text.upper()


def _width_per_pixel(base: QFont, text: str) -> float:
    font, shown = _lettered(base, text, 100, NAME_SPACING)
    return QFontMetricsF(font).horizontalAdvance(shown) / 100


def _around(centre: QPointF, width: float, height: float) -> QRectF:
    return QRectF(centre.x() - width / 2, centre.y() - height / 2, width, height)
