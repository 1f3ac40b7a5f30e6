"""Scans at a gate while the house grows, and over a line to a server that is not in the house."""

from __future__ import annotations

import time
from statistics import median
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

from pos_app.db.connection.addresses import parse_address
from pos_app.db.database import Database
from pos_app.domain.door.check_in import Scan, Verdict
from pos_app.services.door.check_in import check_in
from pos_app.services.door.guest_lists import count_guests
from tests.benchmarks.admitting import ends, statements_of_a_scan
from tests.benchmarks.figures import Figure, milliseconds, p95
from tests.benchmarks.full_house import FullHouse, sell_out
from tests.benchmarks.round_trips import ROUND_TRIPS
from tests.benchmarks.slow_line import SlowLine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pos_app.domain.roles import Actor
    from tests.benchmarks.arena import Arena

SOLD: Final = (800, 50_000)
SCANS: Final = 150
LINE_SECONDS: Final = 0.020
"""How much later an answer comes over the line: one round trip."""
_MOST_MS: Final = 8.0
_MOST_MS_FAR: Final = 100.0
_GROWTH: Final = 1.25


def measure_scanning(arena: Arena) -> Iterator[Figure]:
    """Scan in a small and in a large house in turn, beside the same statements raw; then from afar."""
    with arena.database() as database:
        steward = arena.stadium.house.steward
        houses = {sold: sell_out(database, arena.stadium, sold) for sold in SOLD}
        spans: dict[int, list[float]] = {sold: [] for sold in SOLD}
        raw_spans: dict[int, list[float]] = {sold: [] for sold in SOLD}
        raw = {
            sold: statements_of_a_scan(database, steward, _scan(full, full.code(full.tickets[-1])))
            for sold, full in houses.items()
        }
        for at in range(SCANS):
            for sold, full in houses.items():
                spans[sold].append(_admit(database, steward, full, full.code(full.tickets[at])))
                raw_spans[sold].append(milliseconds(raw[sold]))
        for sold in SOLD:
            facts = {"ms": ends(spans[sold]), "the same statements raw, ms": ends(raw_spans[sold])}
            yield Figure(f"a scan, {sold:,} sold, median", median(spans[sold]), "ms", _MOST_MS, facts=facts)
            yield Figure(
                f"a scan / the same statements raw, {sold:,} sold",
                median(spans[sold]) / median(raw_spans[sold]),
                "x",
                4.0,
            )
        small, large = (median(spans[sold]) for sold in SOLD)
        yield Figure(f"a scan, {SOLD[1]:,} sold / {SOLD[0]:,} sold, median", large / small, "x", _GROWTH)
        yield from _old_codes(database, steward, houses[SOLD[1]], median(spans[SOLD[1]]))
        counted = {f"{sold:,} sold, ms": _counting(database, full) for sold, full in houses.items()}
        yield Figure("the guests counted, apart from the scan", counted[f"{SOLD[1]:,} sold, ms"], "ms", facts=counted)
    yield from _from_afar(arena, steward, houses[SOLD[1]])


def _scan(full: FullHouse, code: str) -> Scan:
    return Scan(full.performance_id, "Main door", code, uuid4().hex)


def _admit(database: Database, steward: Actor, full: FullHouse, code: str) -> float:
    scan, start = _scan(full, code), time.perf_counter()
    result = database.transact(check_in, steward, scan)
    span = (time.perf_counter() - start) * 1000
    if result.verdict is not Verdict.ADMITTED:
        raise RuntimeError(f"A good ticket was not admitted: {result}")
    return span


def _old_codes(database: Database, steward: Actor, full: FullHouse, scan_ms: float) -> Iterator[Figure]:
    """Scan tickets by what was printed on them elsewhere, as it was and as a scanner in capitals types it."""
    told: dict[str, Any] = {"a scan, ms": scan_ms}
    ways: dict[str, Callable[[str], str]] = {"as printed": str, "in capitals": str.upper}
    for at, (how, write) in enumerate(ways.items(), 1):
        tickets = full.tickets[at * SCANS : at * SCANS + SCANS // 3]
        told[f"{how}, ms"] = median(_admit(database, steward, full, write(full.old_code(one))) for one in tickets)
    yield Figure("an old code / a scan, median", told["as printed, ms"] / scan_ms, "x", 1.25, facts=told)
    yield Figure("an old code in capitals / a scan, median", told["in capitals, ms"] / scan_ms, "x", 2.0)


def _counting(database: Database, full: FullHouse) -> float:
    return median(milliseconds(lambda: database.read(count_guests, full.performance_id)) for _ in range(7))


def _from_afar(arena: Arena, steward: Actor, full: FullHouse) -> Iterator[Figure]:
    with SlowLine(arena.url, LINE_SECONDS) as line:
        database = Database(parse_address(line.url))
        tickets = full.tickets[4 * SCANS : 5 * SCANS + 1]
        spans = [_admit(database, steward, full, full.code(one)) for one in tickets][1:]
        database.close()
    needed = ROUND_TRIPS["a guest comes in"] * LINE_SECONDS * 1000
    facts = {"ms": ends(spans), "round trips alone, ms": needed}
    where = f"a scan over a line of {LINE_SECONDS * 1000:.0f} ms"
    yield Figure(f"{where}, p95", p95(spans), "ms", _MOST_MS_FAR, facts=facts)
    yield Figure(f"{where} / its round trips, median", median(spans) / needed, "x", 1.2)
