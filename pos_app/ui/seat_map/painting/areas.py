"""Paints areas of general admission: their ground in the colour of the category, and what is left in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from pos_app.ui.seat_map.model.lettering import sized
from pos_app.ui.seat_map.model.words import basket_words, left_words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QPainterPath

    from pos_app.ui.look.theme import Theme
    from pos_app.ui.seat_map.model.areas import MapAreas
    from pos_app.ui.seat_map.model.view import View
    from pos_app.ui.seat_map.painting.colors import CategoryLook

GROUND_ALPHA, SOLD_OUT_ALPHA = 46, 110
EDGE_WIDTH, MINE_WIDTH = 1.6, 3.0
NAME_UNITS, LEFT_UNITS, MINE_UNITS = 17.0, 25.0, 14.0
"""Sizes of the words in plan units."""
NAME_PIXELS, LEFT_PIXELS, MINE_PIXELS = (11.0, 20.0), (12.0, 30.0), (11.0, 15.0)
"""Their limits in pixels."""
SHRINKS = (1.0, 0.85, 0.7, 0.55)
SMALLEST_PIXELS = 9.0
LINE_HEIGHT = 1.34
SEEN_WIDTH, SEEN_HEIGHT = 110.0, 80.0
"""The words stay in sight while so much of their area is."""
SMALLEST_CUT = 0.7
"""A long name is written so much smaller before it is cut."""
SHORTEST_NAME_PIXELS = 44.0
"""A name that must be cut shorter than this is left out."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of an area's words: its usual size in pixels and how it looks."""

    text: str
    pixels: float
    weight: QFont.Weight
    color: str
    pill: str = ""
    cuts: bool = False


