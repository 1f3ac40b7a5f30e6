"""Orders that are sold, and two who change them at the same moment: one change is made, and the other is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from pos_app.db.models import Refund, Ticket
from pos_app.domain.door.check_in import Verdict
from pos_app.domain.orders.exchanges import ExchangeAsk
from pos_app.domain.orders.refunds import RefundAsk
from pos_app.services.orders.exchanges import preview_exchange
from pos_app.services.orders.refunds import preview_refund
from tests.after_sale import adults, live_lines
from tests.concurrency.baskets import held_basket, run_out
from tests.concurrency.order_deeds import exchange_each, hold_and_sell_each, refund_each, scan_first_of_each
from tests.concurrency.tills import Job, let_go, open_tills
from tests.small_house import sell_seats

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlalchemy.orm import Session

    from tests.concurrency.conftest import Arena

ROUNDS = 4


def _together(jobs: Sequence[Job], rounds: int) -> list[tuple[Any, ...]]:
    """Let all do their next deed at the same moment, round after round; return what each was told in each."""
    with open_tills(jobs) as tills:
        let_go(tills)
        told = []
        for _ in range(rounds):
            for till in tills:
                till.hear("ready")
            let_go(tills)
            told.append(tuple(till.hear("told") for till in tills))
        for till in tills:
            till.result()
    return told


def _sold_orders(arena: Arena) -> list[dict[str, Any]]:
    """Sell an order of two seats for each round; return each as it is seen now, with its first ticket."""
    house, orders = arena.house, []
    for row in range(1, ROUNDS + 1):
        sale = arena.database.transact(sell_seats, house, house.seats_of(row, (1, 2)))
        line = next(iter(arena.database.read(live_lines, sale.order_id).values()))
        told = arena.database.read(preview_refund, house.manager, RefundAsk(sale.order_id, (line,)))
        code = arena.database.read(_short_code, sale.ticket_ids[0])
        orders.append(
            {
                "order_id": sale.order_id,
                "revision": told.revision,
                "line_id": line,
                "amount_minor": told.amount_minor,
                "code": code,
            }
        )
    return orders


def _short_code(session: Session, ticket_id: int) -> str:
    return session.execute(select(Ticket.short_code).where(Ticket.id == ticket_id)).scalar_one()


def _refunds(session: Session, order_id: int) -> list[int]:
    return list(session.scalars(select(Refund.amount_minor).where(Refund.order_id == order_id)))


def _refund_jobs(arena: Arena, orders: list[dict[str, Any]], tills: int) -> list[Job]:
    arguments = {"orders": orders, "approver_id": arena.house.manager.staff_id}
    return [Job(arena.url, actor, refund_each, arguments) for actor in arena.actors(arena.house.cashier, tills)]


@pytest.mark.parametrize("seen", [True, False], ids=["as they saw it", "whatever they saw"])
def test_two_tills_that_refund_one_ticket_give_its_money_back_once(
    make_any_arena: Callable[..., Arena], seen: bool
) -> None:
    arena = make_any_arena(rows=ROUNDS, seats_per_row=4)
    orders = _sold_orders(arena)
    asked = [order if seen else {**order, "revision": None} for order in orders]
    for told in _together(_refund_jobs(arena, asked, 2), ROUNDS):
        assert sorted(told) == ["OrderChanged", "refunded"]
    for order in orders:
        assert arena.database.read(_refunds, order["order_id"]) == [order["amount_minor"]]
    arena.require_sound()


def test_a_guest_who_comes_in_while_the_ticket_is_refunded_does_one_of_both(
    make_any_arena: Callable[..., Arena],
) -> None:
    arena = make_any_arena(rows=ROUNDS, seats_per_row=4)
    house, orders = arena.house, _sold_orders(arena)
    (gate,) = arena.actors(house.steward, 1)
    codes = [order["code"] for order in orders]
    scans = {"performance_id": house.performance_id, "gate": "Main", "codes": codes}
    jobs = [*_refund_jobs(arena, orders, 1), Job(arena.url, gate, scan_first_of_each, scans)]
    for told in _together(jobs, ROUNDS):
        assert told in {("refunded", Verdict.REFUSED), ("RefundRefused", Verdict.ADMITTED)}
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


def _exchange_job(arena: Arena, asked: list[dict[str, Any]]) -> Job:
    house = arena.house
    (actor,) = arena.actors(house.cashier, 1)
    arguments = {"orders": asked, "approver_id": house.manager.staff_id, "adult_id": house.adult_id}
    return Job(arena.url, actor, exchange_each, arguments)


def test_the_new_seat_of_an_exchange_and_of_a_sale_goes_to_one_of_them(make_any_arena: Callable[..., Arena]) -> None:
    arena = make_any_arena(rows=ROUNDS, seats_per_row=4)
    house = arena.house
    asked = _exchanges(arena, _sold_orders(arena), lapsed=True)
    jobs = [_exchange_job(arena, asked)]
    seller = arena.actors(house.manager, 1)[0]
    seats = [order["seats"][0] for order in asked]
    jobs.append(Job(arena.url, seller, hold_and_sell_each, {"seats": seats, "adult_id": house.adult_id}))
    for told in _together(jobs, ROUNDS):
        assert told in {("exchanged", "SeatsTaken"), ("SeatsTaken", "sold")}
    arena.require_sound()


def test_a_ticket_scanned_while_it_is_exchanged_admits_or_is_exchanged(make_any_arena: Callable[..., Arena]) -> None:
    arena = make_any_arena(rows=ROUNDS, seats_per_row=4)
    house = arena.house
    asked = _exchanges(arena, _sold_orders(arena), lapsed=False)
    (gate,) = arena.actors(house.steward, 1)
    codes = [order["code"] for order in asked]
    scans = {"performance_id": house.performance_id, "gate": "Main", "codes": codes}
    jobs = [_exchange_job(arena, asked), Job(arena.url, gate, scan_first_of_each, scans)]
    for told in _together(jobs, ROUNDS):
        assert told in {("exchanged", Verdict.REFUSED), ("ExchangeRefused", Verdict.ADMITTED)}
    arena.require_sound()
