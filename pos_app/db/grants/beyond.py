"""What an account may do that no statement of ours gave it, as far as the one who asks may see."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sqlalchemy.exc import SQLAlchemyError

from pos_app.db.connection.failures import RIGHTS_MISSING, driver_code

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection

    from pos_app.db.grants.statements import Account

_ON_A_DATABASE: Final = re.compile(
    r"GRANT (?P<rights>.+?) ON (?:TABLE |)`(?P<name>(?:[^`]|``)+)`\.(?P<rest>\*|`.+) TO "
)


def rights_beyond(connection: Connection, account: Account, database: str) -> tuple[str, ...]:
    """Return the rights that reach into a database from outside it: on all databases, by a pattern, by a role.

    Empty too where the server does not show them to this account.
    """
    try:
        lines = connection.exec_driver_sql(f"SHOW GRANTS FOR {account.quoted()}".replace("%", "%%")).scalars().all()
    except SQLAlchemyError as error:
        if driver_code(error) in RIGHTS_MISSING:
            return ()
        raise
    return tuple(reaching(map(str, lines), database))


def reaching(lines: Iterable[str], database: str) -> list[str]:
    """Return those lines of SHOW GRANTS that reach into a database and are not of its tables, without secrets."""
    found = []
    for line in lines:
        told = line.partition(" TO ")[0]
        if told == "GRANT USAGE ON *.*":
            continue
        on = _ON_A_DATABASE.match(line)
        if on is None or (on["rest"] == "*" and _matches(on["name"].replace("``", "`"), database)):
            found.append(told)
    return found


def _matches(pattern: str, database: str) -> bool:
    parts = re.findall(r"\\.|.", pattern)
    return (
        re.fullmatch(
            "".join({"%": ".*", "_": "."}.get(part, re.escape(part.removeprefix("\\"))) for part in parts), database
        )
        is not None
    )
