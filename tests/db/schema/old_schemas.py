"""Databases as an older Foyer left them: with the schema of any revision, and rows in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import sqlalchemy as sa
from alembic import command
from alembic.script import ScriptDirectory

from pos_app.db.base import Base
from pos_app.db.connection.addresses import parse_address
from pos_app.db.database import Database
from pos_app.db.schema import revisions
from pos_app.db.schema.revisions import upgrade_schema
from pos_app.domain.door.check_in import Scan
from pos_app.domain.selling.sales import VoidRequest
from pos_app.services.door.check_in import check_in
from pos_app.services.orders.corrections import void_order
from pos_app.services.selling.holds import place_hold
from tests.small_house import build_small_house, sell_seats

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection
    from sqlalchemy.orm import Session


Rows = dict[str, list[dict[str, Any]]]


def all_revisions() -> list[str]:
    """Return all revisions, the oldest first."""
    scripts = ScriptDirectory.from_config(revisions._config())
    return [script.revision for script in scripts.walk_revisions()][::-1]


def _trade(session: Session) -> None:
    """Build a house in which something of everything has happened."""
    house = build_small_house(session, rows=2, seats_per_row=6)
    sale = sell_seats(session, house, house.seats_of(1, (1, 2)))
    sell_seats(session, house, [house.seat(1, 3, house.gala_id)])
    void = VoidRequest(
        uuid4().hex, sell_seats(session, house, [house.seat(2, 1)]).order_id, "ill", house.manager.staff_id
    )
    void_order(session, house.cashier, void)
    place_hold(session, house.cashier, uuid4().hex, house.seats_of(2, (2, 3)))
    code = session.execute(sa.text("SELECT short_code FROM ticket WHERE id = :id"), {"id": sale.ticket_ids[0]}).scalar()
    check_in(session, house.steward, Scan(house.performance_id, "Main door", str(code), uuid4().hex))


def rows_of_a_house(folder: Path) -> Rows:
    """Return the rows of a house in which something of everything has happened."""
    database = Database(parse_address(str(folder / "foyer.db")))
    upgrade_schema(database)
    database.transact(_trade)
    found = read_rows(database)
    database.close()
    return found


def _table(connection: Connection, name: str) -> sa.TableClause:
    """Return a table with the columns that it has in this database: an older Foyer knew no others."""
    known = Base.metadata.tables[name].c
    columns = [column["name"] for column in sa.inspect(connection).get_columns(name)]
    return sa.table(name, *(sa.column(column, known[column].type) for column in columns))


def read_rows(database: Database, like: Rows | None = None) -> Rows:
    """Return all rows, by table; like: only the columns that these rows have."""
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
    for name, rows in (like or {}).items():
        found[name] = [{column: row[column] for column in rows[0]} for row in found[name]] if rows else found[name]
    return found


def make_old(database: Database, revision: str, rows: Rows) -> Rows:
    """Make the schema of a revision and fill it; returns what was stored, of the tables and columns that it has."""
    with database.writer.connect() as connection:
        config = revisions._config()
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
        for table in Base.metadata.sorted_tables:
            if rows.get(table.name) and sa.inspect(connection).has_table(table.name):
                old = _table(connection, table.name)
                stored = [{name: row[name] for name in old.c.keys()} for row in rows[table.name]]  # noqa: SIM118 - not a dict
                connection.execute(sa.insert(old), stored)
        connection.commit()
        connection.invalidate()
    return read_rows(database)


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
