"""What is to be printed on the slip of a reservation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from pos_app.db.models import (
    Event,
    OrderLine,
    Performance,
    PriceCategory,
    SeatingPlan,
    TicketType,
    Venue,
)
from pos_app.domain.orders.changes import LineState
from pos_app.domain.orders.slips import SlipFace
from pos_app.domain.tickets.faces import TicketFace
from pos_app.domain.tickets.group_cover import cover_of
from pos_app.services.orders.reservations.rows import load_reservation
from pos_app.services.seats.places import places_of

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def load_slip(session: Session, order_id: int) -> SlipFace:
    """Return the slip of a reservation as it is now: what was paid or given up meanwhile does not stand on it.

    Raises OrderChanged where nothing is reserved any more, NotFound.
    """
    reservation = load_reservation(session, order_id)
    reserved = OrderLine.order_id == order_id, OrderLine.state == LineState.RESERVED
    rows = session.execute(
        select(
            OrderLine.performance_id,
            OrderLine.seat_id,
            (OrderLine.price_minor - OrderLine.discount_minor).label("told"),
            Event.title,
            Venue.name.label("venue"),
            Venue.address,
            Venue.time_zone,
            Performance.starts_at,
            Performance.ends_at,
            Performance.doors_at,
            PriceCategory.name.label("category"),
            TicketType.name.label("ticket_type"),
            TicketType.complimentary,
        )
        .join(Performance, Performance.id == OrderLine.performance_id)
        .join(Event, Event.id == Performance.event_id)
        .join(SeatingPlan, SeatingPlan.id == Performance.plan_id)
        .join(Venue, Venue.id == SeatingPlan.venue_id)
        .join(PriceCategory, PriceCategory.id == OrderLine.category_id)
        .join(TicketType, TicketType.id == OrderLine.ticket_type_id)
        .where(*reserved)
        .order_by(Performance.starts_at, OrderLine.performance_id, OrderLine.seat_id)
    ).all()
    owed = select(func.sum(OrderLine.price_minor - OrderLine.discount_minor)).where(*reserved)
    places = places_of(session, [row.seat_id for row in rows])
    faces = [
        TicketFace(
            ticket_id=0,
            event_title=row.title,
            venue_name=row.venue,
            venue_address=row.address,
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            doors_at=row.doors_at,
            time_zone=row.time_zone,
            place=places[row.seat_id],
            category=row.category,
            ticket_type=row.ticket_type,
            price_minor=row.told,
            currency=reservation.currency,
            order_number=reservation.number,
            short_code="",
            code="",
            customer_name=reservation.customer_name,
            performance_id=row.performance_id,
            complimentary=row.complimentary,
        )
        for row in rows
    ]
    total = int(session.execute(owed).scalar_one() or 0)
    return SlipFace(cover_of(faces, total), reservation.release_at, rows[0].time_zone)
