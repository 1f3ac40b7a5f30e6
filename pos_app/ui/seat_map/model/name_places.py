"""Finds room for the names of zones at any zoom: beside their seats, never over them while a seat can be made out."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from itertools import product
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath, QPolygonF

from pos_app.ui.seat_map.model.lettering import measured
from pos_app.ui.seat_map.model.scenery import GROUND_UNITS, SMALL_ZONE, letter_pixels, seats_by_zone
from pos_app.ui.seat_map.model.view import CROWDED_SEAT_PIXELS, SEAT_UNITS, SIDE_MARGIN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray
    from PySide6.QtGui import QFont

    from pos_app.services.seats.map_data import SeatPlan
    from pos_app.ui.seat_map.model.scenery import Scenery
    from pos_app.ui.seat_map.model.seat_index import SeatIndex

LARGE_NAME, SMALL_NAME = 17.0, 11.0
"""Sizes of names in plan units."""
SMALLEST_NAME, USUAL_SMALL_NAME, LARGEST_NAME, OVERVIEW_NAME = 9.0, 10.0, 28.0, 11.0
"""Sizes of names in pixels."""
SEAT_REACH = SEAT_UNITS * 0.61
"""From a seat's centre to its farthest point, its corners being round, whichever way it is turned."""
CLEAR_PIXELS, CROWDED_CLEAR_PIXELS = 1.5, 0.5
"""Between a name and the seats; half of it to the stage."""
BETWEEN_NAMES = 5.0
SCALES_KEPT = 8
SHIFTS = (0.0, 0.12, -0.12, 0.25, -0.25, 0.4, -0.4)
"""How far a name may be moved along its rows, outwards first, in widths of its zone."""


@dataclass(frozen=True, slots=True)
class NamePlace:
    """A name in its place.

    x, y, half_width, half_height: its middle and half its size in plan units; turn: degrees clockwise;
    pixels: the size of the font; ink_top: from the baseline to the highest ink in pixels, negative upwards.
    """

    zone: int
    x: float
    y: float
    half_width: float
    half_height: float
    turn: float
    pixels: float
    ink_top: float
    over_seats: bool = False

    def outline(self, margin: float = 0.0) -> QPolygonF:
        """Return the corners of the name, a margin around it."""
        turn = np.radians(self.turn)
        along = QPointF(float(np.cos(turn)), float(np.sin(turn))) * (self.half_width + margin)
        down = QPointF(-float(np.sin(turn)), float(np.cos(turn))) * (self.half_height + margin)
        middle = QPointF(self.x, self.y)
        return QPolygonF([middle - along - down, middle + along - down, middle + along + down, middle - along + down])


class _ZoneFrame:
    """The seats of a zone by coordinates turned with its slant in degrees: along its rows, down from first to last."""

    def __init__(self, x: NDArray[np.float64], y: NDArray[np.float64], turn: float) -> None:
        self._cos, self._sin = math.cos(math.radians(turn)), math.sin(math.radians(turn))
        self._along = x * self._cos + y * self._sin
        self._down = y * self._cos - x * self._sin
        self.is_empty = not len(x)
        self.width = float(np.ptp(self._along)) if len(x) else 0.0

    def along(self, x: float, y: float) -> float:
        """Return how far along the rows a plan point lies, kept beside the zone."""
        return min(max(x * self._cos + y * self._sin, float(self._along.min())), float(self._along.max()))

    def side(self, x: float, y: float) -> float:
        """Return whether a plan point lies above (-1) or below (1) the middle of the zone."""
        middle = float(self._down.min() + self._down.max()) / 2
        return 1.0 if y * self._cos - x * self._sin > middle else -1.0

    def edge(self, along: float, half_width: float, towards: float) -> float:
        """Return how far down the outermost seat of a strip across the rows is, above (-1) or below (1)."""
        within = self._down[np.abs(self._along - along) < half_width]
        if not len(within):
            within = self._down
        return float(within.max() if towards > 0 else within.min())

    def to_plan(self, along: float, down: float) -> tuple[float, float]:
        """Return a point in plan units."""
        return along * self._cos - down * self._sin, along * self._sin + down * self._cos


