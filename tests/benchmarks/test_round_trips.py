"""What is slow over a network is asking often: a deed that asks once more than it is known to is found out."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from sqlalchemy.dialects.mysql.base import MySQLDialect

from pos_app.db.connection.addresses import parse_address
from pos_app.db.database import Database
from tests.benchmarks.round_trips import ROUND_TRIPS, count_round_trips
from tests.schemas import make_schema
from tests.small_house import build_small_house

if TYPE_CHECKING:
    from tests.small_house import SmallHouse


@pytest.fixture
def small(server_url: str) -> SmallHouse:
    with closing(Database(parse_address(server_url))) as database:
        make_schema(database)
        return database.transact(build_small_house)


def test_no_deed_asks_the_server_more_often_than_it_is_known_to(server_url: str, small: SmallHouse) -> None:
    assert count_round_trips(server_url, small) == ROUND_TRIPS


def test_rows_that_the_driver_sends_one_by_one_are_counted_one_by_one(
    server_url: str, small: SmallHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(MySQLDialect, "use_insertmanyvalues", False)
    counted = count_round_trips(server_url, small)
    more = {deed: number - ROUND_TRIPS[deed] for deed, number in counted.items() if number != ROUND_TRIPS[deed]}
    # Tickets, and what the gates count of them, are stored with the server's time.
    assert more == {
        "three tickets are sold": 2 * 2,
        "nine tickets are sold": 2 * 8,
        "three tickets are sold to a name": 2 * 2,
        "three tickets are sold with a fee each": 2 * 2,
    }
