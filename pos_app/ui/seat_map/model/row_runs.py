"""Seats that stand side by side: what the outlines of blocks and the row letters are made from."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from pos_app.services.seats.map_data import SeatPlan

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
    behind = _runs_behind(ends)
    is_free = [True] * len(runs)
    chains = []
    for start, first in enumerate(runs):
        if not is_free[start]:
            continue
        is_free[start] = False
        chain = [first]
        at, turned = start, False
        while (found := next((one for one in behind[at] if is_free[one[0]]), None)) is not None:
            # Both directions of a pair are known for runs as they stand; behind a turned run they change places.
            at, turned = found[0], turned ^ found[1]
            is_free[at] = False
            chain.append(runs[at].reversed() if turned else runs[at])
        chains.append(chain)
    return chains


def _runs_behind(ends: NDArray[np.float64]) -> list[list[tuple[int, bool]]]:
    """Return for each run those behind it that are near enough, the nearest first, and whether they must be turned."""
    count = len(ends)
    ahead = np.arange(count)[:, None] + np.arange(1, min(LOOK_AHEAD, count - 1) + 1)
    exists = ahead < count
    others = ends[np.minimum(ahead, count - 1)]
    straight = _farther_end(ends[:, None], others)
    turned = _farther_end(ends[:, None], others[..., [2, 3, 0, 1]])
    cost = np.where(exists, np.minimum(straight, turned), np.inf)
    order = np.argsort(cost, axis=1, kind="stable")
    near = (np.take_along_axis(cost, order, axis=1) <= LINK_DISTANCE).sum(axis=1)
    must_turn = np.take_along_axis(turned < straight, order, axis=1).tolist()
    places = (order + np.arange(1, count + 1)[:, None]).tolist()
    return [list(zip(places[run][:many], must_turn[run][:many], strict=True)) for run, many in enumerate(near.tolist())]


def _farther_end(own: NDArray[np.float64], others: NDArray[np.float64]) -> NDArray[np.float64]:
    away = others - own
    distance: NDArray[np.float64] = np.maximum(
        np.hypot(away[..., 0], away[..., 1]), np.hypot(away[..., 2], away[..., 3])
    )
    return distance
