"""What a reservation offers to pay: its lines with their places, what was told, and what they would cost now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from pos_app.db.models import Event, OrderLine, Performance, SeatingPlan, TicketType, Venue
from pos_app.domain.errors import InvalidInput, NotFound, SeatsTaken
from pos_app.domain.orders.changes import LineKind
from pos_app.domain.orders.reservations import ReservedLine
from pos_app.services.orders.finding.rows import performances_of
from pos_app.services.orders.reservations.prices import price_of_now
from pos_app.services.seats.places import places_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Row
    from sqlalchemy.orm import Session

    from pos_app.domain.selling.performance_seats import PerformanceSeats
    from pos_app.services.orders.reservations.rows import ReservedRow


def offer_lines(
    session: Session, order_id: int, lines: Sequence[ReservedRow]
) -> tuple[tuple[ReservedLine, ...], tuple[PerformanceSeats, ...]]:
    """Return reserved lines as they can be paid, and which evenings they are for."""
    rows: list[Row[Any]] = list(
        session.execute(
            select(
                OrderLine.id,
                OrderLine.performance_id,
                OrderLine.seat_id,
                TicketType.name,
                Event.title,
                Performance.starts_at,
                Performance.ends_at,
                (Performance.state == "cancelled").label("is_cancelled"),
                Venue.time_zone,
            )
            .join(TicketType, TicketType.id == OrderLine.ticket_type_id)
            .join(Performance, Performance.id == OrderLine.performance_id)
            .join(Event, Event.id == Performance.event_id)
            .join(SeatingPlan, SeatingPlan.id == Performance.plan_id)
            .join(Venue, Venue.id == SeatingPlan.venue_id)
            .where(OrderLine.id.in_([line.line_id for line in lines if line.seat is not None]))
        )
    )
    places = places_of(session, [row.seat_id for row in rows])
    named = {row.id: row.name for row in rows}
    now = _now_minor(session, order_id, lines)
    offered = tuple(
        ReservedLine(
            line_id=line.line_id,
            kind=line.kind,
            told_minor=line.told_minor,
            now_minor=now.get(line.line_id),
            seat=line.seat,
            place=None if line.seat is None else places.get(line.seat.seat_id),
            ticket_type_id=line.ticket_type_id,
            ticket_type=named.get(line.line_id, ""),
            for_line_id=line.for_line_id,
        )
        for line in lines
    )
    return offered, performances_of(rows, places)


def _now_minor(session: Session, order_id: int, lines: Sequence[ReservedRow]) -> dict[int, int]:
    """Return what each line would cost by today's prices, where there are some. The order's own fee is as it was told.

    A fee that a ticket did not have when it was reserved is counted with its seat.
    """
    found = {line.line_id: line.told_minor for line in lines if line.seat is None and line.for_line_id is None}
    seats = [line for line in lines if line.kind is LineKind.SEAT]
    fees = {line.for_line_id: line for line in lines if line.for_line_id is not None}
    try:
        priced = price_of_now(session, order_id, [line.line_id for line in seats])
    except (InvalidInput, NotFound, SeatsTaken):
        return found
    for line in seats:
        if line.seat is None:
            continue
        one = priced[line.seat]
        fee = fees.get(line.line_id)
        found[line.line_id] = one.price_minor - one.discount_minor + (one.fee_minor if fee is None else 0)
        if fee is not None:
            found[fee.line_id] = one.fee_minor
    return found
