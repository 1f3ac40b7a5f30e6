"""The limits as a real server tells them, and what the page says when it is full."""

from __future__ import annotations

from contextlib import closing, contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from pos_app.db.connection.addresses import parse_address
from pos_app.db.database import Database
from pos_app.db.probe.probing import probe_database
from pos_app.domain.house.connections import Connections
from pos_app.domain.house.setup import ServerAccount, Trouble
from pos_app.domain.house.stopping import Stop
from pos_app.services.server_time import load_server_time
from tests.accounts import an_account
from tests.db.faults import root
from tests.db.probe.probing import refusal
from tests.houses import OpenHouse, on_a_server

if TYPE_CHECKING:
    from collections.abc import Iterator


def _account(house: OpenHouse) -> ServerAccount:
    address = house.database.address
    return ServerAccount(address.servers[0].host, address.servers[0].port, address.name, "root")


@contextmanager
def _few(house: OpenHouse, most: int) -> Iterator[ServerAccount]:
    account = _account(house)
    limit = f"WITH MAX_USER_CONNECTIONS {most}"
    with root(house) as line, an_account(line, "few", f"ALL ON {account.database}.*", more=limit) as few:
        yield replace(account, user=few)


@on_a_server
def test_the_limit_of_the_server_stands_beside_the_tills_of_the_house(house: OpenHouse) -> None:
    with root(house) as line, line.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM till")
        (tills,) = cursor.fetchone() or (0,)
    assert probe_database(_account(house), Stop()).connections == Connections(300, 0, tills)


@on_a_server
def test_the_limit_of_the_account_is_told_as_well(house: OpenHouse) -> None:
    with _few(house, 7) as account:
        found = probe_database(account, Stop()).connections
    assert found is not None
    assert (found.most, found.own) == (300, 7)


@on_a_server
def test_a_full_server_is_told_on_the_page_as_it_is_at_a_till(house: OpenHouse) -> None:
    with _few(house, 1) as account, closing(Database(parse_address(account.url()))) as other:
        other.at_rest.read(load_server_time)
        told = refusal(account)
    assert told.trouble is Trouble.KEPT_OUT
    assert "as many connections as the server allows" in told.message
    assert "max_user_connections" in told.advice


@pytest.mark.parametrize("code", [1040, 1203, 1226])
def test_each_limit_has_its_own_sentence(code: int) -> None:
    import pymysql

    from pos_app.db.probe.words import describe

    told = describe(pymysql.err.OperationalError(code, "max_user_connections"), ServerAccount("db", user="till"))
    assert told.trouble is Trouble.KEPT_OUT
    assert ("full" in told.message) is (code == 1040)
    assert "raise max" in told.advice
