"""Waiting until somebody in a database waits for a row of somebody else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import text

from tests.concurrency.tills import wait_until

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from pos_app.db.database import Database

_NEWS_SECONDS: Final = 0.12
"""A server that is asked for its lock waits more often than each 0.1 s tells the same again."""


def wait_for_a_lock_wait(database: Database, who: str) -> None:
    """Return once a transaction waits for a lock; fail when none does. who: waits, for the failure."""
    wait_until(lambda: database.read(_is_waiting), f"{who} waits for a lock", every=_NEWS_SECONDS)


def _is_waiting(session: Session) -> bool:
    waiting = text(
        "SELECT COUNT(*) FROM information_schema.innodb_trx JOIN information_schema.processlist"
        " ON id = trx_mysql_thread_id WHERE db = DATABASE() AND trx_state = 'LOCK WAIT'"
    )
    return bool(session.execute(waiting).scalar_one())
