"""Holds a second: the service against the same statements without it, and against a common ORM design."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tests.benchmarks.crowd import rates
from tests.benchmarks.figures import Figure
from tests.benchmarks.hold_designs import prepare_holds, record_hold
from tests.benchmarks.stadium import TILLS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.benchmarks.arena import Arena
    from tests.benchmarks.crowd import Pace

SECONDS: Final = 0.8
ROUNDS: Final = 4


def measure_holding(arena: Arena) -> Iterator[Figure]:
    """Measure with one process, and with sixteen."""
    yield from _with_processes(arena, "alone", 1)
    yield from _with_processes(arena, "crowd", TILLS)


def _with_processes(arena: Arena, performance: str, processes: int) -> Iterator[Figure]:
    performance_id = arena.stadium.performances[performance]
    with arena.database() as database:
        recorded = record_hold(database, arena.stadium, performance_id)
    found = rates(
        processes,
        lambda number: prepare_holds(arena.url, arena.stadium, performance_id, recorded, number, processes),
        seconds=SECONDS,
        rounds=ROUNDS,
    )
    tills = "1 process" if processes == 1 else f"{processes} processes"
    for yardstick, name, goal in (("raw", "raw PyMySQL", 0.5), ("orm", "ORM FOR UPDATE", 3.0)):
        both = [found["service"], found[yardstick]]
        value = None if any(pace.failure for pace in both) else both[0].mean / both[1].mean
        facts = {design: _told(found[design]) for design in ("service", yardstick)}
        yield Figure(f"place_hold / {name}, {tills}", value, "x", goal, at_least=True, facts=facts)


def _told(pace: Pace) -> str:
    return pace.failure or f"{pace.mean:.0f} holds a second, tried again {pace.again} times"
