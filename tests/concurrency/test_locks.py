"""Seeing that somebody waits for a row, however many processes ask the same server for it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from sqlalchemy import create_engine, text

from tests.concurrency.locks import is_waiting
from tests.concurrency.tills import wait_until

if TYPE_CHECKING:
    from sqlalchemy import Connection


def _take(connection: Connection) -> None:
    connection.execute(text("SELECT id FROM thing WHERE id = 1 FOR UPDATE"))


def test_a_wait_is_seen_by_each_of_several_who_ask_without_a_pause(server_url: str) -> None:
    engine = create_engine(server_url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE thing (id INT PRIMARY KEY) ENGINE=InnoDB"))
        connection.execute(text("INSERT INTO thing VALUES (1)"))

    def ask() -> None:
        with engine.connect() as line:
            wait_until(lambda: is_waiting(line), "the wait is seen", every=0.0)

    with (
        ThreadPoolExecutor(4) as pool,
        engine.connect() as first,
        engine.connect() as second,
    ):
        _take(first)
        with engine.connect() as line:
            assert not is_waiting(line)
        asking = [pool.submit(ask) for _ in range(3)]
        waiting = pool.submit(_take, second)
        for one in asking:
            one.result()
        first.rollback()
        waiting.result()
    engine.dispose()
