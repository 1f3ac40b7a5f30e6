"""How the areas of a performance stand, counted for tests."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from pos_app.db.models import Area, Performance
from pos_app.services.seats.area_places import count_places, load_area_places

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class AreaCount:
    """free: for anyone; mine: of this basket; held: kept for others, in whatever way; sold."""

    area_id: int
    capacity: int
    free: int
    mine: int
    held: int
    sold: int


def count_areas(session: Session, performance_id: int, hold_id: int | None = None) -> tuple[AreaCount, ...]:
    """Count the places of each area of a performance as the basket of hold_id sees them, in the order of their ids."""
    area_ids = session.execute(
        select(Area.id)
        .join(Performance, Performance.plan_id == Area.plan_id)
        .where(Performance.id == performance_id)
        .order_by(Area.id)
    )
    places = load_area_places(session, area_ids.scalars().all())
    counts = {area: count_places(session, performance_id, its, hold_id) for area, its in places.items()}
    return tuple(AreaCount(area, one.capacity, one.free, one.mine, one.held, one.sold) for area, one in counts.items())
