"""Letters that two tills would write at the same moment: each is written once, and none of what is reserved no more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import func, select

from pos_app.db.models import OutboxEmail
from pos_app.domain.customers.records import CustomerDraft
from pos_app.services.customers.records import add_customer
from tests.concurrency.letter_deeds import let_end_soon
from tests.concurrency.pick_up_deeds import keep_each, open_each
from tests.concurrency.reminding_deeds import remind_after_a_look, remind_each
from tests.concurrency.reservations import reservations
from tests.concurrency.sold_orders import GUARDED, ROUNDS, together
from tests.concurrency.tills import Job, let_go, open_tills

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from tests.concurrency.conftest import Arena


def _ending_soon(arena: Arena, rounds: int = 1) -> list[dict[str, Any]]:
    """Reserve for a customer who was told long ago; each reservation is still far from its end."""
    draft = CustomerDraft("Anna Novak", "anna@example.org")
    anna = arena.database.transact(add_customer, arena.house.cashier, draft, request_id="anna").customer_id
    return reservations(arena, rounds, customer_id=anna)


def _written(session: Session, order_id: int) -> int:
    reminders = OutboxEmail.kind == "lapse_soon", OutboxEmail.order_id == order_id
    return session.execute(select(func.count()).select_from(OutboxEmail).where(*reminders)).scalar_one()


@ROUNDS
def test_a_customer_is_reminded_by_one_of_two_tills(make_any_arena: Callable[..., Arena], rounds: int) -> None:
    arena = make_any_arena(rows=rounds, seats_per_row=4)
    orders = _ending_soon(arena, rounds)
    jobs = [Job(arena.url, actor, remind_each, {"rounds": rounds}) for actor in arena.actors(arena.house.cashier, 2)]

    def before(number: int) -> None:
        arena.database.transact(let_end_soon, orders[number]["order_id"])

    told = together(jobs, rounds, before)
    assert [sum(both) for both in told] == [1] * rounds
    assert [arena.database.read(_written, order["order_id"]) for order in orders] == [1] * rounds
    arena.require_sound()


@pytest.mark.parametrize("other", [open_each, keep_each], ids=["opened", "kept longer"])
@GUARDED
def test_only_the_second_look_keeps_who_is_at_the_counter_from_being_reminded(
    make_arena: Callable[..., Arena], other: Callable[..., None], *, trusting: bool
) -> None:
    arena = make_arena(rows=2, seats_per_row=4)
    (order,) = _ending_soon(arena)
    arena.database.transact(let_end_soon, order["order_id"])
    jobs = [
        Job(arena.url, arena.house.cashier, remind_after_a_look, {"trusting": trusting}),
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
    assert arena.database.read(_written, order["order_id"]) == trusting
