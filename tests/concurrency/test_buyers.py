"""A customer whom two serve at the same moment: no ticket too many, and no order left with a number of nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import insert

from pos_app.db.models import PromoCode, PromoUsage
from pos_app.doctor import Rule, judge_database
from tests.concurrency.buyer_deeds import (
    erase_each,
    merge_each,
    sell_by_an_old_look,
    sell_to_each,
    sell_what_was_left,
)
from tests.concurrency.buyers import NAME, allow_each, buyers_of, make_customers
from tests.concurrency.locks import wait_for_a_lock_wait
from tests.concurrency.sold_orders import GUARDED, ROUNDS, together
from tests.concurrency.tills import Job, let_go, open_tills

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from pos_app.domain.roles import Actor
    from tests.concurrency.conftest import Arena

ONE_EACH = "ONEEACH"


def _make_code(session: Session) -> None:
    session.execute(
        insert(PromoCode).values(
            id=1, code=ONE_EACH, kind="percent", scope="ticket", value=50, only="{}", most_uses_each=1
        )
    )
    session.execute(insert(PromoUsage).values(promo_code_id=1, uses=0))


def _wishes(arena: Arena, customers: list[int], number: int) -> dict[str, Any]:
    """Return what a till sells to each customer: the seat of this number in a row of its own."""
    house = arena.house
    wishes = [
        {"seat": [house.performance_id, house.seat_id(row, number)], "customer_id": customer, "name": NAME}
        for row, customer in enumerate(customers, 1)
    ]
    return {"wishes": wishes, "adult_id": house.adult_id}


LAST_ONES = pytest.mark.parametrize(
    ("code", "refusal"), [("", "CustomerRefused"), (ONE_EACH, "PromoCodeRefused")], ids=["ticket", "use of a code"]
)


@ROUNDS
@LAST_ONES
def test_the_last_one_that_a_customer_may_have_is_sold_at_one_of_two_tills(
    make_any_arena: Callable[..., Arena], code: str, refusal: str, rounds: int
) -> None:
    arena = make_any_arena(rows=rounds, seats_per_row=4)
    customers = arena.database.transact(make_customers, arena.house.cashier, rounds)
    arena.database.transact(_make_code) if code else arena.database.transact(allow_each, 1)
    jobs = [
        Job(arena.url, actor, sell_to_each, {**_wishes(arena, customers, number), "code": code})
        for number, actor in enumerate(arena.actors(arena.house.cashier, 2), 1)
    ]
    for told in together(jobs, rounds):
        assert sorted(told) == [refusal, "sold"]
    assert arena.database.read(buyers_of) == [(customer, NAME) for customer in customers]
    arena.require_sound()


@ROUNDS
def test_a_sale_for_a_number_that_is_merged_just_then_is_who_is_kept(
    make_any_arena: Callable[..., Arena], rounds: int
) -> None:
    arena = make_any_arena(rows=rounds, seats_per_row=4)
    kept, others = (arena.database.transact(make_customers, arena.house.cashier, rounds) for _ in range(2))
    till, office = arena.actors(arena.house.manager, 2)
    jobs = [
        Job(arena.url, till, sell_to_each, _wishes(arena, others, 1)),
        Job(arena.url, office, merge_each, {"pairs": list(zip(kept, others, strict=True))}),
    ]
    assert together(jobs, rounds) == [("sold", "merged")] * rounds
    assert arena.database.read(buyers_of) == [(customer, NAME) for customer in kept]
    arena.require_sound()


@ROUNDS
def test_a_sale_for_who_is_erased_just_then_is_made_and_names_nobody(
    make_any_arena: Callable[..., Arena], rounds: int
) -> None:
    arena = make_any_arena(rows=rounds, seats_per_row=4)
    customers = arena.database.transact(make_customers, arena.house.cashier, rounds)
    till, office = arena.actors(arena.house.manager, 2)
    jobs = [
        Job(arena.url, till, sell_to_each, _wishes(arena, customers, 1)),
        Job(arena.url, office, erase_each, {"customers": customers}),
    ]
    assert together(jobs, rounds) == [("sold", "erased")] * rounds
    assert {name for _, name in arena.database.read(buyers_of)} == {""}
    arena.require_sound()


@GUARDED
@LAST_ONES
def test_only_a_look_within_the_sale_keeps_two_tills_from_selling_the_last_one(
    make_any_arena: Callable[..., Arena], code: str, refusal: str, *, trusting: bool
) -> None:
    arena = make_any_arena(rows=2, seats_per_row=4)
    customers = arena.database.transact(make_customers, arena.house.cashier, 1)
    arena.database.transact(_make_code) if code else arena.database.transact(allow_each, 1)
    more = {"code": code, "trusting": trusting}
    jobs = [
        Job(arena.url, actor, sell_by_an_old_look, {**_wishes(arena, customers, number), **more})
        for number, actor in enumerate(arena.actors(arena.house.cashier, 2), 1)
    ]
    (told,) = together(jobs, 1)
    assert sorted(told) == (["sold", "sold"] if trusting else [refusal, "sold"])
    assert len(arena.database.read(buyers_of)) == told.count("sold")
    arena.require_sound()


@GUARDED
@pytest.mark.parametrize("gone", ["merged", "erased"])
def test_only_a_look_within_the_sale_keeps_it_from_a_customer_who_is_gone(
    make_any_arena: Callable[..., Arena], gone: str, *, trusting: bool
) -> None:
    arena = make_any_arena(rows=2, seats_per_row=4)
    kept, other = arena.database.transact(make_customers, arena.house.cashier, 2)
    seller, office = arena.actors(arena.house.manager, 2)
    jobs = [
        Job(arena.url, seller, sell_by_an_old_look, {**_wishes(arena, [other], 1), "trusting": trusting}),
        _goes(arena, office, gone, kept, other),
    ]
    with open_tills(jobs) as tills:
        let_go(tills)
        for one in tills:
            one.hear("ready")
        for one, done in zip(reversed(tills), (gone, "sold"), strict=True):
            one.go()
            assert one.hear("told") == done
    _require_names(arena, gone, kept, other, trusting=trusting)


@GUARDED
def test_only_the_write_of_the_customers_row_keeps_two_tills_from_selling_one_too_many(
    make_arena: Callable[..., Arena], *, trusting: bool
) -> None:
    arena = make_arena(rows=2, seats_per_row=4)
    arena.database.transact(allow_each, 1)
    customers = arena.database.transact(make_customers, arena.house.cashier, 1)
    jobs = [
        Job(arena.url, actor, sell_what_was_left, {**_wishes(arena, customers, number), "trusting": trusting})
        for number, actor in enumerate(arena.actors(arena.house.cashier, 2), 1)
    ]
    with open_tills(jobs) as (first, second):
        let_go([first, second])
        for till in (first, second):
            till.hear("ready")
        first.go()
        first.hear("looked")
        second.go()
        if trusting:
            second.hear("looked")
        else:
            wait_for_a_lock_wait(arena.database, "the second till")
        first.go()
        assert first.hear("told") == "sold"
        if trusting:
            second.go()
        assert second.hear("told") == ("sold" if trusting else "CustomerRefused")
    arena.require_sound()


@GUARDED
@pytest.mark.parametrize("gone", ["merged", "erased"])
def test_only_the_write_of_the_customers_row_lets_who_goes_wait_for_the_sale(
    make_arena: Callable[..., Arena], gone: str, *, trusting: bool
) -> None:
    arena = make_arena(rows=2, seats_per_row=4)
    kept, other = arena.database.transact(make_customers, arena.house.cashier, 2)
    seller, office = arena.actors(arena.house.manager, 2)
    jobs = [
        Job(arena.url, seller, sell_what_was_left, {**_wishes(arena, [other], 1), "trusting": trusting}),
        _goes(arena, office, gone, kept, other),
    ]
    with open_tills(jobs) as (till, leaver):
        let_go([till, leaver])
        for one in (till, leaver):
            one.hear("ready")
        till.go()
        till.hear("looked")
        leaver.go()
        if trusting:
            assert leaver.hear("told") == gone
        else:
            wait_for_a_lock_wait(arena.database, "the office")
        till.go()
        assert till.hear("told") == "sold"
        if not trusting:
            assert leaver.hear("told") == gone
    _require_names(arena, gone, kept, other, trusting=trusting, late=True)


def _goes(arena: Arena, actor: Actor, gone: str, kept: int, other: int) -> Job:
    """Return what lets a customer go: merged into another one, or erased."""
    if gone == "merged":
        return Job(arena.url, actor, merge_each, {"pairs": [(kept, other)]})
    return Job(arena.url, actor, erase_each, {"customers": [other]})


def _require_names(arena: Arena, gone: str, kept: int, other: int, *, trusting: bool, late: bool = False) -> None:
    """Look whose the order is: who is kept, or nobody; late: the sale came first, and its order stays who was erased.

    trusting: it bears the name of who is gone, and the judge finds it.
    """
    if trusting:
        assert arena.database.read(buyers_of) == [(other, NAME)]
        assert Rule.CUSTOMERS in {finding.rule for finding in arena.database.read(judge_database)}
        return
    erased = (other if late else None, "")
    assert arena.database.read(buyers_of) == [(kept, NAME) if gone == "merged" else erased]
    arena.require_sound()
