"""The two ways of a till to its database: the line that it keeps at rest, and the one it opens when somebody works.

A server as it is installed takes 151 connections, so a house of a hundred tills has one for each, and some to spare.
On the line at rest the poll of the map, the expiry of holds and all else that goes on by itself take turns. What a
person does goes by the line at work: opened when it is first needed, given back a minute after the last write. Where
the server has none to spare, either stands in for the other.
"""

from __future__ import annotations

import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pymysql.err import MySQLError
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import QueuePool

from pos_app.db.connection.turns import Turns
from pos_app.domain.errors import ServerUnreachable
from pos_app.domain.sentences import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection, Engine

KEPT_AFTER_WRITE_SECONDS: Final = 60.0
KEPT_AFTER_READ_SECONDS: Final = 10.0
TOUCHED_AFTER_SECONDS: Final = 8.0
"""A line that is kept is touched this soon, long before the server drops it as silent."""
PATIENCE_SECONDS: Final = 0.5
"""How long one waits for the line at work before it takes another one, for this once."""
REST_SECONDS: Final = 10.0
"""How long one waits for the line at rest: as long as an answer may take."""
REFUSED_SECONDS: Final = 5.0
"""How long a full server is not asked again for a line that can be done without."""


@dataclass(frozen=True, slots=True)
class Modes:
    """The same lines for writing and for reading, which does without a transaction where it can.

    pool: the engine of both, which has the connections. An embedded database has two engines, and no turns to take.
    """

    writer: Engine
    reader: Engine
    pool: Engine | None = None

    def engines(self) -> tuple[Engine, ...]:
        """Return the engines that have connections of their own."""
        return (self.writer, self.reader) if self.pool is None else (self.pool,)


class Way:
    """One of the two ways, for any number of threads. patient: wait for the line, however long, and take no other."""

    def __init__(self, modes: Modes, *, patient: bool = False) -> None:
        self.modes = modes
        self._patient = patient
        self._turns = None if modes.pool is None else Turns()
        self._kept_until = 0.0
        self._used_at = 0.0
        self._refused_at: float | None = None

    @property
    def is_open(self) -> bool:
        """Tell whether there is a line."""
        return self.modes.pool is None or self._count() > 0

    @property
    def is_refused(self) -> bool:
        """Tell whether the server had no connection to spare a moment ago."""
        return self._refused_at is not None and time.monotonic() - self._refused_at < REFUSED_SECONDS

    @contextmanager
    def turn(self, *, first: bool) -> Iterator[None]:
        """Take a turn. first: before those who wait already. Raises ServerUnreachable when the line stays stuck."""
        if self._turns is None:
            yield
            return
        in_turn = self._turns.take(REST_SECONDS if self._patient else PATIENCE_SECONDS, first=first)
        if not in_turn and self._patient:
            raise ServerUnreachable(say("The server does not answer."))
        try:
            yield
        finally:
            self._used_at = time.monotonic()
            if in_turn:
                self._turns.give_back()

    def connect(self, *, writes: bool) -> Connection:
        """Return a line. Raises what the driver raises."""
        connection = (self.modes.writer if writes else self.modes.reader).connect()
        kept = KEPT_AFTER_WRITE_SECONDS if writes else KEPT_AFTER_READ_SECONDS
        self._kept_until = max(self._kept_until, time.monotonic() + kept)
        self._refused_at = None
        return connection

    def note_refused(self) -> None:
        """Note that the server has no connection to spare."""
        self._refused_at = time.monotonic()

    def drop(self) -> None:
        """Close what nobody uses; what is in use is closed after it."""
        for engine in self.modes.engines():
            engine.dispose()

    def tend(self) -> None:
        """Give the line back when its time is over, and touch it before the server takes it for lost."""
        now = time.monotonic()
        if self._turns is None or not self._count() or not self._turns.take(0):
            return
        try:
            if now >= self._kept_until:
                self.drop()
            elif now - self._used_at >= TOUCHED_AFTER_SECONDS:
                self._touch()
                self._used_at = now
        finally:
            self._turns.give_back()

    def _touch(self) -> None:
        assert self.modes.pool is not None  # noqa: S101 - who has turns has a pool
        with suppress(SQLAlchemyError, MySQLError, OSError):
            line = self.modes.pool.raw_connection()
            try:
                line.driver_connection.ping(reconnect=False)  # type: ignore[union-attr]  # PyMySQL's
            except (MySQLError, OSError):
                line.invalidate()
                raise
            finally:
                line.close()

    def _count(self) -> int:
        assert self.modes.pool is not None  # noqa: S101 - asked of servers only
        pool = self.modes.pool.pool
        assert isinstance(pool, QueuePool)  # noqa: S101 - as engines.py makes it
        return pool.checkedin() + pool.checkedout()
