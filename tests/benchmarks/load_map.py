"""A process with a real sell screen that opens a performance of 60,000 seats on the server: the longest frame gaps."""

from __future__ import annotations

import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from pos_app.app import make_application
from pos_app.computer.identity import TillIdentity
from pos_app.computer.journal import Journal
from pos_app.db.connection.addresses import parse_address
from pos_app.db.database import Database
from pos_app.documents.ticket_codes import public_key_of
from pos_app.domain.roles import Actor, Role
from pos_app.domain.tickets.papers import Paper
from pos_app.flows.print_tickets import TicketPress
from pos_app.services.season.offers import list_performances
from pos_app.services.seats.map_plan import load_plan
from pos_app.ui.background import Background
from pos_app.ui.garbage import GarbageCollector
from pos_app.ui.office import Office
from pos_app.ui.screens.selling.screen import SellScreen
from tests.benchmarks.bare_picture import BarePicture
from tests.benchmarks.figures import milliseconds
from tests.benchmarks.waiting import rest, wait_for
from tests.benchmarks.windows import heard, tell
from tests.small_house import SIGNING_KEY

if TYPE_CHECKING:
    from pos_app.domain.season.offers import PerformanceSummary

LOADS: Final = 5
_BEAT_MS: Final = 2
_REST_MS: Final = 300


class FrameWatch(QObject):
    """Notes the moments at which the GUI thread was free; what it does in between, painting too, holds up a frame."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.moments: list[float] = []
        self._timer = QTimer(self, interval=_BEAT_MS)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(lambda: self.moments.append(time.perf_counter()))

    def start(self) -> None:
        """Begin anew."""
        self.moments = [time.perf_counter()]
        self._timer.start()

    def longest_ms(self) -> float:
        """End, and return the longest time in which nothing could be painted."""
        self._timer.stop()
        self.moments.append(time.perf_counter())
        return max(after - before for before, after in zip(self.moments, self.moments[1:], strict=False)) * 1000


def main() -> None:
    facts = heard()
    app = make_application()
    garbage = GarbageCollector(app)
    database = Database(parse_address(facts["url"]))
    background = Background(database)
    performance = next(one for one in database.read(list_performances) if one.performance_id == facts["performance_id"])
    plan = database.read(load_plan, facts["plan_id"])
    bare = BarePicture(plan.x / plan.width, plan.y / plan.height)
    bare.resize(1600, 900)
    told, yardstick = [], []
    for _ in range(LOADS):
        yardstick.append(milliseconds(bare.build))
        told.append(_load(facts, background, performance))
    background.shut_down()
    database.close()
    garbage.stop()
    tell(
        {
            "platform": QGuiApplication.platformName(),
            "gaps": [one[0] for one in told],
            "seconds": [one[1] for one in told],
            "yardstick": median(yardstick),
        }
    )


def _load(facts: dict[str, Any], background: Background, performance: PerformanceSummary) -> tuple[float, float]:
    """Open the performance on a new screen; return the longest gap in ms and the seconds until the seats are there."""
    actor = Actor(**{**facts["actor"], "role": Role(facts["actor"]["role"])})
    home = Path.home()
    identity = TillIdentity("bench", SIGNING_KEY, public_key_of(SIGNING_KEY).hex())
    press = TicketPress(identity, actor.till_id, Paper.A4, "", home / "tickets", "en_GB")
    screen = SellScreen(Office(background, actor), Journal(home / "journal"), press)
    watch = FrameWatch(screen)
    screen.resize(1600, 900)
    screen.on_sale.chosen = 0
    screen.show()
    QTest.qWaitForWindowExposed(screen)
    rest(_REST_MS)
    arrived: list[float] = []
    screen.live.states_changed.connect(lambda _states: arrived.append(time.perf_counter()))
    watch.start()
    start = time.perf_counter()
    screen.on_sale.open(performance)
    wait_for(lambda: bool(arrived), "the seats came")
    rest(_REST_MS)
    gap = watch.longest_ms()
    screen.live.set_running(False)
    screen.close()
    screen.deleteLater()
    rest(50)
    return gap, arrived[0] - start


if __name__ == "__main__":
    main()
