"""Paints the names of zones where there is room for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from pos_app.ui.seat_map.lettering import lettered

if TYPE_CHECKING:
    from PySide6.QtGui import QFont

    from pos_app.ui.seat_map.colors import MapColors
    from pos_app.ui.seat_map.name_places import NamePlace, NamePlacer
    from pos_app.ui.seat_map.scenery import Scenery
    from pos_app.ui.seat_map.view import View

PLATE_MARGIN, PLATE_MARGIN_ABOVE = 4.0, 2.0
PLATE_ALPHA = 225


class NamePainter:
    """Paints the names of one plan in one theme."""

    def __init__(self, scenery: Scenery, placer: NamePlacer, colors: MapColors, font: QFont) -> None:
        self._names, self._colors, self._font = scenery.zone_names, colors, font
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
        font, text = lettered(self._font, self._names[place.zone].text, place.pixels)
        half_width, half_height = place.half_width * view.scale, place.half_height * view.scale
        painter.save()
        painter.translate(view.to_widget(place.x, place.y))
        painter.rotate(place.turn)
        if place.over_seats:
            ground = QColor(self._colors.floor)
            ground.setAlpha(PLATE_ALPHA)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ground)
            plate = QRectF(-half_width, -half_height, 2 * half_width, 2 * half_height)
            plate.adjust(-PLATE_MARGIN, -PLATE_MARGIN_ABOVE, PLATE_MARGIN, PLATE_MARGIN_ABOVE)
            painter.drawRoundedRect(plate, 3, 3)
        painter.setFont(font)
        painter.setPen(QColor(self._colors.text if place.over_seats else self._colors.muted))
        painter.drawText(QPointF(-half_width, -half_height - place.ink_top), text)
        painter.restore()
