"""A database on a server, its owner, and accounts that belong to a kind of machine."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pymysql

from pos_app.db.connection.addresses import parse_address
from pos_app.db.database import Database
from tests.schemas import make_schema
from tests.servers import by_socket

if TYPE_CHECKING:
    from collections.abc import Iterator

PASSWORD = "a long password"
OWNS = ("ALL ON {database}.* TO {user} WITH GRANT OPTION", "CREATE USER ON *.* TO {user}")
"""What an owner is given by an administrator."""


class Owned:
    """A database with tables, as its owner sees it. root: for what the administrator does."""

    def __init__(self, url: str, *, tables: bool = True) -> None:
        self.root = Database(parse_address(url))
        # Accounts have passwords, and MySQL is told them by its socket.
        self.address = parse_address(url + by_socket(self.root))
        self.made: list[str] = []
        if tables:
            make_schema(self.root)
        self.owner_name = f"o{uuid4().hex[:12]}"
        self.administer(f"CREATE USER '{self.owner_name}'@'%' IDENTIFIED BY '{PASSWORD}'")
        self.made.append(self.owner_name)
        for right in OWNS:
            self.administer("GRANT " + right.format(database=self.address.name, user=f"'{self.owner_name}'@'%'"))
        self.owner = self.database(self.owner_name)

    @property
    def name(self) -> str:
        return self.address.name

    def database(self, user: str) -> Database:
        """Give the database as an account opens it."""
        return Database(parse_address(self.address.url(user)), lambda: PASSWORD)

    def new_user(self) -> str:
        """Return a name that no account has; it is taken away in the end."""
        self.made.append(f"k{uuid4().hex[:12]}")
        return self.made[-1]

    def make_user(self, password: str = PASSWORD) -> str:
        """Make an account that may do nothing yet; return its name."""
        user = self.new_user()
        self.administer(f"CREATE USER `{user}`@`%` IDENTIFIED BY '{password}'")
        return user

    def administer(self, statement: str) -> list[Any]:
        """Do something as root."""
        with self.root.writer.connect() as connection:
            found = connection.exec_driver_sql(statement.replace("%", "%%"))
            rows = list(found.all()) if found.returns_rows else []
            connection.commit()
        return rows

    def grants_of(self, user: str) -> list[str]:
        """Return what the server says that an account may do, without its password."""
        return sorted(
            str(row[0]).partition(" IDENTIFIED")[0] for row in self.administer(f"SHOW GRANTS FOR `{user}`@`%`")
        )

    @contextmanager
    def line(self, user: str) -> Iterator[pymysql.cursors.Cursor]:
        """Give a cursor of an account."""
        server = self.address.servers[0]
        connection = pymysql.connect(
            host=server.host, port=server.port, user=user, password=PASSWORD, database=self.name, autocommit=True
        )
        try:
            with connection.cursor() as cursor:
                yield cursor
        finally:
            connection.close()

    def close(self) -> None:
        self.owner.close()
        for user in self.made:
            self.administer(f"DROP USER IF EXISTS `{user}`@`%`")
        self.root.close()
