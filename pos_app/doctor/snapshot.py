"""One moment of the database for all questions of the judge, while tills go on selling."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy import text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session


@contextmanager
def one_moment(session: Session) -> Iterator[None]:
    """Read everything as of one moment.

    SQLite does so by itself within a transaction. On a server READ COMMITTED sees what others commit meanwhile, so a
    read-only transaction of REPEATABLE READ is opened, and ended again; a session that is in the midst of a
    transaction is left as it is.
    """
    if session.get_bind().dialect.name == "sqlite" or session.in_transaction():
        yield
        return
    session.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))
    session.execute(text("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY"))
    try:
        yield
    finally:
        # Sent as a statement: a connection that commits by itself is not rolled back by SQLAlchemy.
        session.execute(text("ROLLBACK"))
