"""What a gate lists: performances, counts, the last scans."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import case, func, select, true

from pos_app.db.clock import seconds_until, utc_plus
from pos_app.db.models import (
    CheckIn,
    Event,
    OrderLine,
    Performance,
    SeatingPlan,
    Ticket,
    TicketPresence,
    Venue,
)
from pos_app.domain.door.check_in import (
    DoorCounts,
    DoorPerformance,
    Reason,
    ScanEntry,
    Verdict,
    gate_name,
)
from pos_app.domain.season.evenings import GUESTS_AFTER_END
from pos_app.services.seats.places import places_of
from pos_app.services.server_time import not_over

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_AHEAD: Final = 14 * 86400


def list_door_performances(session: Session) -> tuple[DoorPerformance, ...]:
    """Return the performances that a gate can be set to: until some hours after their end, from two weeks ahead on."""
    rows = session.execute(
        select(
            Performance,
            Event.title,
            Venue.name,
            Venue.time_zone,
            seconds_until(func.coalesce(Performance.doors_at, Performance.starts_at)).label("until_doors"),
            seconds_until(Performance.ends_at).label("until_end"),
        )
        .join(Event, Event.id == Performance.event_id)
        .join(SeatingPlan, SeatingPlan.id == Performance.plan_id)
        .join(Venue, Venue.id == SeatingPlan.venue_id)
        .where(
            Performance.deleted_at.is_(None),
            not_over(GUESTS_AFTER_END),
            Performance.starts_at < utc_plus(_AHEAD),
        )
        .order_by(Performance.starts_at, Performance.id)
    )
    return tuple(
        DoorPerformance(
            row[0].id,
            row.title,
            row.name,
            row.time_zone,
            row[0].starts_at,
            float(row.until_doors),
            row[0].state == "cancelled",
            row[0].ends_at,
            None if row.until_end is None else float(row.until_end),
        )
        for row in rows
    )


def count_guests(session: Session, performance_id: int) -> DoorCounts:
    """Count who is inside, and who is expected in all."""
    row = session.execute(
        select(
            func.count().label("expected"),
            func.coalesce(func.sum(case((TicketPresence.inside == true(), 1), else_=0)), 0).label("inside"),
        )
        .select_from(Ticket)
        .join(TicketPresence, TicketPresence.ticket_id == Ticket.id)
        .where(Ticket.performance_id == performance_id, Ticket.live_seat_id.is_not(None))
    ).one()
    return DoorCounts(int(row.inside), int(row.expected))


def list_scans(
    session: Session, performance_id: int, *, here: tuple[int, str] | None = None, limit: int = 20
) -> tuple[ScanEntry, ...]:
    """Return the last scans of a performance, the newest first. here: only those of this till at this gate."""
    where = () if here is None else (CheckIn.till_id == here[0], CheckIn.gate == gate_name(here[1]))
    rows = session.execute(
        select(
            CheckIn.id,
            CheckIn.created_at,
            CheckIn.verdict,
            CheckIn.reason,
            CheckIn.gate,
            CheckIn.undone_at,
            OrderLine.seat_id,
        )
        .outerjoin(Ticket, Ticket.id == CheckIn.ticket_id)
        .outerjoin(OrderLine, OrderLine.id == Ticket.order_line_id)
        .where(CheckIn.performance_id == performance_id, *where)
        .order_by(CheckIn.id.desc())
        .limit(limit)
    ).all()
    places = places_of(session, [row.seat_id for row in rows if row.seat_id is not None])
    return tuple(
        ScanEntry(
            row.id,
            row.created_at,
            Verdict(row.verdict),
            Reason(row.reason),
            row.gate,
            places.get(row.seat_id),
            row.undone_at is not None,
        )
        for row in rows
    )
