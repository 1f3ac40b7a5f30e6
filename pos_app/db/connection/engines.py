"""SQLAlchemy engines, one for writing and one for reading, with the settings that the protocols rely on."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import URL, Engine, create_engine, event
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.pool import QueuePool

from pos_app.db.connection.addresses import refuse_network_folder
from pos_app.db.connection.dialling import ANSWER_SECONDS, Dialler

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos_app.db.connection.addresses import DatabaseAddress, Server
    from pos_app.db.connection.lines import OpenLines

WRITER_IDLE_SECONDS: Final = 20
"""The server drops a silent writer after this time, so that a till cut off does not keep its locks."""
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


def mysql_engines(
    address: DatabaseAddress, password: Callable[[], str], servers: ServerList, lines: OpenLines
) -> tuple[Engine, Engine]:
    """Return (writer, reader). password is asked at each connection and never kept in a URL."""
    dialler = Dialler(address, on_line=lines.add)

    def connect(*, writer: bool) -> Any:
        from pymysql.constants import CLIENT

        connection = dialler.dial(
            servers.current,
            password(),
            database=address.name,
            client_flag=CLIENT.FOUND_ROWS,
            autocommit=not writer,
        )
        with connection.cursor() as cursor:
            cursor.execute("SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED")
            cursor.execute(_SESSION + (f", wait_timeout={WRITER_IDLE_SECONDS}" if writer else ""))
            if writer and _is_cluster(cursor):
                # On Galera another node may have committed what is looked up here: wait until it has arrived.
                cursor.execute("SET SESSION wsrep_sync_wait=1")
        return connection

    def engine(*, writer: bool) -> Engine:
        made = create_engine(
            "mysql+pymysql://",
            creator=lambda: connect(writer=writer),
            poolclass=QueuePool,
            pool_size=4,
            max_overflow=8,
            pool_timeout=ANSWER_SECONDS,
            pool_reset_on_return=None,
            **({} if writer else {"isolation_level": "AUTOCOMMIT", "skip_autocommit_rollback": True}),
        )
        # The driver sends the rows of an INSERT one by one where a value is an expression, like the server's time.
        made.dialect.use_insertmanyvalues_wo_returning = True
        if writer:
            event.listen(made, "checkin", _note_time)
            event.listen(made, "checkout", _leave_stale)
        return made

    return engine(writer=True), engine(writer=False)


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


def sqlite_engines(address: DatabaseAddress) -> tuple[Engine, Engine]:
    """Return (writer, reader) of an embedded file. A writer begins IMMEDIATE; readers do not block each other."""
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

    return engine("BEGIN IMMEDIATE"), engine("BEGIN")
