"""Being alone with a database while its tables are changed: one upgrade at a time, and no till at work."""

from __future__ import annotations

import re
import sqlite3
from typing import TYPE_CHECKING, Final

from sqlalchemy import inspect, text

from pos_app.domain.errors import SchemaMismatch, ServerBusy
from pos_app.domain.sentences import say, say_count

if TYPE_CHECKING:
    from sqlalchemy import Connection

TURN_SECONDS: Final = 5
SILENT_SECONDS: Final = 120
"""An open till asks the server something every few seconds; a line that was silent for so long is of one that died."""
LONGEST_STEP_SECONDS: Final = 3600
"""A large table is rebuilt in minutes; a line given up meanwhile would leave the server at it, and nobody to tell."""

_SEEN: Final = text(
    "SELECT name FROM till WHERE last_seen_at > UTC_TIMESTAMP(6) - INTERVAL :seconds SECOND AND deleted_at IS NULL"
    " ORDER BY name"
)
_TURN: Final = text("SELECT GET_LOCK(CONCAT('foyer upgrade ', LEFT(DATABASE(), 48)), :seconds)")


class OthersAtWork(SchemaMismatch):
    """Somebody else is connected to the database that is to be upgraded."""


def take_turn(connection: Connection) -> None:
    """Wait until nobody else upgrades this database, and keep others from it until the connection ends.

    On SQLite the transaction does that. Raises ServerBusy when another upgrade takes longer.
    """
    if connection.dialect.name == "sqlite":
        return
    if connection.execute(_TURN, {"seconds": TURN_SECONDS}).scalar() != 1:
        raise ServerBusy(
            say("Another computer is upgrading this database just now."),
            advice=say("Wait until it is done, then open Foyer."),
        )


def shut_others_out(connection: Connection) -> None:
    """Raise OthersAtWork when somebody else is connected; nothing may be under way on the connection.

    An SQLite file is kept locked until the connection ends, so that nobody opens it meanwhile. A server shows the
    connections of other accounts only to an account with the right PROCESS; without it, and where tills have accounts
    of their own, a till is taken to be at work for two minutes after its last sign of life.
    """
    if connection.dialect.name == "sqlite":
        _lock_file(connection)
    elif hosts := _others(connection):
        raise OthersAtWork(
            say_count(
                "Another program is at work with this database: {computers}.",
                "{count} other programs are at work with this database: {computers}.",
                len(hosts),
                computers=", ".join(sorted(set(hosts))),
            ),
            upgradable=True,
            advice=say("Close Foyer on all other computers, then upgrade."),
        )
    elif tills := _seen_lately(connection):
        raise OthersAtWork(
            say_count(
                "A till was at work with this database a moment ago: {tills}.",
                "{count} tills were at work with this database a moment ago: {tills}.",
                len(tills),
                tills=", ".join(tills),
            ),
            upgradable=True,
            advice=say(
                "Close Foyer on all computers, and upgrade two minutes later: this account does not see who is at work."
            ),
        )


def allow_long_steps(connection: Connection) -> None:
    """Wait longer for the server's answers on this connection than a till does."""
    driver = connection.connection.driver_connection
    if connection.dialect.name != "sqlite" and driver is not None:
        driver._read_timeout = LONGEST_STEP_SECONDS  # noqa: SLF001 - PyMySQL knows no other way once it is connected


def _lock_file(connection: Connection) -> None:
    driver = connection.connection.driver_connection
    assert driver is not None  # noqa: S101 - the connection is open
    try:
        driver.execute("PRAGMA locking_mode=EXCLUSIVE")
        # Leaving the write-ahead log is granted to the only connection; the next one goes back to it.
        driver.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.OperationalError as error:
        if "locked" not in str(error):
            raise
        raise OthersAtWork(
            say("Foyer is open with this database."),
            upgradable=True,
            advice=say("Close all its other windows on this computer, then upgrade."),
        ) from error


def _others(connection: Connection) -> list[str]:
    """Return the hosts of the connections to this database that are in use, but for those that wait for their turn."""
    mine, name = connection.execute(text("SELECT CONNECTION_ID(), DATABASE()")).one()
    return [
        str(row.Host).rpartition(":")[0] or str(row.Host)
        for row in connection.execute(text("SHOW PROCESSLIST"))
        if row.Id != mine and row.db == name and row.State != "User lock" and int(row.Time or 0) < SILENT_SECONDS
    ]


def _seen_lately(connection: Connection) -> list[str]:
    """Return the tills that may be at work unseen: none where all connections show, or all tills share one account."""
    if _sees_all(connection) or not inspect(connection).has_table("database_account"):
        return []
    if not connection.execute(text("SELECT COUNT(*) FROM database_account")).scalar():
        return []
    return list(connection.execute(_SEEN, {"seconds": SILENT_SECONDS}).scalars())


def _sees_all(connection: Connection) -> bool:
    """Tell whether this account has the right PROCESS."""
    lines = (str(line) for line in connection.execute(text("SHOW GRANTS")).scalars())
    return any(re.match(r"GRANT .*(?<!\w)(ALL PRIVILEGES|PROCESS)(?!\w).* ON \*\.\* TO ", line) for line in lines)
