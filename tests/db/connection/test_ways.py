"""How many connections a till has: one at rest, a second one while somebody works; and how a full server is told."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from typing import TYPE_CHECKING

import pymysql
import pytest
from sqlalchemy import text

from pos_app.db.connection import ways as ways_module
from pos_app.db.database import Database
from pos_app.domain.errors import ServerFull, ServerUnreachable
from pos_app.services.selling.holds import place_hold
from pos_app.workers.housekeeping import HoldExpiry
from tests.accounts import an_account
from tests.db.faults import kill, root
from tests.houses import OpenHouse, on_a_server

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

pytestmark = on_a_server


@pytest.fixture
def till(house: OpenHouse) -> Iterator[Database]:
    """Give another till's way to the database; the house itself has let go of it."""
    house.database.close()
    # A till of a test before may be unheard of, and still connected, until its objects are collected.
    for left in _connections(house):
        with suppress(pymysql.err.OperationalError):
            kill(house, left)
    _wait_for(house, 0)
    database = Database(house.database.address)
    yield database
    database.close()


def _connections(house: OpenHouse) -> list[int]:
    """Return the connections of all tills, as the server lists them, but for the one that asks."""
    with root(house) as line, line.cursor() as cursor:
        cursor.execute("SHOW PROCESSLIST")
        own = line.thread_id()  # type: ignore[no-untyped-call]  # PyMySQL's
        return sorted(row[0] for row in cursor.fetchall() if row[3] == house.database.address.name and row[0] != own)


def _wait_for(house: OpenHouse, count: int) -> None:
    deadline = time.monotonic() + 20
    while len(_connections(house)) != count:
        assert time.monotonic() < deadline, f"{len(_connections(house))} connections, and not {count}"


def _who(session: Session) -> int:
    return int(session.execute(text("SELECT CONNECTION_ID()")).scalar_one())


def test_at_rest_a_till_has_one_connection_for_all_that_goes_on_by_itself(house: OpenHouse, till: Database) -> None:
    with ThreadPoolExecutor(3) as pool:
        polls = [pool.submit(till.at_rest.read, _who) for _ in range(20)]
        HoldExpiry(till).run_once()
        assert len({poll.result() for poll in polls} | {till.at_rest.transact(_who)}) == 1
    assert len(_connections(house)) == 1