class NamePlacer:
    """Places the names of one plan, lettered in one font; the places of the last few scales are kept."""

    def __init__(self, plan: SeatPlan, index: SeatIndex, scenery: Scenery, font: QFont) -> None:
        self._x, self._y, self._index, self._scenery = plan.x, plan.y, index, scenery
        self._inks = tuple(measured(font, name.text) for name in scenery.zone_names)
        self._frames = tuple(
            _ZoneFrame(plan.x[seats], plan.y[seats], name.turn)
            for name, seats in zip(scenery.zone_names, seats_by_zone(plan), strict=True)
        )
        self._letters = np.array([(letter.x, letter.y) for letter in scenery.row_letters], np.float64).reshape(-1, 2)
        self._obstacles = [area.path for area in scenery.areas]
        if scenery.stage is not None:
            self._obstacles.append(scenery.stage.path)
        sizes = [max(name.bounds.width(), name.bounds.height()) for name in scenery.zone_names]
        self._sizes = tuple(sizes)
        self._order = sorted(range(len(sizes)), key=lambda zone: -sizes[zone])
        self._places: dict[float, tuple[NamePlace, ...]] = {}

    def places(self, scale: float) -> tuple[NamePlace, ...]:
        """Return where the names stand at a scale; those without room are left out, of small zones first."""
        found = self._places.get(scale)
        if found is None:
            found = self._places[scale] = tuple(self._placed(scale))
            while len(self._places) > SCALES_KEPT:
                self._places.pop(next(iter(self._places)))
        return found

    def _placed(self, scale: float) -> Iterator[NamePlace]:
        taken: list[tuple[QRectF, QPolygonF]] = []
        for zone in self._order:
            width = self._inks[zone].width * SMALLEST_NAME
            if width <= 0 or (_is_crowded(scale) and width > self._sizes[zone] * scale):
                continue  # in a crowded house a name wider than its zone would be taken for its neighbour's
            place = self._beside_seats(zone, scale, taken)
            if place is None and _is_crowded(scale):
                place = self._over_seats(zone, scale, taken)
            if place is not None:
                outline = place.outline(BETWEEN_NAMES / 2 / scale)
                taken.append((outline.boundingRect(), outline))
                yield place

    def _beside_seats(self, zone: int, scale: float, taken: list[tuple[QRectF, QPolygonF]]) -> NamePlace | None:
        for wishes in self._wishes(zone, scale):
            for wish, is_clear in zip(wishes, self._clear_of_seats(wishes, scale), strict=True):
                if is_clear and self._clear_of_scenery(wish, scale) and _clear_of_names(wish, scale, taken):
                    return wish
        return None

    def _over_seats(self, zone: int, scale: float, taken: list[tuple[QRectF, QPolygonF]]) -> NamePlace | None:
        name, room = self._scenery.zone_names[zone], self._sizes[zone] * scale
        pixels = float(np.floor(min(room / self._inks[zone].width, OVERVIEW_NAME)))
        place = replace(self._place(zone, name.x, name.y, pixels, scale), turn=0.0, over_seats=True)
        covers_area = any(_meet(place.outline(), area.path) for area in self._scenery.areas)
        return place if not covers_area and _clear_of_names(place, scale, taken) else None

    def _wishes(self, zone: int, scale: float) -> Iterator[list[NamePlace]]:
        """Give places for a name, group by group, the best first: where the plan has it, else along the outer rows."""
        name, frame = self._scenery.zone_names[zone], self._frames[zone]
        usual = self._usual_pixels(zone, scale)
        yield [self._place(zone, name.x, name.y, usual, scale)]
        if frame.is_empty:
            return
        sizes = (SMALLEST_NAME,) if _is_crowded(scale) else (usual, SMALLEST_NAME)
        side = frame.side(name.x, name.y)
        for towards, pixels in product((side, -side), sizes):
            yield list(self._along_rows(zone, towards, pixels, scale))

    def _along_rows(self, zone: int, towards: float, pixels: float, scale: float) -> Iterator[NamePlace]:
        """Give the places above (-1) or below (1) a zone: clear of its ground, or as near to its seats as may be."""
        name, frame = self._scenery.zone_names[zone], self._frames[zone]
        outwards = 1.0 if name.bounds.center().x() >= self._scenery.bounds.center().x() else -1.0
        near = SEAT_REACH + (_clearance(scale) + 0.1) / scale
        half_width, half_height = self._half_size(zone, pixels, scale)
        start = frame.along(name.x, name.y)
        for shift in SHIFTS[:1] if _is_crowded(scale) else SHIFTS:
            along = start + shift * outwards * frame.width
            edge = frame.edge(along, half_width + near, towards)
            for gap in (max(near, GROUND_UNITS / 2 + 1 / scale), near):
                x, y = frame.to_plan(along, edge + towards * (gap + half_height))
                yield self._place(zone, x, y, pixels, scale)

    def _usual_pixels(self, zone: int, scale: float) -> float:
        units = SMALL_NAME if self._sizes[zone] < SMALL_ZONE else LARGE_NAME
        return float(round(min(max(units * scale, USUAL_SMALL_NAME), LARGEST_NAME)))

    def _place(self, zone: int, x: float, y: float, pixels: float, scale: float) -> NamePlace:
        turn, top = self._scenery.zone_names[zone].turn, self._inks[zone].top * pixels
        half_width, half_height = self._half_size(zone, pixels, scale)
        if not turn:
            # Of the outermost boxes a name is wider than its seats: the edge of the map must not cut it.
            bounds, room = self._scenery.bounds, half_width - SIDE_MARGIN / 2 / scale
            x = max(min(x, bounds.right() - room), bounds.left() + room)
        return NamePlace(zone, x, y, half_width, half_height, turn, pixels, top)

    def _half_size(self, zone: int, pixels: float, scale: float) -> tuple[float, float]:
        ink = self._inks[zone]
        return ink.width * pixels / 2 / scale, ink.height * pixels / 2 / scale

    def _clear_of_seats(self, wishes: list[NamePlace], scale: float) -> NDArray[np.bool_]:
        margin = SEAT_REACH + _clearance(scale) / scale
        x, y, half_width, half_height = np.array([(w.x, w.y, w.half_width, w.half_height) for w in wishes]).T
        reach = np.hypot(half_width, half_height) + margin
        near = self._index.in_rect(
            float((x - reach).min()), float((y - reach).min()), float((x + reach).max()), float((y + reach).max())
        )
        along, down = _away(self._x[near] - x[:, None], self._y[near] - y[:, None], wishes[0].turn)
        covered = (along < (half_width + margin)[:, None]) & (down < (half_height + margin)[:, None])
        clear: NDArray[np.bool_] = ~covered.any(axis=1)
        return clear

    def _clear_of_scenery(self, wish: NamePlace, scale: float) -> bool:
        outline = wish.outline(_clearance(scale) / 2 / scale)
        if any(_meet(outline, obstacle) for obstacle in self._obstacles):
            return False
        letter = letter_pixels(scale) / 2 / scale
        if not letter or not len(self._letters):
            return True
        along, down = _away(self._letters[:, 0] - wish.x, self._letters[:, 1] - wish.y, wish.turn)
        return not bool(((along < wish.half_width + letter) & (down < wish.half_height + letter)).any())


def _away(
    dx: NDArray[np.float64], dy: NDArray[np.float64], turn: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return how far points are from a name along it and across it, whose turn is in degrees."""
    cos, sin = np.cos(np.radians(turn)), np.sin(np.radians(turn))
    return np.abs(dx * cos + dy * sin), np.abs(dy * cos - dx * sin)


def _meet(outline: QPolygonF, obstacle: QPainterPath) -> bool:
    if not outline.boundingRect().intersects(obstacle.boundingRect()):
        return False
    path = QPainterPath()
    path.addPolygon(outline)
    path.closeSubpath()
    return obstacle.intersects(path)


def _is_crowded(scale: float) -> bool:
    """Tell whether names may stand over the seats."""
    return scale * SEAT_UNITS < CROWDED_SEAT_PIXELS


def _clearance(scale: float) -> float:
    return CROWDED_CLEAR_PIXELS if _is_crowded(scale) else CLEAR_PIXELS


def _clear_of_names(wish: NamePlace, scale: float, taken: list[tuple[QRectF, QPolygonF]]) -> bool:
    outline = wish.outline(BETWEEN_NAMES / 2 / scale)
    box = outline.boundingRect()
    return not any(box.intersects(other_box) and outline.intersects(other) for other_box, other in taken)
