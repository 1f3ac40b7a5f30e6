"""A server's clock that a test sets: what every statement of one Database takes for the time."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import event

if TYPE_CHECKING:
    from pos_app.db.database import Database


class ServerClock:
    """Runs `seconds` ahead of the true time (negative: behind), for a Database that has not connected yet."""

    def __init__(self, database: Database) -> None:
        self.seconds = 0.0
        heard = ("connect", self._teach) if database.embedded else ("checkout", self._tell)
        self._listeners = [(engine, *heard) for engine in database.engines]
        for listener in self._listeners:
            event.listen(*listener)

    def take_away(self) -> None:
        """Let whoever connects from now on see the true time."""
        for listener in self._listeners:
            event.remove(*listener)

    def _tell(self, connection: Any, _record: object, _proxy: object) -> None:
        """SYSDATE() goes on by itself; all other functions of time take what the session was told."""
        with connection.cursor() as cursor:
            cursor.execute("SET timestamp = UNIX_TIMESTAMP(SYSDATE(6)) + %s", (self.seconds,))

    def _teach(self, connection: sqlite3.Connection, _record: object) -> None:
        """Put functions before SQLite's own that know another "now"."""
        own = sqlite3.connect(":memory:", check_same_thread=False)

        def instead(function: str) -> None:
            def answer(*values: object) -> Any:
                now = (datetime.now(UTC) + timedelta(seconds=self.seconds)).strftime("%Y-%m-%d %H:%M:%S.%f")
                told = [now if value == "now" else value for value in values]
                return own.execute(f"SELECT {function}({', '.join('?' for _ in told)})", told).fetchone()[0]

            connection.create_function(function, -1, answer)

        for function in ("strftime", "julianday"):
            instead(function)
