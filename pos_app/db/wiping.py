"""What was blanked in an embedded database, taken out of its files as well: they keep old pages for a long time."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from sqlalchemy.exc import DBAPIError

if TYPE_CHECKING:
    from pos_app.db.database import Database

_log = logging.getLogger(__name__)


def wipe_old_pages(database: Database) -> bool:
    """Write the file of an embedded database anew, without what stands in no table any more; a server's is its own.

    Returns False where another window is at work in it just then: the remains stay until it is done again.
    """
    if not database.embedded:
        return True
    connection = database.writer.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        answer = cursor.fetchone()
        is_busy = answer is None or bool(answer[0])
    except (DBAPIError, database.writer.dialect.loaded_dbapi.Error) as error:
        _log.warning("The file of the database is not written anew: %s", error)
        return False
    finally:
        connection.close()
    return not is_busy
