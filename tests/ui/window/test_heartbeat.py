from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from pos_app.domain.errors import ServerUnreachable
from pos_app.domain.roles import Actor, Role
from pos_app.domain.sentences import say
from pos_app.services.staff.standing import Standing
from pos_app.ui.window.heartbeat import LOST_SECONDS, Heartbeat

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QObject
    from pytestqt.qtbot import QtBot

START = datetime(2026, 11, 21, 19, 0, tzinfo=UTC)
CASHIER = Actor(7, "Carla Cash", Role.CASHIER, 1, "Till 1")


class Answer:
    """A reply that comes at once."""

    def __init__(self, outcome: Standing | float | Exception) -> None:
        self._outcome = outcome

    def then(self, done: Callable[[Any], None], failed: Callable[[Exception], None]) -> None:
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
        self.setback = 0.0
        self.role: Role | None = Role.CASHIER
        self.till_in_use = True

    def read(self, _owner: QObject, _service: object, _till_id: int) -> Answer:
        return Answer(self.setback)

    def poll(self, _owner: QObject, _key: str, _service: object, _staff_id: int, _till_id: int) -> Answer:
        standing = Standing(self.time, self.role, self.till_in_use)
        return Answer(ServerUnreachable(say("gone")) if self.broken else standing)

    def pass_time(self, seconds: float, *, told: float | None = None) -> None:
        self.steady += seconds
        self.time += timedelta(seconds=seconds if told is None else told)


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture
def heart(server: Server, qtbot: QtBot) -> Heartbeat:
    del qtbot
    return Heartbeat(
        server,  # type: ignore[arg-type]  # the part of Background that is asked
        CASHIER,
        clock=lambda: server.steady,
    )


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


@pytest.mark.parametrize(("told", "jump"), [(600.0, 0.0), (597.0, 0.0), (-3000.0, -3600.0), (4200.0, 3600.0)])
def test_a_server_that_comes_back_is_compared_with_what_it_said_before(
    server: Server, heart: Heartbeat, told: float, jump: float
) -> None:
    jumps: list[float] = []
    lost: list[Exception] = []
    heart.jumped.connect(jumps.append)
    heart.lost.connect(lost.append)
    heart.beat()
    server.broken = True
    heart.beat()
    server.broken = False
    server.pass_time(600.0, told=told)
    heart.beat()
    assert len(lost) == 1
    assert jumps == ([jump] if jump else [])


def test_a_clock_that_drifts_slowly_is_none_that_jumps(server: Server, heart: Heartbeat) -> None:
    jumps: list[float] = []
    heart.jumped.connect(jumps.append)
    for _ in range(100):
        heart.beat()
        server.pass_time(4.0, told=4.5)
    assert jumps == []


def test_an_answer_that_was_long_on_its_way_judges_no_clock(server: Server, heart: Heartbeat) -> None:
    jumps: list[float] = []
    heart.jumped.connect(jumps.append)
    heart.beat()
    asked = server.steady
    server.pass_time(20.0, told=11.0)
    heart._on_answer(Standing(server.time, server.role), asked)
    assert jumps == []


@pytest.mark.parametrize(("setback", "told"), [(3600.0, [3600.0]), (4.0, []), (0.0, [])])
def test_a_clock_that_was_set_back_between_two_runs_is_told_at_the_start(
    server: Server, heart: Heartbeat, setback: float, told: list[float]
) -> None:
    behind: list[float] = []
    heart.behind.connect(behind.append)
    server.setback = setback
    heart.start()
    heart.stop()
    assert behind == told


class Silence(Server):
    """A server that takes the question and says nothing until it is told to."""

    def __init__(self) -> None:
        super().__init__()
        self.done: Callable[[Standing], None] | None = None
        self.asked = 0

    def poll(self, _owner: QObject, _key: str, _service: object, _staff_id: int, _till_id: int) -> Answer:
        self.asked += 1
        return self  # type: ignore[return-value]  # it is its own reply

    def then(self, done: Callable[[Standing], None], _failed: Callable[[Exception], None]) -> None:
        self.done = done


def test_a_question_without_an_answer_counts_as_lost_after_some_seconds_and_is_asked_once(qtbot: QtBot) -> None:
    del qtbot
    server = Silence()
    heart = Heartbeat(server, CASHIER, clock=lambda: server.steady)  # type: ignore[arg-type]  # the part that is asked
    lost: list[Exception] = []
    heart.lost.connect(lost.append)
    heart.beat()
    server.pass_time(LOST_SECONDS - 0.1)
    heart.beat()
    assert not lost
    server.pass_time(0.2)
    heart.beat()
    assert [type(one) for one in lost] == [ServerUnreachable]
    assert server.asked == 1
    assert server.done is not None
    server.done(Standing(server.time, server.role))
    heart.beat()
    assert len(lost) == 1
    assert server.asked == 2


@pytest.mark.parametrize("now", [None, Role.MANAGER, Role.DOOR_STEWARD])
def test_whoever_is_no_longer_what_they_signed_in_as_is_told_once(
    server: Server, heart: Heartbeat, now: Role | None
) -> None:
    told: list[Standing] = []
    heart.must_stop.connect(told.append)
    heart.beat()
    assert told == []
    server.role = now
    for _ in range(3):
        heart.beat()
    assert [one.role for one in told] == [now]


def test_whoever_works_at_a_till_that_is_put_away_is_told_once(server: Server, heart: Heartbeat) -> None:
    told: list[Standing] = []
    heart.must_stop.connect(told.append)
    server.till_in_use = False
    for _ in range(3):
        heart.beat()
    assert [(one.role, one.till_in_use) for one in told] == [(Role.CASHIER, False)]
