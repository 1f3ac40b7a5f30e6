"""Paints what the seats stand on (the floor, blocks, the stage and row letters) and the names of zones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QLinearGradient, QPainter, QPen

from pos_app.ui.seat_map.model.lettering import lettered, sized
from pos_app.ui.seat_map.model.scenery import GROUND_UNITS, letter_pixels

if TYPE_CHECKING:
    from pos_app.ui.look.theme import Theme
    from pos_app.ui.seat_map.model.name_places import NamePlace, NamePlacer
    from pos_app.ui.seat_map.model.scenery import Scenery
    from pos_app.ui.seat_map.model.stage import Stage
    from pos_app.ui.seat_map.model.view import View

STAGE_SPACING = 0.4
PLATE_MARGIN, PLATE_MARGIN_ABOVE = 4.0, 2.0
PLATE_ALPHA = 225


class SceneryPainter:
    """Paints one plan's scenery in one theme. `stage_word` is what stands on the stage."""

    def __init__(self, scenery: Scenery, theme: Theme, font: QFont, stage_word: str) -> None:
        self._scenery, self._theme, self._font, self._stage_word = scenery, theme, font, stage_word
        self._letter_x = np.array([letter.x for letter in scenery.row_letters], np.float64)
        self._letter_y = np.array([letter.y for letter in scenery.row_letters], np.float64)

    def paint(self, painter: QPainter, rect: QRectF, view: View) -> None:
        """Paint the floor and what stands on it in a rectangle of the widget."""
        painter.fillRect(rect, self._theme.color("map"))
        shown = view.plan_rect(rect, 30.0)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setTransform(view.transform(), True)
        ground = self._theme.color("block")
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

    def letters_in(self, part: QRectF, scale: float) -> int:
        """Return how many row letters stand in a part of the plan at a scale."""
        return len(self._letters_in(part)) if letter_pixels(scale) else 0

    def _letters_in(self, part: QRectF) -> list[int]:
        x, y = self._letter_x, self._letter_y
        inside = (x > part.left()) & (x < part.right()) & (y > part.top()) & (y < part.bottom())
        return [int(at) for at in np.flatnonzero(inside)]

    def _paint_stage(self, painter: QPainter, stage: Stage) -> None:
        bounds = stage.path.boundingRect()
        shade = QLinearGradient(bounds.topLeft(), bounds.bottomLeft())
        shade.setColorAt(0, self._theme.color("stage_far"))
        shade.setColorAt(1, self._theme.color("stage_near"))
        painter.setBrush(shade)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawPath(stage.path)
        text = self._stage_word
        font = lettered(self._font, text, stage.letter_height, STAGE_SPACING)
        room = bounds.width() * 0.8
        width = QFontMetricsF(font).horizontalAdvance(text)
        if width > room:
            font = lettered(self._font, text, stage.letter_height * room / width, STAGE_SPACING)
        painter.setFont(font)
        painter.setPen(self._theme.color("stage_text"))
        painter.drawText(_around(stage.label, bounds.width(), bounds.height()), Qt.AlignmentFlag.AlignCenter, text)

    def _paint_row_letters(self, painter: QPainter, shown: QRectF, view: View) -> None:
        pixels = letter_pixels(view.scale)
        if not pixels:
            return
        painter.setFont(sized(self._font, pixels, QFont.Weight.Medium))
        painter.setPen(self._theme.color("map_faint"))
        for i in self._letters_in(shown):
            letter = self._scenery.row_letters[i]
            painter.drawText(_around(view.to_widget(letter.x, letter.y), 28, 20), _CENTRED, letter.text)


class NamePainter:
    """Paints the names of one plan in one theme."""

    def __init__(self, scenery: Scenery, placer: NamePlacer, theme: Theme, font: QFont) -> None:
        self._names, self._theme, self._font = scenery.zone_names, theme, font
        self.placer = placer
        self._places: tuple[NamePlace, ...] = ()
        self._bounds: list[QRectF] = []

    def paint(self, painter: QPainter, rect: QRectF, view: View, *, over_seats: bool) -> None:
        """Paint the names in a rectangle of the widget that stand over the seats, or those beside them."""
        shown = view.plan_rect(rect, margin=2 * PLATE_MARGIN / view.scale)
        places = self.placer.places(view.scale)
        if places is not self._places:
            self._places = places
            self._bounds = [place.outline().boundingRect() for place in places]
        for place, bounds in zip(places, self._bounds, strict=True):
            if place.over_seats == over_seats and bounds.intersects(shown):
                self._paint_name(painter, place, view)

    def _paint_name(self, painter: QPainter, place: NamePlace, view: View) -> None:
        text = self._names[place.zone].text
        font = lettered(self._font, text, place.pixels)
        half_width, half_height = place.half_width * view.scale, place.half_height * view.scale
        painter.save()
        painter.translate(view.to_widget(place.x, place.y))
        painter.rotate(place.turn)
        if place.over_seats:
            ground = self._theme.color("map")
            ground.setAlpha(PLATE_ALPHA)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ground)
            plate = QRectF(-half_width, -half_height, 2 * half_width, 2 * half_height)
            plate.adjust(-PLATE_MARGIN, -PLATE_MARGIN_ABOVE, PLATE_MARGIN, PLATE_MARGIN_ABOVE)
            painter.drawRoundedRect(plate, 3, 3)
        painter.setFont(font)
        painter.setPen(self._theme.color("text" if place.over_seats else "muted"))
        painter.drawText(QPointF(-half_width, -half_height - place.ink_top), text)
        painter.restore()


_CENTRED = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip


def _around(centre: QPointF, width: float, height: float) -> QRectF:
    return QRectF(centre.x() - width / 2, centre.y() - height / 2, width, height)
