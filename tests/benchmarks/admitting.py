"""Five hundred tickets: sold, set as PDF, and scanned at a gate."""

from __future__ import annotations

import time
from dataclasses import asdict
from statistics import median
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

from sqlalchemy import event
from sqlalchemy.orm import Session

from pos_app.documents.ticket_codes import TicketClaim, sign_ticket
from pos_app.domain.door.check_in import Scan, Verdict
from pos_app.domain.seats import SeatKey
from pos_app.services.door.check_in import check_in
from tests.benchmarks.figures import Figure, milliseconds, p95
from tests.benchmarks.windows import OFFSCREEN, run_window
from tests.small_house import SIGNING_KEY, sell_seats

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pos_app.db.database import Database
    from pos_app.domain.roles import Actor
    from tests.benchmarks.arena import Arena

TICKETS: Final = 500
SCANS: Final = 200
_AN_ORDER: Final = 20


def measure_tickets(arena: Arena) -> Iterator[Figure]:
    """Sell 500 tickets; measure their PDF, then scan some by the service, and others on the screen."""
    tickets = _sell(arena)
    facts = {"url": arena.url, "tickets": tickets, "key_id": arena.stadium.house.key_id}
    pdf = run_window("set_tickets", OFFSCREEN, facts)
    others = {f"on {paper}, ms": pdf[paper] for paper in pdf if paper not in {"bare", "first"}}
    yield Figure(
        f"{TICKETS} tickets as PDF on A4 / bare pages, each",
        pdf["a4"] / pdf["bare"],
        "x",
        1.2,
        facts={**others, "a bare page, ms": pdf["bare"], "the first, with imports, ms": pdf["first"]},
    )
    yield from _scan(arena, tickets)


def _sell(arena: Arena) -> list[int]:
    stadium = arena.stadium
    tickets: list[int] = []
    with arena.database() as database:
        for start in range(0, TICKETS, _AN_ORDER):
            first = stadium.first_seat_id + start
            seats = [SeatKey(stadium.performances["door"], seat) for seat in range(first, first + _AN_ORDER)]
            tickets += database.transact(sell_seats, stadium.house, seats).ticket_ids
    return tickets


def _scan(arena: Arena, tickets: list[int]) -> Iterator[Figure]:
    stadium = arena.stadium
    performance_id, steward = stadium.performances["door"], stadium.house.steward
    codes = [
        sign_ticket(SIGNING_KEY, TicketClaim(stadium.house.key_id, performance_id, ticket, 1))
        for ticket in tickets[: 2 * SCANS]
    ]
    spans, raw_spans = [], []
    with arena.database() as database:
        raw = statements_of_a_scan(database, steward, Scan(performance_id, "Main door", codes.pop(), uuid4().hex))
        for code in codes[:SCANS]:
            start = time.perf_counter()
            result = database.transact(check_in, steward, Scan(performance_id, "Main door", code, uuid4().hex))
            spans.append((time.perf_counter() - start) * 1000)
            raw_spans.append(milliseconds(raw))
            if result.verdict is not Verdict.ADMITTED:
                raise RuntimeError(f"A good ticket was not admitted: {result}")
    yield _verdicts("the service / the same statements raw", spans, raw_spans, 8.0)
    facts = {"url": arena.url, "performance_id": performance_id, "actor": asdict(steward), "codes": codes[SCANS:]}
    on_screen = run_window("scan_tickets", OFFSCREEN, facts)["spans"]
    yield _verdicts("the door screen / the service", on_screen, spans, 4.0)


def _verdicts(what: str, spans: list[float], yardstick: list[float], goal: float) -> Figure:
    facts = {"ms": ends(spans), "yardstick, ms": ends(yardstick)}
    return Figure(f"scan to verdict, {what}, median", median(spans) / median(yardstick), "x", goal, facts=facts)


def statements_of_a_scan(database: Database, steward: Actor, scan: Scan) -> Callable[[], None]:
    """Scan a ticket, and return a way to send the same statements again, by the driver alone and without effect."""
    sent: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, values: Any, *_more: Any) -> None:
        sent.append((statement, values))

    with Session(database.writer) as session:
        event.listen(database.writer, "before_cursor_execute", note)
        check_in(session, steward, scan)
        event.remove(database.writer, "before_cursor_execute", note)
        session.rollback()
    connection = database.writer.raw_connection().driver_connection
    assert connection is not None

    def send() -> None:
        with connection.cursor() as cursor:
            for statement, values in sent:
                cursor.execute(statement, values)
                cursor.fetchall()
        connection.rollback()

    return send


def ends(spans: list[float]) -> dict[str, float]:
    """Return the middle and the end of some times."""
    return {"median": median(spans), "p95": p95(spans), "longest": max(spans)}
