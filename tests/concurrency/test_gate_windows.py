"""Two gates with their windows, and a server that freezes: no wrong verdict, no lost scan, none taken for a PIN."""

from __future__ import annotations

import random
import time
from collections import Counter
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

import pytest
from sqlalchemy import func, select, update

from pos_app.db.connection.addresses import parse_address
from pos_app.db.database import Database
from pos_app.db.models import CheckIn, SignInAttempt, Ticket, TicketPresence
from pos_app.documents.ticket_codes import TicketClaim, sign_ticket
from pos_app.domain.door.check_in import Verdict
from pos_app.domain.selling.sales import VoidRequest
from pos_app.services.orders.refunds.voids import void_order
from tests.concurrency.conftest import Arena
from tests.concurrency.gate_window_deeds import stand_at_gate
from tests.concurrency.tills import Job, open_tills
from tests.end_to_end.silence import Silence
from tests.schemas import make_schema
from tests.servers import KeptServer, another_server
from tests.small_house import SIGNING_KEY, allow, build_small_house, sell_seats

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy.orm import Session

    from pos_app.domain.seats import SeatKey
    from tests.concurrency.tills import TillProcess

pytestmark = pytest.mark.server

GATES: Final = ("North gate", "South gate")
SAME_GUEST_SECONDS: Final = 6.0
_SLACK: Final = 3.0
"""Between two scans a busy machine may take its time."""


@dataclass(frozen=True)
class Plan:
    """How long the evening is. freezes: after so many rounds, for so many seconds. lock_after: so many rounds."""

    rounds: int
    freezes: tuple[tuple[int, float], ...]
    lock_after: int
    impatient: bool
    alarm_seconds: int
    pause: float


SHORT: Final = Plan(24, ((8, 1.7), (16, 6.0)), 12, impatient=True, alarm_seconds=380, pause=0.3)
LONG: Final = Plan(92, ((20, 9.0), (40, 15.0), (70, 38.0)), 55, impatient=False, alarm_seconds=900, pause=2.0)


@dataclass
class Guests:
    """What is true of every code. At a gate somebody stands with one of them, each with a ticket or something else."""

    good: list[str] = field(default_factory=list)
    bad: list[str] = field(default_factory=list)
    ticket_of: dict[str, int] = field(default_factory=dict)
    inside: dict[str, tuple[str, float]] = field(default_factory=dict)
    """By code: at which gate it came in, and when by this process's clock."""

    def allowed(self, code: str, gate: str) -> set[tuple[str, bool]]:
        """Return what may be told of a code that is scanned at a gate now: the verdict, and whether it is a repeat."""
        if code in self.bad:
            return {(Verdict.REFUSED, False)}
        if code not in self.inside:
            return {(Verdict.ADMITTED, False)}
        where, at = self.inside[code]
        told = {(str(Verdict.ALREADY_USED), False)}
        if where == gate and time.monotonic() - at < SAME_GUEST_SECONDS + _SLACK:
            told.add((Verdict.ADMITTED, True))
        return told


@pytest.fixture(scope="module")
def own_server() -> Iterator[KeptServer]:
    """Start a server that nobody else uses: it is stopped for a while."""
    with another_server() as kept:
        yield kept


@pytest.fixture
def arena(own_server: KeptServer) -> Iterator[Arena]:
    with own_server.server.fresh_database() as url:
        database = Database(parse_address(url))
        make_schema(database)
        yield Arena(url, database, database.transact(partial(build_small_house, rows=12, seats_per_row=20)))
        database.close()


def _code(arena: Arena, ticket_id: int, performance_id: int, issue: int = 1) -> str:
    return sign_ticket(SIGNING_KEY, TicketClaim(arena.house.key_id, performance_id, ticket_id, issue))


def _sell(arena: Arena, seats: list[SeatKey]) -> tuple[int, tuple[int, ...]]:
    sale = arena.database.transact(sell_seats, arena.house, seats)
    return sale.order_id, sale.ticket_ids


