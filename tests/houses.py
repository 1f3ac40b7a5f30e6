"""The fixture `house`: a small box office, new for each test, on each kind of database that this machine has.

It is built once a run and written anew for each test. The `Database` stays the same one, so that a statement that was
compiled once is not compiled again; its connections are closed after each test.
With FOYER_TEST_ACCOUNTS=1 each service runs as the account of its kind of machine (see kinds_of_machine.py).
A test that kills processes or cuts connections takes `database_url` instead: it gets a database of its own.
"""

from __future__ import annotations

import os
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from pos_app.db.connection.addresses import parse_address
from pos_app.db.database import Database
from tests.house_templates import EmbeddedTemplate, ServerTemplate
from tests.kinds_of_machine import ByKind
from tests.servers import flavours

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.servers import Server
    from tests.small_house import SmallHouse


@dataclass(frozen=True)
class OpenHouse:
    """A small house, and the database that it stands in. url: for a process or a till of the test's own."""

    url: str
    database: Database
    small: SmallHouse


class _Houses:
    """What a run has built already. folder: for files; server_of, open: give databases on a server for the run."""

    def __init__(self, folder: Path, server_of: Callable[[str], Server], open_until_the_end: ExitStack) -> None:
        self._folder = folder
        self._server_of = server_of
        self._open = open_until_the_end
        self._embedded: tuple[EmbeddedTemplate, Database] | None = None
        self._on_servers: dict[str, tuple[ServerTemplate, Database]] = {}

    def embedded(self) -> OpenHouse:
        """Give a new house in a file."""
        if self._embedded is None:
            built = EmbeddedTemplate(self._folder)
            self._embedded = built, Database(parse_address(built.url))
        template, database = self._embedded
        template.renew()
        return OpenHouse(template.url, database, template.small)

    def on_server(self, flavour: str) -> OpenHouse:
        """Give a new house on a server."""
        if flavour not in self._on_servers:
            server = self._server_of(flavour)
            urls = [self._open.enter_context(server.fresh_database()) for _ in range(2)]
            built = ServerTemplate(*urls)
            by_kind = "FOYER_TEST_ACCOUNTS" in os.environ
            self._on_servers[flavour] = built, ByKind(built.url) if by_kind else Database(parse_address(built.url))
        template, database = self._on_servers[flavour]
        template.renew(database)
        return OpenHouse(template.url, database, template.small)


@pytest.fixture(scope="session")
def _houses(tmp_path_factory: pytest.TempPathFactory, server_of: Callable[[str], Server]) -> Iterator[_Houses]:
    with ExitStack() as stack:
        yield _Houses(tmp_path_factory.mktemp("houses"), server_of, stack)


_SERVERS = [pytest.param(flavour, marks=pytest.mark.server) for flavour in flavours()]

on_a_server = pytest.mark.parametrize("house", _SERVERS, indirect=True)
"""For a test whose house must stand on a server: one of locks between two at work, or of a server's own faults."""


@pytest.fixture(params=["sqlite", *_SERVERS])
def house(request: pytest.FixtureRequest, _houses: _Houses) -> Iterator[OpenHouse]:
    """Give a small house with its open database; the test runs once on each kind of database."""
    kind: str = request.param
    made = _houses.embedded() if kind == "sqlite" else _houses.on_server(kind)
    yield made
    made.database.place = None
    made.database.close()
