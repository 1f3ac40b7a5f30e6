"""A process with a real door screen: from the scan to the verdict on the panel."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSettings
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from pos_app.app import make_application
from pos_app.db.connection.addresses import parse_address
from pos_app.db.database import Database
from pos_app.devices.sound import SoundPlayer
from pos_app.domain.door.check_in import Verdict
from pos_app.domain.roles import Actor, Role
from pos_app.services.door.guest_lists import list_door_performances
from pos_app.ui.background import Background
from pos_app.ui.garbage import GarbageCollector
from pos_app.ui.office import Office
from pos_app.ui.screens.door.operations import DoorOperations
from pos_app.ui.screens.door.screen import DoorScreen
from tests.benchmarks.waiting import rest, wait_for
from tests.benchmarks.windows import heard, tell

if TYPE_CHECKING:
    from pos_app.domain.door.check_in import Scan, ScanResult

_PAUSE_MS: Final = 20


def main() -> None:
    facts = heard()
    app = make_application()
    garbage = GarbageCollector(app)
    database = Database(parse_address(facts["url"]))
    background = Background(database)
    actor = Actor(**{**facts["actor"], "role": Role(facts["actor"]["role"])})
    screen = DoorScreen(
        DoorOperations(Office(background, actor)), SoundPlayer(muted=True, players=()), settings=QSettings()
    )
    screen.resize(1280, 800)
    screen.show()
    QTest.qWaitForWindowExposed(screen)
    shows = database.read(list_door_performances)
    # The screen chooses the next performance by itself once it has the list.
    wait_for(lambda: screen._performance is not None, "the screen had its performances")
    screen._on_performance_chosen(next(one for one in shows if one.performance_id == facts["performance_id"]))
    judged: list[tuple[float, Verdict]] = []

    def note(_scan: Scan, result: ScanResult) -> None:
        screen.panel.repaint()
        judged.append((time.perf_counter(), result.verdict))

    # Connected after the screen's own slot: the panel shows the verdict by now.
    screen._queue.judged.connect(note)
    spans = []
    for at, code in enumerate(facts["codes"], 1):
        start = time.perf_counter()
        screen.scan(code)
        wait_for(lambda at=at: len(judged) >= at, "a scan was judged")  # type: ignore[misc]
        spans.append((judged[-1][0] - start) * 1000)
        rest(_PAUSE_MS)
    if any(verdict is not Verdict.ADMITTED for _, verdict in judged):
        raise RuntimeError("Good tickets were not admitted.")
    screen.close()
    background.shut_down()
    database.close()
    garbage.stop()
    tell({"platform": QGuiApplication.platformName(), "spans": spans})


if __name__ == "__main__":
    main()
