"""The keyboard walk: from seat to seat with the arrow keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from pos_app.services.seat_map_data import SeatPlan

SIDEWAYS_COST = 2.2
"""A seat straight ahead is worth more than a nearer one off to the side."""


def next_seat(plan: SeatPlan, seat: int, dx: int, dy: int) -> int:
    """Return the nearest seat within 45 degrees of a direction, or -1 at the edge of the house."""
    away_x, away_y = plan.x - plan.x[seat], plan.y - plan.y[seat]
    ahead = away_x * dx + away_y * dy
    aside = np.abs(away_x * dy - away_y * dx)
    in_cone = (ahead > 4) & (aside <= ahead * 1.05 + 1)
    cost = np.where(in_cone, ahead + SIDEWAYS_COST * aside, np.inf)
    best = int(cost.argmin())
    return best if np.isfinite(cost[best]) else -1


def first_seat(plan: SeatPlan) -> int:
    """Return the seat where the walk begins: the one nearest to the stage, or -1 in a house without seats."""
    if not len(plan.x):
        return -1
    return int(np.argmin((plan.x - plan.focal_x) ** 2 + (plan.y - plan.focal_y) ** 2))
