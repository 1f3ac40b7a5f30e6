"""Many rows in few: columns joined to words, and words of many rows joined to one text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Integer, String
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

if TYPE_CHECKING:
    from sqlalchemy.sql.compiler import SQLCompiler

PACK: Final = 1000
"""About so many rows make one packed row."""


class words(FunctionElement[str]):  # noqa: N801 - reads as the SQL function that it is
    """The columns of a row, joined by spaces. None of them may be NULL."""

    type = String()
    inherit_cache = True


class packed(FunctionElement[str]):  # noqa: N801 - as above
    """The texts of a group of rows, joined by the character 31 (unit separator); in no order."""

    type = String()
    inherit_cache = True


class pack_number(FunctionElement[int]):  # noqa: N801 - as above
    """The number of the packed row that an integer key falls into; group by it."""

    type = Integer()
    inherit_cache = True


class xor_of_crc32(FunctionElement[int]):  # noqa: N801 - as above
    """The exclusive or of the CRC-32 of a text over all rows (MariaDB and MySQL only)."""

    type = Integer()
    inherit_cache = True


@compiles(words, "mysql", "mariadb")
def _mysql_words(element: words, compiler: SQLCompiler, **kw: Any) -> str:
    return f"CONCAT_WS(' ', {compiler.process(element.clauses, **kw)})"


@compiles(words, "sqlite")
def _sqlite_words(element: words, compiler: SQLCompiler, **kw: Any) -> str:
    return "(" + " || ' ' || ".join(compiler.process(clause, **kw) for clause in element.clauses) + ")"


@compiles(packed, "mysql", "mariadb")
def _mysql_packed(element: packed, compiler: SQLCompiler, **kw: Any) -> str:
    return f"GROUP_CONCAT({compiler.process(element.clauses, **kw)} SEPARATOR '\x1f')"


@compiles(packed, "sqlite")
def _sqlite_packed(element: packed, compiler: SQLCompiler, **kw: Any) -> str:
    return f"group_concat({compiler.process(element.clauses, **kw)}, char(31))"


@compiles(pack_number, "mysql", "mariadb")
def _mysql_number(element: pack_number, compiler: SQLCompiler, **kw: Any) -> str:
    return f"({compiler.process(element.clauses, **kw)} DIV {PACK})"


@compiles(pack_number, "sqlite")
def _sqlite_number(element: pack_number, compiler: SQLCompiler, **kw: Any) -> str:
    return f"({compiler.process(element.clauses, **kw)} / {PACK})"


@compiles(xor_of_crc32, "mysql", "mariadb")
def _mysql_xor(element: xor_of_crc32, compiler: SQLCompiler, **kw: Any) -> str:
    return f"BIT_XOR(CRC32({compiler.process(element.clauses, **kw)}))"
