"""All that is drawn around the seats, derived from the plan alone: blocks, row letters, zone names, the stage."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath, QPolygonF

from pos_app.ui.seat_map.model.row_runs import RowRun, chain_runs, split_into_runs
from pos_app.ui.seat_map.model.stage import Stage, build_stage

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from pos_app.services.seats.map_data import SeatPlan
    from pos_app.ui.seat_map.model.areas import DrawnArea
    from pos_app.ui.seat_map.model.seat_index import SeatIndex

LETTER_DISTANCE, LETTER_ROOM = 30.0, 20.0
LETTER_BEYOND, LETTER_ROOM_BEYOND = 52.0, 14.0
"""A row letter is left out where a seat stands too near to it, or right behind it: in a narrow aisle."""
CURVE_POINTS, RING_POINTS = 16, 72
SHARP_TURN = np.cos(np.radians(50.0))
SMALL_ZONE = 170.0
"""The names of boxes and the like are written small and level."""
GROUND_UNITS = 38.0
"""The pen that widens a block from the centres of its outer seats to its edge."""
LETTER, SMALLEST_LETTER, LARGEST_LETTER = 13.0, 8.0, 20.0
"""The size of row letters in plan units, and its limits in pixels."""
FEWEST_LETTER_PIXELS = 5.5
MARGIN = 6.0


@dataclass(frozen=True, slots=True)
class Block:
    """The ground under a block of seats: through the centres of its outermost seats, painted with a broad pen."""

    path: QPainterPath
    bounds: QRectF


@dataclass(frozen=True, slots=True)
class RowLetter:
    """A row's label beside its end."""

    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class ZoneName:
    """A zone's name, where the plan has it, and the place its seats take up."""

    x: float
    y: float
    text: str
    bounds: QRectF
    turn: float
    """Degrees, clockwise: the name of a slanting block follows its rows."""


@dataclass(frozen=True, slots=True)
class Scenery:
    """What the map shows besides seats; bounds hold everything, seats too (plan units)."""

    blocks: tuple[Block, ...]
    row_letters: tuple[RowLetter, ...]
    zone_names: tuple[ZoneName, ...]
    stage: Stage | None
    areas: tuple[DrawnArea, ...]
    bounds: QRectF


def build_scenery(plan: SeatPlan, index: SeatIndex, areas: Sequence[DrawnArea] = ()) -> Scenery:
    """Return the scenery of any plan with its areas."""
    runs = split_into_runs(plan)
    blocks = tuple(_block(chain) for chain in chain_runs(runs, plan.focal_x, plan.focal_y))
    letters = tuple(_row_letters(plan, runs, index))
    names = tuple(_zone_names(plan, areas))
    stage = build_stage(plan)
    bounds = QRectF()
    for part in (*([_seat_bounds(plan.x, plan.y)] if len(plan.x) else ()), *(area.bounds for area in areas)):
        bounds = bounds.united(part)
    if bounds.isNull():
        bounds = QRectF(0, 0, plan.width, plan.height)
    if stage is not None:
        bounds = bounds.united(stage.path.boundingRect())
    for name in names:
        bounds = bounds.united(QRectF(name.x - 40, name.y - 12, 80, 24))
    bounds = bounds.adjusted(-MARGIN, -MARGIN, MARGIN, MARGIN).united(_letter_bounds(letters))
    return Scenery(blocks, letters, names, stage, tuple(areas), bounds)


def seats_by_zone(plan: SeatPlan) -> list[NDArray[np.intp]]:
    """Return the seats of each zone of a plan."""
    order = np.argsort(plan.zone, kind="stable")
    borders = np.searchsorted(plan.zone[order], np.arange(len(plan.zones) + 1))
    return [order[borders[i] : borders[i + 1]] for i in range(len(plan.zones))]


def letter_pixels(scale: float) -> int:
    """Return the size of row letters in pixels, 0 where they are left out."""
    pixels = LETTER * scale
    return 0 if pixels < FEWEST_LETTER_PIXELS else round(min(max(pixels, SMALLEST_LETTER), LARGEST_LETTER))


def _letter_bounds(letters: Sequence[RowLetter]) -> QRectF:
    """Return what row letters of usual length need, so that none touches the edge of the map."""
    if not letters:
        return QRectF()
    xs, ys = [letter.x for letter in letters], [letter.y for letter in letters]
    middles = QRectF(QPointF(min(xs), min(ys)), QPointF(max(xs), max(ys)))
    room = LETTER + 1.0
    return middles.adjusted(-room, -room, room, room)


def _block(chain: list[RowRun]) -> Block:
    front, middle, back = chain[0], chain[1:-1], chain[-1]
    if len(chain) == 1 and _is_crumpled(front.points):
        return _block_of(_hull(front.points.tolist()))
    # A single row goes forth and back, so that filling it paints nothing inside its curve.
    points = [
        *_thinned(front.points),
        *(run.points[-1] for run in middle),
        *_thinned(back.points)[::-1],
        *(run.points[0] for run in reversed(middle)),
    ]
    return _block_of(points)


def _block_of(points: Iterable[Sequence[float] | NDArray[np.float64]]) -> Block:
    path = QPainterPath()
    path.addPolygon(QPolygonF([QPointF(float(x), float(y)) for x, y in points]))
    path.closeSubpath()
    return Block(path, path.boundingRect().adjusted(-20, -20, 20, 20))


