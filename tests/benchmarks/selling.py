"""Whole sales a second: hold two seats, sell them for cash, tickets stored; and where the time of a sale goes."""

from __future__ import annotations

import time
from collections import Counter
from itertools import count
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

from sqlalchemy import event

from pos_app.db.connection.addresses import parse_address
from pos_app.db.database import Database
from pos_app.domain.selling.sales import PaymentMethod, SaleLine, SaleRequest, Tender
from pos_app.services.selling.holds import place_hold
from pos_app.services.selling.sales import sell
from tests.benchmarks.crowd import rates
from tests.benchmarks.figures import Figure
from tests.benchmarks.hold_designs import counted_runs, keys
from tests.benchmarks.stadium import PRICE_MINOR, TILLS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.benchmarks.arena import Arena
    from tests.benchmarks.crowd import Deed

SECONDS: Final = 2.0
ROUNDS: Final = 3
PROFILED: Final = 150
_FIRST_PROFILED: Final = 25_000


class _Stopwatch:
    """Adds up how long the statements of an engine are waited for, by their verb and table; COMMIT too."""

    def __init__(self, database: Database) -> None:
        self.seconds: Counter[str] = Counter()
        self.statements = 0
        self._began = 0.0
        event.listen(database.writer, "before_cursor_execute", self._on_begin)
        event.listen(database.writer, "after_cursor_execute", self._on_end)
        # PyMySQL's own commit, because the engine tells only of its beginning.
        connection = database.writer.raw_connection()
        commit = connection.driver_connection.commit  # type: ignore[union-attr]  # PyMySQL is there

        def timed() -> None:
            began = time.perf_counter()
            commit()
            self.seconds["COMMIT"] += time.perf_counter() - began  # type: ignore[assignment]  # a Counter of seconds
            self.statements += 1

        connection.driver_connection.commit = timed  # type: ignore[union-attr]
        connection.close()

    def _on_begin(self, *_facts: Any) -> None:
        self._began = time.perf_counter()

    def _on_end(self, _connection: Any, _cursor: Any, statement: str, *_facts: Any) -> None:
        words = statement.replace("\n", " ").split()
        verb = words[0].upper()
        table = (
            words[words.index("FROM") + 1] if verb == "SELECT" and "FROM" in words else words[1 + (verb == "INSERT")]
        )
        self.seconds[f"{verb} {table}"] += time.perf_counter() - self._began  # type: ignore[assignment]
        self.statements += 1


def measure_selling(arena: Arena) -> Iterator[Figure]:
    """Measure sixteen processes, then look into the sales of one."""
    found = rates(TILLS, lambda number: {"sale": _seller(arena, number, TILLS)}, seconds=SECONDS, rounds=ROUNDS)
    pace = found["sale"]
    facts = {"tickets a sale": 2, "each round": [round(rate) for rate in pace.rounds], "tried again": pace.again}
    yield Figure(
        f"whole sales, {TILLS} processes",
        None if pace.failure else pace.mean,
        "sales/s",
        facts={**facts, **({"why": pace.failure} if pace.failure else {}), **_profile(arena)},
    )


def _seller(arena: Arena, number: int, of: int, database: Database | None = None) -> Deed:
    database = database or Database(parse_address(arena.url))
    performance_id = arena.stadium.performances["sales"]
    actor, adult = arena.stadium.actors[number % TILLS], arena.stadium.house.adult_id
    pairs = count(number, of)

    def sale() -> int:
        seats, basket_key = keys(performance_id, arena.stadium.pair(next(pairs))), uuid4().hex
        again = counted_runs(database, place_hold, actor, basket_key, seats)
        total = PRICE_MINOR * len(seats)
        lines = tuple(SaleLine(seat, adult) for seat in seats)
        tender = Tender(PaymentMethod.CASH, total, total)
        return again + counted_runs(database, sell, actor, SaleRequest(uuid4().hex, basket_key, lines, total, tender))

    return sale


def _profile(arena: Arena) -> dict[str, Any]:
    """Return where the time of a sale goes when there is only one till."""
    with arena.database() as database:
        sale = _seller(arena, _FIRST_PROFILED, 1, database)
        for _ in range(5):
            sale()
        stopwatch = _Stopwatch(database)
        server, ours, began = arena.server_seconds(), time.process_time(), time.perf_counter()
        for _ in range(PROFILED):
            sale()
        wall = time.perf_counter() - began
        ours, server = time.process_time() - ours, arena.server_seconds() - server
    waited = sum(stopwatch.seconds.values())
    return {
        "statements of a sale, with COMMIT": stopwatch.statements / PROFILED,
        "one till, ms a sale": wall * 1000 / PROFILED,
        "of it in statements": f"{waited / wall:.0%}",
        "processor of the till, ms": ours * 1000 / PROFILED,
        "processor of the server, ms": server * 1000 / PROFILED,
        "share of the time": {name: f"{part / wall:.0%}" for name, part in stopwatch.seconds.most_common(9)},
    }
