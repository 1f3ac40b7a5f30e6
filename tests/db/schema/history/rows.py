"""The rows of an older Foyer as text, and the way back into the tables of its revision, on any engine.

They are kept as SQLite stores them, for servers take the same: a time is a text in UTC, a truth is a number. Nothing
here asks the models of today what a table had then.
"""

from __future__ import annotations

import json
import sqlite3
import tempfile
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa

from pos_app.db.connection.addresses import parse_address
from pos_app.db.database import Database
from tests.db.schema.old_schemas import make_schema_of

HISTORY: Final = Path(__file__).parent


def file_of(revision: str) -> Path:
    """Return where the rows of a revision are kept."""
    return HISTORY / f"r{revision}.json"


def write_rows(database: Path, file: Path) -> None:
    """Write all rows of an SQLite file as text: a line for each row, tables in the order in which they were made."""
    tables = []
    with closing(sqlite3.connect(database)) as connection:
        made = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'alembic_version'")
        for (name,) in made.fetchall():
            found = connection.execute(f'SELECT * FROM "{name}"')
            columns = [column[0] for column in found.description]
            lines = [json.dumps([_written(value) for value in row], ensure_ascii=False) for row in found]
            rows = "".join(f"\n   {line}," for line in lines).removesuffix(",")
            tables.append(f' "{name}": {{\n  "columns": {json.dumps(columns)},\n  "rows": [{rows}]}}')
    file.write_text("{\n" + ",\n".join(tables) + "\n}\n", encoding="utf-8")


def columns_of(revision: str) -> dict[str, set[str]]:
    """Return the columns that a revision had when its rows were written, by table."""
    return {name: set(table["columns"]) for name, table in _read(revision).items()}


def make_old(database: Database, revision: str) -> None:
    """Make a database as a Foyer of that revision left it behind; it must be empty."""
    path = database.address.path
    if path is None:
        _make_from_the_beginning(database, revision)
    else:
        path.write_bytes(_old_file(revision))


@cache
def _old_file(revision: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "foyer.db"
        with closing(Database(parse_address(f"sqlite:///{path}"))) as database:
            _make_from_the_beginning(database, revision)
        # The last connection to close has folded the write-ahead log into the file.
        with closing(sqlite3.connect(path)) as connection:
            return connection.serialize()


def _make_from_the_beginning(database: Database, revision: str) -> None:
    make_schema_of(database, revision)
    with database.writer.connect() as connection:
        # A table that was made anew stands behind those that point at it.
        off = "PRAGMA defer_foreign_keys=ON" if database.embedded else "SET SESSION foreign_key_checks=0"
        connection.execute(sa.text(off))
        for name, table in _read(revision).items():
            into = sa.table(name, *(sa.column(column) for column in table["columns"]))
            rows = [dict(zip(table["columns"], map(_stored, row), strict=True)) for row in table["rows"]]
            if rows:
                connection.execute(sa.insert(into), rows)
        connection.commit()
        connection.invalidate()


def _read(revision: str) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = json.loads(file_of(revision).read_text(encoding="utf-8"))
    return found


def _written(value: Any) -> Any:
    return {"hex": value.hex()} if isinstance(value, bytes) else value


def _stored(value: Any) -> Any:
    return bytes.fromhex(value["hex"]) if isinstance(value, dict) else value
