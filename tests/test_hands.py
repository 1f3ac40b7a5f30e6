"""The hands of the tests see soon what they wait for, and miss nothing of what the event loop is to do meanwhile."""

from __future__ import annotations

import threading
import time
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget
from pytestqt.exceptions import TimeoutError as WaitedInVain

if TYPE_CHECKING:
    from tests.hands import PatientHands


def test_what_a_thread_does_is_seen_without_an_event(qtbot: PatientHands) -> None:
    seen = threading.Event()
    thread = threading.Timer(0.05, seen.set)
    thread.start()
    qtbot.waitUntil(seen.is_set)
    thread.join()


def test_it_looks_after_each_turn_of_the_event_loop(qtbot: PatientHands) -> None:
    turns: list[int] = []
    timer = QTimer(interval=0)
    timer.timeout.connect(lambda: turns.append(len(turns)))
    timer.start()
    looks: list[int] = []

    def enough() -> bool:
        looks.append(len(turns))
        return len(turns) >= 20

    qtbot.waitUntil(enough)
    timer.stop()
    assert max(later - before for before, later in pairwise(looks)) <= 3


def test_what_is_to_be_deleted_later_is_deleted_meanwhile(qtbot: PatientHands) -> None:
    gone: list[bool] = []
    one = QObject()
    one.destroyed.connect(lambda: gone.append(True))
    one.deleteLater()
    qtbot.waitUntil(lambda: gone == [True])


def test_what_never_comes_is_told(qtbot: PatientHands) -> None:
    with pytest.raises(WaitedInVain):
        qtbot.waitUntil(lambda: False, timeout=20)
    with pytest.raises(ValueError, match="true or false"):
        qtbot.waitUntil(lambda: "a text", timeout=20)

    seen: list[str] = []

    def look() -> None:
        assert seen == ["this"]

    with pytest.raises(AssertionError, match="this"):
        qtbot.waitUntil(look, timeout=20)


def test_it_rests_while_there_is_nothing_to_do(qtbot: PatientHands) -> None:
    began, used = time.monotonic(), time.thread_time()
    qtbot.waitUntil(lambda: time.monotonic() - began > 0.5)
    assert time.thread_time() - used < 0.25


def test_a_window_is_waited_for(qtbot: PatientHands) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    assert window.windowHandle().isExposed()
    window.activateWindow()
    with qtbot.waitActive(window):
        pass
    assert window.isActiveWindow()
