"""A service that can be watched, and the faults of a server that it meets."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING
from uuid import uuid4

import pymysql
from sqlalchemy import event, func, insert, select, text

from pos_app.db.clock import utc_now, utc_plus
from pos_app.db.models import Hold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy import Connection
    from sqlalchemy.orm import Session

    from pos_app.db.database import Database
    from tests.houses import OpenHouse


class Deed:
    """A service that can be watched: it makes a hold under a key, once, and does `trouble` on its first runs."""

    def __init__(self, house: OpenHouse, trouble: Callable[[Session], object] | None = None, *, times: int = 1) -> None:
        self._house = house
        self.trouble = trouble
        self._times = times
        self.key = uuid4().hex
        self.runs = 0

    def __call__(self, session: Session) -> int:
        self.runs += 1
        found = session.execute(select(Hold.id).where(Hold.basket_key == self.key)).scalar_one_or_none()
        if found is not None:
            return found
        self.insert(session)
        if self.trouble is not None and self.runs <= self._times:
            self.trouble(session)
        return session.execute(select(Hold.id).where(Hold.basket_key == self.key)).scalar_one()

    def insert(self, session: Session) -> None:
        small = self._house.small
        session.execute(
            insert(Hold).values(
                basket_key=self.key,
                till_id=small.till_id,
                staff_id=small.cashier.staff_id,
                places="",
                seconds=900,
                created_at=utc_now(),
                expires_at=utc_plus(900),
            )
        )

    def times_done(self) -> int:
        count = select(func.count()).select_from(Hold).where(Hold.basket_key == self.key)
        return self._house.database.read(lambda session: session.scalar(count) or 0)


def connection_id(session: Session) -> int:
    return int(session.execute(text("SELECT CONNECTION_ID()")).scalar_one())


def root(house: OpenHouse) -> pymysql.Connection:
    server = house.database.address.servers[0]
    return pymysql.connect(host=server.host, port=server.port, user="root", database=house.database.address.name)


def kill(house: OpenHouse, number: int) -> None:
    """Cut a connection from another one, and wait until the server has forgotten it."""
    with root(house) as connection, connection.cursor() as cursor:
        cursor.execute(f"KILL CONNECTION {number}")
        while cursor.execute("SELECT 1 FROM information_schema.processlist WHERE id = %s", (number,)):
            pass


def kill_mine(house: OpenHouse) -> Callable[[Session], None]:
    return lambda session: kill(house, connection_id(session))


@contextmanager
def at_commit(database: Database, deed: Callable[[Connection], None]) -> Iterator[None]:
    """Do something at the first COMMIT, before it is sent."""
    seen = threading.Event()

    def once(connection: Connection) -> None:
        if not seen.is_set():
            seen.set()
            deed(connection)

    event.listen(database.writer, "commit", once)
    try:
        yield
    finally:
        event.remove(database.writer, "commit", once)


def cut(house: OpenHouse, connection: Connection) -> None:
    kill(house, int(connection.exec_driver_sql("SELECT CONNECTION_ID()").scalar_one()))


def commit_then_cut(house: OpenHouse, connection: Connection) -> None:
    """The server commits, and its answer is lost."""
    number = int(connection.exec_driver_sql("SELECT CONNECTION_ID()").scalar_one())
    connection.exec_driver_sql("COMMIT")
    kill(house, number)
