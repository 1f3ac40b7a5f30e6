"""Errors as the driver reports them, raised at any statement of a transaction or at its COMMIT."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pymysql
from sqlalchemy import event

if TYPE_CHECKING:
    import pytest
    from sqlalchemy import Engine


@dataclass(frozen=True)
class DriverFault:
    """An error of a server (its number) or of SQLite (its words).

    done: the statement is carried out all the same. rolls_back: the server gives the whole transaction up.
    loses: the connection is gone.
    """

    name: str
    error: int | str
    done: bool = False
    rolls_back: bool = False
    loses: bool = False

    @property
    def is_loss(self) -> bool:
        """Whether nobody can say what became of a COMMIT that ended so."""
        return self.loses or self.error in {1047, 1180}

    def happen(self, connection: Any) -> None:
        """Do to a connection of the driver what comes with the error, and raise it."""
        if isinstance(self.error, str):
            raise sqlite3.OperationalError(self.error)
        if self.rolls_back:
            connection.rollback()
        if self.loses:
            connection._force_close()
        raise pymysql.err.OperationalError(self.error, self.name)


DEADLOCK: Final = DriverFault("deadlock", 1213, rolls_back=True)
LOCK_WAIT: Final = DriverFault("lock wait timeout", 1205)
CHANGED: Final = DriverFault("record has changed since last read", 1020)
NO_QUORUM: Final = DriverFault("the node is not part of a cluster any more", 1047)
GONE: Final = DriverFault("server has gone away", 2006, loses=True)
ANSWER_LOST: Final = DriverFault("connection lost during query", 2013, done=True, loses=True)
COMMIT_FAILED: Final = DriverFault("got error during COMMIT", 1180, rolls_back=True)
COMMITTED_ELSEWHERE: Final = DriverFault("got error during COMMIT, and it was done", 1180, done=True)
LOCKED: Final = DriverFault("locked", "database is locked")
BUSY: Final = DriverFault("busy", "database is busy")
DISK_FULL: Final = DriverFault("disk full", "database or disk is full")

SERVER_FAULTS: Final = (DEADLOCK, LOCK_WAIT, CHANGED, NO_QUORUM, GONE, ANSWER_LOST)
SERVER_COMMIT_FAULTS: Final = (*SERVER_FAULTS, COMMIT_FAILED, COMMITTED_ELSEWHERE)
SQLITE_FAULTS: Final = (LOCKED, BUSY, DISK_FULL)

AT_COMMIT: Final = 0
"""In the place of a statement's number."""


class Saboteur:
    """Counts the statements of each transaction of a writer, and lets a fault happen at one of them."""

    def __init__(self, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
        self.statements = 0
        """Statements of the last transaction, its COMMIT not among them."""
        self.commits = 0
        """COMMITs of the last transaction: one, or none."""
        self.happened = 0
        """How often the fault happened."""
        self._engine = engine
        self._fault: DriverFault | None = None
        self._at = 0
        self._lasting = False
        self._commit = engine.dialect.do_commit
        event.listen(engine, "begin", self._on_begin, insert=True)
        event.listen(engine, "before_cursor_execute", self._before)
        event.listen(engine, "after_cursor_execute", self._after)
        monkeypatch.setattr(engine.dialect, "do_commit", self._on_commit)

    def close(self) -> None:
        """Listen no more."""
        event.remove(self._engine, "begin", self._on_begin)
        event.remove(self._engine, "before_cursor_execute", self._before)
        event.remove(self._engine, "after_cursor_execute", self._after)

    def arm(self, fault: DriverFault, number: int, *, lasting: bool) -> None:
        """Let a fault happen at a statement of the next transaction (or AT_COMMIT); lasting: of each that follows."""
        self._fault, self._at, self._lasting, self.happened = fault, number, lasting, 0

    def disarm(self) -> None:
        """Let nothing happen any more."""
        self._fault = None

    def _on_begin(self, _connection: Any) -> None:
        self.statements = self.commits = 0

    def _before(self, _connection: Any, cursor: Any, *_: Any) -> None:
        self.statements += 1
        if (fault := self._due(self.statements)) is not None and not fault.done:
            self._happen(fault, cursor.connection)

    def _after(self, _connection: Any, cursor: Any, *_: Any) -> None:
        if (fault := self._due(self.statements)) is not None and fault.done:
            self._happen(fault, cursor.connection)

    def _on_commit(self, connection: Any) -> None:
        self.commits += 1
        fault = self._due(AT_COMMIT)
        if fault is None or fault.done:
            self._commit(connection)
        if fault is not None:
            self._happen(fault, connection.driver_connection)

    def _due(self, number: int) -> DriverFault | None:
        return self._fault if number == self._at and (self._lasting or not self.happened) else None

    def _happen(self, fault: DriverFault, connection: Any) -> None:
        self.happened += 1
        fault.happen(connection)
