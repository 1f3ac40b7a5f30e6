"""Create, upgrade and judge the schema of a database (Alembic's revisions)."""

from __future__ import annotations

import random
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import inspect, text
from sqlalchemy.exc import SQLAlchemyError

from pos_app.db import models  # noqa: F401 - Base learns the tables
from pos_app.db.base import Base
from pos_app.db.connection.failures import translate
from pos_app.db.schema.upgrade_turn import OthersAtWork, allow_long_steps, shut_others_out, take_turn
from pos_app.domain.errors import CannotConnect, SchemaMismatch, ServerBusy, ServerUnreachable
from pos_app.domain.sentences import NOTHING, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from alembic.config import Config
    from sqlalchemy import Connection

    from pos_app.db.database import Database
    from pos_app.domain.sentences import Sentence

OLDEST_MARIADB: Final = (10, 6)
OLDEST_MYSQL: Final = (8, 0, 16)
MIGRATIONS: Final = Path(__file__).parents[1] / "migrations"
LEAST_TRIES: Final = 6
"""Before others are said to be at work: on a slow machine few tries take all the time."""
LONGEST_PAUSE: Final = 1.0
"""Seconds between two tries, at the most."""
LEAVING_SECONDS: Final = 3.0
"""How long a program may take to let go of the database after it was closed."""
WORKING_SECONDS: Final = 60.0
"""How long an upgrade waits for another one that is at it."""

_AGAIN: Final = say("Try again, a little later: it goes on where it was cut off.")


def check_schema(database: Database) -> None:
    """Raise a PosError unless the server is new enough and the schema is exactly the one of this program."""
    with _open(database) as connection:
        _refuse_old_server(connection)
        found = _revision(connection)
    wanted, _ = known_revisions()
    if found == wanted:
        return
    if found is None:
        raise SchemaMismatch(
            say("This database has no Foyer tables yet."), advice=say("Create them with “foyer database create”.")
        )
    _refuse_newer(found)
    raise SchemaMismatch(
        say("This database belongs to an older Foyer."),
        upgradable=True,
        advice=say("A manager upgrades it with “foyer database upgrade”, while no other till is open."),
    )


def has_schema(database: Database) -> bool:
    """Tell whether the database holds any Foyer tables."""
    with _open(database) as connection:
        return _revision(connection) is not None


def foreign_table(database: Database) -> str:
    """Return the name of a table that is none of Foyer's, "" where there is none."""
    with _open(database) as connection:
        names = set(inspect(connection).get_table_names())
    return min(names - set(Base.metadata.tables) - {"alembic_version"}, default="")


def upgrade_schema(database: Database) -> None:
    """Bring the schema to this program's revision; may be run again after it was killed half-way.

    Closes the pooled connections. Raises PosError when the server is too old or out of reach, the schema is newer than
    this program, or others are at work with a database that would have to change.
    """
    database.close()
    began = time.monotonic()
    tries = 0
    while True:
        tries += 1
        tried = time.monotonic()
        try:
            _upgrade(database)
        except (OthersAtWork, ServerBusy) as error:
            # Connections that were closed a moment ago are still seen; two upgrades that begin see each other.
            now = time.monotonic()
            patience = LEAVING_SECONDS if isinstance(error, OthersAtWork) else WORKING_SECONDS
            if now - began > patience and tries >= LEAST_TRIES:
                raise
            # They come apart by pauses that may be longer than their tries, however slow the machine makes these.
            time.sleep(random.uniform(0.02, 0.2 + min(2 * (now - tried), LONGEST_PAUSE)))  # noqa: S311 - no secret
        else:
            return


def _upgrade(database: Database) -> None:
    from alembic import command

    with _open(database, advice=_AGAIN) as connection:
        try:
            _refuse_old_server(connection)
            take_turn(connection)
            found = _revision(connection)
            connection.rollback()
            if found == known_revisions()[0]:
                return
            if found is not None:
                _refuse_newer(found)
            if found is not None or database.embedded:
                # Nobody works with a new database, but two may be making its tables; a file has no turns to take.
                shut_others_out(connection)
                connection.rollback()
            if database.embedded:
                _without_foreign_keys(connection)
            else:
                # Alembic names no engine for its own table, and a server may make others by default.
                connection.exec_driver_sql("SET SESSION default_storage_engine=InnoDB")
            allow_long_steps(connection)
            config = _config()
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            connection.commit()
        finally:
            connection.invalidate()


def _refuse_newer(found: str) -> None:
    if found not in known_revisions()[1]:
        raise SchemaMismatch(
            say("This database belongs to a newer Foyer than this one."), advice=say("Update Foyer on this computer.")
        )


def _without_foreign_keys(connection: Connection) -> None:
    """SQLite ignores this inside a transaction, so it is sent on the driver's own connection."""
    driver = connection.connection.driver_connection
    if driver is not None:
        driver.execute("PRAGMA foreign_keys=OFF")


@contextmanager
def _open(database: Database, *, advice: Sentence = NOTHING) -> Iterator[Connection]:
    """Give a connection whose errors are told in sentences. advice: in the place of “nothing was changed”."""
    try:
        with database.writer.connect() as connection:
            yield connection
    except SQLAlchemyError as error:
        told = translate(error)
        if told is None:
            raise
        if advice and isinstance(told, (ServerUnreachable, ServerBusy)):
            told = told.advising(advice)
        raise told from error


def _refuse_old_server(connection: Connection) -> None:
    dialect = connection.dialect
    if dialect.name == "sqlite":
        return
    version = tuple(part for part in dialect.server_version_info or () if isinstance(part, int))
    refuse_old(version, is_mariadb=bool(getattr(dialect, "is_mariadb", False)))


def refuse_old(version: tuple[int, ...], *, is_mariadb: bool) -> None:
    """Raise CannotConnect when a server of this version lacks what Foyer needs."""
    oldest = OLDEST_MARIADB if is_mariadb else OLDEST_MYSQL
    if version[: len(oldest)] < oldest:
        raise CannotConnect(
            say(
                "This server is {product} {version}; Foyer needs {oldest}.",
                product="MariaDB" if is_mariadb else "MySQL",
                version=".".join(map(str, version[:3])),
                oldest=".".join(map(str, oldest)),
            ),
            advice=say("Ask the administrator for a newer server."),
        )


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _config() -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    return config


def known_revisions() -> tuple[str | None, frozenset[str]]:
    """Return the revision of this program's schema, and all that it knows."""
    from alembic.script import ScriptDirectory

    scripts = ScriptDirectory.from_config(_config())
    return scripts.get_current_head(), frozenset(script.revision for script in scripts.walk_revisions())
