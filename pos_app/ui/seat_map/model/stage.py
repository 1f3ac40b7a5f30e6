"""The stage, drawn where everyone looks: curved where the rows are curved, round where they stand all around it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath, QPolygonF

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from pos_app.services.seats.map_data import SeatPlan

FRONT_ROWS = 70.0
ROOM_TO_SEATS = 34.0
SHARE_OF_FRONT = 0.62
SMALLEST_HALF = 100.0
CURVE_POINTS = 48


@dataclass(frozen=True, slots=True)
class Stage:
    """The outline of the stage, where its word stands and how large (plan units)."""

    path: QPainterPath
    label: QPointF
    letter_height: float


def build_stage(plan: SeatPlan) -> Stage | None:
    """Return the stage of a plan, or None for a house without seats and areas."""
    x, y = (plan.x, plan.y) if len(plan.x) else _corners_of_areas(plan)
    if not len(x):
        return None
    across = x - plan.focal_x
    # The audience may sit below the stage on the plan, as usual, or above it.
    side = -1.0 if float(np.mean(y)) < plan.focal_y else 1.0
    away = (y - plan.focal_y) * side
    radius = _radius_of_rows(plan, side) if len(plan.x) else None
    depth_of_seat = away if radius is None else np.hypot(across, away + radius)
    in_front = away > 0
    front = in_front & (depth_of_seat < np.min(depth_of_seat[in_front], initial=np.inf) + FRONT_ROWS)
    reach = float(np.percentile(np.abs(across[front]), 90)) if front.any() else 0.0
    half = min(max(SHARE_OF_FRONT * reach, SMALLEST_HALF), 1600.0)
    level = (away < 12) & (away > -_depth(half) - 24)
    beside = float(np.min(np.abs(across[level]), initial=np.inf)) - ROOM_TO_SEATS
    if beside < half:
        # Seats on both sides: between them, where nobody sits behind it; else in the round.
        behind = (np.abs(across) < beside) & (away < 0)
        if beside < SMALLEST_HALF or behind.any():
            return _round_stage(plan, float(np.min(np.hypot(across, y - plan.focal_y))))
        half = beside
    return _front_stage(plan, half, _depth(half), side, radius)


def _depth(half: float) -> float:
    return min(max(0.46 * half, 60.0), 360.0)


def _corners_of_areas(plan: SeatPlan) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    corners = np.array([corner for area in plan.areas for corner in area.shape.outline()], np.float64).reshape(-1, 2)
    return corners[:, 0], corners[:, 1]


def _radius_of_rows(plan: SeatPlan, side: float) -> float | None:
    """Return how far behind the stage edge the lines of sight meet (least squares), or None for straight rows."""
    turn = np.radians(plan.angle.astype(np.float64))
    sight_x, sight_y = np.sin(turn), -np.cos(turn)
    xx, xy, yy = 1 - sight_x**2, -sight_x * sight_y, 1 - sight_y**2
    matrix = np.array([[xx.sum(), xy.sum()], [xy.sum(), yy.sum()]])
    if float(np.linalg.eigvalsh(matrix)[0]) < 0.005 * len(plan.x):
        return None
    target = np.array([(xx * plan.x + xy * plan.y).sum(), (xy * plan.x + yy * plan.y).sum()])
    radius = (plan.focal_y - float(np.linalg.solve(matrix, target)[1])) * side
    return radius if radius > 100 else None


def _front_stage(plan: SeatPlan, half: float, depth: float, side: float, radius: float | None) -> Stage:
    def at(across: float, away: float) -> QPointF:
        return QPointF(plan.focal_x + across, plan.focal_y + away * side)

    def edge(across: float) -> float:
        return 0.0 if radius is None or radius < half else math.sqrt(radius**2 - across**2) - radius

    back = edge(half) - depth
    points = [at(-half * 0.84, back)]
    points += [at(across, edge(across)) for across in np.linspace(-half, half, CURVE_POINTS).tolist()]
    points += [at(half * 0.84, back)]
    path = QPainterPath()
    path.addPolygon(QPolygonF(points))
    path.closeSubpath()
    return Stage(path, at(0, back / 2), min(max(half * 0.117, 13.0), 110.0))


def _round_stage(plan: SeatPlan, nearest: float) -> Stage:
    radius = min(max(nearest - ROOM_TO_SEATS, 12.0), 400.0)
    centre = QPointF(plan.focal_x, plan.focal_y)
    path = QPainterPath()
    path.addEllipse(QRectF(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius))
    return Stage(path, centre, min(max(radius * 0.3, 5.0), 60.0))
