"""The schema of the program in a database of a test's own, at once: its migrations run once, their result is copied."""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pos_app.db.connection.addresses import parse_address
from pos_app.db.database import Database
from pos_app.db.schema.revisions import upgrade_schema

if TYPE_CHECKING:
    from sqlalchemy import Connection

_Statement = tuple[str, tuple[Any, ...]]
_on_servers: dict[str, list[_Statement]] = {}
"""What makes the schema on a server, by its version."""


def make_schema(database: Database) -> None:
    """Give an empty database what upgrade_schema would give it. A test of the migrations does not take this."""
    path = database.address.path
    if path is not None:
        path.write_bytes(_file_with_schema())
        return
    with database.writer.connect() as connection:
        version = str(connection.exec_driver_sql("SELECT VERSION()").scalar_one())
        statements = _on_servers.get(version)
        if statements is not None:
            # A table may name one that is made after it.
            connection.exec_driver_sql("SET SESSION foreign_key_checks=0")
            for statement, values in statements:
                connection.exec_driver_sql(statement, values)
            connection.exec_driver_sql("SET SESSION foreign_key_checks=1")
            connection.commit()
            return
    upgrade_schema(database)
    with database.writer.connect() as connection:
        _on_servers[version] = _statements(connection)


@cache
def _file_with_schema() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "foyer.db"
        with closing(Database(parse_address(f"sqlite:///{path}"))) as database:
            upgrade_schema(database)
        # The last connection to close has folded the write-ahead log into the file.
        with closing(sqlite3.connect(path)) as connection:
            return connection.serialize()


def _statements(connection: Connection) -> list[_Statement]:
    """Ask the server how its tables are made, and what the migrations have written into them."""
    made: list[_Statement] = []
    filled: list[_Statement] = []
    for (table,) in connection.exec_driver_sql("SHOW TABLES").all():
        shown = str(connection.exec_driver_sql(f"SHOW CREATE TABLE `{table}`").one()[1])
        made.append((shown.replace("%", "%%"), ()))
        for row in connection.exec_driver_sql(f"SELECT * FROM `{table}`").all():
            places = ", ".join(["%s"] * len(row))
            filled.append((f"INSERT INTO `{table}` VALUES ({places})", tuple(row)))
    return made + filled
