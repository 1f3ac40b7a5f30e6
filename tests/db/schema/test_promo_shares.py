"""What codes took off lines before that was noted: known of one; of several, as much as each took off the order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from pos_app.db.connection.addresses import parse_address
from pos_app.db.database import Database
from pos_app.db.schema.revisions import upgrade_schema
from pos_app.doctor import judge_database
from tests.db.schema.history.rows import make_old
from tests.db.schema.old_schemas import read_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

SECOND_CODE = (
    (
        "INSERT INTO promo_redemption (promo_code_id, order_id, saved_minor, created_at)"
        " SELECT 2, order_id, 1000, created_at FROM promo_redemption WHERE id = 1"
    ),
    "UPDATE promo_usage SET uses = 1 WHERE promo_code_id = 2",
    "UPDATE promo_redemption SET saved_minor = 3000 WHERE id = 1",
)


@pytest.fixture
def empty(database_url: str) -> Iterator[Database]:
    database = Database(parse_address(database_url))
    yield database
    database.close()


def shares(database: Database) -> set[tuple[int, int, int]]:
    rows = read_rows(database)["promo_share"]
    return {(row["redemption_id"], row["order_line_id"], row["saved_minor"]) for row in rows}


def test_a_use_knows_what_it_took_off_each_line(empty: Database) -> None:
    make_old(empty, "0012")
    upgrade_schema(empty)
    assert shares(empty) == {(1, 1, 2000), (1, 2, 2000), (2, 3, 2000)}
    assert empty.read(judge_database) == ()


def test_of_several_codes_each_took_as_much_as_of_the_order(empty: Database) -> None:
    make_old(empty, "0012")

    def plant(session: Session) -> None:
        for statement in SECOND_CODE:
            session.execute(text(statement))

    empty.transact(plant)
    upgrade_schema(empty)
    assert shares(empty) == {(1, 1, 1500), (3, 1, 500), (1, 2, 1500), (3, 2, 500), (2, 3, 2000)}
