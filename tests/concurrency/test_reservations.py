"""Reservations that two want at the same moment: one gets them, and the other is told; none is paid and given back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.concurrency.pick_up_deeds import give_up_each, keep_each, open_each, pay_each, release_each
from tests.concurrency.reservations import lines_of, reservations, run_out
from tests.concurrency.sold_orders import ROUNDS, together
from tests.concurrency.tills import Job

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
    return [
        (*both, arena.database.read(lines_of, order["order_id"])) for both, order in zip(told, orders, strict=True)
    ]


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
