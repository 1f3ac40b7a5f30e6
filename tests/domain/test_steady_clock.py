from __future__ import annotations

import time
from typing import TYPE_CHECKING

from pos_app.domain import steady_clock
from pos_app.domain.steady_clock import steady_seconds

if TYPE_CHECKING:
    import pytest


def test_it_goes_on_while_the_computer_sleeps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Asleep for 50 seconds, Linux's clock of time since the start goes on, and the monotonic one does not."""
    monkeypatch.setattr(time, "monotonic", lambda: 1_000.0)
    monkeypatch.setattr(time, "clock_gettime", {time.CLOCK_BOOTTIME: 1_050.0}.__getitem__)
    assert steady_seconds() == 1_050


def test_it_is_the_monotonic_clock_where_there_is_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(steady_clock, "_COUNTS_SLEEP", None)
    monkeypatch.setattr(time, "monotonic", lambda: 1_000.0)
    assert steady_seconds() == 1_000


def test_the_time_of_day_does_not_move_it(monkeypatch: pytest.MonkeyPatch) -> None:
    before = steady_seconds()
    monkeypatch.setattr(time, "time", lambda: 0.0)
    assert 0 <= steady_seconds() - before < 60
