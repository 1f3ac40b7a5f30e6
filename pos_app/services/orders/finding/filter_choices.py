"""Reading what orders can be filtered by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from pos_app.db.models import Event, Performance, SeatingPlan, StaffMember, Till, Venue
from pos_app.domain.local_times import wall_time
from pos_app.domain.orders.filter_choices import FilterChoices, NameChoice, PerformanceChoice
from pos_app.domain.roles import Permission
from pos_app.services.house.settings import load_house_zone
from pos_app.services.permissions import require
from pos_app.services.server_time import load_server_time

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from pos_app.domain.roles import Actor

MOST_PERFORMANCES: Final = 2_000
"""So many of the latest are offered; what is older is found by its order."""


def list_filter_choices(session: Session, actor: Actor) -> FilterChoices:
    """Return performances, tills and people; those put away, too: their orders are there. Raises NotPermitted."""
    require(session, actor, Permission.SELL)
    performances = session.execute(
        select(Performance.id, Event.title, Venue.name, Performance.starts_at, Venue.time_zone, Performance.ends_at)
        .join(Event, Event.id == Performance.event_id)
        .join(SeatingPlan, SeatingPlan.id == Performance.plan_id)
        .join(Venue, Venue.id == SeatingPlan.venue_id)
        .order_by(Performance.starts_at.desc(), Performance.id.desc())
        .limit(MOST_PERFORMANCES)
    )
    tills = session.execute(select(Till.id, Till.name).order_by(Till.name, Till.id))
    people = session.execute(select(StaffMember.id, StaffMember.name).order_by(StaffMember.name, StaffMember.id))
    return FilterChoices(
        wall_time(load_server_time(session), load_house_zone(session)).wall.date(),
        tuple(PerformanceChoice(*row) for row in performances),
        tuple(NameChoice(*row) for row in tills),
        tuple(NameChoice(*row) for row in people),
    )