def _guests(arena: Arena, count: int) -> Guests:
    """Sell so many good tickets, four an order, and make five kinds of bad ones."""
    house, guests = arena.house, Guests()
    seats = [
        house.seat(row, number) for row in range(1, house.rows + 1) for number in range(1, house.seats_per_row + 1)
    ]
    seats = seats[:-2]
    for at in range(0, count, 4):
        for ticket_id in _sell(arena, seats[at : at + 4])[1]:
            code = _code(arena, ticket_id, house.performance_id)
            guests.good.append(code)
            guests.ticket_of[code] = ticket_id
    (order_id, (void,)) = _sell(arena, seats[count : count + 1])
    request = VoidRequest(uuid4().hex, order_id, "The guest is ill.", arena.database.transact(allow, house))
    arena.database.transact(void_order, house.cashier, request)
    (_order, (reprinted,)) = _sell(arena, seats[count + 1 : count + 2])

    def print_anew(session: Session) -> None:
        session.execute(update(Ticket).where(Ticket.id == reprinted).values(issue_count=2))
        session.execute(update(TicketPresence).where(TicketPresence.ticket_id == reprinted).values(issue_count=2))

    arena.database.transact(print_anew)
    (_order, (other_night,)) = _sell(arena, [house.seat(1, 1, house.gala_id)])
    forged = guests.good[0]
    guests.bad = [
        _code(arena, void, house.performance_id),
        _code(arena, reprinted, house.performance_id),
        _code(arena, other_night, house.gala_id),
        forged[:60] + str((int(forged[60]) + 1) % 10) + forged[61:],
        "https://example.com/menu",
    ]
    return guests


