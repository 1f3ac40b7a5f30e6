"""Seats that come free while people wait, and two who want them at once: who waits is served in turn, and once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from pos_app.services.waiting.serving import serve
from tests.concurrency.locks import wait_for_a_lock_wait
from tests.concurrency.order_deeds import refund_each
from tests.concurrency.queue_deeds import (
    buy_each,
    lapse_each,
    open_and_close_each,
    open_offers_each,
    refund_slowly,
    refund_unserved,
)
from tests.concurrency.queues import (
    end_offer,
    entry_states,
    guards_of_free,
    offers,
    open_offers,
    opened,
    sold_out,
    waits,
)
from tests.concurrency.sold_orders import GUARDED, ROUNDS, together
from tests.concurrency.tills import Job, let_go, open_tills

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.concurrency.conftest import Arena

BUYERS = 16
WAITING = 20


def _refunds(arena: Arena, sold: list[list[dict[str, Any]]]) -> list[Job]:
    actors = arena.actors(arena.house.cashier, len(sold))
    return [Job(arena.url, actor, refund_each, {"orders": orders}) for actor, orders in zip(actors, sold, strict=True)]


@ROUNDS
@pytest.mark.parametrize("seats", [2, 1], ids=["one party of two", "two parties of one"])
def test_two_refunds_of_one_seat_each_serve_who_waits(
    make_any_arena: Callable[..., Arena], seats: int, rounds: int
) -> None:
    arena = make_any_arena(rows=rounds + 1, seats_per_row=4)
    sold = sold_out(arena, rounds)
    parties = [waits(arena, seats) for _ in range(rounds * 2 // seats)]
    assert together(_refunds(arena, sold), rounds) == [("refunded", "refunded")] * rounds
    made = offers(arena)
    assert [party for party, _, _ in made] == parties
    freed = [{one["seat_id"], other["seat_id"]} for one, other in zip(*sold, strict=True)]
    if seats == 2:
        assert [set(places) for _, places, _ in made] == freed
    else:
        assert sorted(place for _, (place,), _ in made) == sorted(set().union(*freed))
    arena.require_sound()


@GUARDED
def test_only_the_lock_of_the_list_lets_the_second_refund_see_the_seat_of_the_first(
    make_arena: Callable[..., Arena], *, trusting: bool
) -> None:
    arena = make_arena(rows=2, seats_per_row=4)
    (one,), (other,) = sold_out(arena, 1)
    party = waits(arena, 2)
    jobs = [
        Job(arena.url, actor, refund_slowly, {"order": order, "trusting": trusting})
        for actor, order in zip(arena.actors(arena.house.cashier, 2), (one, other), strict=True)
    ]
    with open_tills(jobs) as tills:
        let_go(tills)
        first, second = tills
        for till in tills:
            till.hear("ready")
        first.go()
        first.hear("in the middle")
        second.go()
        if trusting:
            second.hear("in the middle")
        else:
            wait_for_a_lock_wait(arena.database, "the second refund")
        first.go()
        assert first.hear("told") == "refunded"
        if not trusting:
            second.hear("in the middle")
        second.go()
        assert second.hear("told") == "refunded"
    seats = tuple(sorted((one["seat_id"], other["seat_id"])))
    assert offers(arena) == ([] if trusting else [(party, seats, "open")])
    # What was missed is found by the next pass.
    assert arena.database.transact(serve, [arena.house.performance_id]) == trusting
    assert offers(arena) == [(party, seats, "open")]
    arena.require_sound()


@ROUNDS
def test_an_offer_whose_time_comes_is_opened_at_a_till_or_lapses(
    make_any_arena: Callable[..., Arena], rounds: int
) -> None:
    arena = make_any_arena(rows=rounds + 1, seats_per_row=4)
    sold = sold_out(arena, rounds, orders=1)
    for _ in range(rounds):
        waits(arena, 1)
    together(_refunds(arena, sold), rounds)
    standing = open_offers(arena)
    actor, other = arena.actors(arena.house.cashier, 2)
    jobs = [
        Job(arena.url, actor, open_offers_each, {"offers": standing}),
        Job(arena.url, other, lapse_each, {"rounds": rounds}),
    ]
    told = together(jobs, rounds, lambda number: arena.database.transact(end_offer, standing[number], 0))
    assert set(told) <= {("opened", 0), ("OfferOver", 1), ("OfferOver", 0)}
    arena.require_sound()


@ROUNDS
def test_a_list_opened_and_closed_while_seats_come_free_guards_what_it_should(
    make_any_arena: Callable[..., Arena], rounds: int
) -> None:
    arena = make_any_arena(rows=rounds + 1, seats_per_row=4)
    sold = sold_out(arena, rounds, orders=1)
    (manager,) = arena.actors(arena.house.manager, 1)
    asked = {"performance_id": arena.house.performance_id, "rounds": rounds}
    jobs = [*_refunds(arena, sold), Job(arena.url, manager, open_and_close_each, asked)]
    told = together(jobs, rounds)
    assert told == [("refunded", ("opened", "closed")[number % 2]) for number in range(rounds)]
    # Nobody waited: whatever came free is on sale.
    assert guards_of_free(arena) == {order["seat_id"]: 0 for order in sold[0]}
    arena.require_sound()


def test_what_is_not_served_stays_guarded_for_nobody(make_arena: Callable[..., Arena]) -> None:
    arena = make_arena(rows=2, seats_per_row=4)
    (orders,) = sold_out(arena, 1, orders=1)
    opened(arena)
    (actor,) = arena.actors(arena.house.cashier, 1)
    told = together([Job(arena.url, actor, refund_unserved, {"orders": orders, "trusting": False})], 1)
    assert told == [("refunded",)]
    assert guards_of_free(arena) == {orders[0]["seat_id"]: 1}, "it is on sale for nobody"


def _buyers(arena: Arena, seat_ids: list[int]) -> list[Job]:
    house = arena.house
    asked = {
        "performance_id": house.performance_id, "seat_ids": seat_ids, "adult_id": house.adult_id, "tries": 3,
    }  # fmt: skip
    return [Job(arena.url, actor, buy_each, asked) for actor in arena.actors(house.cashier, BUYERS)]


@pytest.mark.parametrize("rounds", [2, pytest.param(20, marks=pytest.mark.soak)])
def test_sixteen_tills_get_nothing_of_what_a_refund_frees_while_twenty_wait(
    make_any_arena: Callable[..., Arena], rounds: int
) -> None:
    arena = make_any_arena(rows=rounds + 1, seats_per_row=4)
    (orders,) = sold_out(arena, rounds, orders=1)
    parties = [waits(arena, 1) for _ in range(WAITING)]
    seats = [order["seat_id"] for order in orders]
    told = together([*_refunds(arena, [orders]), *_buyers(arena, seats)], rounds)
    assert told == [("refunded", *[["SeatsTaken"] * 3] * BUYERS)] * rounds
    assert offers(arena) == [(party, (seat,), "open") for party, seat in zip(parties, seats, strict=False)]
    assert entry_states(arena) == ["offered"] * rounds + ["waiting"] * (WAITING - rounds)
    arena.require_sound()


@GUARDED
def test_only_the_guard_keeps_sixteen_tills_from_what_was_not_offered_yet(
    make_arena: Callable[..., Arena], *, trusting: bool
) -> None:
    arena = make_arena(rows=2, seats_per_row=4)
    (orders,) = sold_out(arena, 1, orders=1)
    parties = [waits(arena, 1) for _ in range(WAITING)]
    (actor,) = arena.actors(arena.house.cashier, 1)
    seat = orders[0]["seat_id"]
    refunding = Job(arena.url, actor, refund_unserved, {"orders": orders, "trusting": trusting})
    assert together([refunding], 1) == [("refunded",)]
    (told,) = together(_buyers(arena, [seat]), 1)
    sold = sum(tries.count("sold") for tries in told)
    assert sold == trusting, "before the first of twenty"
    arena.database.transact(serve, [arena.house.performance_id])
    assert offers(arena) == ([] if trusting else [(parties[0], (seat,), "open")])
