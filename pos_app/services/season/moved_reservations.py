"""Reservations of a performance that is moved: none is kept beyond the new start."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select, update

from pos_app.db.clock import utc_now
from pos_app.db.models import Order, OrderLine, Performance
from pos_app.domain.orders.changes import LineKind, LineState
from pos_app.domain.orders.reservation_terms import ReservedEvening, latest_release, usual_release
from pos_app.domain.seats import SeatKey
from pos_app.services.house.settings import load_house_settings
from pos_app.services.seats.reserved import move_claims

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session


def move_reservations(session: Session, performance_id: int, evening: ReservedEvening) -> int:
    """Let no reservation of a performance be kept beyond its start; returns how many were moved.

    evening: when it will be. One that was gets the usual time of release, by the doors, or the start where that has
    passed already. What a till has open for paying is kept as long as that till has it. Call it before the performance
    itself is changed.
    """
    of_performance = (
        select(OrderLine.order_id)
        .where(OrderLine.performance_id == performance_id, OrderLine.state == LineState.RESERVED)
        .distinct()
    )
    orders = session.execute(
        select(Order.id, Order.release_at, Order.pickup_until, utc_now().label("now"))
        .where(Order.id.in_(of_performance), Order.release_at.is_not(None))
        .order_by(Order.id)
        .with_for_update()
    ).all()
    if not orders:
        return 0
    before_minutes = load_house_settings(session).release_before_doors
    moved = 0
    for order in orders:
        evenings, seats = _reserved(session, order.id, performance_id, evening)
        if order.release_at <= latest_release(evenings):
            continue
        release_at: datetime = usual_release(evenings, before_minutes, order.now)
        session.execute(
            update(Order).where(Order.id == order.id).values(release_at=release_at, revision=Order.revision + 1)
        )
        move_claims(session, order.id, seats, max(release_at, order.pickup_until or release_at))
        moved += 1
    return moved


def _reserved(
    session: Session, order_id: int, performance_id: int, evening: ReservedEvening
) -> tuple[list[ReservedEvening], list[SeatKey]]:
    rows = session.execute(
        select(
            OrderLine.performance_id,
            OrderLine.seat_id,
            Performance.starts_at,
            Performance.ends_at,
            Performance.doors_at,
        )
        .join(Performance, Performance.id == OrderLine.performance_id)
        .where(OrderLine.order_id == order_id, OrderLine.state == LineState.RESERVED, OrderLine.kind == LineKind.SEAT)
    ).all()
    return (
        [
            evening
            if row.performance_id == performance_id
            else ReservedEvening(row.starts_at, row.ends_at, row.doors_at)
            for row in rows
        ],
        [SeatKey(row.performance_id, row.seat_id) for row in rows],
    )
