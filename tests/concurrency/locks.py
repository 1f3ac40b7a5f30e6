"""Waiting until somebody in a database waits for a row of somebody else.

The server is asked for its report, because ``information_schema.innodb_trx`` tells the same again as long as anybody
asks for it more often than each 0.1 s, and all the processes of a run of tests ask one server.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sqlalchemy import text

from tests.concurrency.tills import wait_until

if TYPE_CHECKING:
    from sqlalchemy import Connection
    from sqlalchemy.orm import Session

    from pos_app.db.database import Database

_TRANSACTION: Final = re.compile(r"^---TRANSACTION ", re.MULTILINE)
_WAITS: Final = re.compile(r"^LOCK WAIT ", re.MULTILINE)
_LINE: Final = re.compile(r"^(?:MariaDB|MySQL) thread id (\d+),", re.MULTILINE)


def wait_for_a_lock_wait(database: Database, who: str) -> None:
    """Return once a transaction waits for a lock; fail when none does. who: waits, for the failure."""
    wait_until(lambda: database.read(is_waiting), f"{who} waits for a lock")


def is_waiting(session: Session | Connection) -> bool:
    """Say whether a transaction in this database waits for a row of another one at this moment."""
    lines = text("SELECT id FROM information_schema.processlist WHERE db = DATABASE()")
    here = {str(number) for (number,) in session.execute(lines)}
    report = session.execute(text("SHOW ENGINE INNODB STATUS")).one().Status
    return bool(here & waiting_lines(report))


def waiting_lines(report: str) -> set[str]:
    """Return the numbers of the connections that wait for a row, of a server's report of InnoDB."""
    waiting = (part for part in _TRANSACTION.split(report)[1:] if _WAITS.search(part))
    return {found[1] for part in waiting if (found := _LINE.search(part))}
