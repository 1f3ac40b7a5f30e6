"""Orders as a list shows them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select

from pos_app.db.models import (
    Event,
    Order,
    OrderLine,
    Payment,
    Performance,
    SeatingPlan,
    StaffMember,
    Ticket,
    Till,
    Venue,
)
from pos_app.domain.orders.changes import LineKind, LineState
from pos_app.domain.orders.finding import OrderRow
from pos_app.domain.orders.standing import standing_of
from pos_app.domain.selling.performance_seats import PerformanceSeats
from pos_app.domain.selling.sales import PaymentMethod
from pos_app.services.seats.places import places_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Row
    from sqlalchemy.orm import Session

    from pos_app.domain.seats import Place

_KEPT: Final = (LineState.LIVE, LineState.RESERVED)


def load_order_rows(session: Session, order_ids: Sequence[int]) -> tuple[OrderRow, ...]:
    """Return orders in this order, without those that are not there."""
    if not order_ids:
        return ()
    lines = _lines(session, order_ids)
    places = places_of(session, [line.seat_id for some in lines.values() for line in some])
    methods = _first_methods(session, order_ids)
    found: list[Row[Any]] = list(
        session.execute(
            select(
                Order.id,
                Order.number,
                Order.created_at,
                Order.total_minor,
                Order.currency,
                Order.customer_name,
                Till.name.label("till_name"),
                StaffMember.name.label("staff_name"),
            )
            .join(Till, Till.id == Order.till_id)
            .join(StaffMember, StaffMember.id == Order.staff_id)
            .where(Order.id.in_(order_ids))
        )
    )
    rows = {one.id: _row(one, lines[one.id], places, methods.get(one.id)) for one in found}
    return tuple(rows[one] for one in order_ids if one in rows)


def performances_of(lines: Sequence[Row[Any]], places: Mapping[int, Place]) -> tuple[PerformanceSeats, ...]:
    """Return the evenings of lines by their time, and the places of each."""
    found: defaultdict[int, list[Row[Any]]] = defaultdict(list)
    for line in sorted(lines, key=lambda line: (line.starts_at, line.performance_id, line.seat_id)):
        found[line.performance_id].append(line)
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


def _row(order: Row[Any], lines: Sequence[Row[Any]], places: Mapping[int, Place], method: str | None) -> OrderRow:
    kept = [line for line in lines if line.state in _KEPT]
    # Of what was taken back the last places; those that were exchanged before stand on the order's own page.
    shown = kept or [line for line in lines if line.state != LineState.EXCHANGED] or lines
    performances = performances_of(shown, places)
    return OrderRow(
        order_id=order.id,
        number=order.number,
        created_at=order.created_at,
        time_zone=performances[0].time_zone if performances else "UTC",
        title=" + ".join(dict.fromkeys(one.title for one in performances)),
        performances=performances,
        tickets=len(shown),
        total_minor=order.total_minor,
        currency=order.currency,
        standing=standing_of({LineState(line.state) for line in lines}),
        customer_name=order.customer_name,
        till_name=order.till_name,
        staff_name=order.staff_name,
        method=PaymentMethod(method) if method is not None else None,
        waits=any(line.waits for line in kept),
    )


def _lines(session: Session, order_ids: Sequence[int]) -> defaultdict[int, list[Row[Any]]]:
    """Return the lines of seats of each order."""
    found: defaultdict[int, list[Row[Any]]] = defaultdict(list)
    rows: list[Row[Any]] = list(
        session.execute(
            select(
                OrderLine.order_id,
                OrderLine.performance_id,
                OrderLine.seat_id,
                OrderLine.state,
                (Ticket.printed_at.is_(None) & Ticket.id.is_not(None) & Ticket.voided_at.is_(None)).label("waits"),
                Event.title,
                Performance.starts_at,
                Performance.ends_at,
                Venue.time_zone,
            )
            .outerjoin(Ticket, Ticket.order_line_id == OrderLine.id)
            .join(Performance, Performance.id == OrderLine.performance_id)
            .join(Event, Event.id == Performance.event_id)
            .join(SeatingPlan, SeatingPlan.id == Performance.plan_id)
            .join(Venue, Venue.id == SeatingPlan.venue_id)
            .where(OrderLine.order_id.in_(order_ids), OrderLine.kind == LineKind.SEAT)
        )
    )
    for row in rows:
        found[row.order_id].append(row)
    return found


def _first_methods(session: Session, order_ids: Sequence[int]) -> dict[int, str]:
    """Return how each order was paid first."""
    rows = session.execute(
        select(Payment.order_id, Payment.method).where(Payment.order_id.in_(order_ids)).order_by(Payment.id.desc())
    )
    return {row.order_id: row.method for row in rows}