@dataclass
class Evening:
    """Both gates at work, and what has been told of each scan."""

    arena: Arena
    guests: Guests
    gates: dict[str, TillProcess]
    scans: int = 0
    told: int = 0
    hows: Counter[str] = field(default_factory=Counter)
    nonces: dict[str, tuple[str, str]] = field(default_factory=dict)
    unchecked: Counter[tuple[str, str]] = field(default_factory=Counter)

    def do(self, gate: str, what: str, **more: Any) -> None:
        """Let the steward of a gate do something."""
        self.gates[gate].go(do=what, **more)

    def hear(self, gate: str) -> Any:
        """Hear what became of it."""
        return self.gates[gate].hear("told")

    def ask(self, gate: str, what: str, **more: Any) -> Any:
        """Let the steward do something, and hear what became of it."""
        self.do(gate, what, **more)
        return self.hear(gate)

    def scan_together(self, codes: dict[str, str]) -> None:
        """Scan one code at each gate at the same moment; what is told must be true."""
        before = {gate: self.guests.allowed(code, gate) for gate, code in codes.items()}
        for gate, code in codes.items():
            self.scans += 1
            self.do(gate, "scan", code=code)
        seen = {gate: self.hear(gate) for gate in codes}
        if len(set(codes.values())) == 1 and (Verdict.ADMITTED, False) in next(iter(before.values())):
            # One of two with the same ticket comes in.
            for gate in codes:
                before[gate] = {(Verdict.ADMITTED, False), (Verdict.ALREADY_USED, False)}
        for gate, code in codes.items():
            self.take(gate, seen[gate], {code: before[gate]})
        for gate, code in codes.items():
            if any(not row["verdict"] for row in seen[gate]["rows"]):
                self.take(gate, self.ask(gate, "check_all"), {code: before[gate]})

    def take(self, gate: str, seen: dict[str, Any], allowed: dict[str, set[tuple[str, bool]]]) -> None:
        """Compare what a gate has told with what is true, and note down who came in."""
        for one in seen["told"]:
            self.hows[one["how"]] += 1
            if one["how"] == "lost":
                continue
            code, verdict = one["code"], (one["verdict"], one["repeated"])
            where = f"{one['how']} at {gate}: {one}"
            assert verdict in allowed[code], where
            assert one["nonce"] not in self.nonces, f"judged twice: {where}"
            self.nonces[one["nonce"]] = (gate, code)
            self.told += 1
            if one["how"] == "at once":
                shown = {"admitted", "repeated"} if one["verdict"] == Verdict.ADMITTED else {one["verdict"]}
                assert one["state"] in shown, where
            else:
                assert one["state"] not in {"admitted", "repeated"}, where
            if verdict == (Verdict.ADMITTED, False):
                assert code not in self.guests.inside, f"came in twice: {where}"
                self.guests.inside[code] = gate, time.monotonic()
                allowed[code] = self.guests.allowed(code, gate)

    def freeze(self, silence: Silence, seconds: float, pause: float, fresh: list[str], used: str) -> None:
        """Stop the server while guests come to both gates; then find out who was judged and who was not."""
        for gate in GATES:
            self.take(gate, self.ask(gate, "check_all"), {})
        came = {gate: [fresh[at * 3], fresh[at * 3 + 1], used, fresh[at * 3]] for at, gate in enumerate(GATES)}
        allowed = {gate: {code: self.guests.allowed(code, gate) for code in came[gate]} for gate in GATES}
        began = time.monotonic()
        with silence.falls():
            for turn in range(4):
                for gate in GATES:
                    self.scans += 1
                    self.ask(gate, "type", code=came[gate][turn])
                left = began + pause * (turn + 1) - time.monotonic()
                time.sleep(max(0.0, left))
            # Whoever is told of it is told while the server is silent still, or when it is back.
            time.sleep(max(0.0, began + seconds - time.monotonic()))
        for gate in GATES:
            seen = self.ask(gate, "look")
            self.take(gate, seen, allowed[gate])
            rows = {row["code"]: row for row in seen["rows"]}
            assert rows, f"nothing was held at {gate}"
            assert {"admitted", "repeated"}.isdisjoint({seen["state"]})
            judged = Counter(one["code"] for one in seen["told"] if one["how"] != "lost")
            beside = {code: row["times"] - bool(row["verdict"]) for code, row in rows.items()}
            assert judged + Counter(beside) == Counter(came[gate]), "a scan was lost"
            self.told += sum(row["times"] - 1 for row in rows.values())
        north, south = GATES
        self.take(north, self.ask(north, "check_all"), allowed[north])
        # At the other gate each ticket is scanned once more instead.
        unchecked = [row["code"] for row in self.ask(south, "look")["rows"] if not row["verdict"]]
        for code in unchecked:
            # Two scans, and one verdict tells of both.
            self.scans += 1
            self.told += 1
            self.take(south, self.ask(south, "scan", code=code), allowed[south])
        self.take(south, self.ask(south, "check_all"), allowed[south])
        for gate in GATES:
            for code in set(came[gate]) - {used}:
                assert self.guests.inside[code][0] == gate, "nobody who waited stands outside"


def _scanned(session: Session) -> dict[str, tuple[str, int | None, str]]:
    rows = session.execute(select(CheckIn.nonce, CheckIn.gate, CheckIn.ticket_id, CheckIn.verdict))
    return {row.nonce: (row.gate, row.ticket_id, row.verdict) for row in rows}


def _inside(session: Session) -> set[int]:
    return set(session.execute(select(TicketPresence.ticket_id).where(TicketPresence.inside.is_(True))).scalars())


def _wrong_tries(session: Session) -> int:
    return session.execute(select(func.count()).where(SignInAttempt.succeeded.is_(False))).scalar_one()


def _lock(evening: Evening, gate: str, code: str) -> None:
    """Lock a gate and scan: nothing is judged, and nothing is taken for a PIN."""
    before = len(evening.arena.database.read(_scanned))
    evening.ask(gate, "lock")
    for _ in range(6):
        evening.ask(gate, "type", code=code)
    assert evening.ask(gate, "is_locked")
    assert evening.arena.database.read(_wrong_tries) == 0
    assert evening.ask(gate, "unlock")
    assert len(evening.arena.database.read(_scanned)) == before
    evening.scan_together({gate: code})


