"""A ticket on resale that two want at the same moment: its seller at the door, or at the counter, and its buyer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pos_app.domain.door.check_in import Verdict
from tests.concurrency.order_deeds import hold_and_sell_each, scan_first_of_each
from tests.concurrency.queues import sold_out
from tests.concurrency.seller_deeds import buy_after_a_look, take_back_each
from tests.concurrency.sellers import on_resale
from tests.concurrency.sold_orders import GUARDED, ROUNDS, refunds_of, together
from tests.concurrency.tills import Job, let_go, open_tills

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos_app.domain.roles import Actor
    from tests.concurrency.conftest import Arena


def _sellers(arena: Arena, rounds: int) -> list[dict[str, Any]]:
    (orders,) = sold_out(arena, rounds, orders=1)
    return on_resale(arena, orders)


def _buyer(arena: Arena, orders: list[dict[str, Any]], deed: Callable[..., None], **more: bool) -> Job:
    (actor,) = arena.actors(arena.house.cashier, 1)
    seats = [(arena.house.performance_id, order["seat_id"]) for order in orders]
    return Job(arena.url, actor, deed, {"seats": seats, "adult_id": arena.house.adult_id, **more})


def _gate(arena: Arena, orders: list[dict[str, Any]]) -> Job:
    gate: Actor = arena.actors(arena.house.steward, 1)[0]
    codes = [order["code"] for order in orders]
    scans = {"performance_id": arena.house.performance_id, "gate": "Main", "codes": codes}
    return Job(arena.url, gate, scan_first_of_each, scans)


@ROUNDS
def test_a_ticket_on_resale_that_is_bought_while_its_seller_is_scanned_is_one_of_both(
    make_any_arena: Callable[..., Arena], rounds: int
) -> None:
    arena = make_any_arena(rows=rounds + 1, seats_per_row=4)
    orders = _sellers(arena, rounds)
    told = together([_buyer(arena, orders, hold_and_sell_each), _gate(arena, orders)], rounds)
    for order, both in zip(orders, told, strict=True):
        assert both in {("sold", Verdict.REFUSED), ("SeatsTaken", Verdict.ADMITTED)}
        assert len(arena.database.read(refunds_of, order["order_id"])) == (both[0] == "sold")
    arena.require_sound()


@ROUNDS
def test_a_ticket_on_resale_is_bought_or_taken_back(make_any_arena: Callable[..., Arena], rounds: int) -> None:
    arena = make_any_arena(rows=rounds + 1, seats_per_row=4)
    orders = _sellers(arena, rounds)
    (actor,) = arena.actors(arena.house.elsewhere(arena.house.cashier), 1)
    jobs = [
        _buyer(arena, orders, hold_and_sell_each),
        Job(arena.url, actor, take_back_each, {"orders": orders}),
    ]
    for buyer, seller in together(jobs, rounds):
        assert (buyer, seller) in {("sold", "ResaleRefused"), ("sold", "OrderChanged"), ("SeatsTaken", "taken back")}
    arena.require_sound()


@GUARDED
def test_only_the_presence_of_its_seller_keeps_a_ticket_from_being_resold_to_another(
    make_arena: Callable[..., Arena], *, trusting: bool
) -> None:
    arena = make_arena(rows=2, seats_per_row=4)
    orders = _sellers(arena, 1)
    jobs = [_buyer(arena, orders, buy_after_a_look, trusting=trusting), _gate(arena, orders)]
    with open_tills(jobs) as tills:
        let_go(tills)
        buyer, gate = tills
        buyer.hear("ready")
        buyer.go()
        buyer.hear("looked")
        gate.hear("ready")
        gate.go()
        assert gate.hear("told") == Verdict.ADMITTED
        buyer.go()
        assert buyer.hear("told") == ("sold" if trusting else "SeatsTaken")
    if not trusting:
        arena.require_sound()
