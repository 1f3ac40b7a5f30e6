"""Performances that stayed on an older version of their plan, and what going over to the newest would mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from pos_app.db.clock import utc_now
from pos_app.db.models import Performance
from pos_app.domain.roles import Permission
from pos_app.services.permissions import require
from pos_app.services.venues.plan_catalogue import load_open_plan
from pos_app.services.venues.plan_hindrances import WantedPlaces, judge_performance

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from pos_app.domain.roles import Actor
    from pos_app.domain.venues.plan_records import PerformanceMove


def preview_move(session: Session, actor: Actor, from_plan: int, to_plan: int) -> tuple[PerformanceMove, ...]:
    """Say what is in the way of the performances to come on one plan, were they to go over to another.

    Raises NotPermitted, NotFound.
    """
    require(session, actor, Permission.MANAGE)
    draft = load_open_plan(session, to_plan).draft
    places = WantedPlaces(draft)
    ids = session.execute(
        select(Performance.id)
        .where(Performance.plan_id == from_plan, Performance.starts_at > utc_now(), Performance.deleted_at.is_(None))
        .order_by(Performance.starts_at, Performance.id)
    ).scalars()
    return tuple(judge_performance(session, one, draft, places, keeps_ids=False) for one in list(ids))
