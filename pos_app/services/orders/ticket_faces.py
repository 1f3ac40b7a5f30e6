"""What is to be printed on the tickets of an order; the till signs the codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from pos_app.db.models import (
    Event,
    Order,
    OrderLine,
    Performance,
    PriceCategory,
    Seat,
    SeatingPlan,
    Ticket,
    TicketType,
    Venue,
)
from pos_app.domain.orders.changes import LineState
from pos_app.domain.tickets.faces import TicketFace
from pos_app.services.seats.places import places_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session


def load_ticket_faces(session: Session, ticket_ids: Sequence[int]) -> tuple[TicketFace, ...]:
    """Return the faces of tickets that are not void, in the order of their seats; `code` is empty."""
    rows = session.execute(
        select(
            Ticket.id,
            Ticket.performance_id,
            Ticket.short_code,
            Ticket.issue_count,
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
            OrderLine.seat_id,
            (OrderLine.price_minor - OrderLine.discount_minor).label("paid"),
            Order.currency,
            Order.number,
            Order.customer_name,
        )
        .join(OrderLine, OrderLine.id == Ticket.order_line_id)
        .join(Order, Order.id == OrderLine.order_id)
        .join(Performance, Performance.id == Ticket.performance_id)
        .join(Event, Event.id == Performance.event_id)
        .join(SeatingPlan, SeatingPlan.id == Performance.plan_id)
        .join(Venue, Venue.id == SeatingPlan.venue_id)
        .join(Seat, Seat.id == OrderLine.seat_id)
        .join(PriceCategory, PriceCategory.id == OrderLine.category_id)
        .join(TicketType, TicketType.id == OrderLine.ticket_type_id)
        .where(Ticket.id.in_(sorted(ticket_ids)), Ticket.voided_at.is_(None))
        .order_by(Performance.starts_at, OrderLine.performance_id, OrderLine.seat_id)
    ).all()
    places = places_of(session, [row.seat_id for row in rows])
    return tuple(
        TicketFace(
            ticket_id=row.id,
            performance_id=row.performance_id,
            event_title=row.title,
            venue_name=row.venue,
            venue_address=row.address,
            starts_at=row.starts_at,
            doors_at=row.doors_at,
            time_zone=row.time_zone,
            place=places[row.seat_id],
            category=row.category,
            ticket_type=row.ticket_type,
            price_minor=row.paid,
            currency=row.currency,
            order_number=row.number,
            short_code=row.short_code,
            code="",
            issue_count=row.issue_count,
            customer_name=row.customer_name,
            complimentary=row.complimentary,
            ends_at=row.ends_at,
        )
        for row in rows
    )


def load_group_total(session: Session, order_number: str, tickets: int) -> int | None:
    """Return what an order cost, fees included, when it has just so many valid tickets; None: they are only a part.

    Of a reservation that was picked up in part, what was paid of it.
    """
    own = Order.number == order_number
    valid = (
        select(func.count(Ticket.id))
        .join(OrderLine, OrderLine.id == Ticket.order_line_id)
        .join(Order, Order.id == OrderLine.order_id)
        .where(own, Ticket.voided_at.is_(None))
    )
    if session.execute(valid).scalar_one() != tickets or not tickets:
        return None
    paid = (
        select(func.sum(OrderLine.price_minor - OrderLine.discount_minor))
        .join(Order, Order.id == OrderLine.order_id)
        .where(own, OrderLine.state == LineState.LIVE)
    )
    return int(session.execute(paid).scalar_one() or 0)
