from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from pos_app.domain.errors import ServerUnreachable
from pos_app.ui.heartbeat import Heartbeat

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QObject
    from pytestqt.qtbot import QtBot

START = datetime(2026, 11, 21, 19, 0, tzinfo=UTC)


class Answer:
    """A reply that comes at once."""

    def __init__(self, outcome: datetime | Exception) -> None:
        self._outcome = outcome

    def then(self, done: Callable[[datetime], None], failed: Callable[[Exception], None]) -> None:
        if isinstance(self._outcome, Exception):
            failed(self._outcome)
        else:
            done(self._outcome)


class Server:
    """A server whose clock and whose steady clock are set by hand."""

    def __init__(self) -> None:
        self.steady = 100.0
        self.time = START
        self.broken = False

    def read_latest(self, _owner: QObject, _key: str, _service: object) -> Answer:
        return Answer(ServerUnreachable("gone") if self.broken else self.time)

    def pass_time(self, seconds: float, *, told: float | None = None) -> None:
        self.steady += seconds
        self.time += timedelta(seconds=seconds if told is None else told)


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture
def heart(server: Server, qtbot: QtBot) -> Heartbeat:
    del qtbot
    made = Heartbeat(server)  # type: ignore[arg-type]  # the part of Background that is asked
    made._clock = lambda: server.steady
    return made


@pytest.mark.parametrize(("told", "jump"), [(3610.0, 3600.0), (-3590.0, -3600.0), (10.0, 0.0), (13.0, 0.0)])
def test_a_jump_of_the_servers_clock_is_told_and_a_delay_is_not(
    server: Server, heart: Heartbeat, told: float, jump: float
) -> None:
    jumps: list[float] = []
    heart.jumped.connect(jumps.append)
    heart.beat()
    server.pass_time(10.0, told=told)
    heart.beat()
    assert jumps == ([jump] if jump else [])


def test_after_a_lost_server_no_jump_is_invented(server: Server, heart: Heartbeat) -> None:
    jumps: list[float] = []
    lost: list[Exception] = []
    heart.jumped.connect(jumps.append)
    heart.lost.connect(lost.append)
    heart.beat()
    server.broken = True
    heart.beat()
    server.broken = False
    server.pass_time(10.0, told=500.0)
    heart.beat()
    assert len(lost) == 1
    assert jumps == []
