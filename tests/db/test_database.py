"""transact(): what is run again, what is told, and that nothing happens twice. The faults are the server's own."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING

import pymysql
import pytest
from sqlalchemy import text, update
from sqlalchemy.exc import IntegrityError, OperationalError, ProgrammingError, SQLAlchemyError

from pos_app.db import database as database_module
from pos_app.db.connection.addresses import Server
from pos_app.db.database import TRIES, Database
from pos_app.db.models import Till
from pos_app.domain.errors import NotFound, OutcomeUnknown, ServerBusy
from pos_app.domain.sentences import say
from pos_app.services.tills.registering import register_till
from tests.db.faults import Deed, at_commit, commit_then_cut, connection_id, cut, kill, kill_mine
from tests.houses import OpenHouse, on_a_server

if TYPE_CHECKING:
    from sqlalchemy import Connection
    from sqlalchemy.orm import Session


def test_what_a_service_did_is_committed_and_its_answer_returned(house: OpenHouse) -> None:
    deed = Deed(house)
    assert house.database.transact(deed) > 0
    assert (deed.runs, deed.times_done()) == (1, 1)


@pytest.mark.parametrize("error", [NotFound(say("Gone.")), ValueError("a bug"), KeyboardInterrupt()])
def test_what_a_service_raises_undoes_it_and_is_not_run_again(house: OpenHouse, error: BaseException) -> None:
    def trouble(_session: Session) -> None:
        raise error

    deed = Deed(house, trouble)
    with pytest.raises(type(error)):
        house.database.transact(deed)
    assert (deed.runs, deed.times_done()) == (1, 0)
    house.database.transact(deed)
    assert deed.times_done() == 1, "the connection is sound"


def test_a_wrong_statement_is_a_bug_and_run_once(house: OpenHouse) -> None:
    deed = Deed(house, lambda session: session.execute(text("SELECT * FROM no_such_table")))
    with pytest.raises(SQLAlchemyError) as bug:
        house.database.transact(deed)
    assert isinstance(bug.value, (OperationalError, ProgrammingError))
    assert (deed.runs, deed.times_done()) == (1, 0)


def test_somebody_who_was_first_under_the_same_key_is_found(house: OpenHouse) -> None:
    deed = Deed(house)
    deed.trouble = deed.insert
    house.database.transact(deed)
    assert (deed.runs, deed.times_done()) == (2, 1)


def test_a_request_key_that_stays_taken_is_told_as_busy_and_another_key_as_a_bug(house: OpenHouse) -> None:
    deed = Deed(house, times=99)
    deed.trouble = deed.insert
    with pytest.raises(ServerBusy):
        house.database.transact(deed)
    assert (deed.runs, deed.times_done()) == (TRIES, 0)

    def same_name(session: Session) -> None:
        for name in ("request_id", "nonce"):
            session.execute(update(Till).where(Till.id == house.small.till_id).values(name=name))
            session.execute(update(Till).where(Till.id == house.small.other_till_id).values(name=name))

    with pytest.raises(IntegrityError):
        house.database.transact(same_name)


@on_a_server
def test_two_that_want_the_same_name_at_once_both_get_one(house: OpenHouse) -> None:
    barrier = threading.Barrier(2, timeout=90)
    met = threading.local()

    def register(session: Session, machine: str) -> str:
        if not getattr(met, "once", False):
            met.once = True
            barrier.wait()
        return register_till(session, machine, "Foyer", "").name

    with ThreadPoolExecutor(2) as pool:
        names = set(pool.map(lambda machine: house.database.transact(register, machine), ("one", "two")))
    assert names == {"Foyer", "Foyer 2"}


@on_a_server
def test_a_deadlock_runs_the_loser_again(house: OpenHouse) -> None:
    small = house.small
    barrier = threading.Barrier(2, timeout=90)
    runs: list[str] = []

    def rename(session: Session, who: str, first: int, second: int) -> None:
        runs.append(who)
        session.execute(update(Till).where(Till.id == first).values(paper=who))
        if runs.count(who) == 1:
            barrier.wait()
        session.execute(update(Till).where(Till.id == second).values(paper=who))

    with ThreadPoolExecutor(2) as pool:
        done = [
            pool.submit(house.database.transact, rename, "a", small.till_id, small.other_till_id),
            pool.submit(house.database.transact, rename, "b", small.other_till_id, small.till_id),
        ]
        for one in done:
            one.result(timeout=90)
    assert len(runs) == 3


@on_a_server
def test_a_row_that_stays_locked_is_told_as_busy_and_nothing_was_changed(house: OpenHouse) -> None:
    lock = f"SELECT id FROM till WHERE id = {house.small.other_till_id} FOR UPDATE"
    deed = Deed(house, lambda session: session.execute(text(f"{lock} NOWAIT")), times=99)
    with house.database.writer.connect() as other:
        other.execute(text(lock))
        with pytest.raises(ServerBusy, match="Nothing was changed"):
            house.database.transact(deed)
        other.rollback()
    assert (deed.runs, deed.times_done()) == (TRIES, 0)
    house.database.transact(deed)


@on_a_server
def test_a_connection_cut_in_the_middle_is_made_anew_and_all_is_run_again(house: OpenHouse) -> None:
    deed = Deed(house, kill_mine(house))
    house.database.transact(deed)
    assert (deed.runs, deed.times_done()) == (2, 1)


@on_a_server
def test_connections_that_the_server_closed_meanwhile_do_not_use_up_the_tries(house: OpenHouse) -> None:
    database = house.database
    for number in {run(connection_id) for run in (database.transact, database.at_rest.transact)}:
        kill(house, number)
    deed = Deed(house)
    database.transact(deed)
    assert deed.times_done() == 1


@on_a_server
def test_a_node_without_quorum_is_left(house: OpenHouse) -> None:
    """SQLAlchemy does not count 1047 as a broken connection; it must not be used again all the same."""
    seen: list[int] = []

    def trouble(session: Session) -> None:
        seen.append(connection_id(session))
        raise OperationalError("", {}, pymysql.err.OperationalError(1047, "WSREP has not yet prepared node"))

    deed = Deed(house, trouble)
    house.database.transact(deed)
    assert (deed.runs, deed.times_done()) == (2, 1)
    assert house.database.transact(connection_id) not in seen


@on_a_server
def test_a_commit_that_was_cut_before_it_happened_is_done_again(house: OpenHouse) -> None:
    deed = Deed(house)
    with at_commit(house.database, lambda connection: cut(house, connection)):
        house.database.transact(deed)
    assert (deed.runs, deed.times_done()) == (2, 1)


@on_a_server
def test_a_commit_whose_answer_was_lost_is_found_and_not_done_twice(house: OpenHouse) -> None:
    deed = Deed(house)
    with at_commit(house.database, lambda connection: commit_then_cut(house, connection)):
        assert house.database.transact(deed) > 0
    assert (deed.runs, deed.times_done()) == (2, 1)


@on_a_server
def test_a_lost_commit_and_a_server_that_stays_away_is_told_as_unknown(
    house: OpenHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database_module, "IN_DOUBT_SECONDS", 0.3)
    deed = Deed(house)
    servers = house.database._servers

    def lose(connection: Connection) -> None:
        cut(house, connection)
        monkeypatch.setattr(servers, "_servers", (Server("127.0.0.1", 1),))

    with at_commit(house.database, lose), pytest.raises(OutcomeUnknown, match="look when the server is back"):
        house.database.transact(deed)
    monkeypatch.undo()
    assert deed.times_done() == 0


@on_a_server
def test_an_error_while_in_doubt_is_unknown_too(house: OpenHouse) -> None:
    deed = Deed(house)

    def broken(session: Session) -> int:
        if deed.runs:
            session.execute(text("SELECT * FROM no_such_table"))
        return deed(session)

    with at_commit(house.database, lambda connection: cut(house, connection)), pytest.raises(OutcomeUnknown):
        house.database.transact(broken)


@on_a_server
def test_a_cut_reader_reads_again(house: OpenHouse) -> None:
    runs = []

    def read(session: Session) -> int:
        runs.append(1)
        if len(runs) == 1:
            kill(house, connection_id(session))
        return int(session.execute(text("SELECT 42")).scalar_one())

    assert house.database.read(read) == 42
    assert len(runs) == 2


@on_a_server
def test_the_next_server_of_the_list_is_taken(house: OpenHouse) -> None:
    address = house.database.address
    database = Database(replace(address, servers=(Server("127.0.0.1", 1), *address.servers)))
    deed = Deed(house)
    database.transact(deed)
    database.close()
    assert (deed.runs, deed.times_done()) == (1, 1)
