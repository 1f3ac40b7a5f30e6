"""What is larger than a server takes is told as that, and not as a server out of reach."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, OperationalError

from pos_app.db.connection.addresses import parse_address
from pos_app.db.connection.failures import Failure, judge, large_statement, translate
from pos_app.db.database import Database
from pos_app.domain.errors import ServerUnreachable, TooLargeForServer
from pos_app.domain.season.events import Artwork, EventDraft
from pos_app.services.season.events import add_event, list_events
from tests.db.faults import kill_mine
from tests.houses import OpenHouse, on_a_server
from tests.schemas import make_schema
from tests.servers import another_server, flavours
from tests.small_house import build_small_house

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

MEGABYTE = 2**20


def _failed(code: int, *values: object) -> DBAPIError:
    return OperationalError("INSERT", values, Exception(code, "as the server says"))


@pytest.mark.parametrize("code", [1153, 1162, 1301, 2020, 1406])
def test_too_large_is_no_server_out_of_reach_and_not_tried_again(code: int) -> None:
    assert judge(_failed(code)) is Failure.REFUSED
    assert isinstance(translate(_failed(code)), TooLargeForServer)
    assert isinstance(translate(_failed(code), writes=False), TooLargeForServer)


def test_of_a_statement_that_is_large_its_size_on_the_line_is_known() -> None:
    assert large_statement(_failed(2006, b"\0" * MEGABYTE, "a")) == 2 * MEGABYTE + 1
    assert large_statement(OperationalError("INSERT", [{"a": "é" * MEGABYTE}, {"a": None}], Exception(2013))) == (
        2 * MEGABYTE
    )
    assert large_statement(_failed(2006, "a small text", 4)) == 0
    assert large_statement(OSError("broken pipe")) == 0


@pytest.fixture(scope="module", params=[pytest.param(flavour, marks=pytest.mark.server) for flavour in flavours()])
def narrow(request: pytest.FixtureRequest) -> Iterator[OpenHouse]:
    """Give a house on a server of its own that takes a megabyte at once: what is set so holds for all its lines."""
    with another_server(request.param) as kept, kept.server.fresh_database() as url:
        with kept.server.connect() as line, line.cursor() as cursor:
            cursor.execute("SET GLOBAL max_allowed_packet = %s", (MEGABYTE,))
        with closing(Database(parse_address(url))) as database:
            make_schema(database)
            yield OpenHouse(url, database, database.transact(build_small_house))


@pytest.mark.parametrize("megabytes", [1, 5, 15])
def test_a_picture_that_the_server_does_not_take_is_refused_in_a_sentence(narrow: OpenHouse, megabytes: int) -> None:
    picture = Artwork(bytes(range(256)) * (4096 * megabytes), "image/png", 1600, 1600)
    with pytest.raises(TooLargeForServer, match="larger than the server takes") as refused:
        narrow.database.transact(add_event, narrow.small.manager, EventDraft("Hamlet", "", ""), picture)
    assert "Nothing was changed" in str(refused.value)
    assert "Hamlet" not in {one.title for one in narrow.database.read(list_events, narrow.small.manager)}


@on_a_server
def test_a_line_that_breaks_under_a_picture_which_the_server_takes_is_a_server_out_of_reach(house: OpenHouse) -> None:
    def write(session: Session) -> None:
        kill_mine(house)(session)
        session.execute(text("SELECT LENGTH(:picture)"), {"picture": b"x" * MEGABYTE})

    with pytest.raises(ServerUnreachable):
        house.database.transact(write)


@on_a_server
def test_a_text_that_is_longer_than_its_column_is_refused_in_a_sentence(house: OpenHouse) -> None:
    with pytest.raises(TooLargeForServer, match="longer than the database keeps"):
        house.database.transact(
            lambda session: session.execute(text("UPDATE till SET name = :name"), {"name": "x" * 300})
        )
