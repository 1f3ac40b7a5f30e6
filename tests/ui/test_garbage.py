from __future__ import annotations

import gc
import threading
from typing import TYPE_CHECKING

import pytest

from pos_app.ui.garbage import GarbageCollector

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot


class Cycle:
    """Refers to itself, so that only the collector can free it."""

    freed_on: list[str]

    def __init__(self, freed_on: list[str]) -> None:
        self.freed_on = freed_on
        self.me = self

    def __del__(self) -> None:
        self.freed_on.append(threading.current_thread().name)


@pytest.fixture
def collector(qapp: object) -> Iterator[GarbageCollector]:
    collector = GarbageCollector(interval_ms=10)
    yield collector
    collector.stop()


def test_garbage_made_by_a_worker_is_freed_on_the_gui_thread(qtbot: QtBot, collector: GarbageCollector) -> None:
    freed_on: list[str] = []
    kept: list[list[int]] = []

    def litter() -> None:
        for _ in range(2000):
            Cycle(freed_on)
            kept.append([1])

    worker = threading.Thread(target=litter)
    worker.start()
    worker.join()
    assert freed_on == []
    qtbot.waitUntil(lambda: len(freed_on) == 2000)
    assert set(freed_on) == {threading.main_thread().name}


def test_what_was_set_aside_is_not_looked_through_and_what_comes_later_is(
    qtbot: QtBot, collector: GarbageCollector
) -> None:
    before: list[str] = []
    later: list[str] = []
    Cycle(before)
    collector.set_aside()
    assert gc.get_freeze_count() > 1000
    Cycle(later)
    gc.collect()
    assert (before, len(later)) == ([], 1)
    collector.stop()
    assert gc.get_freeze_count() == 0
    gc.collect()
    assert len(before) == 1


def test_collecting_is_given_back_at_the_end(qapp: object) -> None:
    collector = GarbageCollector()
    assert not gc.isenabled()
    collector.stop()
    assert gc.isenabled()
