"""Accounts and names of a test's own on the server of the run, which all workers use at once."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING
from uuid import uuid4

import pymysql

from pos_app.db.connection.addresses import parse_address

if TYPE_CHECKING:
    from collections.abc import Iterator


def new_name(stem: str) -> str:
    """Return a name that begins like that, and that no account and no database of another test has."""
    return f"{stem}_{uuid4().hex[:10]}"


@contextmanager
def an_account(
    line: pymysql.Connection, stem: str, *grants: str, password: str = "", way: str = "", more: str = ""
) -> Iterator[str]:
    """Give the name of an account, made as root; it is taken away in the end.

    stem: what its name begins with. grants: as in "ALL ON foyer.*". way: of telling the password. more: what it is held
    to.
    """
    name = new_name(stem)
    identified = f"IDENTIFIED {f'WITH {way} ' if way else ''}BY %s"
    with line.cursor() as cursor:
        cursor.execute(f"CREATE USER %s@'%%' {identified} {more}", (name, password))
        try:
            for grant in grants:
                cursor.execute(f"GRANT {grant.replace('%', '%%')} TO %s@'%%'", (name,))
            yield name
        finally:
            cursor.execute("DROP USER %s@'%%'", (name,))


@contextmanager
def a_database(line: pymysql.Connection, stem: str) -> Iterator[str]:
    """Give the name of a new database, made as root; it is taken away in the end."""
    name = new_name(stem)
    with line.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE `{name}`")
        try:
            yield name
        finally:
            cursor.execute(f"DROP DATABASE `{name}`")


@contextmanager
def a_user(url: str, stem: str, *grants: str, password: str = "") -> Iterator[str]:
    """Give the name of an account on the server of a database that root opens by this URL."""
    server = parse_address(url).servers[0]
    with (
        pymysql.connect(host=server.host, port=server.port, user="root", autocommit=True) as line,
        an_account(line, stem, *grants, password=password) as name,
    ):
        yield name
