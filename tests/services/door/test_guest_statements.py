"""How engines look guests up: by indexes, never by going through an evening."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import event

from pos_app.services.door.finding import find_guests
from pos_app.services.door.guest_statements import nearest_tickets
from tests.kinds import SQLITE
from tests.small_house import sell_seats

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.houses import OpenHouse

QUERIES = ("anna", "anna guest", "A 1", "stalls a 1", "12", "anna 1", "K7PM-3WQX", "a b c d e f g h", "k7pm")


@pytest.fixture
def sent(house: OpenHouse) -> Iterator[list[tuple[str, Any]]]:
    """Give what is sent to the database; somebody has bought something."""
    house.database.transact(sell_seats, house.small, house.small.seats_of(1, (1, 2, 3)))
    statements: list[tuple[str, Any]] = []

    def note(_connection: object, _cursor: object, statement: str, values: Any, *_more: object) -> None:
        statements.append((statement, values))

    engine = house.database.reader
    event.listen(engine, "before_cursor_execute", note)
    yield statements
    event.remove(engine, "before_cursor_execute", note)


@pytest.mark.parametrize("query", QUERIES)
def test_guests_are_looked_up_in_three_statements(house: OpenHouse, sent: list[tuple[str, Any]], query: str) -> None:
    house.database.read(find_guests, house.small.performance_id, query)
    assert len([one for one, _ in sent if one.startswith("SELECT")]) <= 3


@SQLITE
@pytest.mark.parametrize("query", QUERIES)
def test_no_table_that_grows_is_read_from_end_to_end(house: OpenHouse, sent: list[tuple[str, Any]], query: str) -> None:
    house.database.read(find_guests, house.small.performance_id, query)
    steps = []
    for statement, values in [(one, values) for one, values in sent if "search_word" in one]:
        with house.database.writer.connect() as connection:
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
            steps += [str(row[3]) for row in plan]
    read = [step for step in steps if step.startswith("SCAN") and step.split()[1] in {"order_line", "orders", "seat"}]
    assert read == []
    words = [step for step in steps if step.startswith(("SEARCH search_word", "SCAN search_word"))]
    assert words
    assert all("(kind=? AND word>? AND word<?)" in step for step in words)


def test_a_statement_is_built_once_for_each_shape(house: OpenHouse) -> None:
    nearest_tickets.cache_clear()
    for typed in ("schubert", "maria", "weber"):
        house.database.read(find_guests, house.small.performance_id, typed)
    assert nearest_tickets.cache_info().misses == 2
