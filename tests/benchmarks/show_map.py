"""A process with a seat map of 60,000 seats: what it takes to build it, push it, zoom it and change it.

While it is zoomed the picture is stretched; "crisp" is the one frame that paints it anew when the zoom rests.
"""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QPointF
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from pos_app.app import make_application
from pos_app.ui.seat_map import SeatMap
from tests.benchmarks.figures import milliseconds
from tests.benchmarks.windows import tell
from tests.ui.seat_map import plans

if TYPE_CHECKING:
    from collections.abc import Callable

SIZE: Final = (1280, 800)
BUILDS: Final = 7
FRAMES: Final = 60
POLLS: Final = 20
CHANGES: Final = 100


def main() -> None:
    app = make_application()
    plan = plans.stadium()
    states = plans.busy_states(plan)
    prices = dict.fromkeys(range(len(plan.categories)), "€45.00")
    random = np.random.default_rng(3)
    seat_map = SeatMap()
    seat_map.resize(*SIZE)
    seat_map.show()
    QTest.qWaitForWindowExposed(seat_map)

    def shown(change: Callable[[], object]) -> float:
        """Measure until the picture is there: with a real window, until the X server has it."""

        def frame() -> None:
            change()
            seat_map.repaint()
            QGuiApplication.sync()

        return milliseconds(frame)

    def build() -> None:
        seat_map.show_plan(plan, prices)
        seat_map.show_states(states)

    def poll() -> None:
        seats = random.choice(len(plan.seat_id), CHANGES, replace=False).tolist()
        seat_map.show_states(plans.changed_states({seat: (seat_map.state_of(seat) + 1) % 4 for seat in seats}))

    found = {"build": [shown(build) for _ in range(BUILDS)], "changes": [shown(poll) for _ in range(POLLS)]}
    seat_map._zoom(0.5 / seat_map._view.scale, QPointF(SIZE[0] / 2, SIZE[1] / 2))
    seat_map._on_zoom_rested()
    seat_map.repaint()
    found["pan"] = [shown(lambda: seat_map._pan(-12, 7)) for _ in range(FRAMES)]
    found["changes near"] = [shown(poll) for _ in range(POLLS)]
    found["zoom"] = [shown(lambda: seat_map._zoom(1.02, QPointF(300, 300))) for _ in range(FRAMES)]
    found["crisp"] = [shown(seat_map._repaint_all) for _ in range(BUILDS)]
    tell(
        {"platform": QGuiApplication.platformName(), **{name: median(each) for name, each in found.items()}}
        | {"longest pan": max(found["pan"]), "longest zoom": max(found["zoom"]), "first build": found["build"][0]}
    )
    seat_map.close()
    app.quit()


if __name__ == "__main__":
    main()
