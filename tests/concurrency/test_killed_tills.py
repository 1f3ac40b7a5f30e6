"""Tills killed with SIGKILL: their seats come free, nothing is half sold, and a request sold once stays sold once."""

from __future__ import annotations

import random
import threading
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from sqlalchemy import event, func, select

from pos_app.db.models import Hold, Order
from pos_app.domain.errors import SeatsTaken
from pos_app.domain.seats import SeatKey
from pos_app.services.seats.claims import INVENTORY
from pos_app.services.selling.expiry import expire_holds
from pos_app.services.selling.holds import place_hold
from pos_app.services.selling.sales import sell
from tests.concurrency.baskets import held_basket, request_of
from tests.concurrency.deeds import hold_and_wait, sell_again, sell_one_by_one, sell_up_to_the_commit
from tests.concurrency.pay_deeds import sell_up_to_the_statement
from tests.concurrency.proxy import AtCommit, Proxy
from tests.concurrency.tills import Job, let_go, open_tills, run_together, wait_until

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from tests.concurrency.conftest import Arena


def test_seats_of_a_till_killed_before_the_sale_come_free_when_their_time_is_over(
    make_any_arena: Callable[..., Arena],
) -> None:
    arena = make_any_arena()
    arena.hold_for(1)
    house = arena.house
    seats, dead = list(house.seat_ids[:4]), uuid4().hex
    arguments = {"performance_id": house.performance_id, "seat_ids": seats, "basket_key": dead}
    with open_tills([Job(arena.url, house.cashier, hold_and_wait, arguments)]) as (till,):
        till.go()
        assert till.hear("held") == seats
        till.kill()
    arena.require_sound()
    arena.hold_for(600)
    basket_key = uuid4().hex
    wanted = [SeatKey(house.performance_id, seat) for seat in seats[:2]]

    def can_be_taken() -> bool:
        try:
            arena.database.transact(place_hold, house.elsewhere(house.cashier), basket_key, wanted)
        except SeatsTaken:
            return False
        return True

    wait_until(can_be_taken, "another till gets the seats")
    over, taken = arena.database.read(_times, dead, basket_key)
    assert over < taken
    arena.require_sound()
    given_back: list[int] = []

    def is_closed() -> bool:
        given_back.append(arena.database.transact(expire_holds).seats)
        return arena.database.read(_closed_as, dead) == "expired"

    wait_until(is_closed, "the dead till's basket is closed")
    assert given_back == [0] * (len(given_back) - 1) + [2], "and those that were taken stay with their new basket"
    arena.require_sound()


def _times(session: Session, first: str, second: str) -> tuple[Any, Any]:
    """Return when the first basket was over and when the second took its seats: a statement later than it began."""
    over = session.execute(select(Hold.expires_at).where(Hold.basket_key == first)).scalar_one()
    taken = select(func.min(INVENTORY.c.changed_at)).join(Hold, Hold.id == INVENTORY.c.claim_id)
    return over, session.execute(taken.where(Hold.basket_key == second)).scalar_one()


def _closed_as(session: Session, basket_key: str) -> str | None:
    return session.execute(select(Hold.closed_as).where(Hold.basket_key == basket_key)).scalar_one()


def _require_sold_once(arena: Arena, basket: dict[str, Any], told: dict[str, Any]) -> None:
    assert arena.database.read(_orders_of, basket["request_id"]) == [told["order_id"]]
    assert len(told["ticket_ids"]) == len(basket["seat_ids"])
    arena.require_sound()


def _orders_of(session: Session, request_id: str) -> list[int]:
    return list(session.execute(select(Order.id).where(Order.request_id == request_id)).scalars())


@pytest.mark.parametrize("end", [Proxy.deliver, Proxy.drop], ids=["arrives", "is lost"])
def test_a_till_killed_while_its_commit_is_on_the_way_has_sold_all_or_nothing(
    make_arena: Callable[..., Arena], end: Callable[[Proxy], None]
) -> None:
    arena = make_arena()
    basket = held_basket(arena, arena.house.seat_ids[:3])
    with Proxy(arena.url) as proxy, open_tills([Job(proxy.url, arena.house.cashier, sell_again, basket)]) as (till,):
        proxy.at_commit(AtCommit.HOLD)
        till.go()
        proxy.require_held()
        till.kill()
        assert arena.count_orders() == 0
        arena.require_sound()
        end(proxy)
        (told,) = run_together([Job(arena.url, arena.house.cashier, sell_again, basket)])
    _require_sold_once(arena, basket, told)
    assert arena.count_orders() == 1


