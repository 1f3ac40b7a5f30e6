"""The seat map: choose seats on a drawn plan, 60 frames a second up to 60,000 seats."""

from __future__ import annotations

from pos_app.ui.seat_map.legend import Legend
from pos_app.ui.seat_map.model.prepared import MapSight, PreparedPlan, prepare_plan
from pos_app.ui.seat_map.widget import SeatMap

__all__ = ["Legend", "MapSight", "PreparedPlan", "SeatMap", "prepare_plan"]
