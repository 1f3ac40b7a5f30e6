"""Orders that are sold, and two who change them at the same moment: one change is made, and the other is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from pos_app.doctor import Rule, judge_database
from pos_app.domain.door.check_in import Verdict
from pos_app.domain.orders.exchanges import ExchangeAsk
from pos_app.services.orders.exchanges.making import preview_exchange
from tests.after_sale import adults
from tests.concurrency.baskets import held_basket, run_out
from tests.concurrency.order_deeds import (
    exchange_after_a_pause,
    exchange_each,
    exchange_for_what_was_free,
    hold_and_sell_each,
    refund_after_a_pause,
    refund_each,
    refund_unguarded,
    scan_first_of_each,
)
from tests.concurrency.sold_orders import ROUNDS, refunds_of, sold_orders, together
from tests.concurrency.tills import Job, let_go, open_tills

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos_app.domain.roles import Actor
    from tests.concurrency.conftest import Arena

NEEDS_A_MANAGER = ("NotPermitted", "OrderChanged")
"""What a cashier is told of a ticket that was used: long ago, or while it was looked at."""


def _refund_jobs(
    arena: Arena, orders: list[dict[str, Any]], tills: int, deed: Callable[..., None] = refund_each, **more: bool
) -> list[Job]:
    actors = arena.actors(arena.house.cashier, tills)
    return [Job(arena.url, actor, deed, {"orders": orders, **more}) for actor in actors]


def _gate_job(arena: Arena, orders: list[dict[str, Any]]) -> Job:
    (gate,) = arena.actors(arena.house.steward, 1)
    codes = [order["code"] for order in orders]
    scans = {"performance_id": arena.house.performance_id, "gate": "Main", "codes": codes}
    return Job(arena.url, gate, scan_first_of_each, scans)


@ROUNDS
@pytest.mark.parametrize("unseen", [{}, {"revision": None}], ids=["as they saw it", "whatever they saw"])
def test_two_tills_that_refund_one_ticket_give_its_money_back_once(
    make_any_arena: Callable[..., Arena], unseen: dict[str, None], rounds: int
) -> None:
    arena = make_any_arena(rows=rounds, seats_per_row=4)
    orders = sold_orders(arena, rounds)
    refused = "RefundRefused" if unseen else "OrderChanged"
    for told in together(_refund_jobs(arena, [{**order, **unseen} for order in orders], 2), rounds):
        assert sorted(told) == sorted([refused, "refunded"])
    for order in orders:
        assert arena.database.read(refunds_of, order["order_id"]) == [order["amount_minor"]]
    arena.require_sound()


@ROUNDS
def test_a_guest_who_comes_in_while_the_ticket_is_refunded_does_one_of_both(
    make_any_arena: Callable[..., Arena], rounds: int
) -> None:
    arena = make_any_arena(rows=rounds, seats_per_row=4)
    orders = sold_orders(arena, rounds)
    jobs = [*_refund_jobs(arena, orders, 1), _gate_job(arena, orders)]
    for told in together(jobs, rounds):
        assert told in {("refunded", Verdict.REFUSED), *((no, Verdict.ADMITTED) for no in NEEDS_A_MANAGER)}
    arena.require_sound()


def _exchanges(arena: Arena, orders: list[dict[str, Any]], *, lapsed: bool) -> list[dict[str, Any]]:
    """Hold seat 4 of each row for the exchange of the order there; lapsed: too long ago."""
    house, asked = arena.house, []
    for row, order in enumerate(orders, 1):
        seat = house.seat(row, 4)
        basket = held_basket(arena, [seat.seat_id])["basket_key"]
        ask = ExchangeAsk(order["order_id"], (order["line_id"],), adults(house, [seat]), basket)
        told = arena.database.read(preview_exchange, house.manager, ask)
        if lapsed:
            arena.database.transact(run_out, basket)
        seats = [[seat.performance_id, seat.seat_id]]
        asked.append({**order, "seats": seats, "basket_key": basket, "difference_minor": told.difference_minor})
    return asked


def _exchange_job(
    arena: Arena, actor: Actor, asked: list[dict[str, Any]], deed: Callable[..., None] = exchange_each, **more: bool
) -> Job:
    return Job(arena.url, actor, deed, {"orders": asked, "adult_id": arena.house.adult_id, **more})


@ROUNDS
def test_the_new_seat_of_an_exchange_and_of_a_sale_goes_to_one_of_them(
    make_any_arena: Callable[..., Arena], rounds: int
) -> None:
    arena = make_any_arena(rows=rounds, seats_per_row=4)
    house = arena.house
    asked = _exchanges(arena, sold_orders(arena, rounds), lapsed=True)
    changer, seller = arena.actors(house.cashier, 2)
    seats = {"seats": [order["seats"][0] for order in asked], "adult_id": house.adult_id}
    jobs = [_exchange_job(arena, changer, asked), Job(arena.url, seller, hold_and_sell_each, seats)]
    for told in together(jobs, rounds):
        assert told in {("exchanged", "SeatsTaken"), ("SeatsTaken", "sold")}
    arena.require_sound()


@ROUNDS
def test_a_ticket_scanned_while_it_is_exchanged_admits_or_is_exchanged(
    make_any_arena: Callable[..., Arena], rounds: int
) -> None:
    arena = make_any_arena(rows=rounds, seats_per_row=4)
    house = arena.house
    asked = _exchanges(arena, sold_orders(arena, rounds), lapsed=False)
    (changer,) = arena.actors(house.cashier, 1)
    jobs = [_exchange_job(arena, changer, asked), _gate_job(arena, asked)]
    for told in together(jobs, rounds):
        assert told in {("exchanged", Verdict.REFUSED), *((no, Verdict.ADMITTED) for no in NEEDS_A_MANAGER)}
    arena.require_sound()


def test_without_the_guards_two_tills_give_the_money_of_one_ticket_back_twice(
    make_arena: Callable[..., Arena],
) -> None:
    arena = make_arena(rows=2, seats_per_row=4)
    (order,) = sold_orders(arena)
    with open_tills(_refund_jobs(arena, [order], 2, refund_unguarded)) as tills:
        let_go(tills)
        for step in ("ready", "looked"):
            for till in tills:
                till.hear(step)
            let_go(tills)
        assert [till.hear("told") for till in tills] == ["refunded", "refunded"]
    assert arena.database.read(refunds_of, order["order_id"]) == [order["amount_minor"]] * 2
    found = {finding.rule for finding in arena.database.read(judge_database)}
    assert Rule.PAYMENTS in found


def _with_a_guest_between(arena: Arena, job: Job, orders: list[dict[str, Any]]) -> tuple[str, str]:
    """Let a till look, then a guest come in with the ticket, then the till go on; return what both were told."""
    with open_tills([job, _gate_job(arena, orders)]) as (till, gate):
        let_go([till, gate])
        till.hear("ready")
        till.go()
        till.hear("looked")
        gate.hear("ready")
        gate.go()
        verdict = gate.hear("told")
        till.go()
        return till.hear("told"), verdict


@pytest.mark.parametrize(
    ("trusting", "told"), [(False, "OrderChanged"), (True, "refunded")], ids=["guarded", "without the guard"]
)
def test_a_guest_who_comes_in_between_the_look_and_the_refund_is_noticed_by_the_guard_alone(
    make_arena: Callable[..., Arena], *, trusting: bool, told: str
) -> None:
    arena = make_arena(rows=2, seats_per_row=4)
    orders = sold_orders(arena)
    (job,) = _refund_jobs(arena, orders, 1, refund_after_a_pause, trusting=trusting)
    assert _with_a_guest_between(arena, job, orders) == (told, Verdict.ADMITTED)
    if not trusting:
        arena.require_sound()


@pytest.mark.parametrize(
    ("trusting", "told"), [(False, "OrderChanged"), (True, "exchanged")], ids=["guarded", "without the guard"]
)
def test_a_guest_who_comes_in_between_the_look_and_the_exchange_is_noticed_by_the_guard_alone(
    make_arena: Callable[..., Arena], *, trusting: bool, told: str
) -> None:
    arena = make_arena(rows=2, seats_per_row=4)
    orders = _exchanges(arena, sold_orders(arena), lapsed=False)
    (actor,) = arena.actors(arena.house.cashier, 1)
    job = _exchange_job(arena, actor, orders, exchange_after_a_pause, trusting=trusting)
    assert _with_a_guest_between(arena, job, orders) == (told, Verdict.ADMITTED)
    if not trusting:
        arena.require_sound()


def test_without_the_guard_only_the_key_of_the_tickets_keeps_a_seat_from_being_exchanged_for_and_sold(
    make_arena: Callable[..., Arena],
) -> None:
    arena = make_arena(rows=2, seats_per_row=4)
    house = arena.house
    asked = _exchanges(arena, sold_orders(arena), lapsed=True)
    changer, seller = arena.actors(house.cashier, 2)
    seats = {"seats": [asked[0]["seats"][0]], "adult_id": house.adult_id}
    jobs = [
        _exchange_job(arena, changer, asked, exchange_for_what_was_free),
        Job(arena.url, seller, hold_and_sell_each, seats),
    ]
    with open_tills(jobs) as (till, other):
        let_go([till, other])
        till.hear("ready")
        till.go()
        till.hear("looked")
        other.hear("ready")
        other.go()
        assert other.hear("told") == "sold"
        till.go()
        assert till.hear("told") == "the database refused"
    arena.require_sound()
