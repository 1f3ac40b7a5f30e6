"""The declarative base, names of constraints, and the column types used everywhere."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, cast

from sqlalchemy import Boolean, Integer, MetaData, String
from sqlalchemy.orm import DeclarativeBase, mapped_column

from pos_app.db.types import BigId, LongText, UtcDateTime

if TYPE_CHECKING:
    from sqlalchemy import Table

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

MYSQL_TABLE = {
    "mysql_engine": "InnoDB",
    "mysql_charset": "utf8mb4",
    "mysql_collate": "utf8mb4_bin",
    "mariadb_engine": "InnoDB",
    "mariadb_charset": "utf8mb4",
    "mariadb_collate": "utf8mb4_bin",
}
"""Text is compared byte by byte on every engine; what must be unique is normalised before it is stored."""


class Base(DeclarativeBase):
    """The base of all tables."""

    metadata = MetaData(naming_convention=NAMES)
    __table_args__: object = MYSQL_TABLE


def table_of(model: type[Base]) -> Table:
    """Return the table of a mapped class, for statements that load no objects."""
    return cast("Table", model.__table__)


Key = Annotated[int, mapped_column(BigId, primary_key=True, autoincrement=True)]
SmallKey = Annotated[int, mapped_column(Integer, primary_key=True, autoincrement=True)]
Moment = Annotated[datetime, mapped_column(UtcDateTime())]
Name = Annotated[str, mapped_column(String(200))]
ShortText = Annotated[str, mapped_column(String(500))]
Code = Annotated[str, mapped_column(String(64))]
Word = Annotated[str, mapped_column(String(20))]
Document = Annotated[str, mapped_column(LongText)]
Amount = Annotated[int, mapped_column(BigId)]
"""Minor units of the venue's currency; sums, too (see domain/money.py)."""
Big = Annotated[int, mapped_column(BigId)]
Flag = Annotated[bool, mapped_column(Boolean)]
