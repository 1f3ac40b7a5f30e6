"""Orders as a list shows them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import bindparam, func, select

from pos_app.db.base import table_of
from pos_app.db.models import (
    Area,
    Event,
    Order,
    OrderLine,
    Payment,
    Performance,
    PlanRow,
    Seat,
    SeatingPlan,
    StaffMember,
    Ticket,
    Till,
    Venue,
    Zone,
)
from pos_app.domain.orders.changes import LineKind, LineState
from pos_app.domain.orders.finding import OrderRow
from pos_app.domain.orders.standing import standing_of
from pos_app.domain.selling.performance_seats import PerformanceSeats
from pos_app.domain.selling.sales import PaymentMethod
from pos_app.services.seats.places import place_named

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Row
    from sqlalchemy.orm import Session

    from pos_app.domain.seats import Place

_AREA = table_of(Area)
_EVENT = table_of(Event)
_LINE = table_of(OrderLine)
_ORDER = table_of(Order)
_PAYMENT = table_of(Payment)
_PERFORMANCE = table_of(Performance)
_PLAN = table_of(SeatingPlan)
_ROW = table_of(PlanRow)
_SEAT = table_of(Seat)
_STAFF = table_of(StaffMember)
_TICKET = table_of(Ticket)
_TILL = table_of(Till)
_VENUE = table_of(Venue)
_ZONE = table_of(Zone)

_KEPT: Final = (LineState.LIVE, LineState.RESERVED)

# Built once: a page is read at every letter that is typed.
_THESE: Final = bindparam("orders", expanding=True, type_=_ORDER.c.id.type)
# For all of them at once: one after the other, a server may walk all payments for each order.
_FIRST_PAID: Final = (
    select(
        _PAYMENT.c.order_id,
        func.min(_PAYMENT.c.id).label("id"),
        func.sum(_PAYMENT.c.amount_minor).label("paid_minor"),
    )
    .where(_PAYMENT.c.order_id.in_(_THESE))
    .group_by(_PAYMENT.c.order_id)
    .subquery()
)
_ORDERS: Final = (
    select(
        _ORDER.c.id,
        _ORDER.c.number,
        _ORDER.c.created_at,
        _ORDER.c.total_minor,
        _ORDER.c.currency,
        _FIRST_PAID.c.paid_minor,
        _ORDER.c.customer_name,
        _TILL.c.name.label("till_name"),
        _STAFF.c.name.label("staff_name"),
        _PAYMENT.c.method,
    )
    .join(_TILL, _TILL.c.id == _ORDER.c.till_id)
    .join(_STAFF, _STAFF.c.id == _ORDER.c.staff_id)
    .outerjoin(_FIRST_PAID, _FIRST_PAID.c.order_id == _ORDER.c.id)
    .outerjoin(_PAYMENT, _PAYMENT.c.id == _FIRST_PAID.c.id)
    .where(_ORDER.c.id.in_(_THESE))
)
_LINES: Final = (
    select(
        _LINE.c.order_id,
        _LINE.c.performance_id,
        _LINE.c.seat_id,
        _LINE.c.state,
        (_TICKET.c.printed_at.is_(None) & _TICKET.c.id.is_not(None) & _TICKET.c.voided_at.is_(None)).label("waits"),
        _EVENT.c.title,
        _PERFORMANCE.c.starts_at,
        _PERFORMANCE.c.ends_at,
        (_PERFORMANCE.c.state == "cancelled").label("is_cancelled"),
        _VENUE.c.time_zone,
        _ZONE.c.name.label("zone"),
        _ROW.c.label.label("row_label"),
        _SEAT.c.number,
        _SEAT.c.kind.label("seat_kind"),
        _AREA.c.name.label("area"),
    )
    # From the lines on: a server that knows little of ten tables thinks longer than it reads.
    .prefix_with("STRAIGHT_JOIN", dialect="mysql")
    .prefix_with("STRAIGHT_JOIN", dialect="mariadb")
    .select_from(_LINE)
    .outerjoin(_TICKET, _TICKET.c.order_line_id == _LINE.c.id)
    .join(_PERFORMANCE, _PERFORMANCE.c.id == _LINE.c.performance_id)
    .join(_EVENT, _EVENT.c.id == _PERFORMANCE.c.event_id)
    .join(_PLAN, _PLAN.c.id == _PERFORMANCE.c.plan_id)
    .join(_VENUE, _VENUE.c.id == _PLAN.c.venue_id)
    .join(_SEAT, _SEAT.c.id == _LINE.c.seat_id)
    .join(_ZONE, _ZONE.c.id == _SEAT.c.zone_id)
    .outerjoin(_ROW, _ROW.c.id == _SEAT.c.row_id)
    .outerjoin(_AREA, _AREA.c.id == _SEAT.c.area_id)
    .where(_LINE.c.order_id.in_(_THESE), _LINE.c.kind == LineKind.SEAT)
)


def load_order_rows(session: Session, order_ids: Sequence[int]) -> tuple[OrderRow, ...]:
    """Return orders in this order, without those that are not there."""
    if not order_ids:
        return ()
    connection, these = session.connection(), {"orders": list(order_ids)}
    lines: defaultdict[int, list[Row[Any]]] = defaultdict(list)
    places: dict[int, Place] = {}
    for line in connection.execute(_LINES, these):
        lines[line.order_id].append(line)
        if line.seat_id not in places:
            places[line.seat_id] = place_named(line.zone, line.row_label, line.number, line.seat_kind, line.area)
    found: list[Row[Any]] = list(connection.execute(_ORDERS, these))
    rows = {one.id: _row(one, lines[one.id], places) for one in found}
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
            bool(own[0].is_cancelled),
        )
        for performance_id, own in found.items()
    )


def _row(order: Row[Any], lines: Sequence[Row[Any]], places: Mapping[int, Place]) -> OrderRow:
    kept = [line for line in lines if line.state in _KEPT]
    # Of what was taken back the last places; those that were exchanged before stand on the order's own page.
    shown = kept or [line for line in lines if line.state != LineState.EXCHANGED] or lines
    performances = performances_of(shown, places)
    states = {LineState(line.state) for line in lines}
    # What was paid of a reservation may be less than was told, or more, by the prices of a later day.
    was_told = order.paid_minor is not None and LineState.RELEASED in states and LineState.RESERVED not in states
    return OrderRow(
        order_id=order.id,
        number=order.number,
        created_at=order.created_at,
        time_zone=performances[0].time_zone if performances else "UTC",
        title=" + ".join(dict.fromkeys(one.title for one in performances)),
        performances=performances,
        tickets=len(shown),
        total_minor=int(order.paid_minor) if was_told else order.total_minor,
        currency=order.currency,
        standing=standing_of(states),
        customer_name=order.customer_name,
        till_name=order.till_name,
        staff_name=order.staff_name,
        method=PaymentMethod(order.method) if order.method is not None else None,
        waits=any(line.waits for line in kept),
    )
