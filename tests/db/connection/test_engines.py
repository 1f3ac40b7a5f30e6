"""How each kind of database is opened, and what is told when it cannot be."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from pos_app.db.connection.addresses import Server, parse_address
from pos_app.db.database import Database
from pos_app.domain.errors import CannotConnect, PosError, ServerUnreachable
from tests.houses import OpenHouse, on_a_server

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@on_a_server
@pytest.mark.parametrize(
    ("change", "error", "sentence"),
    [
        ({"servers": (Server("127.0.0.1", 1),)}, ServerUnreachable, "cannot be reached"),
        ({"servers": (Server("no-such-host.invalid", 3306),)}, ServerUnreachable, "cannot be reached"),
        ({"user": "nobody"}, CannotConnect, "name or the password"),
        ({"name": "no_such_database"}, CannotConnect, "no database of that name"),
        ({"options": {"ssl_ca": "/no/such/file.pem"}}, CannotConnect, "authority"),
    ],
)
def test_a_server_that_cannot_be_used_is_told_in_a_sentence(
    house: OpenHouse, change: dict[str, object], error: type[PosError], sentence: str
) -> None:
    database = Database(replace(house.database.address, **change))  # type: ignore[arg-type]  # by the case
    for way in (database.transact, database.read):
        with pytest.raises(error, match=sentence):
            way(lambda session: session.execute(text("SELECT 1")))
    database.close()


@on_a_server
def test_only_a_write_that_did_not_reach_the_server_says_that_nothing_was_changed(house: OpenHouse) -> None:
    database = Database(replace(house.database.address, servers=(Server("127.0.0.1", 1),)))
    told = []
    for way in (database.transact, database.read):
        with pytest.raises(ServerUnreachable) as caught:
            way(lambda session: session.execute(text("SELECT 1")))
        told.append("Nothing was changed" in str(caught.value))
    database.close()
    assert told == [True, False]


@on_a_server
def test_a_server_with_a_certificate_of_its_own_making_is_not_trusted(house: OpenHouse, tmp_path: object) -> None:
    import certifi

    options = {"ssl_ca": certifi.where()}
    database = Database(replace(house.database.address, options=options))
    with pytest.raises(CannotConnect, match=r"certificate|encrypted"):
        database.transact(lambda session: session.execute(text("SELECT 1")))
    database.close()


@on_a_server
def test_both_connections_of_a_server_are_set_up_as_the_protocols_need(house: OpenHouse) -> None:
    what = text(
        "SELECT @@session.innodb_lock_wait_timeout, @@session.lock_wait_timeout, @@session.time_zone,"
        " @@session.group_concat_max_len, @@session.autocommit, @@session.sql_mode LIKE '%STRICT_ALL_TABLES%',"
        " @@session.wait_timeout"
    )
    # MariaDB 10.6 knows the first name only, MySQL 8 the second.
    level = text("SHOW SESSION VARIABLES WHERE Variable_name IN ('tx_isolation', 'transaction_isolation')")
    for database in (house.database, house.database.at_rest):
        for run in (database.transact, database.read):
            assert {row[1] for row in run(lambda session: session.execute(level).all())} == {"READ-COMMITTED"}
        writer = database.transact(lambda session: tuple(session.execute(what).one()))
        reader = database.read(lambda session: tuple(session.execute(what).one()))
        assert writer == (3, 10, "+00:00", 16_777_216, 0, 1, 20)
        assert reader == (3, 10, "+00:00", 16_777_216, database is not house.database, 1, 20)


def test_an_embedded_database_in_a_folder_of_any_name(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("f") / "a?b#c%20d e ü"
    database = Database(parse_address(str(folder / "foyer.db")))
    database.transact(lambda session: session.execute(text("CREATE TABLE t (x)")))
    database.close()
    assert (folder / "foyer.db").is_file()


def test_a_file_that_is_no_database_is_told_in_a_sentence(tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("f") / "foyer.db"
    path.write_bytes(b"This is a letter to the manager. " * 200)
    database = Database(parse_address(str(path)))
    with pytest.raises(CannotConnect, match="not a sound"):
        database.transact(lambda session: session.execute(text("SELECT 1")))
    database.close()


def test_an_embedded_database_waits_for_another_writer(tmp_path_factory: pytest.TempPathFactory) -> None:
    database = Database(parse_address(str(tmp_path_factory.mktemp("f") / "foyer.db")))
    database.transact(lambda session: session.execute(text("CREATE TABLE t (x)")))
    writing = threading.Event()

    def first(session: Session) -> None:
        session.execute(text("INSERT INTO t VALUES (1)"))
        writing.set()
        assert database.read(lambda other: other.execute(text("SELECT count(*) FROM t")).scalar_one()) == 0

    with ThreadPoolExecutor(1) as pool:
        done = pool.submit(database.transact, first)
        assert writing.wait(20)
        database.transact(lambda session: session.execute(text("INSERT INTO t VALUES (2)")))
        done.result(timeout=90)
    assert database.read(lambda session: session.execute(text("SELECT count(*) FROM t")).scalar_one()) == 2
    database.close()