def test_a_basket_opens_a_second_connection_that_is_given_back_a_minute_after_the_last_write(
    house: OpenHouse, till: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    resting = till.at_rest.read(_who)
    till.transact(place_hold, house.small.cashier, "basket", [house.small.seat(1, 1)])
    working = till.transact(_who)
    assert till.read(_who) == working
    assert _connections(house) == sorted([resting, working])
    till.tend()
    assert len(_connections(house)) == 2
    # Nothing that goes on by itself counts as work.
    monkeypatch.setattr(ways_module, "time", _Later(ways_module.KEPT_AFTER_WRITE_SECONDS - 1))
    till.at_rest.transact(_who)
    till.tend()
    assert till.transact(_who) == working, "it was kept alive"
    monkeypatch.setattr(ways_module, "time", _Later(2 * ways_module.KEPT_AFTER_WRITE_SECONDS))
    till.tend()
    _wait_for(house, 1)
    assert _connections(house) == [resting]


class _Later:
    """A clock that is so many seconds ahead."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds

    def monotonic(self) -> float:
        return time.monotonic() + self._seconds


def test_who_only_looks_gives_the_second_connection_back_sooner(
    house: OpenHouse, till: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    till.at_rest.read(_who)
    till.read(_who)
    assert len(_connections(house)) == 2
    monkeypatch.setattr(ways_module, "time", _Later(ways_module.KEPT_AFTER_READ_SECONDS + 1))
    till.tend()
    _wait_for(house, 1)


def test_the_housekeeping_gives_it_back_by_itself(
    house: OpenHouse, till: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ways_module, "KEPT_AFTER_WRITE_SECONDS", 0.0)
    till.transact(_who)
    worker = HoldExpiry(till, interval_seconds=0.05)
    worker.start()
    try:
        _wait_for(house, 1)
    finally:
        worker.stop()


def test_a_poll_that_is_stuck_holds_up_no_sale(house: OpenHouse, till: Database) -> None:
    asked, answer = threading.Event(), threading.Event()

    def stuck(_session: Session) -> None:
        asked.set()
        assert answer.wait(60)

    with ThreadPoolExecutor(1) as pool:
        poll = pool.submit(till.at_rest.read, stuck)
        assert asked.wait(20)
        began = time.monotonic()
        till.transact(place_hold, house.small.cashier, "basket", [house.small.seat(1, 1)])
        assert time.monotonic() - began < 5
        answer.set()
        poll.result()


def test_what_waits_for_the_line_at_rest_is_told_that_nobody_answers(
    house: OpenHouse, till: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ways_module, "REST_SECONDS", 0.1)
    asked, answer = threading.Event(), threading.Event()

    def stuck(_session: Session) -> None:
        asked.set()
        assert answer.wait(60)

    with ThreadPoolExecutor(1) as pool:
        poll = pool.submit(till.at_rest.read, stuck)
        assert asked.wait(20)
        with pytest.raises(ServerUnreachable):
            till.at_rest.read(_who)
        answer.set()
        poll.result()
    assert house.database.address == till.address


def test_a_person_waits_for_no_report(house: OpenHouse, till: Database) -> None:
    """A write that finds the second line in use takes a third one for this once."""
    asked, answer = threading.Event(), threading.Event()

    def report(_session: Session) -> None:
        asked.set()
        assert answer.wait(60)

    till.at_rest.read(_who)
    with ThreadPoolExecutor(1) as pool:
        reading = pool.submit(till.read, report)
        assert asked.wait(20)
        till.transact(_who)
        answer.set()
        reading.result()
    _wait_for(house, 2)


@pytest.mark.parametrize("resting", [True, False])
def test_a_connection_that_was_killed_is_made_anew(house: OpenHouse, till: Database, *, resting: bool) -> None:
    database = till.at_rest if resting else till
    for run in (database.read, database.transact):
        kill(house, run(_who))
        assert run(_who) > 0
    assert len(_connections(house)) == 1


@contextmanager
def _an_account_for(house: OpenHouse, connections: int) -> Iterator[Database]:
    """Give a till whose account may have so many connections."""
    name = house.database.address.name
    limit = f"WITH MAX_USER_CONNECTIONS {connections}"
    with (
        root(house) as line,
        an_account(line, "few", f"ALL ON {name}.*", more=limit) as few,
        closing(Database(replace(house.database.address, user=few))) as database,
    ):
        yield database


def test_where_there_is_one_connection_only_a_sale_takes_its_turn_on_it(house: OpenHouse) -> None:
    with _an_account_for(house, 1) as till:
        resting = till.at_rest.read(_who)
        for _ in range(3):
            assert till.transact(_who) == till.read(_who) == till.at_rest.transact(_who) == resting


def test_a_full_server_is_told_as_such_and_nothing_was_taken(house: OpenHouse) -> None:
    with _an_account_for(house, 1) as other, _an_account_of(other) as till:
        other.at_rest.read(_who)
        with pytest.raises(ServerFull) as refused:
            till.transact(_who)
        assert "as many connections as the server allows" in refused.value.message
        assert "Nothing was taken" in refused.value.advice
        assert "max_user_connections" in refused.value.advice
        with pytest.raises(ServerFull) as blind:
            till.at_rest.read(_who)
        assert "Nothing was taken" not in blind.value.advice
        other.close()
        assert till.transact(_who) > 0


@contextmanager
def _an_account_of(other: Database) -> Iterator[Database]:
    database = Database(other.address)
    yield database
    database.close()


def test_a_house_polls_and_sells_within_its_limit_and_nobody_is_refused(house: OpenHouse) -> None:
    """Eight tills at ten connections: four sell at once, two of them by the line of their map."""
    with _an_account_for(house, 10) as first:
        tills = [first, *(Database(first.address) for _ in range(7))]
        gather = threading.Barrier(4, timeout=60)

        def work(till: Database, number: int) -> None:
            for _ in range(10):
                till.at_rest.read(_who)
                HoldExpiry(till).run_once()
            if number < 4:
                gather.wait()
                seats = [house.small.seat(1, number + 1)]
                till.transact(place_hold, house.small.cashier, f"basket {number}", seats)
                gather.wait()

        for till in tills:
            till.at_rest.read(_who)
        house.database.close()
        with ThreadPoolExecutor(len(tills)) as pool:
            for done in [pool.submit(work, till, number) for number, till in enumerate(tills)]:
                done.result(timeout=90)
        assert len(_connections(house)) == 10 + 1, "and the one that made the account"
        for till in tills:
            till.close()
