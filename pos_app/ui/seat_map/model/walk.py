"""The keyboard walk: from seat to seat with the arrow keys, and into areas and out of them.

A spot is a place where the walk can stand: the seats of the plan by their index, then its areas.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QRectF

    from pos_app.services.seats.map_data import SeatPlan

SIDEWAYS_COST = 2.2
"""A spot straight ahead is worth more than a nearer one off to the side."""


def next_spot(plan: SeatPlan, areas: Sequence[QRectF], spot: int, dx: int, dy: int) -> int:
    """Return the nearest spot within 45 degrees of a direction, or -1 at the edge of the house.

    areas: the rectangles around them, in plan units. An area is as near as the nearest point of its rectangle.
    """
    seats = len(plan.x)
    if spot < seats:
        x, y = float(plan.x[spot]), float(plan.y[spot])
    else:
        middle = areas[spot - seats].center()
        x, y = middle.x(), middle.y()
    near_x = [min(max(x, area.left()), area.right()) for area in areas]
    near_y = [min(max(y, area.top()), area.bottom()) for area in areas]
    away_x, away_y = np.append(plan.x, near_x) - x, np.append(plan.y, near_y) - y
    ahead = away_x * dx + away_y * dy
    aside = np.abs(away_x * dy - away_y * dx)
    in_cone = (ahead > 4) & (aside <= ahead * 1.05 + 1)
    cost = np.where(in_cone, ahead + SIDEWAYS_COST * aside, np.inf)
    if not len(cost):
        return -1
    best = int(cost.argmin())
    return best if np.isfinite(cost[best]) else -1


def first_spot(plan: SeatPlan, areas: Sequence[QRectF]) -> int:
    """Return where the walk begins: at the seat nearest to the stage, else in the first area; -1 in an empty house."""
    if not len(plan.x):
        return 0 if areas else -1
    return int(np.argmin((plan.x - plan.focal_x) ** 2 + (plan.y - plan.focal_y) ** 2))
