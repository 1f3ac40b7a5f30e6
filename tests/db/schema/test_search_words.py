"""The revision that makes the words under which guests and performances are found."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from pos_app.db.connection.addresses import parse_address
from pos_app.db.database import Database
from pos_app.db.schema.revisions import upgrade_schema
from pos_app.doctor import judge_database
from pos_app.domain.searching import words_of
from pos_app.services.door.finding import find_guests
from tests.db.schema.history.rows import make_old
from tests.db.schema.old_schemas import read_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

BEFORE = "0005"


@pytest.fixture
def empty(database_url: str) -> Iterator[Database]:
    database = Database(parse_address(database_url))
    yield database
    database.close()


def test_who_bought_before_is_found_by_the_letters_of_any_keyboard(empty: Database) -> None:
    make_old(empty, BEFORE)
    with empty.writer.begin() as connection:
        connection.execute(sa.text("UPDATE orders SET customer_name = '' WHERE id = (SELECT 2)"))
    orders = {row["id"]: row for row in read_rows(empty)["orders"]}
    upgrade_schema(empty)
    rows = read_rows(empty)
    sold = {(line["order_id"], line["performance_id"]) for line in rows["order_line"] if line["seat_id"]}
    guests = {(row["id"], row["performance_id"], row["word"]) for row in rows["search_word"] if row["kind"] == "guest"}
    assert guests == {
        (order, evening, word) for order, evening in sold for word in words_of(orders[order]["customer_name"])
    }
    assert {line["order_id"] for line in rows["order_line"] if line["state"] == "void"} & {guest[0] for guest in guests}
    evening = next(evening for order, evening in sorted(sold) if orders[order]["customer_name"].startswith("Ægir"))
    for typed in ("aegir", "nandu celik", "🎭", "ÇELİK"):
        assert empty.read(find_guests, evening, typed).guests, typed
    shows = {row["id"] for row in rows["search_word"] if row["kind"] == "performance" and row["word"] == "cherry"}
    assert shows == {row["id"] for row in rows["performance"]}
    assert empty.read(judge_database) == ()