def _is_crumpled(points: NDArray[np.float64]) -> bool:
    """Return whether a row turns sharply within itself: the seats of a box, counted through."""
    steps = np.diff(points, axis=0)
    steps = steps / np.maximum(np.hypot(steps[:, 0], steps[:, 1]), 1e-6)[:, None]
    return bool(((steps[1:] * steps[:-1]).sum(axis=1) < SHARP_TURN).any())


def _hull(points: list[list[float]]) -> list[list[float]]:
    """Return the convex hull of some points (Andrew's monotone chain)."""
    hull: list[list[float]] = []
    for ordered in (sorted(points), sorted(points, reverse=True)):
        half: list[list[float]] = []
        for x, y in ordered:
            while len(half) > 1 and _turns_left(half[-2], half[-1], x, y):
                half.pop()
            half.append([x, y])
        hull += half[:-1]
    return hull


def _turns_left(one: list[float], two: list[float], x: float, y: float) -> bool:
    return (two[0] - one[0]) * (y - one[1]) - (two[1] - one[1]) * (x - one[0]) <= 0


def _thinned(points: NDArray[np.float64]) -> list[NDArray[np.float64]]:
    """Return the ends of a straight row, and enough points of a curved one."""
    if len(points) <= 2:
        return list(points)
    along = points[-1] - points[0]
    length = float(np.hypot(along[0], along[1])) or 1.0
    away = points - points[0]
    if float(np.abs(away[:, 0] * along[1] - away[:, 1] * along[0]).max()) / length < 1.0:
        return [points[0], points[-1]]
    # A row that bends all around, as in an arena, needs more points than a gentle arc.
    travelled = float(np.hypot(*np.diff(points, axis=0).T).sum())
    wanted = RING_POINTS if travelled > 1.3 * length else CURVE_POINTS
    if len(points) <= wanted:
        return list(points)
    return list(points[np.linspace(0, len(points) - 1, wanted).round().astype(int)])


def _row_letters(plan: SeatPlan, runs: list[RowRun], index: SeatIndex) -> list[RowLetter]:
    labelled = [run for run in runs if plan.row_labels[run.row]]
    if not labelled:
        return []
    seats = np.array([seat for run in labelled for seat in (run.seats[0], run.seats[-1])])
    # The neighbour inside the row tells which way is out; of a seat that stands alone, its angle does.
    near = np.array(
        [seat for run in labelled for seat in ((run.seats[1], run.seats[-2]) if len(run.seats) > 1 else (-1, -1))]
    )
    ends = np.column_stack((plan.x[seats], plan.y[seats]))
    inner = np.where((near < 0)[:, None], np.nan, np.column_stack((plan.x[near], plan.y[near])))
    turn = np.radians(plan.angle[seats].astype(np.float64))
    side = np.where(np.arange(len(seats)) % 2 == 0, -1.0, 1.0)
    out = np.where(np.isnan(inner), np.column_stack((np.cos(turn) * side, np.sin(turn) * side)), ends - inner)
    length = np.maximum(np.hypot(out[:, 0], out[:, 1]), 1e-6)
    out /= length[:, None]
    places, beyond = ends + out * LETTER_DISTANCE, ends + out * LETTER_BEYOND
    free = ~index.occupied(places[:, 0], places[:, 1], LETTER_ROOM)
    free &= ~index.occupied(beyond[:, 0], beyond[:, 1], LETTER_ROOM_BEYOND)
    texts = [plan.row_labels[run.row] for run in labelled for _end in range(2)]
    return [
        RowLetter(x, y, text)
        for (x, y), text, shown in zip(places.tolist(), texts, free.tolist(), strict=True)
        if shown
    ]


def _zone_names(plan: SeatPlan, areas: Sequence[DrawnArea]) -> list[ZoneName]:
    of_zone: dict[int, QRectF] = {}
    for area, drawn in zip(plan.areas, areas, strict=True):
        of_zone[area.zone] = of_zone.get(area.zone, QRectF()).united(drawn.bounds)
    names = []
    for index, (zone, seats) in enumerate(zip(plan.zones, seats_by_zone(plan), strict=True)):
        ground = of_zone.get(index, QRectF())
        if len(seats):
            place = _seat_bounds(plan.x[seats], plan.y[seats])
            turn = _name_turn(plan.angle[seats]) if max(place.width(), place.height()) >= SMALL_ZONE else 0.0
            names.append(ZoneName(zone.label_x, zone.label_y, zone.name, place.united(ground), turn))
        elif ground.isNull():
            names.append(ZoneName(zone.label_x, zone.label_y, zone.name, QRectF(zone.label_x, zone.label_y, 0, 0), 0.0))
        else:
            # Its areas have their own names written in them.
            middle = ground.center()
            names.append(ZoneName(middle.x(), middle.y(), "", ground, 0.0))
    return names


def _name_turn(angles: NDArray[np.float32]) -> float:
    """Return the turn of a name that follows its rows, or 0 where they are nearly level or look everywhere."""
    turns = (angles.astype(np.float64) + 180.0) % 360.0 - 180.0
    mean, spread = float(turns.mean()), float(turns.std())
    return mean if 5.0 <= abs(mean) <= 70.0 and spread < 15.0 else 0.0


def _seat_bounds(x: NDArray[np.float64], y: NDArray[np.float64]) -> QRectF:
    left, top = float(x.min()), float(y.min())
    return QRectF(left, top, float(x.max()) - left, float(y.max()) - top)
