"""The places of a performance: put on sale by the plan, and taken out again while nobody has any."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, exists, func, insert, literal, null, select

from pos_app.db.clock import utc_now
from pos_app.db.models import Performance, PerformanceSeat, Seat
from pos_app.domain.seats import Guard, SeatState
from pos_app.services.seats.claims import INVENTORY, open_to_all

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def fill_inventory(session: Session, performance_id: int) -> None:
    """Put on sale every place of a performance's plan that is not yet in the inventory, in one statement."""
    there = exists().where(INVENTORY.c.performance_id == Performance.id, INVENTORY.c.seat_id == Seat.id)
    session.execute(
        insert(PerformanceSeat).from_select(
            ["performance_id", "seat_id", "state", "claim_kind", "guarded", "changed_at"],
            select(
                Performance.id, Seat.id, literal(str(SeatState.FREE)), null(), literal(int(Guard.FIRST_CALL)), utc_now()
            )
            .join_from(Performance, Seat, Seat.plan_id == Performance.plan_id)
            .where(Performance.id == performance_id, Seat.deleted_at.is_(None), ~there)
            .order_by(Seat.id),
            include_defaults=False,
        )
    )


def empty_inventory(session: Session, performance_id: int) -> int:
    """Take all places out that are open to all; return how many are left, because somebody has them."""
    session.execute(delete(INVENTORY).where(INVENTORY.c.performance_id == performance_id, open_to_all()))
    left = select(func.count()).select_from(INVENTORY).where(INVENTORY.c.performance_id == performance_id)
    return session.execute(left).scalar_one()
