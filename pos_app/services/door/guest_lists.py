"""What a gate lists: performances, counts, the last scans, guests looked up by order, name or seat."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sqlalchemy import and_, case, func, or_, select, true

from pos_app.db.clock import seconds_until, utc_plus
from pos_app.db.models import (
    CheckIn,
    Event,
    Order,
    OrderLine,
    Performance,
    PlanRow,
    Seat,
    SeatingPlan,
    Ticket,
    TicketPresence,
    TicketType,
    Venue,
    Zone,
)
from pos_app.domain.codes import looks_like_order_number, normalise_code
from pos_app.domain.door.check_in import (
    LONGEST_GATE,
    DoorCounts,
    DoorPerformance,
    GuestTicket,
    Reason,
    ScanEntry,
    Verdict,
)
from pos_app.domain.texts import clean_line
from pos_app.services.seats.places import places_of

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

_BEFORE: Final = 12 * 3600
_AHEAD: Final = 14 * 86400
_LONGEST_QUERY: Final = 80
MOST_GUESTS: Final = 50


def list_door_performances(session: Session) -> tuple[DoorPerformance, ...]:
    """Return the performances that a gate can be set to: from twelve hours ago to two weeks ahead, by time."""
    rows = session.execute(
        select(
            Performance,
            Event.title,
            Venue.name,
            Venue.time_zone,
            seconds_until(func.coalesce(Performance.doors_at, Performance.starts_at)).label("until_doors"),
        )
        .join(Event, Event.id == Performance.event_id)
        .join(SeatingPlan, SeatingPlan.id == Performance.plan_id)
        .join(Venue, Venue.id == SeatingPlan.venue_id)
        .where(
            Performance.deleted_at.is_(None),
            Performance.starts_at > utc_plus(-_BEFORE),
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
    where = () if here is None else (CheckIn.till_id == here[0], CheckIn.gate == clean_line(here[1], LONGEST_GATE))
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


def find_guests(session: Session, performance_id: int, query: str) -> tuple[GuestTicket, ...]:
    """Find tickets of a performance by order number, name, zone, row and seat ("G 18"); at most 50, by place."""
    wanted = clean_line(query, _LONGEST_QUERY)
    if not wanted:
        return ()
    if looks_like_order_number(wanted):
        which = Order.number == normalise_code(wanted)
    else:
        which = and_(*(_fits(word) for word in _words(wanted)))
    rows = session.execute(
        select(
            Ticket.short_code,
            Ticket.voided_at,
            TicketPresence.inside,
            OrderLine.seat_id,
            TicketType.name,
            Order.customer_name,
            Order.number,
        )
        .join(TicketPresence, TicketPresence.ticket_id == Ticket.id)
        .join(OrderLine, OrderLine.id == Ticket.order_line_id)
        .join(Order, Order.id == OrderLine.order_id)
        .join(TicketType, TicketType.id == OrderLine.ticket_type_id)
        .join(Seat, Seat.id == OrderLine.seat_id)
        .join(Zone, Zone.id == Seat.zone_id)
        .outerjoin(PlanRow, PlanRow.id == Seat.row_id)
        .where(Ticket.performance_id == performance_id, which)
        .order_by(OrderLine.seat_id, Ticket.id.desc())
        .limit(MOST_GUESTS)
    ).all()
    places = places_of(session, [row.seat_id for row in rows])
    return tuple(
        GuestTicket(
            row.short_code,
            places[row.seat_id],
            row.name,
            row.customer_name,
            row.number,
            bool(row.inside),
            row.voided_at is not None,
        )
        for row in rows
    )


def _words(query: str) -> list[str]:
    """Return the words that say something: "row G, seat 18" is G and 18, "G18" too."""
    plain = re.sub(r"[,;·]", " ", query)
    split = re.sub(r"\b([^\W\d]{1,2})(\d{1,4})\b", r"\1 \2", plain)
    said = [word for word in split.split() if word.casefold() not in {"row", "seat"}]
    return said or [query]


def _fits(word: str) -> ColumnElement[bool]:
    """A word may be a row, a seat, a part of a zone's or of a person's name, or the beginning of an order number."""
    like = func.lower(f"%{_escaped(word)}%")
    begins = f"{_escaped(normalise_code(word))}%"
    return or_(
        func.lower(Order.customer_name).like(like, escape="\\"),
        (Seat.number == word) & Seat.area_id.is_(None),
        func.lower(func.coalesce(PlanRow.label, "")) == func.lower(word),
        *([func.lower(Zone.name).like(like, escape="\\")] if len(word) > 2 else []),
        *([Order.number.like(begins, escape="\\")] if len(word) > 3 else []),
    )


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
