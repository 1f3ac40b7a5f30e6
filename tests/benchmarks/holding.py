"""Holds a second: the service against the same statements without it, and against a common ORM design."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tests.benchmarks.crowd import rates
from tests.benchmarks.figures import Figure
from tests.benchmarks.hold_designs import prepare_holds, record_hold
from tests.benchmarks.stadium import TILLS

if TYPE_CHECKING:
    from tests.benchmarks.arena import Arena

SECONDS: Final = 0.8
ROUNDS: Final = 4


def measure_holding(arena: Arena) -> list[Figure]:
    """Measure with one process, and with sixteen."""
    return [*_with_processes(arena, "alone", 1), *_with_processes(arena, "crowd", TILLS)]


def _with_processes(arena: Arena, performance: str, processes: int) -> list[Figure]:
    performance_id = arena.stadium.performances[performance]
    with arena.database() as database:
        recorded = record_hold(database, arena.stadium, performance_id)
    found = rates(
        processes,
        lambda number: prepare_holds(arena.url, arena.stadium, performance_id, recorded, number, processes),
        seconds=SECONDS,
        rounds=ROUNDS,
    )
    mean = {name: sum(each) / len(each) for name, each in found.items()}
    facts = {f"holds a second, {name}": round(rate) for name, rate in mean.items()}
    facts["statements of a hold, with COMMIT"] = len(recorded) + 1
    tills = "1 process" if processes == 1 else f"{processes} processes"
    return [
        Figure(
            f"place_hold / raw PyMySQL, {tills}", mean["service"] / mean["raw"], "x", 0.5, at_least=True, facts=facts
        ),
        Figure(f"place_hold / ORM FOR UPDATE, {tills}", mean["service"] / mean["orm"], "x", 3.0, at_least=True),
    ]
