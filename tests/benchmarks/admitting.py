"""Five hundred tickets: sold, set as PDF, and scanned at a gate."""

from __future__ import annotations

import time
from dataclasses import asdict
from typing import TYPE_CHECKING, Final
from uuid import uuid4

from pos_app.documents.ticket_codes import TicketClaim, sign_ticket
from pos_app.domain.door.check_in import Scan, Verdict
from pos_app.domain.seats import SeatKey
from pos_app.services.door.check_in import check_in
from tests.benchmarks.figures import Figure, p95
from tests.benchmarks.windows import OFFSCREEN, run_window
from tests.small_house import SIGNING_KEY, sell_seats

if TYPE_CHECKING:
    from tests.benchmarks.arena import Arena

TICKETS: Final = 500
SCANS: Final = 200
_AN_ORDER: Final = 20


def measure_tickets(arena: Arena) -> list[Figure]:
    """Sell 500 tickets; measure their PDF, then scan some by the service, and others on the screen."""
    tickets = _sell(arena)
    facts = {"url": arena.url, "tickets": tickets, "key_id": arena.stadium.house.key_id}
    pdf = run_window("set_tickets", OFFSCREEN, facts)
    others = {f"on {paper}, ms": pdf[paper] for paper in pdf if paper not in {"a4", "first"}}
    return [
        Figure(
            f"{TICKETS} tickets as PDF on A4, each",
            pdf["a4"],
            "ms",
            10.0,
            facts={**others, "the first, with imports, ms": pdf["first"]},
        ),
        *_scan(arena, tickets),
    ]


def _sell(arena: Arena) -> list[int]:
    stadium = arena.stadium
    tickets: list[int] = []
    with arena.database() as database:
        for start in range(0, TICKETS, _AN_ORDER):
            first = stadium.first_seat_id + start
            seats = [SeatKey(stadium.performances["door"], seat) for seat in range(first, first + _AN_ORDER)]
            tickets += database.transact(sell_seats, stadium.house, seats).ticket_ids
    return tickets


def _scan(arena: Arena, tickets: list[int]) -> list[Figure]:
    stadium = arena.stadium
    performance_id, steward = stadium.performances["door"], stadium.house.steward
    codes = [
        sign_ticket(SIGNING_KEY, TicketClaim(stadium.house.key_id, performance_id, ticket, 1))
        for ticket in tickets[: 2 * SCANS]
    ]
    spans = []
    with arena.database() as database:
        for code in codes[:SCANS]:
            start = time.perf_counter()
            result = database.transact(check_in, steward, Scan(performance_id, "Main door", code, uuid4().hex))
            spans.append((time.perf_counter() - start) * 1000)
            if result.verdict is not Verdict.ADMITTED:
                raise RuntimeError(f"A good ticket was not admitted: {result}")
    facts = {"url": arena.url, "performance_id": performance_id, "actor": asdict(steward), "codes": codes[SCANS:]}
    on_screen = run_window("scan_tickets", OFFSCREEN, facts)["spans"]
    return [
        Figure("scan to verdict, the service, p95", p95(spans), "ms", 100.0, facts=_ends(spans)),
        Figure("scan to verdict, the door screen, p95", p95(on_screen), "ms", 100.0, facts=_ends(on_screen)),
    ]


def _ends(spans: list[float]) -> dict[str, float]:
    return {"median": sorted(spans)[len(spans) // 2], "longest": max(spans)}
