"""One service function, one transaction: run it, rerun it when the server says so, and tell the truth about the end."""

from __future__ import annotations

import random
import time
from contextlib import contextmanager
from copy import copy
from typing import TYPE_CHECKING, Concatenate, Final, ParamSpec, TypeVar

from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.orm import Session

from pos_app.db.connection.disk_failures import may_have_reached_disk
from pos_app.db.connection.engines import ServerList, mysql_modes, sqlite_modes
from pos_app.db.connection.failures import Failure, judge, large_statement, too_large, translate
from pos_app.db.connection.lines import OpenLines
from pos_app.db.connection.ways import Way
from pos_app.domain.errors import OutcomeUnknown, ServerUnreachable
from pos_app.domain.sentences import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sqlalchemy import Connection, Engine

    from pos_app.db.connection.addresses import DatabaseAddress

P = ParamSpec("P")
R = TypeVar("R")

TRIES: Final = 3
DEADLINE_SECONDS: Final = 12.0
IN_DOUBT_SECONDS: Final = 30.0
"""How long a lost COMMIT is followed up: longer than the server keeps the locks of a till that was cut off."""


class _CommitLostError(Exception):
    """The connection broke while the transaction was being committed: it may have happened."""


class Database:
    """The one way to the database, for any number of threads. Close it at the end.

    place: the folder in which this computer keeps what it knows of the house, said by whoever opens it; None: it keeps
    nothing, as in a test of a service.
    """

    def __init__(self, address: DatabaseAddress, password: Callable[[], str] = str) -> None:
        self.address = address
        self.place: Path | None = None
        self._servers = ServerList(address.servers)
        self._lines = OpenLines()
        if address.embedded:
            self._way = self._other = Way(sqlite_modes(address))
        else:
            work, rest = mysql_modes(address, password, self._servers, self._lines)
            self._way, self._other = Way(work), Way(rest, patient=True)
        self._is_at_rest = False

    @property
    def embedded(self) -> bool:
        """Tell whether this is the SQLite file of one machine."""
        return self.address.embedded

    @property
    def at_rest(self) -> Database:
        """The same database by the line that is kept at rest, for what goes on by itself: polls, housekeeping.

        A till that nobody works at has no other line to its server.
        """
        if self.embedded or self._is_at_rest:
            return self
        other = copy(self)
        vars(other).update(_way=self._other, _other=self._way, _is_at_rest=True)
        return other

    @property
    def writer(self) -> Engine:
        """The engine for schema work and tests."""
        return self._way.modes.writer

    @property
    def reader(self) -> Engine:
        """The engine for tests of what is read."""
        return self._way.modes.reader

    @property
    def engines(self) -> tuple[Engine, ...]:
        """All engines that have connections of their own."""
        return tuple(dict.fromkeys((*self._way.modes.engines(), *self._other.modes.engines())))

    def tend(self) -> None:
        """Give the line back that nobody works with any more, and keep the one alive that is worked with.

        To be called every few seconds.
        """
        work = self._other if self._is_at_rest else self._way
        work.tend()

    def close(self) -> None:
        """Close all pooled connections; the next transaction opens new ones."""
        self._drop_pool()
        self._lines.reopen()

    def hang_up(self) -> None:
        """Wake every thread that waits for the server, until close(): the program ends, and nobody waits any more.

        A write that is under way, or asked for from now on, ends as OutcomeUnknown, a read as ServerUnreachable.
        """
        self._lines.hang_up()

    def transact(self, service: Callable[Concatenate[Session, P], R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        """Run a service in a new session and commit; rerun it as a whole where that is safe.

        Raises PosError: what the service raised, ServerUnreachable or ServerBusy (nothing was changed), or
        OutcomeUnknown (a COMMIT was lost and its fate could not be learned in time).
        """
        return self._run(lambda: self._write_once(lambda session: service(session, *args, **kwargs)), writes=True)

    def read(self, service: Callable[Concatenate[Session, P], R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        """Run a service that only reads. Raises PosError as transact does, but never OutcomeUnknown."""
        return self._run(lambda: self._read_once(lambda session: service(session, *args, **kwargs)), writes=False)

    def _run(self, once: Callable[[], R], *, writes: bool) -> R:
        deadline = time.monotonic() + DEADLINE_SECONDS
        in_doubt = False
        tries = 0
        while True:
            tries += 1
            server = self._servers.current if self.address.servers else None
            self._require_lines(writes=writes)
            try:
                return once()
            except _CommitLostError:
                if not in_doubt:
                    in_doubt = True
                    deadline = time.monotonic() + IN_DOUBT_SECONDS
                failure = Failure.LOST
            except (SQLAlchemyError, OSError) as error:
                failure = judge(error)
                self._require_lines(writes=writes)
                if failure is Failure.LOST:
                    self._refuse_too_large(error)
                if failure in {Failure.BUG, Failure.REFUSED} or (tries >= TRIES and not in_doubt):
                    raise self._outcome(error, in_doubt=in_doubt, writes=writes) from error
                if time.monotonic() > deadline:
                    raise self._outcome(error, in_doubt=in_doubt, writes=writes) from error
            except ServerUnreachable:
                if not in_doubt:
                    raise
                failure = Failure.LOST
            if in_doubt and time.monotonic() > deadline:
                raise _unknown()
            if failure is Failure.LOST and server is not None:
                self._servers.take_next(server)
                self._drop_pool()  # pooled connections to a node that is gone, or without quorum, would fail one by one
            time.sleep(random.uniform(0.01, 0.05) * min(tries, 10))  # noqa: S311 - spreads the tills, keeps no secret

    def _refuse_too_large(self, error: BaseException) -> None:
        """Raise TooLargeForServer where the line broke because the server does not take so much at once."""
        size = large_statement(error)
        most = self._largest_packet() if size and self.address.servers else 0
        if size > most > 0:
            raise too_large(most) from error

    def _largest_packet(self) -> int:
        """Return how many bytes the server takes at once; 0 where it does not say."""
        self._drop_pool()
        try:
            with self._connected(writes=False) as connection:
                return int(connection.exec_driver_sql("SELECT @@max_allowed_packet").scalar() or 0)
        except (SQLAlchemyError, OSError):
            return 0

    def _require_lines(self, *, writes: bool) -> None:
        if self._lines.hung_up:
            raise _unknown() if writes else _gone()

    def _drop_pool(self) -> None:
        self._way.drop()
        self._other.drop()

    @contextmanager
    def _connected(self, *, writes: bool) -> Iterator[Connection]:
        """Give a line, in its turn; the other one where the server has none to spare for this.

        What waits for the line at rest goes before the housekeeping, and that after the polls.
        """
        ways = self._ways()
        for way in ways:
            with way.turn(first=not (self._is_at_rest and writes)):
                self._require_lines(writes=writes)
                try:
                    connection = way.connect(writes=writes)
                except DBAPIError as error:
                    if judge(error) is not Failure.FULL or way is ways[-1]:
                        raise
                    way.note_refused()
                    continue
                with connection:
                    yield connection
                return

    def _ways(self) -> tuple[Way, ...]:
        way, other = self._way, self._other
        if way is other or (self._is_at_rest and not other.is_open):
            return (way,)
        if way.is_refused and not way.is_open:
            return (other,)
        return (way, other)

    @staticmethod
    def _outcome(error: BaseException, *, in_doubt: bool, writes: bool) -> BaseException:
        if in_doubt:
            return _unknown()
        return translate(error, writes=writes) or error

    def _write_once(self, work: Callable[[Session], R]) -> R:
        with self._connected(writes=True) as connection:
            session = Session(bind=connection, expire_on_commit=False, autoflush=False)
            try:
                result = work(session)
                session.flush()
            except BaseException as error:
                self._give_up(connection, session, error)
                raise
            self._commit(connection, session)
            return result

    @staticmethod
    def _commit(connection: Connection, session: Session) -> None:
        try:
            session.commit()
        except (SQLAlchemyError, OSError) as error:
            lost = judge(error) is Failure.LOST or may_have_reached_disk(error)
            connection.invalidate()
            session.close()
            if lost:
                raise _CommitLostError from error
            raise

    @staticmethod
    def _give_up(connection: Connection, session: Session, error: BaseException) -> None:
        """Roll back; a connection that broke, or was left in the middle of an answer, is thrown away."""
        if isinstance(error, (SQLAlchemyError, OSError)) and judge(error) is Failure.LOST:
            connection.invalidate()
            session.close()
            return
        try:
            session.rollback()
        except (SQLAlchemyError, OSError):
            connection.invalidate()
        finally:
            session.close()

    def _read_once(self, work: Callable[[Session], R]) -> R:
        with self._connected(writes=False) as connection:
            session = Session(bind=connection, expire_on_commit=False, autoflush=False)
            try:
                return work(session)
            except BaseException as error:
                self._give_up(connection, session, error)
                raise
            finally:
                session.close()


def _gone() -> ServerUnreachable:
    return ServerUnreachable(say("Foyer was closed before the server answered."))


def _unknown() -> OutcomeUnknown:
    return OutcomeUnknown(
        say("The connection broke while this was being confirmed, and the server has not answered since."),
        advice=say("It was done, or it was not: look when the server is back, before you do it once more."),
    )
