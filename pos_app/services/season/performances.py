"""Setting performances up: making, changing, putting away, taking back."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import delete, select, update

from pos_app.db.models import Event, Performance, Price, SeatingPlan
from pos_app.db.results import insert_row
from pos_app.domain.editing import FieldProblems, FieldRefused
from pos_app.domain.errors import NotPermitted
from pos_app.domain.house.settings import LONGEST_HOLD_MINUTES, SHORTEST_HOLD_MINUTES
from pos_app.domain.money import MOST_MINOR
from pos_app.domain.orders.reservation_terms import ReservedEvening
from pos_app.domain.roles import Permission
from pos_app.domain.season.evenings import LONGEST_RUN, comes_and_goes
from pos_app.domain.season.performances import (
    ListedPerformance,
    PerformanceDraft,
    PerformanceRecord,
    TicketsBearOldTime,
    printed_times,
)
from pos_app.domain.sentences import say, say_count
from pos_app.domain.waiting.terms import sale_ends
from pos_app.services.audit import record
from pos_app.services.permissions import require
from pos_app.services.records import facts_of
from pos_app.services.search_words import write_performances
from pos_app.services.season.kept_seats import move_releases
from pos_app.services.season.moved_letters import tell_moved_in_time
from pos_app.services.season.moved_reservations import move_reservations
from pos_app.services.season.performance_records import PERFORMANCES, load_performance_record
from pos_app.services.seats.inventory import empty_inventory, fill_inventory
from pos_app.services.waiting.serving import serve_new_places
from pos_app.services.waiting.wishes import follow_names, follow_sale_end

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from pos_app.domain.roles import Actor

EARLIEST: Final = datetime(2000, 1, 1, tzinfo=UTC)
LATEST: Final = datetime(2100, 1, 1, tzinfo=UTC)


def add_performance(session: Session, actor: Actor, wanted: PerformanceDraft) -> PerformanceRecord:
    """Make a performance with all places of its plan on sale; there are no prices yet.

    Raises NotPermitted, FieldRefused (also when this event has one on this plan at that time already).
    """
    require(session, actor, Permission.MANAGE)
    wanted = require_sound(session, wanted)
    performance_id = store_performance(session, wanted)
    write_performances(session, Performance.id == performance_id)
    record(session, actor, "performance_added", performance=performance_id, **facts_of(wanted))
    return load_performance_record(session, performance_id)


def store_performance(session: Session, wanted: PerformanceDraft) -> int:
    """Insert a sound performance and its places; returns its id. Its words are to be written (search_words)."""
    performance_id = insert_row(session, Performance, **_columns(wanted))
    fill_inventory(session, performance_id)
    serve_new_places(session, performance_id)
    return performance_id


def save_performance(
    session: Session, actor: Actor, before: ListedPerformance, wanted: PerformanceDraft
) -> PerformanceRecord:
    """Change a performance. The plan can be changed while nobody has a seat; its prices go, for they belong to it.

    before: with its places counted, it tells how many sold tickets the person knows of. Raises NotPermitted,
    FieldRefused, ChangedMeanwhile, TicketsBearOldTime (moved, and more are sold), NotFound.
    """
    now = PERFORMANCES.locked(session, actor, before.performance_id)
    wanted = _in_minutes(wanted, now)
    if PERFORMANCES.is_stored(before, now, wanted):
        return now
    wanted = require_sound(session, wanted, now)
    known = before.sold if isinstance(before, PerformanceRecord) else 0
    if now.sold > known and printed_times(wanted, now.time_zone) != printed_times(now, now.time_zone):
        raise TicketsBearOldTime(
            say_count(
                "Tickets were sold meanwhile: {count} bears the old time.",
                "Tickets were sold meanwhile: {count} bear the old time.",
                now.sold,
            ),
            advice=say("Save again."),
        )
    if wanted.plan_id != now.plan_id:
        _change_plan(session, now, wanted.plan_id)
    if (wanted.doors_at, wanted.starts_at) != (now.doors_at, now.starts_at):
        move_releases(session, now.performance_id, wanted.doors_at or wanted.starts_at)
    if (wanted.doors_at, wanted.starts_at, wanted.ends_at) != (now.doors_at, now.starts_at, now.ends_at):
        evening = ReservedEvening(wanted.starts_at, wanted.ends_at, wanted.doors_at)
        move_reservations(session, now.performance_id, evening)
    ends = sale_ends(wanted.starts_at, wanted.ends_at, wanted.off_sale_at)
    if ends < sale_ends(now.starts_at, now.ends_at, now.off_sale_at):
        follow_sale_end(session, now.performance_id, ends)
    if wanted.starts_at != now.starts_at:
        tell_moved_in_time(session, actor, now.performance_id, now.starts_at, wanted.starts_at)
    columns = _columns(wanted)
    changed = PERFORMANCES.change(session, actor, now, wanted, columns, performance=now.performance_id, sold=now.sold)
    if (changed.title, changed.venue) != (now.title, now.venue):
        write_performances(session, Performance.id == now.performance_id, before=(now.title, now.venue))
    return changed


def archive_performance(session: Session, actor: Actor, performance_id: int) -> PerformanceRecord:
    """Put a performance away that nobody has a ticket for; it is on no list any more. May be repeated.

    Raises NotPermitted (sold or held: cancel it instead), NotFound.
    """
    now = PERFORMANCES.locked(session, actor, performance_id)
    if (now.sold or now.held) and not now.archived:
        raise NotPermitted(say("Somebody has seats for this performance."), advice=say("Cancel it instead."))
    return PERFORMANCES.archive(session, actor, now)


def restore_performance(session: Session, actor: Actor, performance_id: int) -> PerformanceRecord:
    """Take a performance back that was put away. May be repeated. Raises NotPermitted, NotFound."""
    return PERFORMANCES.restore(session, actor, performance_id)


def draft_of(one: ListedPerformance) -> PerformanceDraft:
    """Return what can be decided about a performance, as it is now."""
    return PerformanceDraft(
        event_id=one.event_id,
        plan_id=one.plan_id,
        starts_at=one.starts_at,
        doors_at=one.doors_at,
        on_sale_at=one.on_sale_at,
        off_sale_at=one.off_sale_at,
        hold_minutes=one.hold_minutes,
        ticket_fee_minor=one.ticket_fee_minor,
        order_fee_minor=one.order_fee_minor,
        ends_at=one.ends_at,
    )


def require_sound(session: Session, wanted: PerformanceDraft, now: PerformanceRecord | None = None) -> PerformanceDraft:
    """Return the draft, times to the minute. now: what is being changed. Raises FieldRefused."""
    problems = FieldProblems()
    wanted = _in_minutes(wanted, now)
    _check_times(wanted, problems)
    if not SHORTEST_HOLD_MINUTES <= wanted.hold_minutes <= LONGEST_HOLD_MINUTES:
        problems.add(
            "hold_minutes",
            say(
                "Seats are held for {shortest} to {longest} minutes.",
                shortest=SHORTEST_HOLD_MINUTES,
                longest=LONGEST_HOLD_MINUTES,
            ),
        )
    for field, amount in (("ticket_fee_minor", wanted.ticket_fee_minor), ("order_fee_minor", wanted.order_fee_minor)):
        if not 0 <= amount <= MOST_MINOR:
            problems.add(field, say("This fee is too large, or negative."))
    event = session.execute(select(Event.deleted_at).where(Event.id == wanted.event_id)).one_or_none()
    if event is None:
        problems.add("event_id", say("Choose an event."))
    elif event.deleted_at is not None and (now is None or now.event_id != wanted.event_id):
        problems.add("event_id", say("This event was put away."))
    plan = session.execute(select(SeatingPlan.deleted_at).where(SeatingPlan.id == wanted.plan_id)).one_or_none()
    if plan is None:
        problems.add("plan_id", say("Choose a seating plan."))
    elif plan.deleted_at is not None and (now is None or now.plan_id != wanted.plan_id):
        problems.add("plan_id", say("This seating plan was put away."))
    same = select(Performance.id).where(
        Performance.event_id == wanted.event_id,
        Performance.plan_id == wanted.plan_id,
        Performance.starts_at == wanted.starts_at,
        Performance.deleted_at.is_(None),
    )
    if now is not None:
        same = same.where(Performance.id != now.performance_id)
    if session.execute(same.limit(1)).first() is not None:
        problems.add("starts_at", say("There is a performance of this event at that time already."))
    problems.require_none()
    return wanted


def _check_times(wanted: PerformanceDraft, problems: FieldProblems) -> None:
    if not EARLIEST <= wanted.starts_at < LATEST:
        problems.add("starts_at", say("This date is too far away."))
    if wanted.doors_at is not None and wanted.doors_at > wanted.starts_at:
        problems.add("doors_at", say("The doors have to open before the performance begins."))
    if wanted.doors_at is not None and wanted.doors_at < wanted.starts_at - timedelta(days=1):
        problems.add("doors_at", say("The doors cannot open more than a day before the performance begins."))
    if wanted.on_sale_at is not None and wanted.off_sale_at is not None and wanted.on_sale_at >= wanted.off_sale_at:
        problems.add("off_sale_at", say("The sale has to end after it has begun."))
    if comes_and_goes(wanted.starts_at, wanted.ends_at):
        if wanted.on_sale_at is not None and wanted.ends_at is not None and wanted.on_sale_at >= wanted.ends_at:
            problems.add("on_sale_at", say("The sale has to begin before the performance ends."))
    elif wanted.on_sale_at is not None and wanted.on_sale_at >= wanted.starts_at:
        problems.add("on_sale_at", say("The sale has to begin before the performance does."))
    if wanted.ends_at is not None:
        _check_end(wanted.ends_at, wanted, problems)


def _check_end(ends_at: datetime, wanted: PerformanceDraft, problems: FieldProblems) -> None:
    if ends_at <= wanted.starts_at:
        problems.add("ends_at", say("The performance has to end after it has begun."))
    elif ends_at - wanted.starts_at > LONGEST_RUN:
        problems.add("ends_at", say("A performance lasts a year at the most."))
    elif wanted.off_sale_at is not None and wanted.off_sale_at > ends_at:
        problems.add("off_sale_at", say("The sale cannot go on after the end of the performance."))


def _columns(wanted: PerformanceDraft) -> dict[str, Any]:
    columns = asdict(wanted)
    columns["hold_seconds"] = columns.pop("hold_minutes") * 60
    return columns


def _in_minutes(wanted: PerformanceDraft, now: PerformanceRecord | None) -> PerformanceDraft:
    """Return the draft with times to the minute; one that is stored with seconds and was not moved keeps them."""

    def kept(moment: datetime, stored: datetime | None) -> datetime:
        return stored if stored is not None and to_minute(stored) == to_minute(moment) else to_minute(moment)

    return replace(
        wanted,
        starts_at=kept(wanted.starts_at, now.starts_at if now else None),
        doors_at=wanted.doors_at and kept(wanted.doors_at, now.doors_at if now else None),
        on_sale_at=wanted.on_sale_at and kept(wanted.on_sale_at, now.on_sale_at if now else None),
        off_sale_at=wanted.off_sale_at and kept(wanted.off_sale_at, now.off_sale_at if now else None),
        ends_at=wanted.ends_at and kept(wanted.ends_at, now.ends_at if now else None),
    )


def to_minute(moment: datetime) -> datetime:
    """Return a moment without its seconds, in UTC."""
    return moment.astimezone(UTC).replace(second=0, microsecond=0)


def _change_plan(session: Session, now: PerformanceRecord, plan_id: int) -> None:
    """Seat the performance on another plan. Raises FieldRefused when anybody has a seat of the old one."""
    if empty_inventory(session, now.performance_id):
        raise FieldRefused(
            {"plan_id": say("Seats of this performance are sold, held or kept back: the plan must stay.")}
        )
    session.execute(delete(Price).where(Price.performance_id == now.performance_id))
    follow_names(session, now.performance_id, now.plan_id, plan_id)
    session.execute(update(Performance).where(Performance.id == now.performance_id).values(plan_id=plan_id))
    fill_inventory(session, now.performance_id)
    serve_new_places(session, now.performance_id)
