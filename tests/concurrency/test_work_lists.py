"""Two who work off one cancelled performance: they have one list, and each order is done once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import update

from pos_app.db.clock import utc_now
from pos_app.db.models import Performance
from pos_app.doctor import Rule, judge_database
from pos_app.domain.orders.work_lists import WorkDeed
from pos_app.services.orders.work_lists.lists import close_work_list
from tests.concurrency.locks import wait_for_a_lock_wait
from tests.concurrency.order_deeds import (
    open_list_after_a_look,
    open_list_each,
    work_off_after_a_look,
    work_off_each,
)
from tests.concurrency.sold_orders import GUARDED, ROUNDS, refunds_of, sold_orders, together
from tests.concurrency.tills import Job, let_go, open_tills

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from tests.concurrency.conftest import Arena


def _cancel(session: Session, performance_id: int) -> None:
    session.execute(
        update(Performance)
        .where(Performance.id == performance_id)
        .values(state="cancelled", cancelled_at=utc_now(), cancel_reason="The singer is ill")
    )


def _jobs(arena: Arena, deed: Callable[..., None], *each: dict[str, Any], **both: Any) -> list[Job]:
    """Return what two managers do to the evening, which is cancelled. each: what is told to one of them alone."""
    house = arena.house
    arena.database.transact(_cancel, house.performance_id)
    asked = {"performance_id": house.performance_id, **both}
    actors = arena.actors(house.manager, 2)
    return [Job(arena.url, actor, deed, asked | own) for actor, own in zip(actors, each or ({}, {}), strict=True)]


@ROUNDS
def test_two_who_open_the_list_of_one_performance_open_one(make_any_arena: Callable[..., Arena], rounds: int) -> None:
    arena = make_any_arena(rows=4, seats_per_row=4)
    sold_orders(arena, 2)
    with open_tills(_jobs(arena, open_list_each, rounds=rounds)) as tills:
        let_go(tills)
        for _ in range(rounds):
            for till in tills:
                till.hear("ready")
            let_go(tills)
            first, second = (till.hear("told") for till in tills)
            assert first == second
            arena.database.transact(close_work_list, arena.house.manager, first)
    arena.require_sound()


@ROUNDS
def test_two_who_work_off_one_performance_do_each_order_once(make_any_arena: Callable[..., Arena], rounds: int) -> None:
    arena = make_any_arena(rows=rounds, seats_per_row=4)
    orders = sold_orders(arena, rounds)
    told = together(_jobs(arena, work_off_each, orders=[order["order_id"] for order in orders]), rounds + 1)
    assert len(set(told[0])) == 1
    assert told[1:] == [("refunded", "refunded")] * rounds
    for order in orders:
        assert arena.database.read(refunds_of, order["order_id"]) == [2 * order["amount_minor"]]
    arena.require_sound()


@ROUNDS
def test_an_order_that_one_refunds_and_another_one_moves_is_refunded_or_moved(
    make_any_arena: Callable[..., Arena], rounds: int
) -> None:
    arena = make_any_arena(rows=rounds, seats_per_row=4)
    orders = sold_orders(arena, rounds)
    move = {"deed": WorkDeed.MOVE, "to_performance_id": arena.house.gala_id}
    jobs = _jobs(arena, work_off_each, {}, move, orders=[order["order_id"] for order in orders])
    for order, told in zip(orders, together(jobs, rounds + 1)[1:], strict=True):
        assert told in {("refunded", "refunded"), ("moved", "moved")}
        back = [2 * order["amount_minor"]] if "refunded" in told else []
        assert arena.database.read(refunds_of, order["order_id"]) == back
    arena.require_sound()


@GUARDED
def test_only_the_key_of_the_open_list_keeps_two_from_opening_one_each(
    make_arena: Callable[..., Arena], *, trusting: bool
) -> None:
    arena = make_arena(rows=2, seats_per_row=4)
    sold_orders(arena)
    with open_tills(_jobs(arena, open_list_after_a_look, trusting=trusting)) as tills:
        let_go(tills)
        for step in ("ready", "looked"):
            for till in tills:
                till.hear(step)
            let_go(tills)
        opened = {till.hear("told") for till in tills}
    assert len(opened) == (2 if trusting else 1)
    if trusting:
        assert Rule.WORK_LISTS in {finding.rule for finding in arena.database.read(judge_database)}
    else:
        arena.require_sound()


@GUARDED
def test_only_the_lock_of_its_place_on_the_list_lets_the_second_one_see_what_the_first_one_did(
    make_arena: Callable[..., Arena], *, trusting: bool
) -> None:
    arena = make_arena(rows=2, seats_per_row=4)
    (order,) = sold_orders(arena)
    jobs = _jobs(arena, work_off_after_a_look, orders=[order["order_id"]], trusting=trusting)
    with open_tills(jobs) as (first, second):
        let_go([first, second])
        for till in (first, second):
            till.hear("ready")
            till.go()
            till.hear("told")
            till.hear("ready")
        first.go()
        first.hear("looked")
        second.go()
        if trusting:
            second.hear("looked")
        else:
            wait_for_a_lock_wait(arena.database, "the second one")
        first.go()
        assert first.hear("told") == "refunded"
        if trusting:
            second.go()
        assert second.hear("told") == ("by_hand" if trusting else "refunded")
    assert arena.database.read(refunds_of, order["order_id"]) == [2 * order["amount_minor"]]
    if trusting:
        assert {finding.rule for finding in arena.database.read(judge_database)} == {Rule.WORK_LISTS}
    else:
        arena.require_sound()
