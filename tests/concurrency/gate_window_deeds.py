"""A steward's window as a process of its own: what is scanned at it, by the keys of a scanner, and what it tells.

The test says step by step what the steward does; the window lives on while nobody says anything.
"""

from __future__ import annotations

import hashlib
import os
import select
import signal
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pos_app import app
from pos_app.db import database
from pos_app.db.connection import dialling
from pos_app.domain.roles import Role
from pos_app.ui.screens.door import scan_queue
from pos_app.ui.screens.door.verdict_look import DoorState
from tests.concurrency.till import change
from tests.concurrency.window_deeds import PatientHands
from tests.evening import start_evening
from tests.hands import scan_with_keys
from tests.houses import OpenHouse

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from pos_app.domain.door.check_in import Scan, ScanResult
    from pos_app.ui.screens.door.scan_queue import LateVerdict, UncheckedScan
    from pos_app.ui.screens.door.screen import DoorScreen
    from tests.concurrency.till import Till
    from tests.evening import Evening
    from tests.small_house import SmallHouse

_SENT_TWICE = 1.0
"""Seconds within which the same text again is taken for the scanner's own doing; it types for 0.4 s itself."""


def stand_at_gate(
    till: Till, *, folder: str, gate: str, performance_id: int, seconds: int, impatient: bool = False
) -> int:
    """Sign a steward in at a new till and do what the test says until it says "go home"; returns the scans made.

    impatient: the window waits for some seconds where it would wait for ten, so that a test need not.
    """
    signal.alarm(seconds)
    if impatient:
        change(dialling, ANSWER_SECONDS=2)
        change(database, DEADLINE_SECONDS=2.0, IN_DOUBT_SECONDS=3.0)
        change(scan_queue, LATE_SECONDS=1.0)
    os.environ["FOYER_STATE"] = folder
    application = app.make_application()  # kept: without a reference it would be gone
    house = OpenHouse(str(till.database.address), till.database, cast("SmallHouse", None))
    evening = start_evening(
        cast("QtBot", PatientHands()),
        house,
        Path(folder),
        machine_key=f"machine-{gate}",
        key=hashlib.sha256(gate.encode()).digest(),
        named=gate,
    )
    evening.sign_in(Role.DOOR_STEWARD)
    steward = Steward(evening, performance_id)
    till.say("at the gate", steward.door.bar.gate)
    while True:
        evening.wait(lambda: select.select([sys.stdin], [], [], 0)[0])
        step = till.wait()
        if step["do"] == "go home":
            break
        till.say("told", getattr(steward, step.pop("do"))(**step))
    application.quit()
    return steward.scans


class Steward:
    """The hands and the eyes at one gate. Everything that is told is noted down, with how it is told."""

    def __init__(self, evening: Evening, performance_id: int) -> None:
        self._evening = evening
        self.scans = 0
        self._typed, self._typed_at = "", 0.0
        self._told: list[dict[str, Any]] = []
        door = self.door
        evening.wait(door.bar.performances.count)
        box = door.bar.performances
        at = next(row for row in range(box.count()) if box.itemData(row).performance_id == performance_id)
        box.setCurrentIndex(at)
        box.activated.emit(at)
        # After the screen itself has heard of it.
        door._queue.judged.connect(self._on_judged)
        door._queue.told_late.connect(self._on_late)
        door._queue.listed.connect(self._on_listed)
        door._queue.not_checked.connect(self._on_lost)

    @property
    def door(self) -> DoorScreen:
        door = self._evening.workplace.door
        assert door is not None
        return door

    def scan(self, code: str) -> dict[str, Any]:
        """Scan and look what is told."""
        self.type(code)
        return self.look()

    def type(self, code: str) -> None:
        """Scan, and do not wait."""
        handle = self._evening.window.windowHandle()
        assert handle is not None
        self._evening.wait(lambda: code != self._typed or time.monotonic() - self._typed_at > _SENT_TWICE)
        self._typed, self._typed_at = code, time.monotonic()
        self.scans += not self._evening.window.is_locked
        scan_with_keys(handle, code)

    def look(self) -> dict[str, Any]:
        """Wait until everything that was scanned is told of, in one way or another; return what is seen."""
        queue, door = self.door._queue, self.door
        self._evening.wait(
            lambda: not (queue.waiting or queue.is_holding) and door.panel.state is not DoorState.CHECKING
        )
        told, self._told = self._told, []
        rows = [
            {
                "code": row.scan.text,
                "verdict": str(row.result.verdict) if row.result is not None else "",
                "times": row.times,
            }
            for row in door.late.rows
        ]
        return {
            "told": told,
            "state": str(door.panel.state),
            "word": door.panel.words.word,
            "seat": door.panel.words.seat,
            "rows": rows,
            "listed": door.telling.middle.lists_late,
        }

    def check_all(self) -> dict[str, Any]:
        """Press F5 until nothing is left unchecked."""
        while self.door.late.unchecked:
            QTest.keyClick(self._evening.window, Qt.Key.Key_F5)
            self.look_on()
        return self.look()

    def look_on(self) -> None:
        """Wait until what was asked for is told."""
        queue = self.door._queue
        self._evening.wait(lambda: not (queue.waiting or queue.is_holding))

    def lock(self) -> bool:
        """Lock the window by its key."""
        QTest.keyClick(self._evening.window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
        self._evening.wait(lambda: self._evening.window.is_locked)
        return True

    def unlock(self) -> bool:
        """Type the PIN, as after a scan that was made while it was locked."""
        window = self._evening.window
        self._evening.wait(lambda: QApplication.focusWidget() is not None)
        self._evening.type_pin(Role.DOOR_STEWARD)
        self._evening.wait(lambda: not window.is_locked)
        self._evening.wait(self.door.isVisible)
        return True

    def is_locked(self) -> bool:
        return self._evening.window.is_locked

    def _note(self, how: str, scan: Scan, result: ScanResult | None, **more: Any) -> None:
        self._told.append(
            {
                "how": how,
                "code": scan.text,
                "nonce": scan.nonce,
                "verdict": str(result.verdict) if result is not None else "",
                "reason": str(result.reason) if result is not None else "",
                "repeated": result is not None and result.repeated,
                "number": result.check_in_id if result is not None else 0,
                "state": str(self.door.panel.state),
                **more,
            }
        )

    def _on_judged(self, scan: Scan, result: ScanResult) -> None:
        self._note("at once", scan, result)

    def _on_late(self, late: LateVerdict) -> None:
        self._note("late", late.scan, late.result)

    def _on_listed(self, scan: Scan, result: ScanResult) -> None:
        self._note("asked again", scan, result)

    def _on_lost(self, lost: tuple[UncheckedScan, ...]) -> None:
        self._note("lost", lost[-1].scan, None, together=len(lost))
