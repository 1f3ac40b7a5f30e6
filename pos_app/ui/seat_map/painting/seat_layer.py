"""The seats of a plan as fragments of an atlas: tiles first, then numbers and category letters."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QTransform

from pos_app.domain.seats import MapState
from pos_app.ui.seat_map.model.board import RETURNED
from pos_app.ui.seat_map.model.lettering import sized
from pos_app.ui.seat_map.painting.atlas import Atlas, FragmentBuffer
from pos_app.ui.seat_map.painting.sprites import COMPANION, LARGEST_SPREAD, SIDE_WITH_DETAILS, WHEELCHAIR, paint_seat

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from pos_app.ui.look.theme import Theme
    from pos_app.ui.seat_map.model.board import SeatBoard
    from pos_app.ui.seat_map.model.prepared import PreparedPlan
    from pos_app.ui.seat_map.model.view import View
    from pos_app.ui.seat_map.painting.colors import CategoryLook

KINDS = 4
TURN_STEP = 6.0
TURNS = 60
"""Steps of 6 degrees: finer turns cannot be told apart at the size of a seat."""
QUARTER = TURNS // 4
SIDE_WITH_NUMBER = 17.0
SIDE_WITH_LETTER = 34.0


class SeatLayer:
    """Paints the seats; keeps the sprites of the present zoom."""

    def __init__(
        self, prepared: PreparedPlan, board: SeatBoard, looks: tuple[CategoryLook, ...], theme: Theme, font: QFont
    ) -> None:
        plan = prepared.plan
        self._plan, self._board, self._looks, self._theme, self._font = plan, board, looks, theme, font
        self._turn = np.round(plan.angle / TURN_STEP).astype(np.int64) % TURNS
        self._free_look = plan.category.astype(np.int64) * KINDS + plan.kind
        self._fragments = FragmentBuffer(len(plan.x))
        self._texts, self._text_of = prepared.seat_texts.texts, prepared.seat_texts.of_seat
        self._sprites: Atlas | None = None
        self._labels: Atlas | None = None
        self._zoom = (0, 0.0)

    def paint(self, painter: QPainter, seats: NDArray[np.intp], view: View, dpr: float) -> None:
        """Paint some seats; the painter counts in widget pixels, `dpr` device pixels each."""
        if not len(seats):
            return
        side = max(1, round(view.seat_pixels * dpr))
        self._prepare(side, dpr)
        pixels = view.scale * dpr
        x, y = self._plan.x[seats] * pixels, self._plan.y[seats] * pixels
        origin = (round(view.left * pixels), round(view.top * pixels))
        looks = self._board.looks[seats]
        painter.save()
        # In device pixels every sprite can land on whole ones: crisp at any scale of the screen.
        painter.setTransform(QTransform.fromScale(1 / dpr, 1 / dpr))
        if self._sprites is not None:
            self._fragments.draw(painter, self._sprites, self._sprite_keys(seats, looks, side), x, y, origin)
        if self._labels is not None:
            free = np.flatnonzero(self._labelled(seats, looks, view))
            keys = self._text_of[seats[free]] * len(self._looks) * 2 + self._label_variant(seats[free])
            self._fragments.draw(painter, self._labels, keys, x[free], y[free], origin)
        painter.restore()

    def _prepare(self, side: int, dpr: float) -> None:
        if self._zoom == (side, dpr):
            return
        self._zoom = (side, dpr)
        cell = side + 2 if side < SIDE_WITH_DETAILS else math.ceil(side * LARGEST_SPREAD) + 2
        sprite_looks = len(self._looks) * KINDS + RETURNED
        self._sprites = Atlas(cell, side, sprite_looks * TURNS, self._paint_sprite)
        self._labels = None
        if side / dpr >= SIDE_WITH_NUMBER:
            self._labels = Atlas(side, side, len(self._texts) * len(self._looks) * 2, self._paint_label)

    def _sprite_keys(self, seats: NDArray[np.intp], looks: NDArray[np.int8], side: int) -> NDArray[np.int64]:
        free = looks == MapState.FREE
        rows = np.where(free, self._free_look[seats], len(self._looks) * KINDS + looks - 1)
        if side < SIDE_WITH_DETAILS:
            return rows * TURNS
        turns = self._turn[seats]
        # Only the backrest of a free seat tells its front from its sides.
        keys: NDArray[np.int64] = rows * TURNS + np.where(free, turns, turns % QUARTER)
        return keys

    def _labelled(self, seats: NDArray[np.intp], looks: NDArray[np.int8], view: View) -> NDArray[np.bool_]:
        free: NDArray[np.bool_] = looks == MapState.FREE
        if view.seat_pixels < SIDE_WITH_LETTER:
            free &= ~self._has_sign(seats)
        return free

    def _label_variant(self, seats: NDArray[np.intp]) -> NDArray[np.int64]:
        variant: NDArray[np.int64] = self._plan.category[seats].astype(np.int64) * 2 + self._has_sign(seats)
        return variant

    def _has_sign(self, seats: NDArray[np.intp]) -> NDArray[np.bool_]:
        kinds = self._plan.kind[seats]
        has_sign: NDArray[np.bool_] = (kinds == WHEELCHAIR) | (kinds == COMPANION)
        return has_sign

    def _paint_sprite(self, painter: QPainter, key: int) -> None:
        row, turn = divmod(key, TURNS)
        side, dpr = self._zoom
        category, kind = divmod(row, KINDS)
        if category < len(self._looks):
            look, numbered = self._looks[category], side / dpr >= SIDE_WITH_LETTER
            paint_seat(painter, side, MapState.FREE, kind, look, self._theme, turn * TURN_STEP, numbered=numbered)
        else:
            state = row - len(self._looks) * KINDS + 1
            paint_seat(painter, side, state, 0, self._looks[0], self._theme, turn * TURN_STEP)

    def _paint_label(self, painter: QPainter, key: int) -> None:
        text_id, variant = divmod(key, len(self._looks) * 2)
        category, has_sign = divmod(variant, 2)
        look, number = self._looks[category], self._texts[text_id]
        side, dpr = self._zoom
        painter.setPen(QColor(look.ink))
        if side / dpr < SIDE_WITH_LETTER:
            self._paint_text(painter, number, side * 0.5, QRectF(-side * 0.46, -side * 0.42, side * 0.92, side * 0.74))
            return
        below = QRectF(-side * 0.44, side * 0.2, side * 0.88, side * 0.29)
        if has_sign:
            self._paint_text(painter, f"{number} {look.letter}".strip(), side * 0.23, below)
            return
        self._paint_text(painter, number, side * 0.38, QRectF(-side * 0.46, -side * 0.44, side * 0.92, side * 0.64))
        self._paint_text(painter, look.letter, side * 0.27, below)

    def _paint_text(self, painter: QPainter, text: str, pixels: float, place: QRectF) -> None:
        font = sized(self._font, pixels, QFont.Weight.DemiBold)
        width = QFontMetricsF(font).horizontalAdvance(text)
        if width > place.width():
            font.setPixelSize(max(1, int(pixels * place.width() / width)))
        painter.setFont(font)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip, text)
