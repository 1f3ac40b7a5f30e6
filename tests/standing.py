"""Room to stand for a small house: an area of general admission on its plan, on sale for all its performances."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sqlalchemy import false, insert, literal, select

from pos_app.db.clock import utc_now
from pos_app.db.models import Area, Performance, PerformanceSeat, Seat, Zone
from tests.small_house_rows import add

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tests.small_house import SmallHouse

SHAPE = {
    "shape": "rectangle",
    "position": {"x": 60.0, "y": 260.0},
    "rotation": 0,
    "rectangle": {"width": 200, "height": 80},
}


def add_standing(session: Session, house: SmallHouse, capacity: int, *, name: str = "Standing") -> int:
    """Add an area of category B below the seats; return its id."""
    zone = add(
        session, Zone, plan_id=house.plan_id, guid=name, name=f"{name} floor", label_x=160.0, label_y=250.0, sort=9
    )
    area = add(
        session,
        Area,
        plan_id=house.plan_id,
        zone_id=zone,
        guid=name,
        name=name,
        capacity=capacity,
        shape=json.dumps(SHAPE),
    )
    session.execute(
        insert(Seat),
        [
            {
                "plan_id": house.plan_id,
                "zone_id": zone,
                "area_id": area,
                "category_id": house.category_b_id,
                "guid": f"{name}-{number}",
                "number": str(number),
                "position": number,
                "x": 160.0,
                "y": 300.0,
            }
            for number in range(1, capacity + 1)
        ],
    )
    session.execute(
        insert(PerformanceSeat).from_select(
            ["performance_id", "seat_id", "state", "guarded", "changed_at"],
            select(Performance.id, Seat.id, literal("free"), false(), utc_now())
            .join_from(Performance, Seat, Seat.plan_id == Performance.plan_id)
            .where(Seat.area_id == area),
            include_defaults=False,
        )
    )
    return area
