"""The server's clock inside a statement. The till's own clock decides nothing.

utc_now(), utc_plus(seconds) and seconds_until(column) compile to each engine's functions. On SQLite times are text of
a fixed width of six digits, because ".123" would sort below ".123000".
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Float
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from pos_app.db.types import UtcDateTime

if TYPE_CHECKING:
    from sqlalchemy.sql.compiler import SQLCompiler


class utc_now(FunctionElement[datetime]):  # noqa: N801 - reads as the SQL function that it is
    """The server's time, UTC, microseconds."""

    type = UtcDateTime()
    inherit_cache = True


class utc_plus(FunctionElement[datetime]):  # noqa: N801 - as above
    """The server's time plus so many seconds (a number or an expression; negative: the past)."""

    type = UtcDateTime()
    inherit_cache = True


class seconds_until(FunctionElement[float]):  # noqa: N801 - as above
    """Seconds from the server's time until a moment; negative once it has passed."""

    type = Float()
    inherit_cache = True


@compiles(utc_now, "mysql", "mariadb")
def _mysql_now(_element: utc_now, _compiler: SQLCompiler, **_: Any) -> str:
    return "UTC_TIMESTAMP(6)"


@compiles(utc_now, "sqlite")
def _sqlite_now(_element: utc_now, _compiler: SQLCompiler, **_: Any) -> str:
    return "(strftime('%Y-%m-%d %H:%M:%f','now') || '000')"


@compiles(utc_plus, "mysql", "mariadb")
def _mysql_plus(element: utc_plus, compiler: SQLCompiler, **kw: Any) -> str:
    return f"(UTC_TIMESTAMP(6) + INTERVAL {compiler.process(element.clauses, **kw)} SECOND)"


@compiles(utc_plus, "sqlite")
def _sqlite_plus(element: utc_plus, compiler: SQLCompiler, **kw: Any) -> str:
    seconds = compiler.process(element.clauses, **kw)
    return f"(strftime('%Y-%m-%d %H:%M:%f','now',({seconds}) || ' seconds') || '000')"


@compiles(seconds_until, "mysql", "mariadb")
def _mysql_until(element: seconds_until, compiler: SQLCompiler, **kw: Any) -> str:
    return f"(TIMESTAMPDIFF(MICROSECOND, UTC_TIMESTAMP(6), {compiler.process(element.clauses, **kw)}) / 1000000.0)"


@compiles(seconds_until, "sqlite")
def _sqlite_until(element: seconds_until, compiler: SQLCompiler, **kw: Any) -> str:
    return f"((julianday({compiler.process(element.clauses, **kw)}) - julianday('now')) * 86400.0)"
