from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pos_app.ui.seat_map import SeatMap
from tests.ui.seat_map import plans

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from pos_app.services.seats.map_data import SeatPlan

    OpenMap = Callable[[SeatPlan], SeatMap]

PRICES = {0: "€68.00", 1: "€52.00", 2: "€38.00", 3: "€24.00"}


@pytest.fixture
def open_map(qtbot: QtBot, themed: QApplication) -> OpenMap:
    """Show a plan in a map of 800 x 600 pixels, all seats free."""

    def show(plan: SeatPlan) -> SeatMap:
        seat_map = SeatMap()
        qtbot.addWidget(seat_map)
        seat_map.resize(800, 600)
        seat_map.show_plan(plan, PRICES)
        seat_map.show_states(plans.all_states([0] * len(plan.seat_id)))
        with qtbot.waitExposed(seat_map):
            seat_map.show()
        return seat_map

    return show


@pytest.fixture
def seat_map(open_map: OpenMap) -> SeatMap:
    """A small room of 4 rows with 6 seats."""
    return open_map(plans.room())
