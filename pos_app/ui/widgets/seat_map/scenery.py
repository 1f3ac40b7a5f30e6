"""All that is drawn around the seats, derived from the plan alone: blocks, row letters, zone names, the stage."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath, QPolygonF

from pos_app.ui.widgets.seat_map.row_runs import RowRun, chain_runs, split_into_runs
from pos_app.ui.widgets.seat_map.stage import Stage, build_stage

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from pos_app.services.seat_map_data import SeatPlan
    from pos_app.ui.widgets.seat_map.seat_index import SeatIndex

LETTER_DISTANCE = 30.0
LETTER_ROOM = 29.0
"""A row letter is left out where another seat stands nearer than this to it: in a narrow aisle."""
CURVE_POINTS = 16
MARGIN = 28.0


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
    """A zone's name, where it is painted, and the place its seats take up."""

    x: float
    y: float
    text: str
    bounds: QRectF


@dataclass(frozen=True, slots=True)
class Scenery:
    """What the map shows besides seats; bounds hold everything, seats too (plan units)."""

    blocks: tuple[Block, ...]
    row_letters: tuple[RowLetter, ...]
    zone_names: tuple[ZoneName, ...]
    stage: Stage | None
    bounds: QRectF


def build_scenery(plan: SeatPlan, index: SeatIndex) -> Scenery:
    """Return the scenery of any plan."""
    runs = split_into_runs(plan)
    blocks = tuple(_block(chain) for chain in chain_runs(runs, plan.focal_x, plan.focal_y))
    letters = tuple(_row_letters(plan, runs, index))
    names = tuple(_zone_names(plan))
    stage = build_stage(plan)
    bounds = _seat_bounds(plan.x, plan.y) if len(plan.x) else QRectF(0, 0, plan.width, plan.height)
    if stage is not None:
        bounds = bounds.united(stage.path.boundingRect())
    for name in names:
        bounds = bounds.united(QRectF(name.x - 40, name.y - 12, 80, 24))
    return Scenery(blocks, letters, names, stage, bounds.adjusted(-MARGIN, -MARGIN, MARGIN, MARGIN))


def _block(chain: list[RowRun]) -> Block:
    front, middle, back = chain[0], chain[1:-1], chain[-1]
    # A single row goes forth and back, so that filling it paints nothing inside its curve.
    points = [
        *_thinned(front.points),
        *(run.points[-1] for run in middle),
        *_thinned(back.points)[::-1],
        *(run.points[0] for run in reversed(middle)),
    ]
    path = QPainterPath()
    path.addPolygon(QPolygonF([QPointF(x, y) for x, y in points]))
    path.closeSubpath()
    return Block(path, path.boundingRect().adjusted(-20, -20, 20, 20))


def _thinned(points: NDArray[np.float64]) -> list[NDArray[np.float64]]:
    """Return the ends of a straight row, and enough points of a curved one."""
    if len(points) <= 2:
        return list(points)
    along = points[-1] - points[0]
    length = float(np.hypot(along[0], along[1])) or 1.0
    away = points - points[0]
    if float(np.abs(away[:, 0] * along[1] - away[:, 1] * along[0]).max()) / length < 1.0:
        return [points[0], points[-1]]
    if len(points) <= CURVE_POINTS:
        return list(points)
    return list(points[np.linspace(0, len(points) - 1, CURVE_POINTS).round().astype(int)])


def _row_letters(plan: SeatPlan, runs: list[RowRun], index: SeatIndex) -> list[RowLetter]:
    letters = []
    for run in runs:
        text = plan.row_labels[run.row]
        if not text:
            continue
        for end, before in ((0, 1), (-1, -2)):
            seat = int(run.seats[end])
            if len(run.seats) > 1:
                out = run.points[end] - run.points[before]
            else:
                turn = np.radians(float(plan.angle[seat]))
                out = np.array((np.cos(turn), np.sin(turn))) * (-1 if end == 0 else 1)
            length = float(np.hypot(out[0], out[1])) or 1.0
            x, y = (run.points[end] + out / length * LETTER_DISTANCE).tolist()
            if index.nearest(x, y, LETTER_ROOM) < 0:
                letters.append(RowLetter(x, y, text))
    return letters


def _zone_names(plan: SeatPlan) -> list[ZoneName]:
    names = []
    order = np.argsort(plan.zone, kind="stable")
    borders = np.searchsorted(plan.zone[order], np.arange(len(plan.zones) + 1))
    for i, zone in enumerate(plan.zones):
        seats = order[borders[i] : borders[i + 1]]
        place = _seat_bounds(plan.x[seats], plan.y[seats]) if len(seats) else QRectF(zone.label_x, zone.label_y, 0, 0)
        names.append(ZoneName(zone.label_x, zone.label_y, zone.name, place))
    return names


def _seat_bounds(x: NDArray[np.float64], y: NDArray[np.float64]) -> QRectF:
    left, top = float(x.min()), float(y.min())
    return QRectF(left, top, float(x.max()) - left, float(y.max()) - top)
