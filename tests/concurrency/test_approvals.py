"""One approval, and many who would spend it at the same moment: one order is taken back, and no more."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from pos_app.doctor import Rule, judge_database
from tests.concurrency.approval_deeds import take_back_after_a_look, take_back_each
from tests.concurrency.tills import Job, let_go, open_tills
from tests.small_house import allow, sell_seats

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.concurrency.conftest import Arena

ROUNDS = 6
WINDOWS = 3


def _orders(arena: Arena, count: int) -> list[int]:
    """Sell so many orders of one seat."""
    house = arena.house
    return [
        arena.database.transact(sell_seats, house, [house.seat(1, number)]).order_id for number in range(1, count + 1)
    ]


def test_of_windows_that_spend_one_approval_at_once_one_does(make_any_arena: Callable[..., Arena]) -> None:
    arena = make_any_arena(rows=1, seats_per_row=ROUNDS * (WINDOWS + 1))
    house = arena.house
    orders = _orders(arena, ROUNDS * (WINDOWS + 1))
    approvals = [arena.database.transact(allow, house) for _ in range(ROUNDS)]
    # Windows of the till where it was approved, and one of another till.
    actors = [*[house.cashier] * WINDOWS, house.elsewhere(house.cashier)]
    jobs = [
        Job(arena.url, actor, take_back_each, {"order_ids": orders[turn :: len(actors)], "approval_ids": approvals})
        for turn, actor in enumerate(actors)
    ]
    with open_tills(jobs) as tills:
        let_go(tills)
        for _ in range(ROUNDS):
            for till in tills:
                till.hear("ready")
            let_go(tills)
        told = [till.result() for till in tills]
    for *here, elsewhere in zip(*told, strict=True):
        spent = "What Mario Manager approved was done already: each approval is good for one."
        assert Counter(here) == {"done": 1, spent: WINDOWS - 1}
        assert elsewhere == "This was not approved at this till."
    arena.require_sound()


def test_who_only_looks_first_spends_it_twice(make_arena: Callable[..., Arena]) -> None:
    arena = make_arena(rows=1, seats_per_row=2)
    approval = arena.database.transact(allow, arena.house)
    jobs = [
        Job(arena.url, arena.house.cashier, take_back_after_a_look, {"order_id": order, "approval_id": approval})
        for order in _orders(arena, 2)
    ]
    with open_tills(jobs) as tills:
        let_go(tills)
        for step in ("ready", "looked"):
            for till in tills:
                till.hear(step)
            let_go(tills)
        assert [till.result() for till in tills] == ["done", "done"]
    assert {finding.rule for finding in arena.database.read(judge_database)} == {Rule.APPROVALS}
