from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

from pos_app.db.base import Base
from pos_app.db.connection.addresses import parse_address
from pos_app.db.database import Database
from pos_app.db.schema import revisions
from pos_app.db.schema.revisions import check_schema, has_schema, upgrade_schema
from pos_app.domain.errors import CannotConnect, SchemaMismatch, ServerUnreachable
from tests.accounts import a_user
from tests.houses import OpenHouse, on_a_server

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import Connection


@pytest.fixture
def empty(database_url: str) -> Iterator[Database]:
    database = Database(parse_address(database_url))
    yield database
    database.close()


def change(database: Database, statement: str) -> None:
    database.transact(lambda session: session.execute(text(statement)))


def test_the_schema_is_made_and_may_be_made_again(empty: Database) -> None:
    assert not has_schema(empty)
    with pytest.raises(SchemaMismatch, match="no Foyer tables"):
        check_schema(empty)
    for _ in range(2):
        upgrade_schema(empty)
        check_schema(empty)
    assert has_schema(empty)
    with empty.writer.connect() as connection:
        assert set(Base.metadata.tables) <= set(inspect(connection).get_table_names())


def test_a_creation_that_was_killed_half_way_is_finished(empty: Database) -> None:
    """MySQL commits each table by itself: some are there, some are not, and no revision is noted."""
    upgrade_schema(empty)
    for statement in ("DROP TABLE alembic_version", "DROP TABLE check_in", "DROP TABLE audit_text"):
        change(empty, statement)
    change(empty, "DROP INDEX ix_sign_in_attempt_name_key_id" + ("" if empty.embedded else " ON sign_in_attempt"))
    assert not has_schema(empty)
    upgrade_schema(empty)
    check_schema(empty)
    assert differences(empty) == []


def differences(database: Database) -> list[object]:
    with database.writer.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        return list(compare_metadata(context, Base.metadata))


def test_the_migrations_make_what_the_models_say(empty: Database) -> None:
    upgrade_schema(empty)
    assert differences(empty) == []


def test_a_schema_newer_than_the_program_is_neither_used_nor_upgraded(empty: Database) -> None:
    upgrade_schema(empty)
    change(empty, "UPDATE alembic_version SET version_num = '9999'")
    for way in (check_schema, upgrade_schema):
        with pytest.raises(SchemaMismatch, match="newer") as refusal:
            way(empty)
        assert not refusal.value.upgradable


def test_an_older_schema_waits_for_a_manager(empty: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    upgrade_schema(empty)
    head, known = revisions.known_revisions()
    monkeypatch.setattr(revisions, "known_revisions", lambda: ("next", known | {"next"}))
    with pytest.raises(SchemaMismatch, match="older") as refusal:
        check_schema(empty)
    assert refusal.value.upgradable
    assert head in known


@pytest.mark.parametrize(
    ("version", "mariadb", "told"),
    [
        ((10, 5, 23), True, r"MariaDB 10\.5\.23; Foyer needs 10\.6"),
        ((5, 7, 44), False, r"MySQL 5\.7\.44; Foyer needs 8\.0\.16"),
        ((8, 0, 15), False, r"MySQL 8\.0\.15; Foyer needs 8\.0\.16"),
        ((10, 6, 0), True, None),
        ((8, 0, 16), False, None),
        ((9, 7), False, None),
    ],
)
def test_a_server_that_is_too_old_is_refused(version: tuple[int, ...], *, mariadb: bool, told: str | None) -> None:
    dialect = SimpleNamespace(name="mysql", is_mariadb=mariadb, server_version_info=version)
    connection: Connection = SimpleNamespace(dialect=dialect)  # type: ignore[assignment]  # all that is looked at
    if told is None:
        revisions._refuse_old_server(connection)
        return
    with pytest.raises(CannotConnect, match=told):
        revisions._refuse_old_server(connection)


def test_a_server_out_of_reach_is_told_in_a_sentence() -> None:
    database = Database(parse_address("mysql://u@127.0.0.1:1/foyer"))
    for way in (check_schema, upgrade_schema, has_schema):
        with pytest.raises(ServerUnreachable) as told:
            way(database)
        # Tables are made by the same steps as they are upgraded by: nobody may have asked for an upgrade.
        assert "pgrade" not in told.value.advice
    database.close()


@on_a_server
@pytest.mark.parametrize("grants", ["", "SELECT"])
def test_an_account_without_rights_is_told_in_a_sentence(house: OpenHouse, grants: str) -> None:
    database_name = house.database.address.name
    given = [f"{grants} ON {database_name}.till"] if grants else []
    with (
        a_user(house.url, "poor", *given) as user,
        closing(Database(replace(house.database.address, user=user))) as poor,
    ):
        for way in (check_schema, upgrade_schema):
            with pytest.raises(CannotConnect):
                way(poor)


def test_an_account_that_may_not_make_tables_is_told_in_a_sentence(server_url: str) -> None:
    name = server_url.rpartition("/")[2]
    with (
        a_user(server_url, "reader", f"SELECT ON {name}.*") as user,
        closing(Database(replace(parse_address(server_url), user=user))) as reader,
        pytest.raises(CannotConnect, match="may not"),
    ):
        upgrade_schema(reader)


def test_a_file_that_is_no_database_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "foyer.db").write_bytes(b"Dear manager, " * 500)
    database = Database(parse_address(str(tmp_path / "foyer.db")))
    for way in (check_schema, upgrade_schema, has_schema):
        with pytest.raises(CannotConnect, match="not a sound"):
            way(database)
    database.close()


def test_a_database_of_something_else_holds_no_box_office(empty: Database) -> None:
    change(empty, "CREATE TABLE recipes (name VARCHAR(20))")
    assert not has_schema(empty)
    with pytest.raises(SchemaMismatch, match="no Foyer tables"):
        check_schema(empty)
