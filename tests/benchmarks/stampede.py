"""Thousands of seats kept back at once while fifty tills follow: how long a hold takes, how busy the server is."""

from __future__ import annotations

import random
import threading
import time
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

import numpy as np

from pos_app.db.connection.addresses import parse_address
from pos_app.db.database import Database
from pos_app.domain.errors import ServerBusy
from pos_app.domain.season.kept_seats import KeepDraft
from pos_app.domain.seats import ClaimKind
from pos_app.services.season.kept_seats import keep_back
from pos_app.services.seats.map_plan import load_plan
from pos_app.services.seats.map_states import load_changes, load_checksum, load_repair, load_states
from pos_app.services.selling.holds import place_hold
from pos_app.ui.seat_map.reload_turn import RELOAD_WITHIN_MS
from tests.benchmarks.crowd import DEADLINE_SECONDS, run_together
from tests.benchmarks.figures import Figure, p95
from tests.benchmarks.hold_designs import keys
from tests.benchmarks.stadium import SOLD_BEFORE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from threading import Barrier

    from numpy.typing import NDArray

    from pos_app.services.seats.map_data import SeatPlan, SeatStates
    from tests.benchmarks.arena import Arena

FOLLOWERS: Final = 50
PROCESSES: Final = 5
KEPT: Final = 20_000
QUIET_SECONDS: Final = 8.0
SECONDS: Final = 36.0
AFTER_SECONDS: Final = 10.0
POLLS_A_CHECK: Final = 10
_PAUSE: Final = 0.05
_LAST_POLLS: Final = 3.0


@dataclass
class _Followed:
    """What one till got. most: seats in one answer to a poll; sent: in all answers, full loads too.

    floods, differences: why it read all states anew.
    """

    most: int = 0
    sent: int = 0
    floods: int = 0
    differences: int = 0
    right: bool = False


def measure_stampede(arena: Arena) -> Iterator[Figure]:
    """Hold seats one after the other, first in quiet and then while seats are kept back; fifty tills poll all along."""
    told = run_together(PROCESSES + 2, partial(_work, arena))
    holds, busy = told[0]["holds"], told[0]["busy"]
    began, ended = told[1]
    followed = [one for process in told[2:] for one in process]
    spans = {
        "in quiet": _between(holds, 0.0, began),
        "while they are kept back": _between(holds, began, ended),
        "in the ten seconds after": _between(holds, ended, ended + AFTER_SECONDS),
    }
    shares = {
        "in quiet": _share(busy, 0.0, began),
        "while they are kept back": _share(busy, began, ended),
        "in the ten seconds after": _share(busy, ended, ended + AFTER_SECONDS),
    }
    yield Figure(
        f"a hold after {KEPT} seats were kept back, {FOLLOWERS} tills following / the same in quiet, p95",
        p95(spans["in the ten seconds after"]) / p95(spans["in quiet"]),
        "x",
        2.0,
        facts={
            "p95, ms": {name: p95(some) * 1000 for name, some in spans.items() if len(some) > 1},
            "longest, ms": {name: max(some) * 1000 for name, some in spans.items() if some},
            "holds": {name: len(some) for name, some in spans.items()},
            "keeping them back, s": ended - began,
            "server, of one core": {name: f"{share:.1%}" for name, share in shares.items()},
            "seats in one answer to a poll, at most": max(one.most for one in followed),
            "seats sent to a till, at most": max(one.sent for one in followed),
            "full loads of a till, at most": {
                "told of too many changes": max(one.floods for one in followed),
                "the checksum differed": max(one.differences for one in followed),
            },
            "maps wrong at the end": sum(not one.right for one in followed),
        },
    )


def _between(holds: Sequence[tuple[float, float]], first: float, last: float) -> list[float]:
    """Return how long those holds took that began between two moments."""
    return [span for moment, span in holds if first <= moment < last]


def _share(busy: Sequence[tuple[float, float]], first: float, last: float) -> float:
    """Return how much of one core the server used between two moments."""
    some = [(moment, seconds) for moment, seconds in busy if first <= moment <= last]
    return (some[-1][1] - some[0][1]) / (some[-1][0] - some[0][0]) if len(some) > 1 else float("nan")


