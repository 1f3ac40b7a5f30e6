"""The tests of the test: a window that stands still is found out, and a busy machine is not taken for one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from pos_app.services.season.offers import list_performances
from tests import standstill
from tests.end_to_end.frame_probe import BOUND_MS, FrameProbe, Gap
from tests.end_to_end.machine_watch import Seen
from tests.kinds import SQLITE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

    from tests.end_to_end.machine_watch import MachineWatch
    from tests.houses import OpenHouse

STILL_SECONDS = 0.5
_TRIES = 6


@pytest.fixture
def probe(qtbot: QtBot, machine: MachineWatch) -> Iterator[FrameProbe]:
    window = QLabel("a window")
    qtbot.addWidget(window)
    window.resize(400, 300)
    with qtbot.waitExposed(window):
        window.show()
    yield FrameProbe(window, machine)
    window.close()


def _measure(probe: FrameProbe, on_the_windows_thread: Callable[[], object]) -> Gap:
    probe.start()
    QTimer.singleShot(50, probe, on_the_windows_thread)
    QTest.qWait(700)
    return probe.longest()


def _is_found(probe: FrameProbe, on_the_windows_thread: Callable[[], object]) -> bool:
    """Tell whether it is found in one of some tries: a machine that withholds nearly all excuses nearly all."""
    return any(_measure(probe, on_the_windows_thread).own_ms > BOUND_MS for _try in range(_TRIES))


def _compute() -> None:
    until = time.thread_time() + STILL_SECONDS
    while time.thread_time() < until:
        pass


@pytest.mark.parametrize("stand_still", [lambda: time.sleep(STILL_SECONDS), _compute], ids=["waiting", "computing"])
def test_half_a_second_on_the_thread_of_the_window_is_found(
    probe: FrameProbe, stand_still: Callable[[], object]
) -> None:
    assert _is_found(probe, stand_still)


def test_a_story_in_which_the_window_stands_still_fails(probe: FrameProbe) -> None:
    def tell() -> None:
        for _try in range(_TRIES):
            with probe.watching("a story"):
                QTimer.singleShot(0, probe, lambda: time.sleep(STILL_SECONDS))
                QTest.qWait(100)

    with pytest.raises(AssertionError, match="stood still for"):
        tell()


@SQLITE
def test_a_service_on_the_thread_of_the_window_that_waits_for_a_lock_is_found(
    house: OpenHouse, probe: FrameProbe
) -> None:
    def wait_for_another() -> None:
        locked, go_on = threading.Event(), threading.Event()

        def keep_the_lock() -> None:
            with house.database.writer.begin():
                locked.set()
                go_on.wait(STILL_SECONDS)

        other = threading.Thread(target=keep_the_lock)
        other.start()
        locked.wait()
        house.database.transact(list_performances)
        other.join()

    assert _is_found(probe, wait_for_another)


def test_the_same_wait_on_another_thread_is_none_of_the_windows(probe: FrameProbe) -> None:
    other = threading.Thread(target=lambda: time.sleep(STILL_SECONDS))
    gap = _measure(probe, other.start)
    other.join()
    assert gap.own_ms < BOUND_MS


def test_what_the_machine_withheld_is_not_the_windows_fault(probe: FrameProbe, machine: MachineWatch) -> None:
    """Both processes stand still together, as on a machine that does something else."""
    watched = machine._process.pid

    def withhold() -> None:
        standstill.stop(watched)
        time.sleep(STILL_SECONDS)
        os.kill(watched, signal.SIGCONT)

    gap = _measure(probe, withhold)
    assert gap.span[1] - gap.span[0] > 0.4 or gap.withheld == pytest.approx(0, abs=0.1)
    assert gap.own_ms < BOUND_MS


def test_only_the_part_of_a_gap_that_both_met_is_excused() -> None:
    seen = Seen(late=[(9.0, 10.25), (10.5, 10.75), (12.0, 13.0)], crowd=[(9.0, 9.0), (10.1, 1.0), (10.9, 4.0)])
    assert seen.withheld((10.0, 11.0)) == pytest.approx(0.5)
    assert seen.stretch((10.0, 11.0)) == pytest.approx(2.5)
    assert seen.stretch((20.0, 21.0)) == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("computed", "worked", "stretch", "blamed"),
    [(0.0, 0.0, 8.0, 500), (0.9, 0.9, 8.0, 900), (0.1, 0.1, 2.0, 400), (0.1, 0.2, 2.0, 300)],
    ids=["a wait on a busy machine", "computing", "computing while others do", "a worker computes too"],
)
def test_a_crowded_machine_excuses_what_computing_took_longer_but_no_wait(
    computed: float, worked: float, stretch: float, blamed: float
) -> None:
    assert Gap((10.0, 11.0), computed, worked, 0.5, stretch).own_ms == pytest.approx(blamed)


@pytest.mark.parametrize(
    ("delayed", "worked", "blamed"),
    [(0.6, 0.1, 400), (0.9, 0.1, 100), (0.6, 0.2, 300)],
    ids=["a wait", "none", "a worker"],
)
def test_what_the_kernel_kept_the_window_from_is_excused(delayed: float, worked: float, blamed: float) -> None:
    assert Gap((10.0, 11.0), 0.1, worked, 0.0, 2.0, delayed).own_ms == pytest.approx(blamed)


@pytest.fixture
def crowded_core() -> Iterator[None]:
    """Let three processes compute on the core of this one for as long as it lasts."""
    cores = os.sched_getaffinity(0)
    core = min(cores)
    spin = f"import os; os.sched_setaffinity(0, {{{core}}})\nprint(flush=True)\nwhile True: pass"
    others = [subprocess.Popen([sys.executable, "-I", "-c", spin], stdout=subprocess.PIPE) for _ in range(3)]
    for one in others:
        assert one.stdout is not None
        one.stdout.readline()
    os.sched_setaffinity(0, {core})
    yield
    os.sched_setaffinity(0, cores)
    for one in others:
        one.kill()
        one.communicate(timeout=60)


@pytest.mark.skipif(not Path("/proc/self/schedstat").exists(), reason="this kernel does not count")
@pytest.mark.usefixtures("crowded_core")
def test_a_window_that_is_not_let_run_is_not_to_blame(probe: FrameProbe) -> None:
    def compute() -> None:
        until = time.thread_time() + 0.15
        while time.thread_time() < until:
            pass

    gap = _measure(probe, compute)
    assert gap.span[1] - gap.span[0] > BOUND_MS / 1000
    assert gap.own_ms < BOUND_MS