class AreaPainter:
    """Paints the areas of one plan in one theme. count_words: what is said of the places that are free in one."""

    def __init__(self, areas: MapAreas, looks: Sequence[CategoryLook], theme: Theme, font: QFont) -> None:
        self._areas, self._looks, self._theme, self._font = areas, looks, theme, font
        self.count_words: Callable[[int], str] = left_words

    def paint_ground(self, painter: QPainter, rect: QRectF, view: View) -> None:
        """Paint the areas themselves in a rectangle of the widget; of their counts only "sold out" can be seen."""
        if not len(self._areas):
            return
        shown, sold_out = view.plan_rect(rect, 4.0), self._areas.sold_out()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setTransform(view.transform(), True)
        for index, drawn in enumerate(self._areas.drawn):
            if drawn.bounds.intersects(shown):
                self._paint_ground_of(painter, index, drawn.path, is_sold_out=index in sold_out)
        painter.restore()

    def paint_words(self, painter: QPainter, view: View, window: QRectF) -> None:
        """Paint names and counts over the map, as far as there is room within the part of an area that is seen."""
        for index, drawn in enumerate(self._areas.drawn):
            whole = QRectF(view.to_widget(drawn.words.left(), drawn.words.top()), drawn.words.size() * view.scale)
            if not whole.intersects(window):
                continue
            seen = whole & window
            room = seen if seen.width() > SEEN_WIDTH and seen.height() > SEEN_HEIGHT else whole
            if self._areas.mine[index]:
                self.paint_outline(painter, index, view, self._theme["mine"], MINE_WIDTH)
            for lines in self._wishes(index, view.scale):
                if (shrink := self._fitting(lines, room)) is not None:
                    self._paint_lines(painter, lines, shrink, room)
                    break

    def paint_outline(self, painter: QPainter, index: int, view: View, color: str, width: float) -> None:
        """Paint a line around an area."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(color), width))
        painter.drawPath(view.transform().map(self._areas.drawn[index].path))
        painter.restore()

    def _paint_ground_of(self, painter: QPainter, index: int, path: QPainterPath, *, is_sold_out: bool) -> None:
        color = self._theme["sold"] if is_sold_out else self._looks[self._areas.areas[index].category].color
        ground = QColor(color)
        ground.setAlpha(SOLD_OUT_ALPHA if is_sold_out else GROUND_ALPHA)
        edge = QPen(QColor(self._theme["sold_cross"] if is_sold_out else color), EDGE_WIDTH)
        edge.setCosmetic(True)
        painter.setPen(edge)
        painter.setBrush(ground)
        painter.drawPath(path)

    def _wishes(self, index: int, scale: float) -> list[list[_Line]]:
        """Return what is to be read in an area, line by line; where that is too much, less."""
        free, mine = self._areas.free[index], self._areas.mine[index]
        name = _Line(
            self._areas.areas[index].name,
            _within(NAME_UNITS * scale, NAME_PIXELS),
            QFont.Weight.DemiBold,
            self._theme["text"],
            cuts=True,
        )
        color = self._theme["muted"] if free <= 0 else self._theme["text"]
        left = _Line(self.count_words(free), _within(LEFT_UNITS * scale, LEFT_PIXELS), QFont.Weight.Bold, color)
        if not mine:
            return [[name, left], [left]]
        pixels = _within(MINE_UNITS * scale, MINE_PIXELS)
        words = _Line(basket_words(mine), pixels, QFont.Weight.DemiBold, self._theme["mine_text"], self._theme["mine"])
        number = _Line(f"{mine}", pixels, QFont.Weight.DemiBold, self._theme["mine_text"], self._theme["mine"])
        return [[name, left, words], [left, words], [name, left, number], [left, number], [number]]

    def _fitting(self, lines: Sequence[_Line], room: QRectF) -> float | None:
        """Return by how much lines must shrink to fit, or None if they never do."""
        for shrink in SHRINKS:
            if shrink < 1 and min(line.pixels for line in lines) * shrink < SMALLEST_PIXELS:
                break
            if sum(line.pixels for line in lines) * shrink * LINE_HEIGHT > room.height():
                continue
            if all(self._width(line, shrink) <= room.width() for line in lines):
                return shrink
        return None

    def _width(self, line: _Line, shrink: float) -> float:
        """Return the least width of a line."""
        wide = QFontMetricsF(self._font_of(line, shrink)).horizontalAdvance(line.text)
        wide += line.pixels * shrink if line.pill else 0.0
        return min(wide, SHORTEST_NAME_PIXELS) if line.cuts else wide

    def _paint_lines(self, painter: QPainter, lines: Sequence[_Line], shrink: float, room: QRectF) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        total = sum(line.pixels for line in lines) * shrink * LINE_HEIGHT
        top = room.center().y() - total / 2
        for line in lines:
            height = line.pixels * shrink * LINE_HEIGHT
            font = self._font_of(line, shrink)
            if line.cuts:
                font.setPixelSize(max(round(SMALLEST_CUT * font.pixelSize()), self._pixels_within(font, line, room)))
            metrics = QFontMetricsF(font)
            text = metrics.elidedText(line.text, Qt.TextElideMode.ElideRight, room.width()) if line.cuts else line.text
            place = QRectF(room.left(), top, room.width(), height)
            if line.pill:
                self._paint_pill(painter, place.center(), metrics.horizontalAdvance(text), height, line.pill)
            painter.setFont(font)
            painter.setPen(QColor(line.color))
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip, text)
            top += height
        painter.restore()

    @staticmethod
    def _paint_pill(painter: QPainter, middle: QPointF, width: float, height: float, color: str) -> None:
        wide = max(width + height * 0.75, height)
        pill = QRectF(middle.x() - wide / 2, middle.y() - height / 2, wide, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(color))
        painter.drawRoundedRect(pill, height / 2, height / 2)

    @staticmethod
    def _pixels_within(font: QFont, line: _Line, room: QRectF) -> int:
        wide = max(1.0, QFontMetricsF(font).horizontalAdvance(line.text))
        return int(font.pixelSize() * min(1.0, room.width() / wide))

    def _font_of(self, line: _Line, shrink: float) -> QFont:
        return sized(self._font, line.pixels * shrink, line.weight)


def _within(pixels: float, limits: tuple[float, float]) -> float:
    return min(max(pixels, limits[0]), limits[1])
