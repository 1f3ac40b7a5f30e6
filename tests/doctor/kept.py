"""What takes long to build is built once for many tests, in a transaction that is never committed.

What a test does there is undone after it. It stands in a database of its own, so that nobody waits for its locks.
"""

from __future__ import annotations

import time
from contextlib import ExitStack, closing, contextmanager
from typing import TYPE_CHECKING, Final, Generic, Protocol, TypeVar

from sqlalchemy import text
from sqlalchemy.orm import Session

from pos_app.db.connection.addresses import parse_address
from pos_app.db.database import Database
from tests.schemas import make_schema
from tests.small_house import build_small_house

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy import Connection

    from tests.small_house import SmallHouse

LASTS_SECONDS: Final = 120.0
"""Then it is built anew: what is held in it runs out some time."""
_WAITS_SECONDS: Final = 3600


class Standing(Protocol):
    """Something that stands in a session. Has a field of that name."""

    @property
    def session(self) -> Session:
        """Return where it stands."""


T = TypeVar("T", bound=Standing)


class Kept(Generic[T]):
    """A house in which something is built when it is first asked for. url: of an empty database."""

    def __init__(self, url: str, build: Callable[[Session, SmallHouse], T]) -> None:
        self._build = build
        self._open = ExitStack()
        self._database = self._open.enter_context(closing(Database(parse_address(url))))
        make_schema(self._database)
        self._small = self._database.transact(build_small_house)
        self._connection: Connection = self._open.enter_context(self._database.writer.connect())
        self._built: T | None = None
        self._built_at = 0.0

    @contextmanager
    def lend(self) -> Iterator[tuple[T, Session]]:
        """Give what is built, and a session for what is done to it; foreign keys are left out of account there."""
        built = self._built
        if built is None or time.monotonic() - self._built_at > LASTS_SECONDS:
            self._connection.rollback()
            session = Session(bind=self._connection, expire_on_commit=False, autoflush=False)
            built = self._built = self._build(session, self._small)
            session.flush()
            session.expunge_all()
            self._built_at = time.monotonic()
            if not self._database.embedded:
                # Else the server drops it while tests of another kind have their turn.
                session.execute(text(f"SET SESSION foreign_key_checks=0, wait_timeout={_WAITS_SECONDS}"))
        undone = self._connection.begin_nested()
        session = Session(bind=self._connection, expire_on_commit=False, autoflush=False)
        # The judge is to find it in the midst of a transaction, as it is.
        session.begin()
        try:
            yield built, session
        finally:
            session.close()
            undone.rollback()

    def close(self) -> None:
        """Forget it all."""
        self._connection.rollback()
        self._connection.invalidate()
        self._open.close()
