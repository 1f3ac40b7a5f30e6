"""Gates that scan the same ticket at the same moment: one guest comes in, the others are told."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from sqlalchemy import select

from pos_app.db.models import CheckIn, Ticket
from pos_app.domain.door.check_in import Scan, Verdict
from pos_app.services.door.check_in import check_in
from tests.concurrency.deeds import admit_unless_admitted, scan_each
from tests.concurrency.door_deeds import let_parties_in
from tests.concurrency.tills import Job, let_go, open_tills
from tests.small_house import sell_seats

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from tests.concurrency.conftest import Arena

TICKETS = 40


def _tickets(session: Session) -> dict[int, str]:
    rows = session.execute(select(Ticket.id, Ticket.short_code).order_by(Ticket.id))
    return {row.id: row.short_code for row in rows}


def _admissions(session: Session) -> Counter[int | None]:
    return Counter(session.execute(select(CheckIn.ticket_id).where(CheckIn.verdict == Verdict.ADMITTED)).scalars())


def _race(arena: Arena, gates: list[str]) -> list[Counter[str]]:
    """Scan each ticket at all gates at the same moment; return how often each verdict was told, ticket by ticket."""
    house = arena.house
    arena.database.transact(sell_seats, house, [house.seat(row, seat) for row in (1, 2) for seat in range(1, 21)])
    codes = list(arena.database.read(_tickets).values())
    jobs = [
        Job(arena.url, actor, scan_each, {"performance_id": house.performance_id, "gate": gate, "codes": codes})
        for gate, actor in zip(gates, arena.actors(house.steward, len(gates)), strict=True)
    ]
    with open_tills(jobs) as tills:
        let_go(tills)
        told: list[Counter[str]] = []
        for _ in codes:
            let_go(tills)
            told.append(Counter(till.hear("verdict") for till in tills))
        for till in tills:
            till.result()
    return told


def _require_one_admission_each(arena: Arena, told: list[Counter[str]], gates: int) -> None:
    assert told == [Counter({Verdict.ADMITTED: 1, Verdict.ALREADY_USED: gates - 1})] * TICKETS
    assert arena.database.read(_admissions) == Counter(list(arena.database.read(_tickets)))
    arena.require_sound()


@pytest.mark.parametrize("gates", [2, 8])
def test_a_ticket_scanned_at_several_gates_at_once_lets_one_guest_in(
    make_arena: Callable[..., Arena], gates: int
) -> None:
    arena = make_arena(rows=2, seats_per_row=20)
    told = _race(arena, [f"Gate {number}" for number in range(1, gates + 1)])
    _require_one_admission_each(arena, told, gates)


def test_a_ticket_scanned_at_two_doors_of_one_machine_at_once_lets_one_guest_in(
    make_embedded_arena: Callable[..., Arena],
) -> None:
    arena = make_embedded_arena(rows=2, seats_per_row=20)
    told = _race(arena, ["Left door", "Right door"])
    _require_one_admission_each(arena, told, 2)


def test_a_ticket_and_its_copy_at_two_machines_of_one_gate_let_one_guest_in(make_arena: Callable[..., Arena]) -> None:
    arena = make_arena(rows=2, seats_per_row=20)
    told = _race(arena, ["Main entrance", "Main entrance"])
    _require_one_admission_each(arena, told, 2)


def test_the_others_of_an_order_asked_for_at_two_gates_at_once_come_in_once(make_arena: Callable[..., Arena]) -> None:
    arena = make_arena(rows=10, seats_per_row=6)
    house, parties = arena.house, []
    for row in range(1, 11):
        seats = house.seats_of(row, range(1, 6))
        tickets = arena.database.transact(sell_seats, house, seats).ticket_ids
        code = arena.database.read(_tickets)[tickets[0]]
        scan = Scan(house.performance_id, "Main", code, uuid4().hex)
        # One gate asks from the first to the last, the other one the other way round.
        parties.append((arena.database.transact(check_in, house.steward, scan).check_in_id, list(tickets[1:])))
    jobs = [
        Job(
            arena.url,
            actor,
            let_parties_in,
            {"gate": gate, "parties": [(scan, tickets[::way]) for scan, tickets in parties]},
        )
        for gate, way, actor in zip(("Main", "Balcony"), (1, -1), arena.actors(house.steward, 2), strict=True)
    ]
    with open_tills(jobs) as tills:
        let_go(tills)
        for _ in parties:
            let_go(tills)
            told = [till.hear("party") for till in tills]
            assert sum(one["in"] for one in told) == 4
            assert [len(one["used"]) for one in told] == [4 - one["in"] for one in told]
        for till in tills:
            till.result()
    assert arena.database.read(_admissions) == Counter(list(arena.database.read(_tickets)))
    arena.require_sound()


def test_with_insert_where_not_exists_two_gates_admit_the_same_ticket(make_arena: Callable[..., Arena]) -> None:
    arena = make_arena(rows=1, seats_per_row=4)
    house = arena.house
    arena.database.transact(sell_seats, house, house.seats_of(1, [1]))
    (ticket_id,) = arena.database.read(_tickets)
    jobs = [
        Job(
            arena.url,
            actor,
            admit_unless_admitted,
            {"performance_id": house.performance_id, "gate": actor.till_name, "ticket_id": ticket_id},
        )
        for actor in arena.actors(house.steward, 2)
    ]
    with open_tills(jobs) as tills:
        let_go(tills)
        for till in tills:
            till.hear("inserted")
        let_go(tills)
        assert [till.result() for till in tills] == [True, True]
    assert arena.database.read(_admissions) == Counter({ticket_id: 2})
