"""Fifty tills that follow one performance: how soon a change is seen, and what that costs the server."""

from __future__ import annotations

import threading
import time
from functools import partial
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

from pos_app.db.connection.addresses import parse_address
from pos_app.db.database import Database
from pos_app.services.seats.map_plan import load_plan
from pos_app.services.seats.map_states import load_changes, load_checksum, load_states
from pos_app.services.selling.holds import place_hold
from tests.benchmarks.crowd import DEADLINE_SECONDS, run_together
from tests.benchmarks.figures import Figure, p95
from tests.benchmarks.hold_designs import keys
from tests.benchmarks.stadium import SOLD_BEFORE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from threading import Barrier

    from pos_app.services.seats.map_data import SeatPlan
    from tests.benchmarks.arena import Arena

FOLLOWERS: Final = 50
PROCESSES: Final = 5
SECONDS: Final = 12.0
POLLS_A_CHECK: Final = 10
_LAST_POLLS: Final = 2.5
_WARM_UP: Final = 2
_PAUSE: Final = 0.21
"""Between changes; no divisor of a second, so that they meet the polls at all moments."""

Seen = dict[int, float]


def measure_following(arena: Arena) -> Iterator[Figure]:
    """Let one till hold seats while fifty poll once a second, and compare the checksum every ten seconds."""
    told = run_together(PROCESSES + 1, partial(_work, arena))
    made: Seen = told[0]["made"]
    spans = [
        seen[seat] - moment
        for process in told[1:]
        for seen in process["seen"]
        for seat, moment in made.items()
        if seat in seen
    ]
    missed = len(made) * FOLLOWERS - len(spans)
    server = told[0]["server"]
    yield Figure(
        f"a change seen by another till, {FOLLOWERS} polling each second, p95",
        p95(spans),
        "s",
        1.2,
        facts={
            "changes": len(made),
            "never seen": missed,
            "median s": sorted(spans)[len(spans) // 2],
            "longest s": max(spans),
            "server, of one core": f"{server:.1%}",
        },
    )


def _work(arena: Arena, number: int, barrier: Barrier) -> dict[str, Any]:
    database = Database(parse_address(arena.url))
    if number == 0:
        return _change(arena, database, barrier)
    plan = database.read(load_plan, arena.stadium.plan_id)
    seen: list[Seen] = [{} for _ in range(FOLLOWERS // PROCESSES)]
    ready, go = threading.Barrier(len(seen) + 1), threading.Event()
    threads = [
        threading.Thread(
            target=_follow, args=(arena, plan, at / len(seen) + number / FOLLOWERS, one, ready, go), daemon=True
        )
        for at, one in enumerate(seen)
    ]
    for thread in threads:
        thread.start()
    ready.wait(DEADLINE_SECONDS)
    barrier.wait(DEADLINE_SECONDS)
    go.set()
    for thread in threads:
        thread.join(DEADLINE_SECONDS)
    return {"seen": seen}


def _follow(
    arena: Arena, plan: SeatPlan, offset: float, seen: Seen, ready: threading.Barrier, go: threading.Event
) -> None:
    """Poll as the screen does, with a connection of its own; note when each seat was first told of.

    A till that is opened in the morning builds its statements once, and not while it is timed.
    """
    till = Database(parse_address(arena.url))
    database = till.at_rest
    performance_id = arena.stadium.performances["live"]
    cursor = database.read(load_states, performance_id, plan, None).cursor
    for _ in range(_WARM_UP):
        cursor = database.read(load_changes, performance_id, plan, None, cursor).cursor
        database.read(load_checksum, performance_id)
    ready.wait(DEADLINE_SECONDS)
    go.wait(DEADLINE_SECONDS)
    start = time.monotonic()
    polls = 0
    while (due := start + offset + polls) < start + SECONDS + _LAST_POLLS:
        time.sleep(max(0.0, due - time.monotonic()))
        states = database.read(load_changes, performance_id, plan, None, cursor)
        cursor = states.cursor
        now = time.monotonic()
        for index in () if states.index is None else states.index.tolist():
            seen.setdefault(int(plan.seat_id[index]), now)
        polls += 1
        if not polls % POLLS_A_CHECK:
            database.read(load_checksum, performance_id)
    till.close()


def _change(arena: Arena, database: Database, barrier: Barrier) -> dict[str, Any]:
    """Hold seats one after the other; return when each hold was committed, and how busy the server was."""
    performance_id, made = arena.stadium.performances["live"], Seen()
    free = (
        seat
        for seat in range(arena.stadium.first_seat_id, arena.stadium.first_seat_id + 5_000)
        if seat % 5 >= SOLD_BEFORE
    )
    actor = arena.stadium.actors[0]
    database.read(load_checksum, performance_id)
    barrier.wait(DEADLINE_SECONDS)
    server, start = arena.server_seconds(), time.monotonic()
    while time.monotonic() < start + SECONDS:
        seat = next(free)
        database.transact(place_hold, actor, uuid4().hex, keys(performance_id, (seat, seat))[:1])
        made[seat] = time.monotonic()
        time.sleep(_PAUSE)
    busy = (arena.server_seconds() - server) / (time.monotonic() - start)
    return {"made": made, "server": busy}
