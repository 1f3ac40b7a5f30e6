from __future__ import annotations

from itertools import cycle
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select

from pos_app.db.models import PromoCode, PromoUsage
from tests.concurrency.buyers import make_customers
from tests.concurrency.promo_deeds import sell_with_code, sell_with_code_that_was_looked_at
from tests.concurrency.tills import Job, let_go, open_tills

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from tests.concurrency.conftest import Arena

TILLS = 8


def _make_code(session: Session, /, **limits: int) -> None:
    session.execute(
        insert(PromoCode).values(id=1, code="LASTONE", kind="percent", scope="ticket", value=50, only="{}", **limits)
    )
    session.execute(insert(PromoUsage).values(promo_code_id=1, uses=0))


def _sell_with_it(
    arena: Arena, deed: Callable[..., Any], *steps: str, customers: tuple[int | None, ...] = (None,)
) -> list[str]:
    """Let so many tills sell a seat with the code, each step at the same moment; return what each was told."""
    house = arena.house
    arguments = {"performance_id": house.performance_id, "adult_id": house.adult_id, "code": "last one"}
    jobs = [
        Job(arena.url, actor, deed, {**arguments, "seat_id": seat, "customer_id": customer})
        for actor, seat, customer in zip(
            arena.actors(house.cashier, TILLS), house.seat_ids, cycle(customers), strict=False
        )
    ]
    with open_tills(jobs) as tills:
        let_go(tills)
        for step in steps:
            for till in tills:
                till.hear(step)
            let_go(tills)
        return [till.result() for till in tills]


def _uses(session: Session) -> int:
    return session.execute(select(PromoUsage.uses)).scalar_one()


def test_the_last_uses_of_a_code_go_to_so_many_tills_and_no_more(make_any_arena: Callable[..., Arena]) -> None:
    arena = make_any_arena(rows=1, seats_per_row=TILLS)
    arena.database.transact(_make_code, most_uses=3)
    told = _sell_with_it(arena, sell_with_code, "ready")
    assert sorted(told) == ["refused"] * (TILLS - 3) + ["sold"] * 3
    assert arena.database.read(_uses) == 3
    arena.require_sound()


def test_each_customer_uses_a_code_as_often_as_may_be_at_however_many_tills(
    make_any_arena: Callable[..., Arena],
) -> None:
    arena = make_any_arena(rows=1, seats_per_row=TILLS)
    arena.database.transact(_make_code, most_uses_each=1)
    both = arena.database.transact(make_customers, 2)
    told = _sell_with_it(arena, sell_with_code, "ready", customers=both)
    assert sorted(told) == ["refused"] * (TILLS - 2) + ["sold"] * 2
    assert arena.database.read(_uses) == 2
    arena.require_sound()


def test_without_the_guard_more_tills_use_a_code_than_may(make_arena: Callable[..., Arena]) -> None:
    arena = make_arena(rows=1, seats_per_row=TILLS)
    arena.database.transact(_make_code, most_uses=1)
    told = _sell_with_it(arena, sell_with_code_that_was_looked_at, "ready", "looked")
    assert told == ["sold"] * TILLS
    assert arena.database.read(_uses) == TILLS
