"""To where the orders of a performance can be moved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import case, func, or_, select

from pos_app.db.clock import utc_now
from pos_app.db.models import Event, Performance, SeatingPlan, Venue
from pos_app.domain.errors import NotFound
from pos_app.domain.orders.work_lists import MoveTarget
from pos_app.domain.roles import Permission
from pos_app.domain.sentences import say
from pos_app.services.permissions import require
from pos_app.services.seats.claims import INVENTORY, open_to_all

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from pos_app.domain.roles import Actor

_MOST = 100
"""So many are offered; those of the same event come first."""


def list_move_targets(session: Session, actor: Actor, performance_id: int) -> tuple[MoveTarget, ...]:
    """Return performances in the same currency that are on sale and have not begun: of the same event first, by time.

    Raises NotPermitted, NotFound.
    """
    require(session, actor, Permission.MANAGE)
    old = session.execute(
        select(Performance.event_id, Venue.currency)
        .join(SeatingPlan, SeatingPlan.id == Performance.plan_id)
        .join(Venue, Venue.id == SeatingPlan.venue_id)
        .where(Performance.id == performance_id)
    ).one_or_none()
    if old is None:
        raise NotFound(say("This performance is not there any more."))
    rows = session.execute(
        select(
            Performance.id,
            Performance.event_id,
            Event.title,
            Performance.starts_at,
            Performance.ends_at,
            Venue.time_zone,
            Venue.name.label("venue"),
        )
        .join(Event, Event.id == Performance.event_id)
        .join(SeatingPlan, SeatingPlan.id == Performance.plan_id)
        .join(Venue, Venue.id == SeatingPlan.venue_id)
        .where(
            Performance.id != performance_id,
            Performance.state != "cancelled",
            Performance.deleted_at.is_(None),
            Performance.starts_at > utc_now(),
            or_(Performance.on_sale_at.is_(None), Performance.on_sale_at <= utc_now()),
            or_(Performance.off_sale_at.is_(None), Performance.off_sale_at > utc_now()),
            Venue.currency == old.currency,
        )
        .order_by(case((Performance.event_id == old.event_id, 0), else_=1), Performance.starts_at, Performance.id)
        .limit(_MOST)
    ).all()
    seat = INVENTORY.c
    free = session.execute(
        select(seat.performance_id, func.count().label("free"))
        .where(seat.performance_id.in_([row.id for row in rows]), open_to_all())
        .group_by(seat.performance_id)
    )
    left = {row.performance_id: row.free for row in free}
    return tuple(
        MoveTarget(
            row.id,
            row.title,
            row.starts_at,
            row.ends_at,
            row.time_zone,
            row.venue,
            left.get(row.id, 0),
            row.event_id == old.event_id,
        )
        for row in rows
    )
