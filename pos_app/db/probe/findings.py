"""What a database holds before Foyer touches it, and whether an account may make its tables."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

import pymysql

from pos_app.db import models  # noqa: F401 - Base learns the tables
from pos_app.db.base import Base
from pos_app.db.probe.words import no_rights
from pos_app.db.schema.revisions import known_revisions
from pos_app.domain.house.setup import DatabaseState, SetupRefused, Trouble
from pos_app.domain.sentences import say

if TYPE_CHECKING:
    from pos_app.domain.house.setup import ServerAccount

_TRIAL: Final = "foyer_rights_check"
_LEAST: Final = {"staff_member", "seating_plan", "ticket"}
"""Tables that every Foyer has had, and that the account of each kind of machine sees: a gate sees no seats on sale."""
_STEPS: Final = (
    "CREATE TABLE foyer_rights_check (id INT PRIMARY KEY, up INT, FOREIGN KEY (up) REFERENCES foyer_rights_check (id))",
    "ALTER TABLE foyer_rights_check ADD COLUMN more INT",
    "CREATE INDEX by_more ON foyer_rights_check (more)",
    "INSERT INTO foyer_rights_check (id) VALUES (1)",
    "UPDATE foyer_rights_check SET more = 1",
    "SELECT COUNT(*) FROM foyer_rights_check",
    "DELETE FROM foyer_rights_check",
)


def judge_tables(cursor: Any, name: str) -> DatabaseState:
    """Say what stands in the database that is open. Raises SetupRefused: something else, or of a newer Foyer."""
    cursor.execute("SHOW TABLES")
    found = {str(row[0]).lower() for row in cursor.fetchall()} - {_TRIAL}
    if not found:
        return DatabaseState.EMPTY
    ours = set(Base.metadata.tables) | {"alembic_version"}
    revision = _revision(cursor) if "alembic_version" in found else None
    newest, known = known_revisions()
    if found >= _LEAST and revision is not None:
        if revision == newest:
            return DatabaseState.HOUSE
        if revision in known:
            return DatabaseState.OLDER
        raise SetupRefused(
            say("The box office in “{name}” belongs to a newer Foyer than this one.", name=name),
            advice=say("Update Foyer on this computer."),
            trouble=Trouble.NEWER,
            field="database",
        )
    if found <= ours:
        # Tables that were being made when it was cut off.
        return DatabaseState.UNFINISHED
    other = min(found - ours)
    raise SetupRefused(
        say("The database “{name}” holds something else, for example a table “{other}”.", name=name, other=other[:40]),
        advice=say("Foyer needs a database of its own: type another name."),
        trouble=Trouble.SOMETHING_ELSE,
        field="database",
    )


def _revision(cursor: Any) -> str | None:
    cursor.execute("SELECT version_num FROM alembic_version")
    row = cursor.fetchone()
    return None if row is None else str(row[0])


def require_rights(cursor: Any, account: ServerAccount) -> None:
    """Try everything that making and changing tables needs, on a table of its own. Raises SetupRefused."""
    try:
        _drop(cursor)
        try:
            for step in _STEPS:
                cursor.execute(step)
        finally:
            with suppress(pymysql.err.MySQLError):
                _drop(cursor)
    except pymysql.err.OperationalError as error:
        if error.args and error.args[0] in {1044, 1142, 1143, 1227, 1370}:
            raise no_rights(account) from error
        raise


def _drop(cursor: Any) -> None:
    cursor.execute("SHOW TABLES LIKE 'foyer_rights_check'")
    if cursor.fetchone() is not None:
        cursor.execute("DROP TABLE foyer_rights_check")
