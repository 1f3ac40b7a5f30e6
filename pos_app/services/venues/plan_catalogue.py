"""Which seating plans there are: versions, their places, and what stands on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, and_, case, func, select, true

from pos_app.db.models import OrderLine, Performance, Seat, SeatingPlan
from pos_app.domain.errors import NotFound
from pos_app.domain.roles import Permission
from pos_app.domain.sentences import say
from pos_app.domain.texts import name_key
from pos_app.domain.venues.plan_records import OpenPlan, PlanRecord
from pos_app.services.permissions import require
from pos_app.services.server_time import to_come
from pos_app.services.venues.plan_drafts import load_plan_draft
from pos_app.services.venues.plan_hindrances import WantedPlaces, judge_performance

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Row
    from sqlalchemy.orm import Session

    from pos_app.domain.roles import Actor
    from pos_app.domain.venues.plan_records import PerformanceMove


def list_plans(session: Session, actor: Actor, venue_id: int | None = None) -> tuple[PlanRecord, ...]:
    """Return all versions of all plans (of a venue), by name, the newest version first. Raises NotPermitted."""
    require(session, actor, Permission.MANAGE)
    return load_plan_records(session, true() if venue_id is None else SeatingPlan.venue_id == venue_id)


def open_plan(session: Session, actor: Actor, plan_id: int) -> OpenPlan:
    """Return a plan to be edited. Raises NotPermitted, NotFound."""
    require(session, actor, Permission.MANAGE)
    return load_open_plan(session, plan_id)


def preview_move(session: Session, actor: Actor, from_plan: int, to_plan: int) -> tuple[PerformanceMove, ...]:
    """Say what is in the way of the performances to come on one plan, were they to go over to another.

    Raises NotPermitted, NotFound.
    """
    require(session, actor, Permission.MANAGE)
    draft = load_open_plan(session, to_plan).draft
    places = WantedPlaces(draft)
    ids = session.execute(
        select(Performance.id)
        .where(Performance.plan_id == from_plan, to_come(), Performance.deleted_at.is_(None))
        .order_by(Performance.starts_at, Performance.id)
    ).scalars()
    return tuple(judge_performance(session, one, draft, places, keeps_ids=False) for one in list(ids))


def load_open_plan(session: Session, plan_id: int) -> OpenPlan:
    """As open_plan; the caller has checked who asks."""
    records = load_plan_records(session, SeatingPlan.id == plan_id)
    if not records:
        raise NotFound(say("This seating plan is not there any more."))
    return OpenPlan(records[0], load_plan_draft(session, plan_id))


def load_plan_records(session: Session, which: ColumnElement[bool]) -> tuple[PlanRecord, ...]:
    """Return plans, by name, the newest version first."""
    plans = session.execute(
        select(
            SeatingPlan.id,
            SeatingPlan.venue_id,
            SeatingPlan.name,
            SeatingPlan.version,
            SeatingPlan.revision,
            SeatingPlan.deleted_at,
        )
        .where(which)
        .order_by(SeatingPlan.name, SeatingPlan.venue_id, SeatingPlan.version.desc())
    ).all()
    ids = [plan.id for plan in plans]
    places = _counts(session, select(Seat.plan_id, func.count()).where(Seat.plan_id.in_(ids), Seat.deleted_at.is_(None))
                     .group_by(Seat.plan_id))  # fmt: skip
    coming = and_(to_come(), Performance.state == "scheduled")
    used = {
        row.plan_id: (int(row.all), int(row.upcoming))
        for row in session.execute(
            select(
                Performance.plan_id,
                func.count().label("all"),
                func.sum(case((coming, 1), else_=0)).label("upcoming"),
            )
            .where(Performance.plan_id.in_(ids), Performance.deleted_at.is_(None))
            .group_by(Performance.plan_id)
        )
    }
    newest = newest_versions(session, sorted({plan.venue_id for plan in plans}))
    return tuple(
        PlanRecord(
            plan.id,
            plan.venue_id,
            plan.name,
            plan.version,
            plan.revision,
            places.get(plan.id, 0),
            *used.get(plan.id, (0, 0)),
            newest[plan.venue_id, plan.name] == plan.version,
            plan.deleted_at is not None,
        )
        for plan in plans
    )


def sold_on(session: Session, plan_ids: list[int]) -> set[int]:
    """Return the plans on whose performances anything was ever sold, taken back or not."""
    line = select(OrderLine.id).where(OrderLine.performance_id == Performance.id).exists()
    rows = session.execute(select(Performance.plan_id).where(Performance.plan_id.in_(plan_ids), line).distinct())
    return set(rows.scalars())


def newest_versions(session: Session, venue_ids: list[int]) -> dict[tuple[int, str], int]:
    """Return the newest version of each plan, by venue and name."""
    rows = session.execute(
        select(SeatingPlan.venue_id, SeatingPlan.name, func.max(SeatingPlan.version).label("version"))
        .where(SeatingPlan.venue_id.in_(venue_ids))
        .group_by(SeatingPlan.venue_id, SeatingPlan.name)
    )
    return {(row.venue_id, row.name): row.version for row in rows}


def find_named(session: Session, venue_id: int, name: str) -> Row[int, str, datetime | None] | None:
    """Return id, name and deleted_at of the newest version of a venue's plan of a name, however it is written."""
    rows = session.execute(
        select(SeatingPlan.id, SeatingPlan.name, SeatingPlan.deleted_at)
        .where(SeatingPlan.venue_id == venue_id)
        .order_by(SeatingPlan.version.desc())
    )
    return next((row for row in rows if name_key(row.name) == name_key(name)), None)


def performances_to_come(session: Session, plan_id: int) -> list[int]:
    """Return the performances of a plan that are still to come, cancelled ones too."""
    rows = session.execute(
        select(Performance.id)
        .where(Performance.plan_id == plan_id, to_come(), Performance.deleted_at.is_(None))
        .order_by(Performance.id)
    )
    return list(rows.scalars())


def performances_on(session: Session, plan_id: int) -> list[int]:
    """Return all performances of a plan, those that are over or put away too."""
    rows = session.execute(select(Performance.id).where(Performance.plan_id == plan_id).order_by(Performance.id))
    return list(rows.scalars())


def _counts(session: Session, query: Any) -> dict[int, int]:
    return {key: int(count) for key, count in session.execute(query)}
