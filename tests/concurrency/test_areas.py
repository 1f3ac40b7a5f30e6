"""Many tills, one area without seats: exactly as many places are sold as there are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from pos_app.db.models import Payment, Seat
from tests.areas import count_areas
from tests.concurrency.area_deeds import empty_area
from tests.concurrency.tills import Job, run_together
from tests.small_house import ADULT_MINOR
from tests.standing import add_standing

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from tests.concurrency.conftest import Arena


def _paid(session: Session) -> int:
    return int(session.execute(select(func.sum(Payment.amount_minor))).scalar_one())


def _places(session: Session, area: int) -> list[int]:
    return list(session.scalars(select(Seat.id).where(Seat.area_id == area).order_by(Seat.id)))


def empty(arena: Arena, tills: int, capacity: int) -> list[dict[str, Any]]:
    """Let so many tills sell an area until it is empty, and judge what each was told."""
    house = arena.house
    area = arena.database.transact(add_standing, house, capacity)
    shared = {"performance_id": house.performance_id, "area_id": area, "adult_id": house.adult_id}
    told = run_together(
        [
            Job(arena.url, actor, empty_area, {**shared, "seed": seed})
            for seed, actor in enumerate(arena.actors(house.cashier, tills))
        ]
    )
    sold = sorted(seat for one in told for seat in one["sold"])
    assert sold == arena.database.read(_places, area), "each place once"
    (count,) = arena.database.read(count_areas, house.performance_id)
    assert (count.capacity, count.free, count.held, count.sold) == (capacity, 0, 0, capacity)
    assert sum(one["sum_minor"] for one in told) == arena.database.read(_paid) == capacity * ADULT_MINOR["B"]
    assert all(left < asked for one in told for asked, left in one["refusals"])
    arena.require_sound()
    return told


def test_sixteen_tills_empty_an_area_of_500_and_sell_exactly_500(make_arena: Callable[..., Arena]) -> None:
    told = empty(make_arena(rows=1, seats_per_row=2), 16, 500)
    # A race that one till won proves nothing.
    assert sum(bool(one["sold"]) for one in told) > 4
    assert all(one["refusals"][-1][1] == 0 for one in told)


def test_four_tills_of_one_machine_empty_an_area_of_an_embedded_database(
    make_embedded_arena: Callable[..., Arena],
) -> None:
    empty(make_embedded_arena(rows=1, seats_per_row=2), 4, 120)
