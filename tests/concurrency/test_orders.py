"""Orders that are sold, and two who change them at the same moment: one change is made, and the other is refused."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import insert, select

from pos_app.db.models import Refund, Setting, Ticket
from pos_app.domain.door.check_in import Verdict
from pos_app.domain.house.settings import HouseSettings
from pos_app.domain.orders.exchanges import ExchangeAsk
from pos_app.domain.orders.refunds import RefundAsk
from pos_app.services.house.settings import HOUSE_SETTING
from pos_app.services.orders.exchanges import preview_exchange
from pos_app.services.orders.refunds import preview_refund
from tests.after_sale import adults, live_lines
from tests.concurrency.baskets import held_basket, run_out
from tests.concurrency.order_deeds import exchange_each, hold_and_sell_each, refund_each, scan_first_of_each
from tests.concurrency.tills import Job, let_go, open_tills
from tests.small_house import ADULT_MINOR, CURRENCY, sell_seats

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlalchemy.orm import Session

    from tests.concurrency.conftest import Arena

ROUNDS = 4
NEEDS_A_MANAGER = ("NotPermitted", "RefundRefused", "ExchangeRefused")
"""What a cashier is told of a ticket that was used: long ago, or while it was looked at."""


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
    """Sell an order of two seats for each round; return each as it is seen now, with its first ticket.

    Cashiers may give back whatever an order cost, but for tickets that were used.
    """
    house, orders = arena.house, []
    arena.database.transact(_let_cashiers_refund)
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


def _let_cashiers_refund(session: Session) -> None:
    decided = asdict(HouseSettings(currency=CURRENCY, refund_limit_minor=2 * ADULT_MINOR["A"]))
    session.execute(insert(Setting).values(name=HOUSE_SETTING, value=json.dumps(decided)))


def _short_code(session: Session, ticket_id: int) -> str:
    return session.execute(select(Ticket.short_code).where(Ticket.id == ticket_id)).scalar_one()


def _refunds(session: Session, order_id: int) -> list[int]:
    return list(session.scalars(select(Refund.amount_minor).where(Refund.order_id == order_id)))


def _refund_jobs(arena: Arena, orders: list[dict[str, Any]], tills: int) -> list[Job]:
    actors = arena.actors(arena.house.cashier, tills)
    return [Job(arena.url, actor, refund_each, {"orders": orders}) for actor in actors]


@pytest.mark.parametrize("unseen", [{}, {"revision": None}], ids=["as they saw it", "whatever they saw"])
def test_two_tills_that_refund_one_ticket_give_its_money_back_once(
    make_any_arena: Callable[..., Arena], unseen: dict[str, None]
) -> None:
    arena = make_any_arena(rows=ROUNDS, seats_per_row=4)
    orders = _sold_orders(arena)
    refused = "RefundRefused" if unseen else "OrderChanged"
    for told in _together(_refund_jobs(arena, [{**order, **unseen} for order in orders], 2), ROUNDS):
        assert sorted(told) == sorted([refused, "refunded"])
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


def _exchange_job(arena: Arena, asked: list[dict[str, Any]]) -> Job:
    house = arena.house
    (actor,) = arena.actors(house.cashier, 1)
    arguments = {"orders": asked, "adult_id": house.adult_id}
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
        assert told in {("exchanged", Verdict.REFUSED), *((no, Verdict.ADMITTED) for no in NEEDS_A_MANAGER)}
    arena.require_sound()
