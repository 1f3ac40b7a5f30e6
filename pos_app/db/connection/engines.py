"""SQLAlchemy engines for writing and for reading, with the settings that the protocols rely on."""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import URL, Engine, create_engine, event
from sqlalchemy.exc import DisconnectionError, OperationalError
from sqlalchemy.pool import QueuePool

from pos_app.db.connection.addresses import refuse_network_folder
from pos_app.db.connection.dialling import ANSWER_SECONDS, Dialler
from pos_app.db.connection.ways import Modes

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection

    from pos_app.db.connection.addresses import DatabaseAddress, Server
    from pos_app.db.connection.lines import OpenLines

WRITER_IDLE_SECONDS: Final = 20
"""The server drops a silent line after this time, so that a till cut off does not keep its locks."""
_MOST_AT_WORK: Final = 12
"""Lines of one till at the same time, where one waits for another."""
SQLITE_BUSY_MS: Final = 5000

_SESSION: Final = (
    "SET SESSION sql_mode='STRICT_ALL_TABLES,NO_ZERO_DATE,NO_ZERO_IN_DATE,ERROR_FOR_DIVISION_BY_ZERO,"
    "NO_ENGINE_SUBSTITUTION', innodb_lock_wait_timeout=3, lock_wait_timeout=10, time_zone='+00:00',"
    " group_concat_max_len=16777216"
)


class ServerList:
    """The servers of an address, and which one is in use; after a failure the next one is taken."""

    def __init__(self, servers: tuple[Server, ...]) -> None:
        self._servers = servers
        self._at = 0

    @property
    def current(self) -> Server:
        """The server to connect to."""
        return self._servers[self._at % len(self._servers)]

    def take_next(self, failed: Server) -> None:
        """Move on, unless somebody else has already moved away from the failed server."""
        if self._servers and self.current == failed:
            self._at += 1


def mysql_modes(
    address: DatabaseAddress, password: Callable[[], str], servers: ServerList, lines: OpenLines
) -> tuple[Modes, Modes]:
    """Return the lines at work, and the one at rest. password is asked at each connection and never kept in a URL.

    Of each at most one is kept open.
    """
    dialler = Dialler(address, on_line=lines.add)

    def connect() -> Any:
        from pymysql.constants import CLIENT

        connection = dialler.dial(
            servers.current, password(), database=address.name, client_flag=CLIENT.FOUND_ROWS, autocommit=False
        )
        with connection.cursor() as cursor:
            cursor.execute("SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED")
            cursor.execute(f"{_SESSION}, wait_timeout={WRITER_IDLE_SECONDS}")
            if _is_cluster(cursor):
                # On Galera another node may have committed what is looked up here: wait until it has arrived.
                cursor.execute("SET SESSION wsrep_sync_wait=1")
                connection.is_of_a_cluster = True
        return connection

    def engine(most: int) -> Engine:
        made = create_engine(
            "mysql+pymysql://",
            creator=connect,
            poolclass=QueuePool,
            pool_size=1,
            max_overflow=most - 1,
            pool_timeout=ANSWER_SECONDS,
            pool_reset_on_return=None,
            skip_autocommit_rollback=True,
        )
        # The driver sends the rows of an INSERT one by one where a value is an expression, like the server's time.
        made.dialect.use_insertmanyvalues_wo_returning = True
        event.listen(made, "checkin", _note_time)
        event.listen(made, "checkout", _leave_stale)
        return made

    work, rest = engine(_MOST_AT_WORK), engine(1)
    writer, reader = rest.execution_options(), rest.execution_options()
    event.listen(writer, "engine_connect", partial(_become, writes=True))
    event.listen(reader, "engine_connect", partial(_become, writes=False))
    # At work whoever only looks ends a transaction as well, and no seat is held or sold a question later for it.
    return Modes(work, work, work), Modes(writer, reader, rest)


def _become(connection: Connection, *, writes: bool) -> None:
    """Make the line at rest one for writing or for reading; it says itself which it is, and mostly it is that already.

    A poll without a transaction needs no end, and so one question less each second.
    """
    driver: Any = connection.connection.driver_connection
    if driver.get_autocommit() is not writes:
        return
    words = f"SET SESSION autocommit={int(not writes)}"
    if driver.is_of_a_cluster:
        words += f", SESSION wsrep_sync_wait={int(writes)}"
    try:
        with driver.cursor() as cursor:
            cursor.execute(words)
    except connection.dialect.loaded_dbapi.Error as error:
        connection.invalidate()
        raise OperationalError(words, None, error, connection_invalidated=True) from error


def _is_cluster(cursor: Any) -> bool:
    cursor.execute("SHOW VARIABLES LIKE 'wsrep_on'")
    found = cursor.fetchone()
    return found is not None and str(found[1]).upper() in {"ON", "1"}


def _note_time(_connection: Any, record: Any) -> None:
    record.info["used"] = time.monotonic()


def _leave_stale(_connection: Any, record: Any, _proxy: Any) -> None:
    if time.monotonic() - record.info.get("used", time.monotonic()) > WRITER_IDLE_SECONDS * 0.75:
        raise DisconnectionError


def _lower(value: Any) -> Any:
    return value.lower() if isinstance(value, str) else value


def sqlite_modes(address: DatabaseAddress) -> Modes:
    """Return the engines of an embedded file. A writer begins IMMEDIATE; readers do not block each other."""
    path = address.path
    assert path is not None  # noqa: S101 - parse_address made it
    refuse_network_folder(path)
    path.parent.mkdir(parents=True, exist_ok=True)

    def engine(begin: str) -> Engine:
        made = create_engine(URL.create("sqlite", database=str(path)), poolclass=QueuePool, pool_size=4, max_overflow=8)

        def prepare(connection: Any, _record: Any) -> None:
            connection.isolation_level = None
            # SQLite's own lower() knows ASCII only.
            connection.create_function("lower", 1, _lower, deterministic=True)
            cursor = connection.cursor()
            cursor.execute(f"PRAGMA busy_timeout={SQLITE_BUSY_MS}")
            cursor.execute("PRAGMA journal_mode=WAL")
            cursor.execute("PRAGMA synchronous=FULL")
            cursor.execute("PRAGMA foreign_keys=ON")
            cursor.close()

        event.listen(made, "connect", prepare)
        event.listen(made, "begin", lambda connection: connection.exec_driver_sql(begin))
        return made

    return Modes(engine("BEGIN IMMEDIATE"), engine("BEGIN"))
