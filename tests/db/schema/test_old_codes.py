"""Codes that were taken over by an earlier Foyer are found as those of today."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pos_app.db.connection.addresses import parse_address
from pos_app.db.database import Database
from pos_app.db.schema.revisions import upgrade_schema
from tests.db.schema.history.rows import make_old
from tests.db.schema.old_schemas import read_rows

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def empty(database_url: str) -> Iterator[Database]:
    database = Database(parse_address(database_url))
    yield database
    database.close()


def test_codes_that_were_taken_over_before_are_folded(empty: Database) -> None:
    make_old(empty, "0005")
    upgrade_schema(empty)
    codes = read_rows(empty)["outside_code"]
    assert [(code["code_key"], code["folded_key"]) for code in codes] == [("OLD-1", "old1"), ("OLD-2", "old2")]
