"""The revision that compares names by what is seen of them, and lets InnoDB keep every table."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from pos_app.db.base import Base
from pos_app.db.connection.addresses import parse_address
from pos_app.db.database import Database
from pos_app.db.schema.revisions import upgrade_schema
from pos_app.doctor import judge_database
from pos_app.domain.promo_codes.rules import normalise_promo_code
from pos_app.services.staff.passwords import name_key
from tests.db.schema.history.rows import make_old
from tests.db.schema.old_schemas import read_rows
from tests.servers import another_server

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

BEFORE = "0008"
_INDIC = "क्\u200cष"


@pytest.fixture
def empty(database_url: str) -> Iterator[Database]:
    database = Database(parse_address(database_url))
    yield database
    database.close()


def _run(database: Database, statement: str, **values: Any) -> None:
    with database.writer.begin() as connection:
        connection.execute(sa.text(statement), values)


def _hire(database: Database, number: int, name: str, key: str, *, active: int = 1) -> None:
    _run(
        database,
        "INSERT INTO staff_member (id, name, name_key, role, password_hash, pin_hash, active, created_at)"
        " VALUES (:id, :name, :key, 'cashier', '', '', :active, '2026-11-01 10:00:00.000000')",
        id=number,
        name=name,
        key=key,
        active=active,
    )


def test_everybody_is_found_by_the_name_that_is_seen(empty: Database) -> None:
    make_old(empty, BEFORE)
    _hire(empty, 900, _INDIC, _INDIC)
    _hire(empty, 901, "Zo\u200be", "zo\u200be", active=0)
    _hire(empty, 902, "Zoe", "zoe")
    _hire(empty, 903, "Zoe\ufe0f", "zoe\ufe0f")
    _hire(empty, 904, "Zoe 2", "zoe 2")
    upgrade_schema(empty)
    staff = {row["id"]: (row["name"], row["name_key"]) for row in read_rows(empty)["staff_member"]}
    assert staff[900] == (_INDIC, name_key(_INDIC))
    assert staff[902] == ("Zoe", "zoe")
    assert staff[904] == ("Zoe 2", "zoe 2")
    assert {staff[901], staff[903]} == {("Zoe 3", "zoe 3"), ("Zoe 4", "zoe 4")}
    # Who is called so, and works here, is asked for by it; the others by what is told beside.
    assert all(name_key(name) == key for name, key in staff.values())
    assert empty.read(judge_database) == ()


def test_codes_are_those_of_today(empty: Database) -> None:
    make_old(empty, BEFORE)
    codes = read_rows(empty)["promo_code"]
    _run(empty, "UPDATE promo_code SET code = :code WHERE id = :id", code="WINTER\ufe0f10", id=codes[0]["id"])
    upgrade_schema(empty)
    rows = read_rows(empty)
    assert rows["promo_code"][0]["code"] == "WINTER10" == normalise_promo_code("winter\ufe0f 10")


def _engines(database: Database) -> dict[str, str]:
    query = "SELECT table_name, engine FROM information_schema.tables WHERE table_schema = DATABASE()"
    with database.writer.connect() as connection:
        return {str(row[0]): str(row[1]) for row in connection.execute(sa.text(query))}


@pytest.mark.server
def test_all_tables_of_a_new_database_are_innodbs_whatever_the_server_prefers() -> None:
    with another_server() as kept, kept.server.fresh_database() as url:
        with kept.server.connect() as line, line.cursor() as cursor:
            cursor.execute("SET GLOBAL default_storage_engine = MyISAM")
        with closing(Database(parse_address(url))) as database:
            upgrade_schema(database)
            made = _engines(database)
    assert {*Base.metadata.tables, "alembic_version"} == made.keys()
    assert set(made.values()) == {"InnoDB"}


@pytest.mark.server
def test_a_table_of_before_that_another_engine_keeps_is_handed_over(server_url: str) -> None:
    database = Database(parse_address(server_url))
    try:
        make_old(database, BEFORE)
        _run(database, "ALTER TABLE alembic_version ENGINE=MyISAM")
        _run(database, "ALTER TABLE search_word ENGINE=MyISAM")
        before = read_rows(database)
        upgrade_schema(database)
        assert set(_engines(database).values()) == {"InnoDB"}
        assert read_rows(database, before)["search_word"] == before["search_word"]
    finally:
        database.close()


def test_every_table_states_its_engine_and_how_it_compares() -> None:
    for table in Base.metadata.tables.values():
        options = table.dialect_options
        for dialect in ("mysql", "mariadb"):
            assert options[dialect]["engine"] == "InnoDB", table.name
            assert options[dialect]["collate"] == "utf8mb4_bin", table.name
