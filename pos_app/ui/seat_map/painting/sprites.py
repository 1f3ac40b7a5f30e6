"""How one seat is drawn, on the map and in the legend. States differ by shape as well as by colour."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from pos_app.domain.seats import MapState
from pos_app.ui.seat_map.model.board import PENDING, RETURNED
from pos_app.ui.seat_map.painting import glyphs

if TYPE_CHECKING:
    from pos_app.ui.look.theme import Theme
    from pos_app.ui.seat_map.painting.colors import CategoryLook

SIDE_WITH_DETAILS = 9.0
"""Below this many pixels a seat is a plain tile: no turn, and no sign but the simplest of those that a guest needs."""
LARGEST_SPREAD = 1.44
"""The halo of a seat in the basket, turned by 45 degrees, in sides of a seat."""
_ABOVE_NUMBER = 0.11
"""By how much a sign steps up from a number, in sides of a seat."""
_BESIDE_NUMBER = 0.76
"""The size of a sign that shares the seat with a number."""
_RINGS: Final[dict[int, tuple[str, str]]] = {
    MapState.HELD: ("held", "held_ring"),
    MapState.RESERVED: ("block", "held_ring"),
    MapState.OFFERED: ("block", "held_ring"),
    MapState.HOUSE: ("block", "house_ring"),
    MapState.FIRST_CALL: ("block", "house_ring"),
    MapState.BLOCKED: ("map", "blocked_ring"),
    MapState.RESALE: ("map", "mine"),
    RETURNED: ("map", "mine"),
}
"""What fills a seat that has a ring, and the ring."""
_SIGNS_IN_RINGS: Final = {
    MapState.HELD: (glyphs.clock_hands, "held_ring"),
    MapState.RESERVED: (glyphs.bookmark, "held_ring"),
    MapState.HOUSE: (glyphs.house, "house_ring"),
    MapState.BLOCKED: (glyphs.bar, "blocked_ring"),
    MapState.OFFERED: (glyphs.envelope, "held_ring"),
    MapState.FIRST_CALL: (glyphs.queue, "house_ring"),
    MapState.RESALE: (glyphs.round_arrow, "mine"),
}
"""The signs of those who have a seat for the time being, in the colour of their ring."""
PLAIN, WHEELCHAIR, COMPANION, RESTRICTED = range(4)
"""The values of SeatPlan.kind."""


def seat_outline(side: float) -> QPainterPath:
    """Return the rounded tile of a seat around the origin."""
    path = QPainterPath()
    path.addRoundedRect(QRectF(-side / 2, -side / 2, side, side), side * 0.28, side * 0.28)
    return path


def paint_seat(
    painter: QPainter,
    side: float,
    look: int,
    kind: int,
    category: CategoryLook,
    theme: Theme,
    turn: float = 0.0,
    *,
    numbered: bool = False,
) -> None:
    """Paint a seat around the painter's origin, `side` pixels wide, turned clockwise by degrees.

    look: a MapState, PENDING or RETURNED; kind: as in SeatPlan.kind, shown on free seats only. numbered: its number
    will stand below its sign.
    """
    painter.save()
    painter.rotate(turn)
    painter.setPen(Qt.PenStyle.NoPen)
    match look:
        case MapState.FREE:
            _paint_free(painter, side, QColor(category.color))
        case MapState.MINE:
            _paint_mine(painter, side, theme)
        case MapState.SOLD:
            painter.setBrush(theme.color("sold"))
            painter.drawPath(seat_outline(side * 0.74 if side > 4 else side))
        case _ if look in _RINGS:
            fill, ring = _RINGS[look]
            style = Qt.PenStyle.DotLine if look == MapState.BLOCKED else Qt.PenStyle.SolidLine
            _paint_ringed(painter, side, theme[fill], theme[ring], style)
        case _:
            _paint_pending(painter, side, theme)
    if side >= SIDE_WITH_DETAILS:
        # A seat facing backwards keeps its sign upright: only the turn beyond a quarter is followed.
        painter.rotate((turn + 45.0) % 90.0 - 45.0 - turn)
        if numbered and look == MapState.FREE and kind in {WHEELCHAIR, COMPANION}:
            painter.translate(0, -side * _ABOVE_NUMBER)
            painter.scale(_BESIDE_NUMBER, _BESIDE_NUMBER)
        _paint_sign(painter, side, look, kind, category, theme)
    elif look == MapState.FREE:
        _paint_small_sign(painter, side, kind, QColor(category.ink))
    painter.restore()


def _paint_free(painter: QPainter, side: float, color: QColor) -> None:
    painter.setBrush(color)
    painter.drawPath(seat_outline(side))
    if side >= SIDE_WITH_DETAILS:
        # The backrest: a quiet darker band on the far side from the stage.
        painter.save()
        painter.setClipRect(QRectF(-side / 2 - 1, side * 0.27, side + 2, side))
        painter.setBrush(QColor(0, 0, 0, 38))
        painter.drawPath(seat_outline(side))
        painter.restore()


def _paint_mine(painter: QPainter, side: float, theme: Theme) -> None:
    if side >= SIDE_WITH_DETAILS:
        halo = theme.color("mine")
        halo.setAlpha(60)
        painter.setBrush(halo)
        painter.drawPath(seat_outline(side * 1.2))
    painter.setBrush(theme.color("mine"))
    painter.drawPath(seat_outline(side * 1.02))


def _paint_ringed(painter: QPainter, side: float, fill: str, ring: str, style: Qt.PenStyle) -> None:
    if side < 4:
        painter.setBrush(QColor(ring))
        painter.drawPath(seat_outline(side * 0.8))
        return
    width = max(1.0, side * 0.11)
    painter.setBrush(QColor(fill))
    painter.setPen(QPen(QColor(ring), width, style, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    painter.drawPath(seat_outline(side - width))


def _paint_pending(painter: QPainter, side: float, theme: Theme) -> None:
    quiet = theme.color("mine")
    quiet.setAlpha(120)
    painter.setBrush(quiet)
    painter.drawPath(seat_outline(side))


def _paint_small_sign(painter: QPainter, side: float, kind: int, ink: QColor) -> None:
    if kind == WHEELCHAIR:
        glyphs.wheel(painter, side, ink)
    elif kind == COMPANION:
        glyphs.dot(painter, side, ink)


def _paint_sign(painter: QPainter, side: float, look: int, kind: int, category: CategoryLook, theme: Theme) -> None:
    match look:
        case MapState.FREE if kind == WHEELCHAIR:
            glyphs.wheelchair(painter, side, QColor(category.ink))
        case MapState.FREE if kind == COMPANION:
            glyphs.person(painter, side, QColor(category.ink))
        case MapState.FREE if kind == RESTRICTED:
            glyphs.folded_corner(painter, side, QColor(category.ink))
        case MapState.MINE:
            glyphs.tick(painter, side, theme.color("mine_text"))
        case MapState.SOLD if side >= 11:
            glyphs.cross(painter, side, theme.color("sold_cross"))
        case _ if look in _SIGNS_IN_RINGS:
            paint, color = _SIGNS_IN_RINGS[MapState(look)]
            paint(painter, side, theme.color(color))
        case _ if look == RETURNED:
            glyphs.dot(painter, side, theme.color("mine"))
        case _ if look == PENDING:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("mine_text"))
            for place in (-0.22, 0.0, 0.22):
                painter.drawEllipse(QPointF(place * side, 0), side * 0.07, side * 0.07)
