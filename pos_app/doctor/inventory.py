"""Every seat of a performance's plan has its row, and no other seat has one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, select

from pos_app.db.models import Performance, PerformanceSeat, Seat
from pos_app.doctor.findings import Finding, Rule
from pos_app.domain.sentences import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from pos_app.doctor.names import Names


def judge_inventory(session: Session, names: Names) -> Iterator[Finding]:
    """Compare the inventory with the plans; deleted seats and deleted performances need no row."""
    missing = session.execute(
        select(Performance.id, Seat.id.label("seat_id"))
        .join(Seat, Seat.plan_id == Performance.plan_id)
        .outerjoin(
            PerformanceSeat,
            and_(PerformanceSeat.performance_id == Performance.id, PerformanceSeat.seat_id == Seat.id),
        )
        .where(Seat.deleted_at.is_(None), Performance.deleted_at.is_(None), PerformanceSeat.seat_id.is_(None))
        .order_by(Performance.id, Seat.id)
    ).all()
    names.learn_seats(row.seat_id for row in missing)
    for row in missing:
        yield Finding(
            Rule.INVENTORY,
            say("the seat is missing from the inventory, nobody can sell it"),
            names.place(row.id, row.seat_id),
        )
    foreign = session.execute(
        select(PerformanceSeat.performance_id, PerformanceSeat.seat_id)
        .join(Performance, Performance.id == PerformanceSeat.performance_id)
        .join(Seat, Seat.id == PerformanceSeat.seat_id)
        .where(Seat.plan_id != Performance.plan_id)
        .order_by(PerformanceSeat.performance_id, PerformanceSeat.seat_id)
    ).all()
    names.learn_seats(row.seat_id for row in foreign)
    for row in foreign:
        yield Finding(
            Rule.INVENTORY,
            say("the seat is of another plan than the performance"),
            names.place(row.performance_id, row.seat_id),
        )
