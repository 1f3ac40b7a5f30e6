"""A small house that is built once a run, and stands new again in a moment, as if it had been built just now.

What was built is kept: on SQLite as a file that is copied, on a server as a second database whose rows are written
over those of the first. All times in it move along: "tomorrow" stays tomorrow however long a run takes.
"""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Final

from sqlalchemy import DateTime, Table, func, select, text

from pos_app.db.base import Base
from pos_app.db.connection.addresses import parse_address
from pos_app.db.database import Database
from pos_app.db.types import UtcDateTime
from tests.schemas import make_schema
from tests.small_house import build_small_house

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy.orm import Session

_FILES_OF_SQLITE: Final = ("", "-wal", "-shm", "-journal")


def _tables() -> list[Table]:
    return list(Base.metadata.tables.values())


def _filled_tables(session: Session) -> list[Table]:
    return [table for table in _tables() if session.scalar(select(func.count()).select_from(table))]


def _moments(table: Table) -> Iterator[str]:
    """Name the columns of a table that hold a time."""
    for column in table.columns:
        if isinstance(column.type, UtcDateTime):
            yield column.name
        else:
            assert not isinstance(column.type, DateTime), f"{column} holds times of another kind"


def _later(column: str, seconds: float) -> str:
    """Write a time in a column of SQLite that is so much later; its fraction of a second stays."""
    return f"strftime('%Y-%m-%d %H:%M:%S', substr({column}, 1, 19), '{seconds} seconds') || substr({column}, 20)"


class EmbeddedTemplate:
    """A built SQLite file. folder: a place for it, and for the copy that is given out."""

    def __init__(self, folder: Path) -> None:
        self._built = folder / "built.db"
        self._copy = folder / "foyer.db"
        with closing(Database(parse_address(f"sqlite:///{self._built}"))) as database:
            make_schema(database)
            self.small = database.transact(build_small_house)
            self._filled = database.read(_filled_tables)
        # The last connection to close has folded the write-ahead log into the file.
        with closing(sqlite3.connect(self._built)) as connection:
            (self._built_at,) = connection.execute("SELECT julianday('now')").fetchone()
        self.url = f"sqlite:///{self._copy}"

    def renew(self) -> None:
        """Copy the built file over the one that was given out."""
        for ending in _FILES_OF_SQLITE:
            self._copy.with_name(self._copy.name + ending).unlink(missing_ok=True)
        shutil.copyfile(self._built, self._copy)
        with closing(sqlite3.connect(self._copy)) as connection:
            connection.execute("PRAGMA synchronous=OFF")
            (age,) = connection.execute("SELECT round((julianday('now') - ?) * 86400)", (self._built_at,)).fetchone()
            for table in self._filled:
                later = [f"{name} = {_later(name, age)}" for name in _moments(table)]
                if later:
                    connection.execute(f"UPDATE {table.name} SET {', '.join(later)}")
            connection.commit()


class ServerTemplate:
    """A built house in a database of its own, whose procedure writes it over the one that is given out."""

    def __init__(self, built_url: str, url: str) -> None:
        self.url = url
        self._built = parse_address(built_url).name
        self._given = parse_address(url).name
        for made in (built_url, url):
            with closing(Database(parse_address(made))) as database:
                make_schema(database)
                if made == built_url:
                    self.small = database.transact(build_small_house)
                    filled = database.read(_filled_tables)
                    with database.writer.connect() as connection:
                        connection.exec_driver_sql(self._procedure(filled))

    def _procedure(self, filled: list[Table]) -> str:
        steps = [
            "DECLARE age BIGINT",
            "SET SESSION foreign_key_checks=0",
            *(f"DELETE FROM {self._given}.{table.name}" for table in _tables()),
            f"SELECT TIMESTAMPDIFF(MICROSECOND, MAX(created_at), UTC_TIMESTAMP(6)) INTO age FROM {self._built}.till",
            *(self._copying(table) for table in filled),
            "COMMIT",
            "SET SESSION foreign_key_checks=1",
        ]
        return f"CREATE PROCEDURE {self._built}.renew() BEGIN {'; '.join(steps)}; END"

    def _copying(self, table: Table) -> str:
        moments = set(_moments(table))
        names = [f"`{column.name}`" for column in table.columns]
        later = [f"{name} + INTERVAL age MICROSECOND" if name.strip("`") in moments else name for name in names]
        return (
            f"INSERT INTO {self._given}.{table.name} ({', '.join(names)})"
            f" SELECT {', '.join(later)} FROM {self._built}.{table.name}"
        )

    def renew(self, database: Database) -> None:
        """Take away what was done, and write what was built."""
        with database.writer.connect() as connection:
            connection.execute(text(f"CALL {self._built}.renew()"))
            connection.commit()
