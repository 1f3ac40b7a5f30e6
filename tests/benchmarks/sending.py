"""What the outbox costs the sale: whole sales a second at tills whose mail server is dead, against none set."""

from __future__ import annotations

import json
import socket
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from sqlalchemy import delete

from pos_app.db.connection.addresses import parse_address
from pos_app.db.database import Database
from pos_app.db.models import OutboxEmail, Setting
from pos_app.services.house.mail import MAIL_SETTING
from pos_app.workers.outbox import Outbox
from tests.benchmarks.crowd import rates
from tests.benchmarks.figures import Figure
from tests.benchmarks.selling import ROUNDS, SECONDS, _seller
from tests.benchmarks.stadium import TILLS
from tests.letters import mail_settings, store_settings, write_note

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pos_app.domain.letters.sending import Tried
    from tests.benchmarks.arena import Arena
    from tests.benchmarks.crowd import Deed

WAITING: Final = 1000


class _Gated(Outbox):
    """An outbox that turns only while its figure is measured."""

    def __init__(self, database: Database, till_id: int, gate: threading.Event) -> None:
        super().__init__(database, till_id=till_id)
        self._gate = gate

    def run_once(self) -> list[Tried]:
        return super().run_once() if self._gate.is_set() else []


def measure_sending(arena: Arena) -> Iterator[Figure]:
    """Measure sixteen tills, each with its outbox, while letters wait for a server that never says a word."""
    with _dead_server() as port, _letters_waiting(arena, port):
        found = rates(TILLS, lambda number: _deeds(arena, number), seconds=SECONDS, rounds=ROUNDS)
    none, dead = found["none set"], found["dead server"]
    yield Figure(
        f"whole sales with a dead mail server, {TILLS} tills",
        None if dead.failure else dead.mean,
        "sales/s",
        facts={
            "letters waiting": WAITING,
            "no mail server set, sales/s": round(none.mean),
            "each round": [round(rate) for rate in dead.rounds],
            "each round, none set": [round(rate) for rate in none.rounds],
            **({"why": dead.failure} if dead.failure else {}),
        },
    )


def _deeds(arena: Arena, number: int) -> dict[str, Deed]:
    gate = threading.Event()
    outbox = _Gated(Database(parse_address(arena.url)), arena.stadium.actors[number % TILLS].till_id, gate)
    outbox.start()
    # Apart from the pairs of the other figure of sales.
    sale = _seller(arena, 15_000 + number, TILLS)

    def with_a_dead_server() -> int:
        if not gate.is_set():
            gate.set()
            outbox.wake()
        return sale()

    def with_none() -> int:
        gate.clear()
        return sale()

    return {"none set": with_none, "dead server": with_a_dead_server}


@contextmanager
def _dead_server() -> Iterator[int]:
    """Give the port of a server to which lines come about, and which never says a word."""
    with socket.create_server(("127.0.0.1", 0), backlog=4 * TILLS) as silent:
        yield silent.getsockname()[1]


@contextmanager
def _letters_waiting(arena: Arena, port: int) -> Iterator[None]:
    with arena.database() as database:
        database.transact(store_settings, mail_settings(port))
        for number in range(WAITING):
            database.transact(write_note, f"guest-{number}@example.org", facts=json.dumps({"text": "Doors"}))
    yield
    with arena.database() as database:
        database.transact(lambda session: session.execute(delete(OutboxEmail)))
        database.transact(lambda session: session.execute(delete(Setting).where(Setting.name == MAIL_SETTING)))