def _work(arena: Arena, number: int, barrier: Barrier) -> Any:
    database = Database(parse_address(arena.url))
    if number == 0:
        return _hold(arena, database, barrier)
    if number == 1:
        return _keep(arena, database, barrier)
    plan = database.read(load_plan, arena.stadium.plan_id)
    found = [_Followed() for _ in range(FOLLOWERS // PROCESSES)]
    ready, go = threading.Barrier(len(found) + 1), threading.Event()
    threads = [
        threading.Thread(
            target=_follow, args=(arena, plan, at / len(found) + number / FOLLOWERS, one, ready, go), daemon=True
        )
        for at, one in enumerate(found)
    ]
    for thread in threads:
        thread.start()
    ready.wait(DEADLINE_SECONDS)
    barrier.wait(DEADLINE_SECONDS)
    go.set()
    for thread in threads:
        thread.join(DEADLINE_SECONDS)
    return found


def _follow(
    arena: Arena, plan: SeatPlan, offset: float, found: _Followed, ready: threading.Barrier, go: threading.Event
) -> None:
    """Poll as the screen does; a till that is told of too many changes waits for its turn, and loads anew."""
    database = Database(parse_address(arena.url))
    performance_id = arena.stadium.performances["live"]
    shown = database.read(load_states, performance_id, plan, None)
    database.read(load_changes, performance_id, plan, None, shown.cursor)
    assert shown.crc is not None
    crc = shown.crc
    turn = random.Random(offset)
    ready.wait(DEADLINE_SECONDS)
    go.wait(DEADLINE_SECONDS)
    start, polls = time.monotonic(), 0
    while (due := start + offset + polls) < start + SECONDS + _LAST_POLLS:
        time.sleep(max(0.0, due - time.monotonic()))
        states = database.read(load_changes, performance_id, plan, None, shown.cursor)
        assert states.index is not None
        assert states.crc is not None
        found.most = max(found.most, len(states.index))
        found.sent += len(states.index)
        shown.state[states.index] = states.state
        crc[states.index] = states.crc
        shown = replace(shown, cursor=states.cursor)
        polls += 1
        if states.flooded:
            time.sleep(turn.random() * RELOAD_WITHIN_MS / 1000)
            shown, crc = _read_all(database, performance_id, plan, found)
            polls = max(polls, int(time.monotonic() - start - offset) + 1)
        elif not polls % POLLS_A_CHECK and database.read(load_checksum, performance_id) != _checksum(crc):
            mended = database.read(load_repair, performance_id, plan, None, shown.cursor, crc)
            if mended.index is None:
                found.differences += 1
                shown, crc = _read_all(database, performance_id, plan, found, mended)
            else:
                assert mended.crc is not None
                shown.state[mended.index] = mended.state
                crc[mended.index] = mended.crc
                shown = replace(shown, cursor=mended.cursor)
    last = database.read(load_changes, performance_id, plan, None, shown.cursor)
    assert last.index is not None
    shown.state[last.index] = last.state
    found.right = bool((database.read(load_states, performance_id, plan, None).state == shown.state).all())
    database.close()


def _read_all(
    database: Database, performance_id: int, plan: SeatPlan, found: _Followed, states: SeatStates | None = None
) -> tuple[SeatStates, NDArray[np.uint32]]:
    """Read all states, if they were not read already, and count them."""
    if states is None:
        found.floods += 1
        states = database.read(load_states, performance_id, plan, None)
    found.sent += int((states.state != 0).sum())
    assert states.crc is not None
    return states, states.crc


def _checksum(crc: NDArray[np.uint32]) -> int:
    return int(np.bitwise_xor.reduce(crc))


def _free_seats(arena: Arena) -> list[int]:
    first = arena.stadium.first_seat_id
    return [seat for seat in range(first, first + 50_000) if seat % 5 >= SOLD_BEFORE]


def _hold(arena: Arena, database: Database, barrier: Barrier) -> dict[str, Any]:
    """Hold seats one after the other; return when each began and how long it took, and how busy the server was."""
    performance_id, actor = arena.stadium.performances["live"], arena.stadium.actors[0]
    seats = iter(reversed(_free_seats(arena)))
    database.transact(place_hold, actor, uuid4().hex, keys(performance_id, (next(seats),) * 2)[:1])
    barrier.wait(DEADLINE_SECONDS)
    start = time.monotonic()
    holds, busy = [], []
    while (moment := time.monotonic()) < start + SECONDS:
        busy.append((moment, arena.server_seconds()))
        seat, moment = next(seats), time.monotonic()
        database.transact(place_hold, actor, uuid4().hex, keys(performance_id, (seat, seat))[:1])
        holds.append((moment, time.monotonic() - moment))
        time.sleep(_PAUSE)
    return {"holds": holds, "busy": busy}


def _keep(arena: Arena, database: Database, barrier: Barrier) -> tuple[float, float]:
    """Keep the seats back, when the quiet is over; return when that began, and when it was done."""
    performance_id, seats = arena.stadium.performances["live"], _free_seats(arena)[:KEPT]
    database.read(load_checksum, performance_id)
    barrier.wait(DEADLINE_SECONDS)
    time.sleep(QUIET_SECONDS)
    began = time.monotonic()
    why = KeepDraft(ClaimKind.HOUSE, "a block for the sponsor")
    request_id = uuid4().hex
    while True:
        try:
            database.transact(keep_back, arena.stadium.house.manager, request_id, performance_id, seats, why)
        except ServerBusy:  # a machine with many others at work: the manager presses the button once more
            continue
        return began, time.monotonic()
