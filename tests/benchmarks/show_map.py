"""A process with a seat map of 60,000 seats: what it takes to build it, push it, zoom it and change it.

While it is zoomed the picture is stretched; "crisp" is the one frame that paints it anew when the zoom rests.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QPointF
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from pos_app.app import make_application
from pos_app.ui.seat_map import SeatMap
from tests.benchmarks.bare_picture import BarePicture
from tests.benchmarks.figures import milliseconds
from tests.benchmarks.windows import tell
from tests.ui.seat_map import plans

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

SIZE: Final = (1280, 800)
BUILDS: Final = 7
FRAMES: Final = 60
POLLS: Final = 20
CHANGES: Final = 100


@dataclass(frozen=True)
class Timed:
    """How long each time took, and the yardstick beside it in the middle."""

    spans: list[float]
    yardstick: float


def main() -> None:
    app = make_application()
    plan = plans.stadium()
    states = plans.busy_states(plan)
    prices = dict.fromkeys(range(len(plan.categories)), "€45.00")
    random = np.random.default_rng(3)
    seat_map, bare = SeatMap(), BarePicture(plan.x / plan.width, plan.y / plan.height)
    for widget in (bare, seat_map):
        widget.resize(*SIZE)
        widget.show()
        QTest.qWaitForWindowExposed(widget)

    def shown(change: Callable[[], object], widget: QWidget = seat_map) -> float:
        """Measure until the picture is there: with a real window, until the X server has it."""

        def frame() -> None:
            change()
            widget.repaint()
            QGuiApplication.sync()

        return milliseconds(frame)

    def by_turns(times: int, change: Callable[[], object], yardstick: Callable[[], object]) -> Timed:
        """Measure a change of the map and its yardstick, so that whatever else the machine does falls on both."""
        pairs = [(shown(change), shown(yardstick, bare)) for _ in range(times)]
        spans, bare_spans = zip(*pairs, strict=True)
        return Timed(list(spans), median(bare_spans))

    def build() -> None:
        seat_map.show_plan(plan, prices)
        seat_map.show_states(states)

    def poll() -> None:
        seats = random.choice(len(plan.seat_id), CHANGES, replace=False).tolist()
        seat_map.show_states(plans.changed_states({seat: (seat_map.state_of(seat) + 1) % 4 for seat in seats}))

    found = {"build": by_turns(BUILDS, build, bare.build), "changes": by_turns(POLLS, poll, bare.build)}
    seat_map._zoom(0.5 / seat_map._view.scale, QPointF(SIZE[0] / 2, SIZE[1] / 2))
    seat_map._on_zoom_rested()
    seat_map.repaint()
    found["pan"] = by_turns(FRAMES, lambda: seat_map._pan(-12, 7), lambda: bare.push(-12, 7))
    near = median(shown(poll) for _ in range(POLLS))
    found["zoom"] = by_turns(FRAMES, lambda: seat_map._zoom(1.02, QPointF(300, 300)), lambda: bare.stretch(1.02))
    crisp = median(shown(seat_map._repaint_all) for _ in range(BUILDS))
    tell(
        {
            **{
                name: {"median": median(timed.spans), "longest": max(timed.spans), "yardstick": timed.yardstick}
                for name, timed in found.items()
            },
            "first build": found["build"].spans[0],
            "changes near": near,
            "crisp": crisp,
        }
    )
    for widget in (bare, seat_map):
        widget.close()
    app.quit()


if __name__ == "__main__":
    main()
