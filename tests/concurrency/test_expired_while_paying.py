"""A basket whose time is over while it is being paid: it is sold whole, or its payer is told which seats are gone."""

from __future__ import annotations

import random
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from pos_app.services.selling.expiry import expire_holds
from tests.concurrency.baskets import held_basket, run_out, seconds_left, states
from tests.concurrency.pay_deeds import (
    race_for_a_basket,
    sell_and_wait_before_the_commit,
    sell_whoever_has_them,
    take,
)
from tests.concurrency.tills import Job, let_go, open_tills, run_together, wait_until

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.concurrency.conftest import Arena
    from tests.concurrency.tills import TillProcess

ROUNDS = 24
STEP = 0.012
TOLD = "These seats were just taken by somebody else: Stalls, row A, seat 2; Stalls, row A, seat 3. Choose other seats."


@pytest.mark.parametrize("end", ["commits", "is killed"])
def test_seats_whose_time_ends_within_the_sale_go_to_the_next_only_if_the_sale_does_not(
    make_any_arena: Callable[..., Arena], end: str
) -> None:
    arena = make_any_arena()
    arena.hold_for(1)
    house = arena.house
    seats = list(house.seat_ids[:3])
    payer, taker = arena.actors(house.cashier, 2)
    basket = held_basket(arena, seats, payer)
    wish = {"performance_id": house.performance_id, "seat_ids": seats[1:]}
    with open_tills(
        [
            Job(arena.url, payer, sell_and_wait_before_the_commit, basket),
            Job(arena.url, taker, take, wish),
        ]
    ) as (paying, taking):
        paying.go()
        paying.hear("in the middle")
        wait_until(lambda: arena.database.read(seconds_left, basket["basket_key"]) < 0, "the time of the basket ends")
        taking.go()
        if end == "commits":
            paying.go()
            sale = paying.result()
            assert len(sale["ticket_ids"]) == len(seats)
            assert taking.outcome() == ("refused", ["SeatsTaken", TOLD])
            assert arena.database.read(states, house.performance_id, seats) == ["sold"] * 3
        else:
            paying.kill()
            assert taking.result()["seats"] == seats[1:]
            assert arena.count_orders() == 0
    arena.require_sound()


def _race(arena: Arena, tills: list[TillProcess], row: int, lead: float, dice: random.Random) -> tuple[str, list[int]]:
    """Let a basket that has run out be paid, taken and closed at about the same moment; return who got its seats.

    lead: by how many seconds the payer begins before the taker; below 0 the taker is first.
    """
    seats = list(arena.house.seat_ids[row * 4 : row * 4 + 4])
    basket = held_basket(arena, seats[:3])
    arena.database.transact(run_out, basket["basket_key"])
    late = [max(0, -lead), max(0, lead), dice.uniform(0, abs(lead) + STEP)]
    for till, deed, wanted, seconds in zip(
        tills, ("pay", "take", "close"), (seats[:3], seats[1:], []), late, strict=True
    ):
        till.go(deed=deed, seats=wanted, basket_key=basket["basket_key"], late=seconds)
    (paid, sale), (took, refusal), (closed, _) = [till.outcome() for till in tills]
    assert closed == "done"
    if paid == "done":
        assert took == "refused", "the seats were sold, and given to another till"
        assert refusal[0] == seats[1:3]
        assert len(sale["ticket_ids"]) == 3
        return "payer", seats[:3]
    assert took == "done", f"nobody has the seats: {sale}, {refusal}"
    gone, sentence = sale
    assert gone == seats[1:3]
    assert "Nothing was sold." in sentence
    return "taker", seats[1:]


def test_a_basket_that_is_over_is_paid_or_taken_and_never_both(make_any_arena: Callable[..., Arena]) -> None:
    arena = make_any_arena(rows=ROUNDS, seats_per_row=4)
    house = arena.house
    dice = random.Random(3)
    arguments = {"performance_id": house.performance_id, "adult_id": house.adult_id}
    winners: Counter[str] = Counter()
    expected: dict[str, list[int]] = {"payer": [], "taker": []}
    jobs = [Job(arena.url, actor, race_for_a_basket, arguments) for actor in arena.actors(house.cashier, 3)]
    with open_tills(jobs) as tills:
        let_go(tills)
        lead = 0.0
        for row in range(ROUNDS):
            winner, seats = _race(arena, tills, row, lead, dice)
            # Whoever wins begins later next time, so that they stay close however slow the machine is.
            lead += STEP if winner == "taker" else -STEP
            winners[winner] += 1
            expected[winner] += seats
        let_go(tills, stop=True)
        for till in tills:
            till.result()
    # A race that one side always wins proves nothing.
    assert min(winners["payer"], winners["taker"]) >= 3, winners
    assert arena.count_orders() == winners["payer"]
    # A till that closes baskets leaves alone what another has locked; the next time it is closed.
    arena.database.transact(expire_holds)
    assert set(arena.owners()) == set(expected["taker"])
    assert set(arena.database.read(states, house.performance_id, expected["payer"])) == {"sold"}
    arena.require_sound()


def test_without_the_guard_a_basket_that_is_over_sells_the_seats_of_the_next(make_arena: Callable[..., Arena]) -> None:
    arena = make_arena()
    house = arena.house
    seats = list(house.seat_ids[:2])
    basket: dict[str, Any] = held_basket(arena, seats)
    arena.database.transact(run_out, basket["basket_key"])
    wish = {"performance_id": house.performance_id, "seat_ids": seats}
    payer, taker = arena.actors(house.cashier, 2)
    (told,) = run_together([Job(arena.url, taker, take, wish)])
    run_together([Job(arena.url, payer, sell_whoever_has_them, basket)])
    assert told["seats"] == seats
    assert arena.owners() == {}, "the seats that the taker was told to have are sold"
