"""The secrets of the staff are moved to a table of their own, and nobody is locked out by it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import inspect, text

from pos_app.db.connection.addresses import parse_address
from pos_app.db.database import Database
from pos_app.db.schema.revisions import upgrade_schema
from pos_app.flows.sign_in import recognise
from tests.db.schema.history.rows import make_old
from tests.db.schema.old_schemas import all_revisions, read_rows
from tests.small_house import NAMES, PASSWORDS

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def empty(database_url: str) -> Iterator[Database]:
    database = Database(parse_address(database_url))
    yield database
    database.close()


def old_secrets(database: Database) -> list[tuple[int, str, str]]:
    query = text("SELECT id, password_hash, pin_hash FROM staff_member ORDER BY id")
    with database.writer.connect() as connection:
        found = [(row[0], row[1], row[2]) for row in connection.execute(query)]
        connection.rollback()
    return found


@pytest.mark.parametrize("revision", [one for one in all_revisions() if one < "0009"][::4])
def test_everybody_signs_in_after_the_upgrade_as_before(empty: Database, revision: str) -> None:
    make_old(empty, revision)
    before = old_secrets(empty)
    assert len(before) >= 3
    upgrade_schema(empty)
    moved = [(row["staff_id"], row["password_hash"], row["pin_hash"]) for row in read_rows(empty)["staff_secret"]]
    assert moved == before
    with empty.writer.connect() as connection:
        left = {column["name"] for column in inspect(connection).get_columns("staff_member")}
        connection.rollback()
    assert not left & {"password_hash", "pin_hash"}
    for role, name in NAMES.items():
        assert recognise(empty, name, PASSWORDS[role]).role is role


def test_a_password_that_an_older_foyer_changed_after_a_killed_upgrade_is_the_one_that_counts(empty: Database) -> None:
    make_old(empty, "0008")
    with empty.writer.connect() as connection:
        connection.execute(text(
            "CREATE TABLE staff_secret (staff_id INTEGER NOT NULL PRIMARY KEY, "
            "password_hash VARCHAR(200) NOT NULL, pin_hash VARCHAR(300) NOT NULL)"
        ))  # fmt: skip
        connection.execute(text("INSERT INTO staff_secret SELECT id, 'of before', '' FROM staff_member"))
        connection.commit()
    before = old_secrets(empty)
    upgrade_schema(empty)
    moved = [(row["staff_id"], row["password_hash"], row["pin_hash"]) for row in read_rows(empty)["staff_secret"]]
    assert moved == before
