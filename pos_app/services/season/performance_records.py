"""Reading performances as a manager sees them: all of them, with what is sold, held and kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, case, func, select

from pos_app.db.models import Event, Performance, Price, Seat, SeatingPlan, Venue
from pos_app.domain.errors import NotFound
from pos_app.domain.roles import Permission
from pos_app.domain.season.performances import (
    ListedPerformance,
    PerformanceRecord,
    PlaceCount,
    PlanChoice,
    SetupChoices,
)
from pos_app.domain.seats import ClaimKind, SeatState
from pos_app.domain.sentences import say
from pos_app.services.house.settings import load_house_settings
from pos_app.services.permissions import require
from pos_app.services.records import Records
from pos_app.services.season.events import list_events
from pos_app.services.seats.claims import INVENTORY, open_to_all
from pos_app.services.server_time import load_server_time

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from pos_app.domain.roles import Actor


def list_performance_records(session: Session, actor: Actor) -> tuple[PerformanceRecord, ...]:
    """Return all performances, past ones and those put away too, by time. Raises NotPermitted."""
    require(session, actor, Permission.MANAGE)
    return load_performance_records(session, session.execute(select(Performance.id)).scalars().all())


def load_performance_record(session: Session, performance_id: int) -> PerformanceRecord:
    """Return one performance. Raises NotFound."""
    found = load_performance_records(session, [performance_id])
    if not found:
        raise NotFound(say("This performance is not there any more."))
    return found[0]


def load_performance_records(session: Session, ids: Collection[int]) -> tuple[PerformanceRecord, ...]:
    """Return performances by time; ids that are not there are left out."""
    counts = {one.performance_id: one for one in _counts(session, ids)}
    found = []
    for values in _set_up(session, Performance.id.in_(sorted(ids))):
        count = counts[values["performance_id"]]
        places: dict[str, Any] = {
            "capacity": count.capacity,
            "sold": count.sold,
            "held": count.held,
            "kept": count.kept,
        }
        found.append(PerformanceRecord(**values, **places))
    return tuple(found)


def list_season(session: Session, actor: Actor) -> tuple[ListedPerformance, ...]:
    """Return all performances, past ones and those put away too, by time; nothing is counted. Raises NotPermitted."""
    require(session, actor, Permission.MANAGE)
    return tuple(ListedPerformance(**values) for values in _set_up(session))


def count_places(session: Session, actor: Actor, ids: Collection[int]) -> tuple[PlaceCount, ...]:
    """Count the places of some performances, 0 where there are none. Raises NotPermitted."""
    require(session, actor, Permission.MANAGE)
    return _counts(session, ids)


def open_performance(session: Session, actor: Actor, performance_id: int) -> PerformanceRecord:
    """Return one performance with its places counted. Raises NotPermitted, NotFound."""
    require(session, actor, Permission.MANAGE)
    return load_performance_record(session, performance_id)


def load_setup_choices(session: Session, actor: Actor) -> SetupChoices:
    """Return what performances can be set up from. Raises NotPermitted."""
    return SetupChoices(
        now=load_server_time(session),
        events=list_events(session, actor),
        plans=list_plan_choices(session, actor),
        house=load_house_settings(session),
    )


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


def _counts(session: Session, ids: Collection[int]) -> tuple[PlaceCount, ...]:
    seat = INVENTORY.c
    kept = and_(seat.state == SeatState.CLAIMED, seat.claim_kind.in_((ClaimKind.HOUSE, ClaimKind.BLOCKED)))
    rows = session.execute(
        select(
            seat.performance_id,
            func.count().label("capacity"),
            func.sum(case((seat.state == SeatState.SOLD, 1), else_=0)).label("sold"),
            func.sum(case((kept, 1), else_=0)).label("kept"),
            func.sum(case((open_to_all(), 1), else_=0)).label("free"),
        )
        .where(seat.performance_id.in_(sorted(ids)))
        .group_by(seat.performance_id)
    )
    counted = {row.performance_id: row for row in rows}
    return tuple(
        PlaceCount(
            row.performance_id,
            row.capacity,
            int(row.sold),
            held=row.capacity - int(row.sold) - int(row.kept) - int(row.free),
            kept=int(row.kept),
        )
        if (row := counted.get(performance_id)) is not None
        else PlaceCount(performance_id, 0, 0, 0, 0)
        for performance_id in ids
    )


def _set_up(session: Session, *wanted: ColumnElement[bool]) -> Iterator[dict[str, Any]]:
    """Give the values of ListedPerformance, by time."""
    chosen = select(Performance.id).where(*wanted)
    priced = select(Price.performance_id, func.count().label("prices")).group_by(Price.performance_id)
    if wanted:
        priced = priced.where(Price.performance_id.in_(chosen))
    prices = {row.performance_id: row.prices for row in session.execute(priced)}
    rows = session.execute(
        select(Performance, Event.title, SeatingPlan.name.label("plan"), Venue.name, Venue.time_zone, Venue.currency)
        .join(Event, Event.id == Performance.event_id)
        .join(SeatingPlan, SeatingPlan.id == Performance.plan_id)
        .join(Venue, Venue.id == SeatingPlan.venue_id)
        .where(*wanted)
        .order_by(Performance.starts_at, Performance.id)
        .execution_options(populate_existing=True)
    )
    for row in rows:
        one: Performance = row.Performance
        yield {
            "performance_id": one.id,
            "event_id": one.event_id,
            "plan_id": one.plan_id,
            "title": row.title,
            "venue": row.name,
            "plan": row.plan,
            "time_zone": row.time_zone,
            "currency": row.currency,
            "starts_at": one.starts_at,
            "doors_at": one.doors_at,
            "on_sale_at": one.on_sale_at,
            "off_sale_at": one.off_sale_at,
            "hold_minutes": one.hold_seconds // 60,
            "ticket_fee_minor": one.ticket_fee_minor,
            "order_fee_minor": one.order_fee_minor,
            "cancelled": one.state == "cancelled",
            "cancel_reason": one.cancel_reason,
            "prices": prices.get(one.id, 0),
            "archived": one.deleted_at is not None,
            "ends_at": one.ends_at,
        }


PERFORMANCES = Records(
    "performance",
    Performance.id,
    load=load_performance_record,
    key=lambda one: one.performance_id,
    told=lambda one: {"performance": one.performance_id, "title": one.title},
    counted=("title", "venue", "plan", "time_zone", "currency", "capacity", "sold", "held", "kept", "prices"),
)
