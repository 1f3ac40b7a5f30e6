"""Reservations that two want at the same moment: one gets them, and the other is told; none is paid and given back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.concurrency.locks import wait_for_a_lock_wait
from tests.concurrency.pick_up_deeds import (
    give_up_each,
    give_up_what_was_seen,
    keep_each,
    open_and_pay,
    open_each,
    open_without_a_look_at_others,
    pay_each,
    pay_what_was_seen,
    release_after_a_look,
    release_at_once,
    release_each,
)
from tests.concurrency.reservations import lines_of, move_time, reservations, run_out
from tests.concurrency.sold_orders import GUARDED, ROUNDS, together
from tests.concurrency.tills import Job, let_go, open_tills

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.concurrency.conftest import Arena

    Deed = Callable[..., None]

OPEN = ["reserved"] * 2
PAID = ["live"] * 2
GIVEN_BACK = ["released"] * 2


def _race(
    arena: Arena, orders: list[dict[str, Any]], first: Deed, second: Deed, *, due: bool = False
) -> list[tuple[Any, ...]]:
    """Let two tills do their deeds to each order; due: its time ends just then. Returns each outcome with the lines."""
    jobs = [
        Job(arena.url, actor, deed, {"rounds": len(orders)} if deed is release_each else {"orders": orders})
        for actor, deed in zip(arena.actors(arena.house.cashier, 2), (first, second), strict=True)
    ]

    def before(number: int) -> None:
        if due:
            arena.database.transact(run_out, orders[number]["order_id"])

    told = together(jobs, len(orders), before)
    arena.require_sound()
    return [(*both, arena.database.read(lines_of, order["order_id"])) for both, order in zip(told, orders, strict=True)]


@ROUNDS
def test_one_of_two_tills_opens_a_reservation(make_any_arena: Callable[..., Arena], rounds: int) -> None:
    arena = make_any_arena(rows=rounds, seats_per_row=4)
    for told in _race(arena, reservations(arena, rounds), open_each, open_each):
        assert told in [("opened", "PickUpElsewhere", OPEN), ("PickUpElsewhere", "opened", OPEN)]


@ROUNDS
def test_a_reservation_that_is_over_is_opened_or_given_back(make_any_arena: Callable[..., Arena], rounds: int) -> None:
    arena = make_any_arena(rows=rounds, seats_per_row=4)
    for told in _race(arena, reservations(arena, rounds), open_each, release_each, due=True):
        assert told in [("opened", 0, OPEN), ("OrderChanged", 1, GIVEN_BACK)]


@ROUNDS
def test_a_reservation_that_is_over_is_kept_longer_or_given_back(
    make_any_arena: Callable[..., Arena], rounds: int
) -> None:
    arena = make_any_arena(rows=rounds, seats_per_row=4)
    for told in _race(arena, reservations(arena, rounds), keep_each, release_each, due=True):
        assert told in [("kept", 0, OPEN), ("OrderChanged", 1, GIVEN_BACK)]


@ROUNDS
def test_a_reservation_whose_time_at_the_till_is_over_is_paid_or_given_back(
    make_any_arena: Callable[..., Arena], rounds: int
) -> None:
    arena = make_any_arena(rows=rounds, seats_per_row=4)
    orders = reservations(arena, rounds, open_at=arena.house.cashier)
    for told in _race(arena, orders, pay_each, release_each, due=True):
        assert told in [("paid", 0, PAID), ("OrderChanged", 1, GIVEN_BACK)]


@ROUNDS
def test_a_seat_is_picked_up_or_given_up(make_any_arena: Callable[..., Arena], rounds: int) -> None:
    arena = make_any_arena(rows=rounds, seats_per_row=4)
    for told in _race(arena, reservations(arena, rounds), pay_each, give_up_each):
        assert told in [("paid", "OrderChanged", PAID), ("OrderChanged", "given up", ["released", "reserved"])]


@ROUNDS
def test_a_reservation_is_paid_at_one_of_two_tills(make_any_arena: Callable[..., Arena], rounds: int) -> None:
    """Neither has it open any more: its time there was over, and each of them has the money in hand."""
    arena = make_any_arena(rows=rounds, seats_per_row=4)
    for told in _race(arena, reservations(arena, rounds), pay_each, pay_each):
        assert told in [("paid", "OrderChanged", PAID), ("OrderChanged", "paid", PAID)]


@GUARDED
def test_only_a_look_behind_the_claim_lets_the_second_till_see_that_a_reservation_is_paid(
    make_any_arena: Callable[..., Arena], *, trusting: bool
) -> None:
    arena = make_any_arena(rows=2, seats_per_row=4)
    (order,) = reservations(arena)
    jobs = [
        Job(arena.url, actor, pay_what_was_seen, {"order": order, "trusting": trusting})
        for actor in arena.actors(arena.house.cashier, 2)
    ]
    (told,) = together(jobs, 1)
    assert sorted(told) == sorted(["paid", "the database refused" if trusting else "OrderChanged"])
    assert arena.database.read(lines_of, order["order_id"]) == PAID
    arena.require_sound()


def test_without_the_guard_two_tills_have_one_reservation_open(make_arena: Callable[..., Arena]) -> None:
    arena = make_arena(rows=2, seats_per_row=4)
    deed = open_without_a_look_at_others
    assert _race(arena, reservations(arena), deed, deed) == [("opened", "opened", OPEN)]


@pytest.mark.parametrize("other", [open_each, keep_each], ids=["opened", "kept longer"])
@GUARDED
def test_only_the_second_look_keeps_a_reservation_from_being_given_back(
    make_arena: Callable[..., Arena], other: Deed, *, trusting: bool
) -> None:
    arena = make_arena(rows=2, seats_per_row=4)
    (order,) = reservations(arena, due=True)
    jobs = [
        Job(arena.url, arena.house.cashier, release_after_a_look, {"trusting": trusting}),
        Job(arena.url, arena.house.elsewhere(arena.house.cashier), other, {"orders": [order]}),
    ]
    with open_tills(jobs) as (housekeeping, till):
        let_go([housekeeping, till])
        housekeeping.hear("ready")
        housekeeping.go()
        housekeeping.hear("looked")
        till.hear("ready")
        till.go()
        assert till.hear("told") in {"opened", "kept"}
        housekeeping.go()
        assert housekeeping.hear("told") == trusting
    assert arena.database.read(lines_of, order["order_id"]) == (GIVEN_BACK if trusting else OPEN)


@GUARDED
def test_a_reservation_whose_time_comes_while_a_till_has_it_open_is_still_paid(
    make_any_arena: Callable[..., Arena], *, trusting: bool
) -> None:
    arena = make_any_arena(rows=2, seats_per_row=4)
    (order,) = reservations(arena)
    arena.database.transact(run_out, order["order_id"], -30)
    actor, other = arena.actors(arena.house.cashier, 2)
    jobs = [
        Job(arena.url, actor, open_and_pay, {"order": order}),
        Job(arena.url, other, release_at_once, {"trusting": trusting}),
    ]
    with open_tills(jobs) as (till, housekeeping):
        let_go([till, housekeeping])
        till.hear("opened")
        arena.database.transact(move_time, order["order_id"], 60)
        housekeeping.hear("ready")
        housekeeping.go()
        assert housekeeping.hear("told") == trusting
        till.go()
        till.hear("ready")
        till.go()
        assert till.hear("told") == ("OrderChanged" if trusting else "paid")
    arena.require_sound()


@GUARDED
def test_only_the_claim_of_the_order_lets_the_second_one_see_that_a_seat_is_paid_or_given_up(
    make_arena: Callable[..., Arena], *, trusting: bool
) -> None:
    arena = make_arena(rows=2, seats_per_row=4)
    (order,) = reservations(arena)
    jobs = [
        Job(arena.url, arena.house.cashier, give_up_what_was_seen, {"orders": [order], "trusting": trusting}),
        Job(arena.url, arena.house.elsewhere(arena.house.cashier), pay_each, {"orders": [order]}),
    ]
    with open_tills(jobs) as (giver, payer):
        let_go([giver, payer])
        for till in (giver, payer):
            till.hear("ready")
        giver.go()
        giver.hear("looked")
        payer.go()
        if not trusting:
            wait_for_a_lock_wait(arena.database, "the payer")
            giver.go()
            assert giver.hear("told") == "given up"
            assert payer.hear("told") == "OrderChanged"
            arena.require_sound()
        else:
            assert payer.hear("told") == "paid"
            giver.go()
            assert giver.hear("told") == "given up", "of what is paid"
            assert arena.database.read(lines_of, order["order_id"]) == PAID
