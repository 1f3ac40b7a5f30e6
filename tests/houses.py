"""The fixture `house`: a small box office, new for each test, on each kind of database that this machine has.

The schema is made once a run: on SQLite the built file is copied, on a server the tables are emptied and filled again.
A test that kills processes or cuts connections takes `database_url` instead: it gets a database of its own.
"""

from __future__ import annotations

import shutil
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import delete, text

from pos_app.db.addresses import parse_address
from pos_app.db.base import Base
from pos_app.db.database import Database
from pos_app.db.schema import upgrade_schema
from tests.servers import flavours
from tests.small_house import SmallHouse, build_small_house

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.servers import Server


@dataclass(frozen=True)
class OpenHouse:
    """A small house, and the database that it stands in. url: for a process or a till of the test's own."""

    url: str
    database: Database
    small: SmallHouse


@dataclass
class _Houses:
    """What a run has made already: an SQLite file to copy, and a database with the schema on each server."""

    folder: Path
    server_of: Callable[[str], Server]
    open: ExitStack
    built: SmallHouse | None = None
    urls: dict[str, str] = field(default_factory=dict)

    def embedded(self, place: Path) -> OpenHouse:
        """Copy the built house."""
        template = self.folder / "house.db"
        if self.built is None:
            database = Database(parse_address(f"sqlite:///{template}"))
            upgrade_schema(database)
            self.built = database.transact(build_small_house)
            # The last connection to close folds the write-ahead log into the file.
            database.close()
        shutil.copyfile(template, place)
        url = f"sqlite:///{place}"
        return OpenHouse(url, Database(parse_address(url)), self.built)

    def on_server(self, flavour: str) -> OpenHouse:
        """Empty the tables and build again."""
        made = flavour in self.urls
        if not made:
            self.urls[flavour] = self.open.enter_context(self.server_of(flavour).fresh_database())
        database = Database(parse_address(self.urls[flavour]))
        if made:
            _empty(database)
        else:
            upgrade_schema(database)
        return OpenHouse(self.urls[flavour], database, database.transact(build_small_house))


def _empty(database: Database) -> None:
    with database.writer.connect() as connection:
        connection.execute(text("SET foreign_key_checks=0"))
        for table in Base.metadata.tables.values():
            connection.execute(delete(table))
        connection.commit()
        connection.invalidate()


@pytest.fixture(scope="session")
def _houses(tmp_path_factory: pytest.TempPathFactory, server_of: Callable[[str], Server]) -> Iterator[_Houses]:
    with ExitStack() as stack:
        yield _Houses(tmp_path_factory.mktemp("houses"), server_of, stack)


_SERVERS = [pytest.param(flavour, marks=pytest.mark.server) for flavour in flavours()]

on_a_server = pytest.mark.parametrize("house", _SERVERS, indirect=True)
"""For a test whose house must stand on a server: one of locks between two at work, or of a server's own faults."""


@pytest.fixture(params=["sqlite", *_SERVERS])
def house(request: pytest.FixtureRequest, _houses: _Houses, tmp_path: Path) -> Iterator[OpenHouse]:
    """Give a small house with its open database; the test runs once on each kind of database."""
    kind: str = request.param
    made = _houses.embedded(tmp_path / "foyer.db") if kind == "sqlite" else _houses.on_server(kind)
    yield made
    made.database.close()
