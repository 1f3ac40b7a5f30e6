"""Writing many rows in large statements, with a sign of life between them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Table, bindparam, insert, text, update

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlalchemy.orm import Session

AT_ONCE: Final = 4_000
"""Rows of one statement: far below the largest packet of any server, and well within its time."""


def insert_rows(
    session: Session, table: Table, rows: Sequence[dict[str, Any]], on_chunk: Callable[[int], None] | None = None
) -> None:
    """Insert rows that have the same columns; on_chunk is told how many are written."""
    connection = session.connection()
    for start in range(0, len(rows), AT_ONCE):
        connection.execute(insert(table), rows[start : start + AT_ONCE])
        if on_chunk is not None:
            on_chunk(min(start + AT_ONCE, len(rows)))


def rewrite_rows(session: Session, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Update rows by their key `id`; each names every column that a new row would need, and all name the same ones.

    A server takes one statement for many rows where they are written as new ones whose key is there already; one
    UPDATE a row would take as many round trips.
    """
    if not rows:
        return
    columns = [name for name in rows[0] if name != "id"]
    connection = session.connection()
    if connection.dialect.name == "sqlite":
        statement = (
            update(table).where(table.c.id == bindparam("_id")).values({name: bindparam(name) for name in columns})
        )
        connection.execute(statement, [{"_id" if name == "id" else name: row[name] for name in row} for row in rows])
        return
    # Written out, because SQLAlchemy names the new row for MySQL in a way that its driver sends one row at a time.
    names = ", ".join(f"`{name}`" for name in rows[0])
    marks = ", ".join(f":{name}" for name in rows[0])
    changes = ", ".join(f"`{name}` = VALUES(`{name}`)" for name in columns)
    upsert = text(f"INSERT INTO `{table.name}` ({names}) VALUES ({marks}) ON DUPLICATE KEY UPDATE {changes}")  # noqa: S608 - names of our own columns
    for start in range(0, len(rows), AT_ONCE):
        connection.execute(upsert, list(rows[start : start + AT_ONCE]))
