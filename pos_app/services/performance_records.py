"""Reading performances as a manager sees them: all of them, with what is sold, held and kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, case, func, select

from pos_app.db.models import Event, Performance, Price, Seat, SeatingPlan, Venue
from pos_app.domain.errors import NotFound
from pos_app.domain.performance_records import PerformanceRecord, PlanChoice
from pos_app.domain.roles import Permission
from pos_app.domain.seats import ClaimKind, SeatState
from pos_app.services.permissions import require
from pos_app.services.takeover import INVENTORY, open_to_all

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy.orm import Session

    from pos_app.domain.roles import Actor


def list_performance_records(
    session: Session, actor: Actor, event_id: int | None = None
) -> tuple[PerformanceRecord, ...]:
    """Return all performances (of an event), past ones and those put away too, by time. Raises NotPermitted."""
    require(session, actor, Permission.MANAGE)
    query = select(Performance.id)
    if event_id is not None:
        query = query.where(Performance.event_id == event_id)
    return load_performance_records(session, session.execute(query).scalars().all())


def load_performance_record(session: Session, performance_id: int, *, lock: bool = False) -> PerformanceRecord:
    """Return one performance. lock: nobody else changes it until the commit. Raises NotFound."""
    if lock:
        session.execute(select(Performance.id).where(Performance.id == performance_id).with_for_update())
    found = load_performance_records(session, [performance_id])
    if not found:
        raise NotFound("This performance is not there any more.")
    return found[0]


def load_performance_records(session: Session, ids: Collection[int]) -> tuple[PerformanceRecord, ...]:
    """Return performances by time; ids that are not there are left out."""
    wanted = sorted(ids)
    seat = INVENTORY.c
    kept = and_(seat.state == SeatState.CLAIMED, seat.claim_kind.in_((ClaimKind.HOUSE, ClaimKind.BLOCKED)))
    counts = {
        row.performance_id: row
        for row in session.execute(
            select(
                seat.performance_id,
                func.count().label("capacity"),
                func.sum(case((seat.state == SeatState.SOLD, 1), else_=0)).label("sold"),
                func.sum(case((kept, 1), else_=0)).label("kept"),
                func.sum(case((open_to_all(), 1), else_=0)).label("free"),
            )
            .where(seat.performance_id.in_(wanted))
            .group_by(seat.performance_id)
        )
    }
    priced = select(Price.performance_id, func.count().label("prices")).where(Price.performance_id.in_(wanted))
    prices = {row.performance_id: row.prices for row in session.execute(priced.group_by(Price.performance_id))}
    rows = session.execute(
        select(Performance, Event.title, SeatingPlan.name.label("plan"), Venue.name, Venue.time_zone, Venue.currency)
        .join(Event, Event.id == Performance.event_id)
        .join(SeatingPlan, SeatingPlan.id == Performance.plan_id)
        .join(Venue, Venue.id == SeatingPlan.venue_id)
        .where(Performance.id.in_(wanted))
        .order_by(Performance.starts_at, Performance.id)
        .execution_options(populate_existing=True)
    )
    found = []
    for row in rows:
        one: Performance = row.Performance
        count = counts.get(one.id)
        capacity, sold, kept_back = (int(count.capacity), int(count.sold), int(count.kept)) if count else (0, 0, 0)
        found.append(
            PerformanceRecord(
                performance_id=one.id,
                event_id=one.event_id,
                plan_id=one.plan_id,
                title=row.title,
                venue=row.name,
                plan=row.plan,
                time_zone=row.time_zone,
                currency=row.currency,
                starts_at=one.starts_at,
                doors_at=one.doors_at,
                on_sale_at=one.on_sale_at,
                off_sale_at=one.off_sale_at,
                hold_minutes=one.hold_seconds // 60,
                ticket_fee_minor=one.ticket_fee_minor,
                order_fee_minor=one.order_fee_minor,
                cancelled=one.state == "cancelled",
                cancel_reason=one.cancel_reason,
                capacity=capacity,
                sold=sold,
                held=capacity - sold - kept_back - (int(count.free) if count else 0),
                kept=kept_back,
                prices=prices.get(one.id, 0),
                archived=one.deleted_at is not None,
            )
        )
    return tuple(found)


def list_plan_choices(session: Session, actor: Actor) -> tuple[PlanChoice, ...]:
    """Return the plans that a performance can be given on: of each the latest version. Raises NotPermitted."""
    require(session, actor, Permission.MANAGE)
    rows = session.execute(
        select(SeatingPlan.id, SeatingPlan.name, SeatingPlan.venue_id, SeatingPlan.version, Venue)
        .join(Venue, Venue.id == SeatingPlan.venue_id)
        .where(SeatingPlan.deleted_at.is_(None), Venue.deleted_at.is_(None))
        .order_by(Venue.name, SeatingPlan.name, SeatingPlan.version)
    ).all()
    latest = {(row.venue_id, row.name): row for row in rows}
    plans = [row.id for row in latest.values()]
    counted = select(Seat.plan_id, func.count().label("seats")).where(
        Seat.plan_id.in_(plans), Seat.deleted_at.is_(None)
    )
    seats = {row.plan_id: row.seats for row in session.execute(counted.group_by(Seat.plan_id))}
    return tuple(
        PlanChoice(row.id, row.name, row.Venue.name, row.Venue.time_zone, row.Venue.currency, seats.get(row.id, 0))
        for row in latest.values()
    )
