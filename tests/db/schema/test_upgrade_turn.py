"""Nobody is at work with a database while its tables are changed, and one computer changes them at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest
from sqlalchemy import text

from pos_app.db.connection.addresses import parse_address
from pos_app.db.database import Database
from pos_app.db.schema import revisions, upgrade_turn
from pos_app.db.schema.revisions import check_schema, upgrade_schema
from pos_app.domain.errors import SchemaMismatch, ServerBusy
from tests.db.schema.old_schemas import all_revisions, make_schema_of, read_schema

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy.orm import Session


OTHERS: Final = r"is at work with this database: \S+\. Close|is open with this database\. Close"


@pytest.fixture
def old(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    monkeypatch.setattr(revisions, "LEAVING_SECONDS", 0.3)
    database = Database(parse_address(database_url))
    make_schema_of(database, all_revisions()[0])
    yield database
    database.close()


@pytest.fixture
def other(old: Database, database_url: str) -> Iterator[Database]:
    """Open the same database as another till, which has asked it something."""
    database = Database(parse_address(database_url))
    database.read(ask)
    yield database
    database.close()


def ask(session: Session) -> None:
    session.execute(text("SELECT 1"))


def test_nothing_is_upgraded_while_another_till_is_open(old: Database, other: Database) -> None:
    before = read_schema(old)
    for _ in range(2):
        with pytest.raises(SchemaMismatch, match=OTHERS) as refusal:
            upgrade_schema(old)
        assert refusal.value.upgradable
    assert read_schema(old) == before
    # The other one works on.
    other.read(ask)
    other.transact(ask)
    other.close()
    upgrade_schema(old)
    check_schema(old)


def test_a_database_that_is_up_to_date_is_left_alone(old: Database, other: Database) -> None:
    other.close()
    upgrade_schema(old)
    other.read(ask)
    upgrade_schema(old)
    other.transact(ask)


def test_an_upgraded_file_is_shared_again(old: Database, other: Database) -> None:
    other.close()
    upgrade_schema(old)
    old.read(ask)
    other.transact(ask)
    if old.embedded:
        mode = old.read(lambda session: session.execute(text("PRAGMA journal_mode")).scalar())
        assert mode == "wal"


def till_of(url: str) -> Database:
    return Database(parse_address(url))


def test_a_line_of_a_till_that_died_is_not_waited_for(server_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upgrade_turn, "SILENT_SECONDS", 0)
    old, dead = till_of(server_url), till_of(server_url)
    make_schema_of(old, all_revisions()[0])
    dead.read(ask)
    upgrade_schema(old)
    check_schema(old)
    for database in (old, dead):
        database.close()


def test_a_second_upgrade_waits_for_its_turn_and_says_so(server_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upgrade_turn, "TURN_SECONDS", 0)
    monkeypatch.setattr(revisions, "WORKING_SECONDS", 0.3)
    old, busy = till_of(server_url), till_of(server_url)
    make_schema_of(old, all_revisions()[0])
    with busy.writer.connect() as connection:
        upgrade_turn.take_turn(connection)
        with pytest.raises(ServerBusy, match="Another computer is upgrading"):
            upgrade_schema(old)
        connection.invalidate()
    upgrade_schema(old)
    check_schema(old)
    for database in (old, busy):
        database.close()


def test_who_saw_no_tables_yet_makes_none_beside_somebody_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file gives no turns: without its lock, two that found it empty would make the tables step beside step."""
    monkeypatch.setattr(revisions, "LEAVING_SECONDS", 0.3)
    url = f"sqlite:///{tmp_path / 'foyer.db'}"
    old, other = till_of(url), till_of(url)
    make_schema_of(old, all_revisions()[0])
    other.read(ask)
    with monkeypatch.context() as patch:
        patch.setattr(revisions, "_revision", lambda _connection: None)
        with pytest.raises(SchemaMismatch, match=OTHERS):
            upgrade_schema(old)
    with pytest.raises(SchemaMismatch, match="older"):
        check_schema(old)
    other.close()
    upgrade_schema(old)
    check_schema(old)
    old.close()
