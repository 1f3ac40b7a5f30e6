"""A house of a hundred tills on a server as it is installed: all of them poll, and thirty sell at once."""

from __future__ import annotations

import threading
import time
from collections import Counter
from contextlib import contextmanager
from functools import partial
from itertools import count
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

from sqlalchemy import text

from pos_app.db.connection.addresses import parse_address
from pos_app.db.database import Database
from pos_app.domain.errors import PosError
from pos_app.domain.selling.sales import PaymentMethod, SaleLine, SaleRequest, Tender
from pos_app.services.seats.map_plan import load_plan
from pos_app.services.seats.map_states import load_changes, load_states
from pos_app.services.selling.expiry import expire_holds
from pos_app.services.selling.holds import place_hold
from pos_app.services.selling.sales import sell
from tests.benchmarks.crowd import DEADLINE_SECONDS, run_together
from tests.benchmarks.figures import Figure, p95
from tests.benchmarks.hold_designs import keys
from tests.benchmarks.stadium import PRICE_MINOR

if TYPE_CHECKING:
    from collections.abc import Iterator
    from threading import Barrier

    from pos_app.services.seats.map_data import SeatPlan
    from tests.benchmarks.arena import Arena

POLLING: Final = 100
SELLING: Final = 30
AS_INSTALLED: Final = 151
"""max_connections of MariaDB and MySQL where nobody has set it."""
SECONDS: Final = 12.0
_PROCESSES: Final = 20
_TURNS: Final = 5
"""Polls to one turn of the housekeeping."""
_THINKING: Final = 0.5
_FIRST_PAIR: Final = 15_000
_PERFORMANCE: Final = "sales"


class Heard:
    """What the tills of one process met, for all its threads: seconds of polls, holds and sales, refusals."""

    def __init__(self) -> None:
        self.polls: list[float] = []
        self.holds: list[float] = []
        self.sales: list[float] = []
        self.refused: Counter[str] = Counter()

    def try_to(self, spans: list[float], deed: Any) -> Any:
        """Do something; returns None where it was refused."""
        began = time.perf_counter()
        try:
            result = deed()
        except PosError as error:
            self.refused[type(error).__name__] += 1
            return None
        spans.append(time.perf_counter() - began)
        return result


def measure_connecting(arena: Arena) -> Iterator[Figure]:
    """Let them work for some seconds; count the connections meanwhile, and what was refused."""
    with _as_installed(arena):
        told = run_together(_PROCESSES + 1, partial(_work, arena))
    most, heard = told[0], told[1:]
    refused: Counter[str] = sum((one.refused for one in heard), Counter())
    yield Figure(
        f"refused, {POLLING} tills polling and {SELLING} of them selling, {AS_INSTALLED} connections",
        refused.total(),
        "refused",
        0,
        facts={
            "most connections": most,
            "sales": sum(len(one.sales) for one in heard),
            "polls": sum(len(one.polls) for one in heard),
            "p95 ms of a hold": 1000 * p95([span for one in heard for span in one.holds]),
            "p95 ms of a sale": 1000 * p95([span for one in heard for span in one.sales]),
            "p95 ms of a poll": 1000 * p95([span for one in heard for span in one.polls]),
            **({"why": dict(refused)} if refused else {}),
        },
    )


@contextmanager
def _as_installed(arena: Arena) -> Iterator[None]:
    with arena.database() as database:
        before = database.read(lambda session: session.execute(text("SELECT @@max_connections")).scalar_one())
        database.read(lambda session: session.execute(text(f"SET GLOBAL max_connections = {AS_INSTALLED}")))
    try:
        yield
    finally:
        with arena.database() as database:
            database.read(lambda session: session.execute(text(f"SET GLOBAL max_connections = {before}")))


def _work(arena: Arena, number: int, barrier: Barrier) -> Any:
    if number == 0:
        return _watch(arena, barrier)
    database = Database(parse_address(arena.url))
    plan = database.read(load_plan, arena.stadium.plan_id)
    cursor = database.read(load_states, arena.stadium.performances[_PERFORMANCE], plan, None).cursor
    database.close()
    heard, go = Heard(), threading.Event()
    tills = range(number - 1, POLLING, _PROCESSES)
    ready = threading.Barrier(len(tills) + 1)
    threads = [
        threading.Thread(target=_open, args=(arena, (plan, cursor), till, heard, ready, go), daemon=True)
        for till in tills
    ]
    for thread in threads:
        thread.start()
    ready.wait(DEADLINE_SECONDS)
    barrier.wait(DEADLINE_SECONDS)
    go.set()
    for thread in threads:
        thread.join(DEADLINE_SECONDS)
    return heard


def _watch(arena: Arena, barrier: Barrier) -> int:
    """Return the most connections that there were at once."""
    database = Database(parse_address(arena.url))
    database.at_rest.read(_connected)
    barrier.wait(DEADLINE_SECONDS)
    end, most = time.monotonic() + SECONDS, 0
    while time.monotonic() < end:
        most = max(most, database.at_rest.read(_connected))
        time.sleep(0.1)
    database.close()
    return most


def _connected(session: Any) -> int:
    row = session.execute(text("SHOW GLOBAL STATUS LIKE 'Threads_connected'")).one()
    return int(row[1])


def _open(
    arena: Arena, shown: tuple[SeatPlan, str], till: int, heard: Heard, ready: threading.Barrier, go: threading.Event
) -> None:
    """Be a till: poll each second, tidy up, and sell beside it where it is one of those.

    shown: a plan, and as of when. What is built once, in the morning, is not timed.
    """
    plan, cursor = shown
    database = Database(parse_address(arena.url))
    performance_id = arena.stadium.performances[_PERFORMANCE]
    resting = database.at_rest
    poll_once = partial(resting.read, load_changes, performance_id, plan, None, cursor)
    # A machine that opens a hundred tills at once may keep one waiting too long; whoever sits there tries again.
    while Heard().try_to([], poll_once) is None:
        time.sleep(_THINKING)
    ready.wait(DEADLINE_SECONDS)
    go.wait(DEADLINE_SECONDS)
    start = time.monotonic()
    seller = threading.Thread(target=_sell, args=(arena, database, till, heard, start + SECONDS), daemon=True)
    if till < SELLING:
        seller.start()
    for poll in range(round(SECONDS)):
        time.sleep(max(0.0, start + till / POLLING + poll - time.monotonic()))
        heard.try_to(heard.polls, poll_once)
        if poll % _TURNS == till % _TURNS:
            heard.try_to([], partial(resting.transact, expire_holds))
            database.tend()
    if till < SELLING:
        seller.join(DEADLINE_SECONDS)
    database.close()


def _sell(arena: Arena, database: Database, till: int, heard: Heard, end: float) -> None:
    performance_id, adult = arena.stadium.performances[_PERFORMANCE], arena.stadium.house.adult_id
    actor = arena.stadium.actors[till % len(arena.stadium.actors)]
    for pair in count(_FIRST_PAIR + till, SELLING):
        if time.monotonic() > end:
            return
        seats, basket_key = keys(performance_id, arena.stadium.pair(pair)), uuid4().hex
        if heard.try_to(heard.holds, partial(database.transact, place_hold, actor, basket_key, seats)) is not None:
            time.sleep(_THINKING)
            total = PRICE_MINOR * len(seats)
            lines = tuple(SaleLine(seat, adult) for seat in seats)
            tender = Tender(PaymentMethod.CASH, total, total)
            request = SaleRequest(uuid4().hex, basket_key, lines, total, tender)
            heard.try_to(heard.sales, partial(database.transact, sell, actor, request))
        time.sleep(_THINKING)
