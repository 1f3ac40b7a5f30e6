from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from pos_app.ui.server_time import ServerTime

if TYPE_CHECKING:
    import pytest

READ = datetime(2031, 5, 2, 19, 30, tzinfo=UTC)


def test_it_goes_on_by_steady_seconds_from_what_was_read_last(monkeypatch: pytest.MonkeyPatch) -> None:
    steady = [100.0]
    monkeypatch.setattr("pos_app.ui.server_time.steady_seconds", lambda: steady[0])
    clock = ServerTime()
    clock.take(READ)
    assert clock.now() == READ
    steady[0] += 90
    assert clock.now() == READ + timedelta(seconds=90)
    clock.take(READ - timedelta(hours=1))
    assert clock.now() == READ - timedelta(hours=1)


def test_before_it_was_read_it_is_long_ago() -> None:
    assert ServerTime().now() < READ - timedelta(days=365)