def _play(arena: Arena, own_server: KeptServer, folder: Path, plan: Plan) -> Evening:
    """Play an evening at two gates; returns it."""
    chance, silence = random.Random(12), Silence(own_server)
    guests = _guests(arena, 4 * int(plan.rounds * 0.4 + 8))
    fresh = list(guests.good)
    freezes = dict(plan.freezes)
    jobs = [
        Job(
            arena.url,
            arena.house.steward,
            stand_at_gate,
            {
                "folder": str(folder / gate),
                "gate": gate,
                "performance_id": arena.house.performance_id,
                "seconds": plan.alarm_seconds,
                "impatient": plan.impatient,
            },
        )
        for gate in GATES
    ]
    with open_tills(jobs) as tills:
        evening = Evening(arena, guests, dict(zip(GATES, tills, strict=True)))
        for gate, till in evening.gates.items():
            till.go()
            assert till.hear("at the gate") == gate, "the gate is called like its till"
        for turn in range(1, plan.rounds + 1):
            evening.scan_together(_next_codes(chance, guests, fresh))
            if turn in freezes:
                used = next(iter(guests.inside))
                evening.freeze(silence, freezes[turn], plan.pause, [fresh.pop() for _ in range(6)], used)
            if turn == plan.lock_after:
                _lock(evening, GATES[0], fresh.pop())
        for till in tills:
            till.go(do="go home")
        assert sum(till.result() for till in tills) == evening.scans
    return evening


def _next_codes(chance: random.Random, guests: Guests, fresh: list[str]) -> dict[str, str]:
    """Return who comes to each gate next."""
    if chance.random() < 0.06:
        return dict.fromkeys(GATES, fresh.pop())

    def one() -> str:
        kind = chance.random()
        if kind < 0.62 or not guests.inside:
            return fresh.pop()
        if kind < 0.8:
            return chance.choice(list(guests.inside))
        return chance.choice(guests.bad)

    codes = {gate: one() for gate in GATES}
    if len(set(codes.values())) == 1 and codes[GATES[0]] in guests.good:
        codes[GATES[1]] = chance.choice(guests.bad)
    return codes


def _require_truth(evening: Evening) -> None:
    """Compare with what the database holds: each verdict that was told is stored once, and nothing else is."""
    assert evening.told == evening.scans
    stored = evening.arena.database.read(_scanned)
    assert stored.keys() == evening.nonces.keys()
    assert {nonce: one[0] for nonce, one in stored.items()} == {nonce: one[0] for nonce, one in evening.nonces.items()}
    admitted = Counter(ticket for _gate, ticket, verdict in stored.values() if verdict == Verdict.ADMITTED)
    came_in = {evening.guests.ticket_of[code] for code in evening.guests.inside}
    assert admitted == Counter(came_in)
    assert evening.arena.database.read(_inside) == came_in
    evening.arena.require_sound()


@pytest.mark.slow
@pytest.mark.timeout(400)
def test_two_gates_tell_the_truth_through_two_freezes(arena: Arena, own_server: KeptServer, tmp_path: Path) -> None:
    evening = _play(arena, own_server, tmp_path, SHORT)
    assert evening.scans >= 60
    assert evening.hows["lost"] + evening.hows["late"] >= 4
    _require_truth(evening)


@pytest.mark.soak
@pytest.mark.timeout(1_200)
def test_two_gates_tell_the_truth_of_200_scans_through_15_and_38_seconds_of_silence(
    arena: Arena, own_server: KeptServer, tmp_path: Path
) -> None:
    evening = _play(arena, own_server, tmp_path, LONG)
    assert evening.scans >= 200
    assert evening.hows["lost"] + evening.hows["late"] >= 4
    _require_truth(evening)
