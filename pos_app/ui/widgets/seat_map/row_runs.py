"""Seats that stand side by side: what the outlines of blocks and the row letters are made from."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from pos_app.services.seat_map_data import SeatPlan

USUAL_PITCH = 23.0
AISLE_PITCHES = 2.2
"""A gap of so many seats within a row is an aisle: the block ends there."""
LINK_DISTANCE = 70.0
"""Rows whose ends are no farther apart belong to one block."""
LOOK_AHEAD = 40


@dataclass(frozen=True, slots=True, eq=False)
class RowRun:
    """Seats of one row without an aisle between them, from one end to the other (points: one x, y each)."""

    zone: int
    row: int
    seats: NDArray[np.intp]
    points: NDArray[np.float64]

    def reversed(self) -> RowRun:
        """Return the same run from its other end."""
        return RowRun(self.zone, self.row, self.seats[::-1], self.points[::-1])


def split_into_runs(plan: SeatPlan) -> list[RowRun]:
    """Return all rows of a plan, cut at the aisles."""
    order = np.lexsort((plan.position, plan.row_of, plan.zone))
    if not len(order):
        return []
    points = np.column_stack((plan.x[order], plan.y[order]))
    zones, rows = plan.zone[order], plan.row_of[order]
    step = np.hypot(np.diff(points[:, 0]), np.diff(points[:, 1]))
    new_row = (np.diff(zones) != 0) | (np.diff(rows) != 0)
    beside = step[~new_row]
    pitch = float(np.median(beside)) if len(beside) else USUAL_PITCH
    cuts = [0, *(np.flatnonzero(new_row | (step > AISLE_PITCHES * pitch)) + 1).tolist(), len(order)]
    return [
        RowRun(int(zones[begin]), int(rows[begin]), order[begin:end], points[begin:end])
        for begin, end in pairwise(cuts)
    ]


def chain_runs(runs: list[RowRun], focal_x: float, focal_y: float) -> list[list[RowRun]]:
    """Return the runs joined to blocks: each chain goes from the front to the back, all its runs in one direction."""
    by_zone: dict[int, list[RowRun]] = {}
    for run in runs:
        by_zone.setdefault(run.zone, []).append(run)
    chains: list[list[RowRun]] = []
    for members in by_zone.values():
        middles = np.array([run.points[len(run.points) // 2] for run in members])
        nearness = np.hypot(middles[:, 0] - focal_x, middles[:, 1] - focal_y)
        chains += _chain_zone([members[i] for i in np.argsort(nearness, kind="stable").tolist()])
    return chains


def _chain_zone(runs: list[RowRun]) -> list[list[RowRun]]:
    ends = np.array([np.concatenate((run.points[0], run.points[-1])) for run in runs])
    free = np.ones(len(runs), np.bool_)
    chains = []
    for start in range(len(runs)):
        if not free[start]:
            continue
        free[start] = False
        chain = [runs[start]]
        at = start
        while (found := _next_behind(chain[-1], ends, free, at)) is not None:
            at, turned = found
            free[at] = False
            chain.append(runs[at].reversed() if turned else runs[at])
        chains.append(chain)
    return chains


def _next_behind(run: RowRun, ends: NDArray[np.float64], free: NDArray[np.bool_], at: int) -> tuple[int, bool] | None:
    """Return the nearest run behind this one and whether it must be turned round, or None at the back of the block."""
    window = slice(at + 1, at + 1 + LOOK_AHEAD)
    if not free[window].any():
        return None
    own = np.concatenate((run.points[0], run.points[-1]))
    others = ends[window]
    straight = _farther_end(own, others)
    turned = _farther_end(own, others[:, [2, 3, 0, 1]])
    cost = np.where(free[window], np.minimum(straight, turned), np.inf)
    best = int(cost.argmin())
    if cost[best] > LINK_DISTANCE:
        return None
    return at + 1 + best, bool(turned[best] < straight[best])


def _farther_end(own: NDArray[np.float64], others: NDArray[np.float64]) -> NDArray[np.float64]:
    away = others - own
    distance: NDArray[np.float64] = np.maximum(np.hypot(away[:, 0], away[:, 1]), np.hypot(away[:, 2], away[:, 3]))
    return distance
