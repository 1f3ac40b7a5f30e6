"""The schemas of earlier revisions, and what stands in a database whatever its revision is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa
from alembic import command
from alembic.script import ScriptDirectory

from pos_app.db.base import Base
from pos_app.db.schema import revisions

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from pos_app.db.database import Database


Rows = dict[str, list[dict[str, Any]]]


_WORDS_OF_TODAY: Final = {"payment": {"settled": "captured"}, "refund": {"settled": "paid"}}


def all_revisions() -> list[str]:
    """Return all revisions, the oldest first."""
    scripts = ScriptDirectory.from_config(revisions._config())
    return [script.revision for script in scripts.walk_revisions()][::-1]


def _table(connection: Connection, name: str) -> sa.TableClause:
    """Return a table with the columns that it has in this database: an older Foyer knew no others.

    Those that Foyer has given up since are left out.
    """
    known = Base.metadata.tables[name].c
    columns = [column["name"] for column in sa.inspect(connection).get_columns(name) if column["name"] in known]
    return sa.table(name, *(sa.column(column, known[column].type) for column in columns))


def read_rows(database: Database, like: Rows | None = None) -> Rows:
    """Return all rows, by table, in the words of today; like: only the columns that these rows have.

    Lines of orders that came since are left out then, fees were columns once; and so are words of new kinds.
    """
    with database.writer.connect() as connection:
        there = set(sa.inspect(connection).get_table_names())
        found: Rows = {}
        for table in Base.metadata.sorted_tables:
            if table.name in (there if like is None else like):
                old = _table(connection, table.name)
                key = [old.c[column.name] for column in table.primary_key]
                stored = connection.execute(sa.select(*old.c).order_by(*key))
                found[table.name] = [dict(row._mapping) for row in stored]
        connection.rollback()
    for name, words in _WORDS_OF_TODAY.items():
        for row in found.get(name, ()):
            row["state"] = words.get(row["state"], row["state"])
    if like:
        old_lines = {row["id"] for row in like["order_line"]}
        found["order_line"] = [row for row in found["order_line"] if row["id"] in old_lines]
        old_kinds = {row["kind"] for row in like.get("search_word", ())}
        if "search_word" in found:
            found["search_word"] = [row for row in found["search_word"] if row["kind"] in old_kinds]
    for name, rows in (like or {}).items():
        found[name] = [{column: row[column] for column in rows[0]} for row in found[name]] if rows else found[name]
    return found


def make_schema_of(database: Database, revision: str) -> None:
    """Make the tables of a revision in an empty database, by the steps that lead to it."""
    with database.writer.connect() as connection:
        config = revisions._config()
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
        connection.commit()
        connection.invalidate()


def read_schema(database: Database) -> dict[str, str]:
    """Return the statements that make the tables and indexes, as the engine itself writes them."""
    with database.writer.connect() as connection:
        if database.embedded:
            found = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").all()
            return {row.name: row.sql for row in found}
        names = sa.inspect(connection).get_table_names()
        made = {name: connection.exec_driver_sql(f"SHOW CREATE TABLE `{name}`").one()[1] for name in names}
        connection.rollback()
    # How far the keys have come is no part of the schema.
    return {name: re.sub(r" AUTO_INCREMENT=\d+", "", text) for name, text in made.items()}
