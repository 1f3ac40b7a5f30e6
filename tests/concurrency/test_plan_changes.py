"""A manager changes a seating plan while tills sell by it: nothing sold is lost, and nobody is told a wrong thing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from pos_app.db.models import OrderLine
from pos_app.domain.errors import ServerBusy
from pos_app.domain.venues.plan_limits import PlanRefused
from pos_app.domain.venues.plan_records import PlanInUse
from pos_app.domain.venues.plan_seat_edits import remove_seats, set_category
from pos_app.services.venues.plan_catalogue import open_plan
from pos_app.services.venues.plan_store import save_plan
from tests.concurrency.plan_deeds import sell_on
from tests.concurrency.tills import Job, let_go, open_tills
from tests.small_house import sell_seats

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos_app.domain.venues.plan_records import SavedPlan
    from tests.concurrency.conftest import Arena

TILLS = 4


def _change_while_selling(arena: Arena) -> tuple[SavedPlan | None, list[dict[str, int]]]:
    """Take the last row out, as soon as it can be done, while tills sell the rows before; return what each told."""
    house = arena.house
    gone = {f"{house.rows}-{number}" for number in range(1, house.seats_per_row + 1)}
    jobs = [
        Job(
            arena.url,
            actor,
            sell_on,
            {
                "performance_id": house.performance_id,
                "seats": [house.seat_id(row + 1, number) for number in range(2, house.seats_per_row + 1)],
                "adult_id": house.adult_id,
                "manager_id": house.manager.staff_id,
            },
        )
        for row, actor in enumerate(arena.actors(house.cashier, TILLS))
    ]
    saved: SavedPlan | None = None
    with open_tills(jobs) as tills:
        let_go(tills)
        for _ in range(2, house.seats_per_row + 1):
            for till in tills:
                till.hear("ready")
            let_go(tills)
            saved = saved or _try_to_save(arena, gone)
        return saved or _try_to_save(arena, gone), [till.result() for till in tills]


def _try_to_save(arena: Arena, gone: set[str]) -> SavedPlan | None:
    manager = arena.house.manager
    try:
        before = arena.database.read(open_plan, manager, arena.house.plan_id)
        wanted = set_category(remove_seats(before.draft, gone), {"1-1"}, "B")
        return arena.database.transact(save_plan, manager, before, wanted)
    except (PlanInUse, PlanRefused, ServerBusy):
        return None


def test_a_sold_plan_changes_its_version_between_two_sales(make_arena: Callable[..., Arena]) -> None:
    arena = make_arena(rows=TILLS + 1, seats_per_row=12)
    arena.database.transact(sell_seats, arena.house, [arena.house.seat(1, 1)])
    saved, told = _change_while_selling(arena)
    assert saved is not None
    assert saved.new_version
    assert set().union(*told) <= {"sold", "taken back", "told"}, told
    live = select(func.count()).select_from(OrderLine).where(OrderLine.state == "live")
    assert arena.database.read(lambda s: s.execute(live).scalar_one()) == 1 + sum(one.get("sold", 0) for one in told)
    arena.require_sound()


def test_an_unsold_plan_that_is_sold_on_meanwhile_is_changed_where_it_is_or_not_at_all(
    make_arena: Callable[..., Arena],
) -> None:
    arena = make_arena(rows=TILLS + 1, seats_per_row=8)
    saved, told = _change_while_selling(arena)
    assert saved is not None
    assert set().union(*told) <= {"sold", "taken back", "told"}, told
    arena.require_sound()