def test_a_till_killed_in_the_middle_of_a_sale_has_sold_nothing_and_four_can_repeat_its_request(
    make_any_arena: Callable[..., Arena],
) -> None:
    arena = make_any_arena()
    basket = held_basket(arena, arena.house.seat_ids[:3])
    with open_tills([Job(arena.url, arena.house.cashier, sell_up_to_the_commit, basket)]) as (till,):
        till.go()
        till.hear("in the middle")
        till.kill()
    arena.require_sound()
    told = run_together([Job(arena.url, arena.house.cashier, sell_again, basket)] * 4)
    assert told == [told[0]] * 4
    _require_sold_once(arena, basket, told[0])
    assert arena.count_orders() == 1


def _count_statements(arena: Arena, basket: dict[str, Any]) -> int:
    """Sell a basket; return how many statements that took."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        seen.append(statement)

    request = request_of(arena, basket)
    event.listen(arena.database.writer, "before_cursor_execute", note)
    arena.database.transact(sell, arena.house.cashier, request)
    event.remove(arena.database.writer, "before_cursor_execute", note)
    return len(seen)


def test_a_till_killed_before_any_statement_of_a_sale_has_sold_nothing_and_its_request_can_be_repeated(
    make_any_arena: Callable[..., Arena],
) -> None:
    arena = make_any_arena(rows=30, seats_per_row=2)
    house = arena.house
    statements = _count_statements(arena, held_basket(arena, house.seat_ids[:2]))
    assert statements > 10
    # A till of an SQLite file has it for itself once it has begun to write.
    at_once = 1 if arena.database.embedded else statements
    numbers = range(1, statements + 1)
    actors = arena.actors(house.cashier, statements)
    baskets = [held_basket(arena, house.seat_ids[2 * at : 2 * at + 2], actors[at - 1]) for at in numbers]
    jobs = [
        Job(arena.url, actor, sell_up_to_the_statement, {**basket, "statement": number})
        for actor, basket, number in zip(actors, baskets, numbers, strict=True)
    ]
    for first in range(0, statements, at_once):
        with open_tills(jobs[first : first + at_once]) as tills:
            let_go(tills)
            for till in tills:
                till.hear("in the middle")
                till.kill()
    assert arena.count_orders() == 1
    arena.require_sound()
    for actor, basket in zip(actors, baskets, strict=True):
        sale = arena.database.transact(sell, actor, request_of(arena, basket))
        assert len(sale.ticket_ids) == 2
    assert arena.count_orders() == 1 + statements
    arena.require_sound()


def test_without_a_transaction_a_till_killed_in_a_sale_leaves_half_an_order(make_arena: Callable[..., Arena]) -> None:
    arena = make_arena()
    house = arena.house
    statements = _count_statements(arena, held_basket(arena, house.seat_ids[:2]))
    basket = held_basket(arena, house.seat_ids[2:4])
    killed = {**basket, "statement": statements * 2 // 3, "autocommit": True}
    with open_tills([Job(arena.url, house.cashier, sell_up_to_the_statement, killed)]) as (till,):
        till.go()
        till.hear("in the middle")
        till.kill()
    with pytest.raises(AssertionError, match="wrong with this database"):
        arena.require_sound()


def test_tills_killed_at_any_moment_leave_a_sound_house_and_requests_that_can_be_repeated(
    make_any_arena: Callable[..., Arena],
) -> None:
    arena = make_any_arena(rows=6, seats_per_row=20)
    house = arena.house
    dice = random.Random(7)
    arguments = {
        "performance_id": house.performance_id,
        "seat_ids": list(house.seat_ids),
        "adult_id": house.adult_id,
    }
    jobs = [
        Job(arena.url, actor, sell_one_by_one, {**arguments, "seed": seed})
        for seed, actor in enumerate(arena.actors(house.cashier, 6))
    ]
    asked: list[list[dict[str, Any]]] = []
    with open_tills(jobs) as tills:
        let_go(tills)
        for till in tills:
            heard = [till.hear("asks") for _ in range(dice.randint(2, 6))]
            # Not waiting for anything: a moment anywhere in a sale is what is wanted.
            threading.Event().wait(dice.uniform(0, 0.01))
            asked.append([*heard, *(basket for _, basket in till.kill())])
    repeats = [Job(arena.url, job.actor, sell_again, baskets[-1]) for job, baskets in zip(jobs, asked, strict=True)]
    for baskets, told in zip(asked, run_together(repeats), strict=True):
        _require_sold_once(arena, baskets[-1], told)
    requests = {basket["request_id"] for baskets in asked for basket in baskets}
    assert arena.database.read(_all_requests) == requests
    arena.require_sound()


def _all_requests(session: Session) -> set[str]:
    return set(session.execute(select(Order.request_id)).scalars())
