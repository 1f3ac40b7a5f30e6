"""The last orders of a till, and one order with its tickets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import or_, select

from pos_app.db.clock import seconds_until
from pos_app.db.models import (
    Approval,
    Event,
    Order,
    OrderChange,
    OrderLine,
    Payment,
    Performance,
    SeatingPlan,
    StaffMember,
    Ticket,
    TicketType,
    Till,
    Venue,
)
from pos_app.domain.errors import NotFound
from pos_app.domain.orders.standing import OrderStanding
from pos_app.domain.selling.performance_seats import PerformanceSeats
from pos_app.domain.selling.sales import VOID_SECONDS, OrderDetail, OrderSummary, PaymentMethod, TicketOfOrder
from pos_app.domain.sentences import say
from pos_app.services.orders.standing import standing
from pos_app.services.seats.places import places_of

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Row
    from sqlalchemy.orm import Session

    from pos_app.domain.seats import Place


def list_last_orders(session: Session, till_id: int, *, limit: int = 10) -> tuple[OrderSummary, ...]:
    """Return the last orders that were sold at a till, the newest first; not those taken over from elsewhere."""
    return _summaries(session, list_last_order_ids(session, till_id, limit=limit))


def list_last_order_ids(session: Session, till_id: int, *, limit: int = 10) -> list[int]:
    """Return which orders list_last_orders lists."""
    sold_here = Order.till_id == till_id, Order.hold_id.is_not(None)
    return list(session.execute(select(Order.id).where(*sold_here).order_by(Order.id.desc()).limit(limit)).scalars())


def load_order(session: Session, order_id: int) -> OrderDetail:
    """Return an order with its tickets. Raises NotFound."""
    found = _summaries(session, [order_id])
    if not found:
        raise NotFound(say("This order is not there."))
    row = session.execute(
        select(Order.request_id, Order.note, Order.fee_minor, StaffMember.name, Payment.reference)
        .join(StaffMember, StaffMember.id == Order.staff_id)
        .join(Payment, Payment.request_id == Order.request_id)
        .where(Order.id == order_id)
    ).one()
    lines = _lines(session, Order.id == order_id)
    places = places_of(session, [line.seat_id for line in lines])
    allowed = _allowed_by(session, order_id, row.request_id)
    tickets = tuple(
        TicketOfOrder(
            line.ticket_id,
            places[line.seat_id],
            line.type_name,
            line.price_minor - line.discount_minor,
            line.issue_count,
            line.voided_at is not None,
            line.performance_id,
        )
        for line in lines
    )
    return OrderDetail(found[0], tickets, row.note, row.name, row.reference, row.fee_minor, allowed)


def _allowed_by(session: Session, order_id: int, request_id: str) -> tuple[str, ...]:
    """Return the names of those whose approvals were spent on an order, the first first."""
    spent = select(OrderChange.approval_id).where(
        OrderChange.order_id == order_id, OrderChange.approval_id.is_not(None)
    )
    names = session.execute(
        select(StaffMember.name)
        .join(Approval, Approval.staff_id == StaffMember.id)
        .where(or_(Approval.spent_on == request_id, Approval.id.in_(spent)))
        .order_by(Approval.id)
    ).scalars()
    return tuple(dict.fromkeys(names))


def _lines(session: Session, which: ColumnElement[bool]) -> list[Row[Any]]:
    return list(
        session.execute(
            select(
                OrderLine.order_id,
                OrderLine.performance_id,
                OrderLine.seat_id,
                OrderLine.price_minor,
                OrderLine.discount_minor,
                Ticket.id.label("ticket_id"),
                Ticket.issue_count,
                Ticket.voided_at,
                TicketType.name.label("type_name"),
                Event.title,
                Performance.starts_at,
                Performance.ends_at,
                Venue.time_zone,
            )
            .join(Order, Order.id == OrderLine.order_id)
            .join(Ticket, Ticket.order_line_id == OrderLine.id)
            .join(TicketType, TicketType.id == OrderLine.ticket_type_id)
            .join(Performance, Performance.id == OrderLine.performance_id)
            .join(Event, Event.id == Performance.event_id)
            .join(SeatingPlan, SeatingPlan.id == Performance.plan_id)
            .join(Venue, Venue.id == SeatingPlan.venue_id)
            .where(which)
            .order_by(OrderLine.performance_id, OrderLine.seat_id)
        )
    )


def _summaries(session: Session, order_ids: list[int]) -> tuple[OrderSummary, ...]:
    orders = session.execute(
        select(
            Order.id,
            Order.number,
            Order.created_at,
            standing().label("standing"),
            Order.total_minor,
            Order.currency,
            Order.customer_name,
            Payment.method,
            Till.name.label("till_name"),
            StaffMember.name.label("staff_name"),
            seconds_until(Order.created_at).label("until_made"),
        )
        .join(Payment, Payment.request_id == Order.request_id)
        .join(Till, Till.id == Order.till_id)
        .join(StaffMember, StaffMember.id == Order.staff_id)
        .where(Order.id.in_(order_ids))
        .order_by(Order.id.desc())
    ).all()
    lines = _lines(session, Order.id.in_(order_ids))
    places = places_of(session, [line.seat_id for line in lines])
    summaries: list[OrderSummary] = []
    for order in orders:
        own = [line for line in lines if line.order_id == order.id]
        titles = list(dict.fromkeys(line.title for line in own))
        void = order.standing in {OrderStanding.VOID, OrderStanding.REFUNDED}
        summaries.append(
            OrderSummary(
                order_id=order.id,
                number=order.number,
                created_at=order.created_at,
                time_zone=own[0].time_zone if own else "UTC",
                title=" + ".join(titles),
                performances=_performances(own, places),
                tickets=len(own),
                total_minor=order.total_minor,
                currency=order.currency,
                method=PaymentMethod(order.method),
                void=void,
                customer_name=order.customer_name,
                till_name=order.till_name,
                staff_name=order.staff_name,
                seconds_to_void=0.0 if void else max(0.0, VOID_SECONDS + float(order.until_made)),
            )
        )
    return tuple(summaries)


def _performances(lines: list[Row[Any]], places: dict[int, Place]) -> tuple[PerformanceSeats, ...]:
    """Return the evenings of an order by their time, and the places of each."""
    found: dict[int, list[Row[Any]]] = {}
    for line in sorted(lines, key=lambda line: (line.starts_at, line.performance_id)):
        found.setdefault(line.performance_id, []).append(line)
    return tuple(
        PerformanceSeats(
            performance_id,
            own[0].title,
            own[0].starts_at,
            own[0].time_zone,
            tuple(places[line.seat_id] for line in own),
            own[0].ends_at,
        )
        for performance_id, own in found.items()
    )
