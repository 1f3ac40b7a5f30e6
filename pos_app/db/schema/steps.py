"""Steps of a migration that can be run again.

MySQL commits each DDL statement by itself, so a revision that was killed half-way has done some of its steps. Each
step here looks first whether it is done.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from alembic import op

from pos_app.db.base import MYSQL_TABLE, Base

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.engine.interfaces import ReflectedColumn
    from sqlalchemy.sql.schema import SchemaItem


def create_table(name: str, *items: SchemaItem) -> None:
    """Create a table, unless it is there."""
    op.create_table(name, *items, if_not_exists=True, **MYSQL_TABLE)


def add_column(table: str, column: sa.Column[Any]) -> None:
    """Add a column, unless it is there."""
    if column.name not in {known["name"] for known in sa.inspect(op.get_bind()).get_columns(table)}:
        op.add_column(table, column)


def drop_columns(table: str, *columns: str) -> None:
    """Drop columns, unless they are gone; all of them in one statement where the server commits each by itself."""
    bind = op.get_bind()
    there = [known["name"] for known in sa.inspect(bind).get_columns(table) if known["name"] in columns]
    if bind.dialect.name == "sqlite":
        # Its transaction holds all of it together.
        for column in there:
            op.execute(f'ALTER TABLE "{table}" DROP COLUMN "{column}"')
    elif there:
        op.execute(f"ALTER TABLE `{table}` {', '.join(f'DROP COLUMN `{column}`' for column in there)}")


def widen_amounts(table: str, *columns: str) -> None:
    """Make whole numbers of 64 bits of columns, in one statement, unless they are; SQLite stores no others."""
    bind = op.get_bind()
    if bind.dialect.name == "sqlite":
        return
    narrow = [
        f"MODIFY `{known['name']}` BIGINT{'' if known['nullable'] else ' NOT NULL'}"
        for known in sa.inspect(bind).get_columns(table)
        if known["name"] in columns and not isinstance(known["type"], sa.BigInteger)
    ]
    if narrow:
        op.execute(f"ALTER TABLE `{table}` {', '.join(narrow)}")


def change_table(
    table: str,
    *,
    add: Sequence[sa.Column[Any]] = (),
    point_at: Mapping[str, str] | None = None,
    checks: Mapping[str, str] | None = None,
    free: Sequence[str] = (),
    unique: Sequence[str] = (),
) -> None:
    """Add columns with foreign keys and checks, and let others be NULL: in one statement, unless it is done.

    point_at: of new columns, the tables at whose id they point. checks: conditions by their full names. free: columns
    that may be NULL from now on. unique: new columns of which no two rows have the same. What is done is told by the
    last column that is added.
    """
    bind = op.get_bind()
    known = {column["name"]: column for column in sa.inspect(bind).get_columns(table)}
    if add[-1].name in known:
        return
    keys = {f"fk_{table}_{column}": (column, target) for column, target in (point_at or {}).items()}
    if bind.dialect.name == "sqlite":
        remake_table(table, add=add, point_at=point_at, checks=checks, free=free, unique=unique)
        return
    parts = [f"ADD COLUMN {_written_new(table, column)}" for column in add]
    parts += [f"MODIFY `{name}` {known[name]['type'].compile(bind.dialect)} NULL" for name in free]
    parts += [
        f"ADD CONSTRAINT `{key}` FOREIGN KEY (`{name}`) REFERENCES `{target}` (id)"
        for key, (name, target) in keys.items()
    ]
    parts += [f"ADD CONSTRAINT `{check}` CHECK ({condition})" for check, condition in (checks or {}).items()]
    parts += [f"ADD CONSTRAINT `uq_{table}_{column}` UNIQUE (`{column}`)" for column in unique]
    op.execute(f"ALTER TABLE `{table}` {', '.join(parts)}")


def remake_table(
    table: str,
    *,
    add: Sequence[sa.Column[Any]] = (),
    point_at: Mapping[str, str] | None = None,
    checks: Mapping[str, str] | None = None,
    free: Sequence[str] = (),
    drop: Sequence[str] = (),
    unique: Sequence[str] = (),
    types: Mapping[str, str] | None = None,
) -> None:
    """Make a table of SQLite anew as change_table says, without some columns, and move its rows; foreign keys are off.

    types: of columns that get another one, as it is written.

    The same text at every run, in the order in which the table was made: Alembic's batches put constraints into a set.
    """
    bind = op.get_bind()
    seen = sa.inspect(bind)
    kept = [column for column in seen.get_columns(table) if column["name"] not in drop]
    names = [column["name"] for column in kept]
    for column in kept:
        column["type"] = (types or {}).get(column["name"], column["type"])  # type: ignore[typeddict-item]  # written out
    parts = [_written(column, may_be_null=column["nullable"] or column["name"] in free) for column in kept]
    parts += [_written_new(table, column) for column in add]
    key = seen.get_pk_constraint(table)
    parts.append(f"CONSTRAINT {key['name']} PRIMARY KEY ({', '.join(key['constrained_columns'])})")
    alone = {str(one["name"]): ", ".join(map(str, one["column_names"])) for one in seen.get_unique_constraints(table)}
    alone |= {f"uq_{table}_{column}": column for column in unique}
    parts += [f"CONSTRAINT {name} UNIQUE ({columns})" for name, columns in sorted(alone.items())]
    pointing = {
        str(one["name"]): (one["constrained_columns"][0], one["referred_table"])
        for one in seen.get_foreign_keys(table)
        if one["constrained_columns"][0] not in drop
    }
    pointing |= {f"fk_{table}_{column}": (column, target) for column, target in (point_at or {}).items()}
    parts += [
        f"CONSTRAINT {name} FOREIGN KEY({column}) REFERENCES {target} (id)"
        for name, (column, target) in sorted(pointing.items())
    ]
    holding = {str(one["name"]): one["sqltext"] for one in seen.get_check_constraints(table)} | dict(checks or {})
    parts += [f"CONSTRAINT {name} CHECK ({condition})" for name, condition in sorted(holding.items())]
    indexes = bind.execute(
        sa.text(
            "SELECT sql FROM sqlite_master WHERE type = 'index' AND tbl_name = :of AND sql IS NOT NULL ORDER BY name"
        ),
        {"of": table},
    ).scalars()
    again = list(indexes)
    op.execute(f'CREATE TABLE "_new_{table}" ({", ".join(parts)})')
    old = sa.table(table, *(sa.column(name) for name in names))
    op.execute(sa.insert(sa.table(f"_new_{table}", *map(sa.column, names))).from_select(names, sa.select(*old.c)))
    op.execute(f'DROP TABLE "{table}"')
    op.execute(f'ALTER TABLE "_new_{table}" RENAME TO "{table}"')
    for statement in again:
        op.execute(statement)


def _written(column: ReflectedColumn, *, may_be_null: bool) -> str:
    default = "" if column["default"] is None else f" DEFAULT {column['default']}"
    return f'"{column["name"]}" {column["type"]}{default}{"" if may_be_null else " NOT NULL"}'


def _written_new(table: str, column: sa.Column[Any]) -> str:
    dialect = op.get_bind().dialect
    made = sa.schema.CreateTable(sa.Table(table, sa.MetaData(), column))
    return dialect.ddl_compiler(dialect, made).get_column_specification(column)


def create_index(name: str, table: str, columns: list[str]) -> None:
    """Create an index, unless it is there."""
    if name not in {index["name"] for index in sa.inspect(op.get_bind()).get_indexes(table)}:
        op.create_index(name, table, columns)


def drop_index(name: str, table: str) -> None:
    """Drop an index, unless it is gone."""
    if name in {index["name"] for index in sa.inspect(op.get_bind()).get_indexes(table)}:
        op.drop_index(name, table)


def keep_in_innodb() -> None:
    """Let InnoDB keep Foyer's tables and Alembic's, where a server's default has given one to another engine."""
    bind = op.get_bind()
    if bind.dialect.name == "sqlite":
        return
    ours = {*Base.metadata.tables, "alembic_version"}
    kept = bind.execute(
        sa.text(
            "SELECT table_name, engine FROM information_schema.tables"
            " WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE'"
        )
    ).all()
    for name, engine in kept:
        if name in ours and str(engine).lower() != "innodb":
            op.execute(f"ALTER TABLE `{name}` ENGINE=InnoDB")
