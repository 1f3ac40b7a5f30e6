"""What is done to a plan as a whole: renamed, put away, taken back; always with all its versions."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import select, update

from pos_app.db.clock import utc_now
from pos_app.db.models import SeatingPlan, Venue
from pos_app.domain.card_numbers import has_card_number, tell_card_number
from pos_app.domain.editing import Change, ChangedMeanwhile, FieldRefused
from pos_app.domain.errors import NotFound
from pos_app.domain.roles import Permission
from pos_app.domain.sentences import say, say_count
from pos_app.domain.texts import clean_line
from pos_app.domain.venues.plan_limits import PlanRefused
from pos_app.services.audit import record
from pos_app.services.permissions import require
from pos_app.services.venues.plan_catalogue import find_named, load_plan_records

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from pos_app.domain.roles import Actor
    from pos_app.domain.venues.plan_records import PlanRecord

_LONGEST_NAME = 200


def rename_plan(session: Session, actor: Actor, before: PlanRecord, name: str) -> PlanRecord:
    """Call a plan otherwise. May be repeated. Raises NotPermitted, FieldRefused, ChangedMeanwhile, NotFound."""
    require(session, actor, Permission.MANAGE)
    now = _load(session, before.plan_id)
    wanted = clean_line(name, _LONGEST_NAME)
    if now.name == wanted:
        return now
    if now.name != before.name:
        raise ChangedMeanwhile(
            say("Somebody else renamed this plan in the meantime."),
            current=now,
            changes=(Change("name", before.name, now.name),),
            advice=say("Nothing was saved. Choose what is to hold."),
        )
    if not wanted:
        raise FieldRefused({"name": say("Type a name for this plan.")})
    if has_card_number(wanted):
        raise FieldRefused({"name": tell_card_number("name")})
    taken = find_named(session, now.venue_id, wanted)
    if taken is not None and taken.name != now.name:
        raise FieldRefused(
            {"name": say("This venue has a plan “{name}” already.", name=taken.name)},
            advice=say("Choose another name."),
        )
    _update(session, now, name=wanted)
    record(session, actor, "plan_renamed", plan=now.plan_id, before=now.name, after=wanted)
    return _load(session, now.plan_id)


def archive_plan(session: Session, actor: Actor, plan_id: int) -> PlanRecord:
    """Put a plan away that nothing is played on any more. May be repeated.

    Raises NotPermitted, PlanRefused (performances to come), NotFound.
    """
    require(session, actor, Permission.MANAGE)
    now = _load(session, plan_id)
    if now.archived:
        return now
    versions = load_plan_records(session, (SeatingPlan.venue_id == now.venue_id) & (SeatingPlan.name == now.name))
    upcoming = sum(one.upcoming for one in versions)
    if upcoming:
        raise PlanRefused(
            say_count(
                "{count} performance to come stands on “{plan}”.",
                "{count} performances to come stand on “{plan}”.",
                upcoming,
                plan=now.name,
            ),
            advice=say("Move or cancel them first."),
        )
    _update(session, now, deleted_at=utc_now())
    record(session, actor, "plan_archived", plan=plan_id, plan_name=now.name)
    return _load(session, plan_id)


def restore_plan(session: Session, actor: Actor, plan_id: int) -> PlanRecord:
    """Take a plan back that was put away. May be repeated. Raises NotPermitted, NotFound."""
    require(session, actor, Permission.MANAGE)
    now = _load(session, plan_id)
    if not now.archived:
        return now
    _update(session, now, deleted_at=None)
    record(session, actor, "plan_restored", plan=plan_id, plan_name=now.name)
    return replace(_load(session, plan_id), archived=False)


def _load(session: Session, plan_id: int) -> PlanRecord:
    venue = select(Venue.id).join(SeatingPlan, SeatingPlan.venue_id == Venue.id).where(SeatingPlan.id == plan_id)
    session.execute(venue.with_for_update(of=Venue)).one_or_none()
    found = load_plan_records(session, SeatingPlan.id == plan_id)
    if not found:
        raise NotFound(say("This seating plan is not there any more."))
    return found[0]


def _update(session: Session, plan: PlanRecord, **values: object) -> None:
    session.execute(
        update(SeatingPlan)
        .where(SeatingPlan.venue_id == plan.venue_id, SeatingPlan.name == plan.name)
        .values(**values, revision=SeatingPlan.revision + 1)
    )
