"""What managers allowed before there was a row for it is told by a row each, made once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pos_app.db.connection.addresses import parse_address
from pos_app.db.database import Database
from pos_app.db.schema.revisions import upgrade_schema
from pos_app.doctor import judge_database
from tests.db.schema.history.rows import make_old
from tests.db.schema.old_schemas import read_rows

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def empty(database_url: str) -> Iterator[Database]:
    database = Database(parse_address(database_url))
    yield database
    database.close()


@pytest.mark.parametrize("revision", ["0001", "0008"])
def test_every_order_taken_back_before_tells_who_allowed_it(empty: Database, revision: str) -> None:
    make_old(empty, revision)
    for _ in range(2):
        upgrade_schema(empty)
    rows = read_rows(empty)
    assert rows["refund"]
    assert [
        (one["spent_on"], one["staff_id"], one["till_id"], one["permission"], one["created_at"], one["spent_at"])
        for one in rows["approval"]
    ] == [
        (one["request_id"], one["approver_id"], one["till_id"], "void", one["created_at"], one["created_at"])
        for one in rows["refund"]
    ]
    assert empty.read(judge_database) == ()
