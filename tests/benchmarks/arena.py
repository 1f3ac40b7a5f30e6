"""What all benchmarks share: the private server, the stadium on it, and how busy the server was."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import psutil

from pos_app.db.connection.addresses import parse_address
from pos_app.db.database import Database
from pos_app.db.schema.revisions import upgrade_schema
from tests.benchmarks.stadium import Stadium, build_stadium
from tests.servers import KeptServer, find_server, flavours

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True)
class Arena:
    """Where the stadium is. No connection is open between benchmarks, because they fork."""

    flavour: str
    url: str
    stadium: Stadium
    server: psutil.Process

    @contextmanager
    def database(self) -> Iterator[Database]:
        """Give the database for a while."""
        database = Database(parse_address(self.url))
        try:
            yield database
        finally:
            database.close()

    def server_seconds(self) -> float:
        """Return the seconds of one core that the server has used since it started."""
        spent = self.server.cpu_times()
        return float(spent.user + spent.system)


@contextmanager
def open_arena() -> Iterator[Arena]:
    """Start a private server of the first flavour of this run (tests/servers.py) and build the stadium on it.

    Raises RuntimeError where there is none.
    """
    flavour = flavours()[0]
    program = find_server(flavour)
    if program is None:
        raise RuntimeError(f"No {flavour} server is on this machine; `make bench` installs a MariaDB.")
    kept = KeptServer(flavour, program)
    try:
        kept.server.connect().close()
        with kept.server.fresh_database() as url:
            database = Database(parse_address(url))
            upgrade_schema(database)
            stadium = build_stadium(database)
            database.close()
            yield Arena(flavour, url, stadium, _server_process(kept.pid))
    finally:
        kept.stop()


def _server_process(keeper: int) -> psutil.Process:
    for child in psutil.Process(keeper).children(recursive=True):
        if child.name().startswith(("mariadbd", "mysqld")):
            return child
    raise RuntimeError("The server's process was not found.")
