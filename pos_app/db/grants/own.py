"""What the account of this computer may do: found out by trying, wherever its rights come from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import false, update
from sqlalchemy.exc import DBAPIError

from pos_app.db.connection.failures import RIGHTS_MISSING, driver_code

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
