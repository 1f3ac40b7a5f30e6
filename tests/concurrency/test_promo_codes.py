from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import insert, select

from pos_app.db.models import PromoCode, PromoUsage
from tests.concurrency.promo_deeds import sell_with_code
from tests.concurrency.tills import Job, let_go, open_tills

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from tests.concurrency.conftest import Arena

TILLS = 8


def _make_code(session: Session, uses_left: int) -> None:
    session.execute(
        insert(PromoCode).values(
            id=1, code="LASTONE", kind="percent", scope="ticket", value=50, most_uses=uses_left, only="{}"
        )
    )
    session.execute(insert(PromoUsage).values(promo_code_id=1, uses=0))


def test_the_last_uses_of_a_code_go_to_so_many_tills_and_no_more(make_arena: Callable[..., Arena]) -> None:
    arena = make_arena(rows=1, seats_per_row=TILLS)
    house = arena.house
    arena.database.transact(_make_code, 3)
    arguments = {"performance_id": house.performance_id, "adult_id": house.adult_id, "code": "last one"}
    jobs = [
        Job(arena.url, actor, sell_with_code, {**arguments, "seat_id": seat})
        for actor, seat in zip(arena.actors(house.cashier, TILLS), house.seat_ids, strict=False)
    ]
    with open_tills(jobs) as tills:
        let_go(tills)
        for till in tills:
            till.hear("ready")
        let_go(tills)
        told = [till.result() for till in tills]
    assert sorted(told) == ["refused"] * (TILLS - 3) + ["sold"] * 3
    assert arena.database.read(lambda session: session.scalar(select(PromoUsage.uses))) == 3
    arena.require_sound()
