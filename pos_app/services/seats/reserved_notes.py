"""For whom seats are reserved, as the tills say it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from pos_app.db.models import Order, Performance, SeatingPlan, Venue
from pos_app.domain.local_times import wall_time
from pos_app.domain.orders.reserved_note import ReservedNote

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy.orm import Session


def load_reserved_notes(session: Session, performance_id: int, order_ids: Collection[int]) -> dict[int, ReservedNote]:
    """Return for whom seats of a performance are reserved and until when, by their orders; others are left out."""
    if not order_ids:
        return {}
    evening = session.execute(
        select(Performance.starts_at, Venue.time_zone)
        .join(SeatingPlan, SeatingPlan.id == Performance.plan_id)
        .join(Venue, Venue.id == SeatingPlan.venue_id)
        .where(Performance.id == performance_id)
    ).one()
    orders = session.execute(
        select(Order.id, Order.number, Order.customer_name, Order.release_at).where(
            Order.id.in_(sorted(order_ids)), Order.release_at.is_not(None)
        )
    )
    zone = evening.time_zone
    day = wall_time(evening.starts_at, zone).wall.date()
    notes = {}
    for order in orders:
        same_day = wall_time(order.release_at, zone).wall.date() == day
        notes[order.id] = ReservedNote(order.id, order.number, order.customer_name, order.release_at, zone, same_day)
    return notes
