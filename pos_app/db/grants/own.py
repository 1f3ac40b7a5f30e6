"""What the account of this computer may do: found out by trying, wherever its rights come from."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sqlalchemy import false, text, update
from sqlalchemy.exc import DBAPIError

from pos_app.db.connection.failures import RIGHTS_MISSING, driver_code
from pos_app.db.grants.beyond import reaching

if TYPE_CHECKING:
    from sqlalchemy import Column, Table
    from sqlalchemy.orm import Session


def may_change(session: Session, table: Table, column: str) -> bool:
    """Tell whether this account may change a column of a table; an embedded database lets everybody.

    Asked by a statement that names no row. A refusal costs the transaction nothing: it goes on.
    """
    if session.connection().dialect.name == "sqlite":
        return True
    wanted: Column[object] = table.c[column]
    try:
        session.connection().execute(update(table).values({wanted: wanted}).where(false()))
    except DBAPIError as error:
        if driver_code(error) not in RIGHTS_MISSING:
            raise
        return False
    return True


def may_make_accounts(session: Session, database: str) -> bool:
    """Tell whether this is an owner's account, which makes others and hands rights on; what a role gives is not seen.

    Nothing can be tried here without leaving a trace, so this asks the server what it has granted.
    """
    if session.connection().dialect.name == "sqlite":
        return False
    lines = [str(line) for line in session.execute(text("SHOW GRANTS")).scalars()]
    makes = any(re.match(r"GRANT .*\b(ALL PRIVILEGES|CREATE USER)\b.* ON \*\.\* TO ", line) for line in lines)
    return makes and any(line.endswith("WITH GRANT OPTION") and reaching([line], database) for line in lines)
