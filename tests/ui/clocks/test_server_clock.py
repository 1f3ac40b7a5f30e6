"""A server whose clock jumps is noticed and said, by the program as it runs, on each kind of database."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from pos_app.db.clock import seconds_until, utc_now, utc_plus
from pos_app.domain.roles import Role
from pos_app.domain.steady_clock import steady_seconds
from pos_app.services.server_time import load_clock_setback
from tests.evening import Evening, start_evening
from tests.kinds import BOTH
from tests.small_house import sell_seats
from tests.ui.clocks.server_clock import ServerClock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot
    from sqlalchemy.orm import Session

    from tests.houses import OpenHouse

pytestmark = pytest.mark.usefixtures("themed")
HOUR = 3600.0
YEAR = 365 * 24 * HOUR


@pytest.fixture
def clock(house: OpenHouse) -> Iterator[ServerClock]:
    house.database.close()  # whoever connects from now on sees the clock that is set here
    clock = ServerClock(house.database)
    yield clock
    clock.take_away()


@pytest.fixture
def enter(qtbot: QtBot, house: OpenHouse, clock: ServerClock, tmp_path: Path) -> Iterator[Callable[[], Evening]]:
    """Start the program and sign a cashier in; the heart has beaten once."""
    with ExitStack() as stack:

        def start() -> Evening:
            evening = start_evening(qtbot, house, tmp_path)
            stack.callback(evening.foyer.shut_down)
            evening.sign_in(Role.CASHIER)
            evening.wait(lambda: evening.sell.live.plan is not None and evening.workplace.heart._last)
            return evening

        yield start


def said(evening: Evening) -> str:
    message = evening.window.banner.message
    return f"{message.text} {message.advice}".strip()


def beat(evening: Evening) -> None:
    """Let the heart beat, and wait until an answer that was asked for now is compared; one that took long is not."""
    heart = evening.workplace.heart
    evening.wait(lambda: heart._asked is None)
    before = heart._last

    def is_compared() -> bool:
        if heart._asked is None and heart._last is before:
            heart.beat()
        return heart._last is not before

    evening.wait(is_compared)


def test_the_clock_that_is_set_here_is_the_servers(house: OpenHouse, clock: ServerClock) -> None:
    def times(session: Session) -> tuple[float, float]:
        row = session.execute(select(utc_now().label("at"), utc_plus(60).label("later"))).one()
        moment = session.execute(select(seconds_until(select(utc_plus(30)).scalar_subquery()))).scalar_one()
        return row.at.timestamp(), row.later.timestamp() - row.at.timestamp() + float(moment)

    true, _ = house.database.read(times)
    for seconds in (HOUR, -YEAR):
        clock.seconds = seconds
        for run in (house.database.read, house.database.transact):
            at, ninety = run(times)
            assert at - true == pytest.approx(seconds, abs=30)
            assert ninety == pytest.approx(90, abs=1)


@BOTH
@pytest.mark.parametrize(
    ("seconds", "sentence"),
    [
        (HOUR, "The server's clock went forward by 1 hour."),
        (-HOUR, "The server's clock went back by 1 hour."),
        (YEAR, "The server's clock went forward by 365 days."),
    ],
)
def test_a_jump_is_said_once_and_the_hold_counts_by_the_new_time(
    enter: Callable[[], Evening], clock: ServerClock, seconds: float, sentence: str
) -> None:
    evening = enter()
    evening.hold_a_seat()
    assert said(evening) == ""
    clock.seconds = seconds
    beat(evening)
    assert said(evening) == f"{sentence} Holds may end too early or too late. Tell the administrator."
    hold = evening.sell.hold
    evening.wait(lambda: hold.seconds_left > HOUR if seconds < 0 else hold.is_expired)
    evening.window.banner.dismiss()
    beat(evening)
    assert said(evening) == ""


@BOTH
def test_a_clock_that_is_put_right_by_some_seconds_alarms_nobody(
    enter: Callable[[], Evening], clock: ServerClock
) -> None:
    evening = enter()
    for seconds in (3.0, 0.0, -3.0):
        clock.seconds = seconds
        beat(evening)
    assert said(evening) == ""


@BOTH
def test_a_till_that_slept_for_two_hours_accuses_no_clock(enter: Callable[[], Evening], clock: ServerClock) -> None:
    evening = enter()
    slept = 2 * HOUR
    clock.seconds = slept
    evening.workplace.heart._clock = lambda: steady_seconds() + slept
    beat(evening)
    assert said(evening) == ""


@BOTH
def test_a_clock_set_back_while_no_till_was_open_is_said_at_the_next_sign_in(
    house: OpenHouse, clock: ServerClock, enter: Callable[[], Evening]
) -> None:
    small = house.small
    house.database.transact(sell_seats, small, [small.seat(2, 3)])
    assert house.database.read(load_clock_setback, small.till_id) == 0
    clock.seconds = -2 * HOUR - 30  # some of the 30 seconds pass before the program has asked
    behind = house.database.read(load_clock_setback, small.till_id)
    assert behind == pytest.approx(2 * HOUR, abs=60)
    assert house.database.read(load_clock_setback, small.other_till_id) == 0
    evening = enter()
    evening.wait(lambda: "behind the last entry of this till: it was set back." in said(evening))
    assert said(evening).startswith("The server's clock is 2 hours behind")
    house.database.transact(sell_seats, small, [small.seat(2, 4)])
    assert house.database.read(load_clock_setback, small.till_id) == 0
