"""Whether a performance may be sold now, and by whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from pos_app.db.clock import seconds_until
from pos_app.db.models import Event, Performance, StaffMember
from pos_app.domain.errors import NotFound, NotOnSale, NotPermitted, SaleAfterStart
from pos_app.domain.roles import Permission, Role, may

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from pos_app.domain.roles import Actor


def require_on_sale(session: Session, actor: Actor, performance_id: int, *, after_start: bool) -> int:
    """Return the hold time in seconds. One statement, because it runs with every click on a seat.

    Raises NotOnSale, SaleAfterStart (unless after_start), NotPermitted, NotFound.
    """
    row = session.execute(
        select(
            Performance.state,
            Performance.deleted_at,
            Performance.hold_seconds,
            Event.title,
            seconds_until(Performance.starts_at).label("until_start"),
            seconds_until(Performance.on_sale_at).label("until_sale"),
            seconds_until(Performance.off_sale_at).label("until_end"),
            StaffMember.name,
            StaffMember.role,
            StaffMember.active,
            StaffMember.deleted_at.label("staff_left_at"),
        )
        .select_from(Performance)
        # Joined first, to the table itself: further on, SQLAlchemy's MySQL compiler takes it for a cartesian product.
        .outerjoin(StaffMember, StaffMember.id == actor.staff_id)
        .join(Event, Event.id == Performance.event_id)
        .where(Performance.id == performance_id)
    ).one_or_none()
    if row is None:
        raise NotFound("This performance is not there any more.", advice="Choose another one.")
    if not row.active or row.staff_left_at is not None or not may(Role(row.role), Permission.SELL):
        raise NotPermitted(f"{row.name or actor.name} may not sell.", advice="Ask a manager.")
    if row.state == "cancelled" or row.deleted_at is not None:
        raise NotOnSale(f"“{row.title}” is cancelled.", advice="Choose another performance.")
    if row.until_sale is not None and row.until_sale > 0:
        raise NotOnSale(f"“{row.title}” is not on sale yet.", advice="Choose another performance.")
    if row.until_end is not None and row.until_end <= 0:
        raise NotOnSale(f"“{row.title}” is no longer on sale.", advice="Choose another performance.")
    if row.until_start <= 0 and not after_start:
        raise SaleAfterStart(f"“{row.title}” has begun.", advice="Sell late tickets?")
    return int(row.hold_seconds)
