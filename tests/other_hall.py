"""A second plan for a small house: two rows of three seats, one category named as in the first plan, one not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.db.models import PriceCategory, SeatingPlan
from tests.small_house_rows import add, add_performance, add_seats, fill_inventory

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tests.small_house import SmallHouse


def add_other_plan(session: Session, house: SmallHouse) -> int:
    """Add the plan, with the categories "a" and "C"; return its id."""
    plan = add(
        session,
        SeatingPlan,
        venue_id=house.venue_id,
        name="Hall",
        version=1,
        width=300.0,
        height=300.0,
        focal_x=150.0,
        focal_y=20.0,
    )
    categories = {
        letter: add(session, PriceCategory, plan_id=plan, name=name) for letter, name in zip("AB", "aC", strict=True)
    }
    add_seats(session, plan, categories, 2, 3)
    return plan


def add_other_evening(session: Session, house: SmallHouse, event_id: int) -> int:
    """Add a performance on that plan, without prices; return its id."""
    performance = add_performance(session, event_id, add_other_plan(session, house), starts_in=3 * 86_400)
    fill_inventory(session, performance)
    return performance
