"""A schema that is copied is the one that the migrations make."""

from __future__ import annotations

from contextlib import ExitStack, closing
from typing import TYPE_CHECKING, Any

import pytest

from pos_app.db.connection.addresses import parse_address
from pos_app.db.database import Database
from pos_app.db.schema.revisions import check_schema, upgrade_schema
from tests.schemas import make_schema
from tests.servers import flavours

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.servers import Server


def _told(database: Database) -> list[tuple[str, ...]]:
    """Return what the database says of its tables, its indexes and what is in them."""
    made: list[tuple[Any, ...]]
    with database.writer.connect() as connection:
        if database.embedded:
            made = [*connection.exec_driver_sql("SELECT name, sql FROM sqlite_master ORDER BY name")]
            names = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars().all()
        else:
            names = connection.exec_driver_sql("SHOW TABLES").scalars().all()
            shown = [connection.exec_driver_sql(f"SHOW CREATE TABLE {name}").one() for name in sorted(names)]
            made = [(row[0], *_in_order(row[1])) for row in shown]
        rows = [connection.exec_driver_sql(f"SELECT '{name}', COUNT(*) FROM {name}").one() for name in sorted(names)]
    return [tuple(map(str, row)) for row in (*made, *rows)]


def _in_order(statement: str) -> tuple[str, ...]:
    """Return the columns as they stand, then keys and constraints by name.

    MySQL lists keys in the order of their age, and a character set where it was named, though it is the table's own.
    """
    lines = [line.rstrip(",").replace(" CHARACTER SET utf8mb4", "") for line in statement.splitlines()]
    columns = [line for line in lines if line.startswith("  `")]
    return *columns, *sorted(line for line in lines if not line.startswith("  `"))


def _compare(by_migrations: str, *copies: str) -> None:
    with ExitStack() as stack:
        first, *others = [
            stack.enter_context(closing(Database(parse_address(url)))) for url in (by_migrations, *copies)
        ]
        upgrade_schema(first)
        for other in others:
            make_schema(other)
            check_schema(other)
            assert _told(other) == _told(first)
        assert len(_told(first)) > 80


def test_in_a_file(tmp_path: Path) -> None:
    _compare(*(f"sqlite:///{tmp_path / name}" for name in ("migrations.db", "one.db", "two.db")))


@pytest.mark.server
@pytest.mark.parametrize("flavour", flavours())
def test_on_a_server(server_of: Callable[[str], Server], flavour: str) -> None:
    with ExitStack() as stack:
        _compare(*(stack.enter_context(server_of(flavour).fresh_database()) for _ in range(3)))
