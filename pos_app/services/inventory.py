"""The places of a performance: put on sale by the plan, and taken out again while nobody has any."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, false, func, insert, literal, null, select

from pos_app.db.clock import utc_now
from pos_app.db.models import PerformanceSeat, Seat
from pos_app.domain.seats import SeatState
from pos_app.services.takeover import INVENTORY, open_to_all

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def fill_inventory(session: Session, performance_id: int, plan_id: int) -> None:
    """Put every seat of the plan on sale, in one statement on the server."""
    session.execute(
        insert(PerformanceSeat).from_select(
            ["performance_id", "seat_id", "state", "claim_kind", "guarded", "changed_at"],
            select(literal(performance_id), Seat.id, literal(str(SeatState.FREE)), null(), false(), utc_now())
            .where(Seat.plan_id == plan_id, Seat.deleted_at.is_(None))
            .order_by(Seat.id),
            include_defaults=False,
        )
    )


def empty_inventory(session: Session, performance_id: int) -> int:
    """Take all places out that are open to all; return how many are left, because somebody has them."""
    session.execute(delete(INVENTORY).where(INVENTORY.c.performance_id == performance_id, open_to_all()))
    left = select(func.count()).select_from(INVENTORY).where(INVENTORY.c.performance_id == performance_id)
    return session.execute(left).scalar_one()
