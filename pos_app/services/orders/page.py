"""Reading one order with all that became of it, in a fixed number of statements however much that is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, func, select
from sqlalchemy.orm import aliased

from pos_app.db.clock import seconds_until
from pos_app.db.models import (
    CheckIn,
    Event,
    Hold,
    Order,
    OrderLine,
    Payment,
    Performance,
    Refund,
    Resale,
    SeatingPlan,
    StaffMember,
    Ticket,
    TicketPresence,
    TicketType,
    Till,
    Venue,
)
from pos_app.domain.errors import NotFound
from pos_app.domain.orders.changes import LineKind, LineState, RefundState
from pos_app.domain.orders.page import (
    LineOnPage,
    OrderPage,
    PaymentOnPage,
    RefundOnPage,
    ReservedOnPage,
    TicketOnPage,
)
from pos_app.domain.orders.resale import ResaleOnPage, ResaleState
from pos_app.domain.orders.standing import standing_of
from pos_app.domain.roles import Permission
from pos_app.domain.selling.performance_seats import PerformanceSeats
from pos_app.domain.selling.sales import VOID_SECONDS, PaymentMethod
from pos_app.domain.sentences import say
from pos_app.services.orders.history import load_history
from pos_app.services.permissions import require
from pos_app.services.seats.places import places_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import Row
    from sqlalchemy.orm import Session

    from pos_app.domain.roles import Actor
    from pos_app.domain.seats import Place

_COUNTS = (LineState.LIVE, LineState.RESERVED)
_ON_PAGE = (ResaleState.OPEN, ResaleState.RESOLD)  # A line has one of these at the most.
_OPEN_AT = aliased(Till)
"""The till that has a reservation open for paying."""


def load_order_page(session: Session, actor: Actor, order_id: int) -> OrderPage:
    """Return an order as the desk shows it. Raises NotFound, NotPermitted."""
    require(session, actor, Permission.SELL)
    order = session.execute(
        select(
            Order.number,
            Order.revision,
            Order.created_at,
            Order.currency,
            Order.customer_name,
            Order.note,
            Order.total_minor,
            Order.customer_id,
            Order.release_at,
            Till.name.label("till_name"),
            StaffMember.name.label("staff_name"),
            seconds_until(Order.created_at).label("until_made"),
            seconds_until(Order.release_at).label("until_release"),
            seconds_until(Order.pickup_until).label("until_closed"),
            _OPEN_AT.name.label("open_at"),
        )
        .join(Till, Till.id == Order.till_id)
        .join(StaffMember, StaffMember.id == Order.staff_id)
        .outerjoin(Hold, Hold.id == Order.pickup_hold_id)
        .outerjoin(_OPEN_AT, _OPEN_AT.id == Hold.till_id)
        .where(Order.id == order_id)
    ).one_or_none()
    if order is None:
        raise NotFound(say("This order is not there."))
    rows = _lines(session, order_id)
    seats = [row for row in rows if row.kind == LineKind.SEAT]
    places = places_of(session, [row.seat_id for row in seats])
    entered = _entered(session, [row.ticket_id for row in seats if row.ticket_id is not None and row.entries])
    payments, refunds = _payments(session, order_id), _refunds(session, order_id)
    counting = [row for row in seats if row.state in _COUNTS]
    performances = _performances(counting or seats, places)
    shown = {one.performance_id for one in performances}
    standing = standing_of([LineState(row.state) for row in seats])
    fresh = max(0.0, VOID_SECONDS + float(order.until_made))
    is_untouched = all(row.state == LineState.LIVE for row in seats) and not refunds
    return OrderPage(
        order_id=order_id,
        number=order.number,
        revision=order.revision,
        created_at=order.created_at,
        time_zone=seats[0].time_zone if seats else "UTC",
        currency=order.currency,
        standing=standing,
        customer_name=order.customer_name,
        note=order.note,
        till_name=order.till_name,
        staff_name=order.staff_name,
        total_minor=order.total_minor,
        performances=performances,
        lines=tuple(_line(row, places, entered) for row in rows),
        payments=tuple(_payment(row) for row in payments),
        refunds=tuple(_refund(row) for row in refunds),
        history=load_history(session, order_id, rows, payments, refunds),
        seconds_to_void=fresh if counting and is_untouched else 0.0,
        left=_performances([row for row in seats if row.performance_id not in shown], places),
        customer_id=order.customer_id,
        reserved=_reserved(order.release_at, order.until_release, order.open_at, order.until_closed),
    )


def _reserved(
    release_at: datetime | None, seconds_left: float | None, open_at: str | None, open_seconds: float | None
) -> ReservedOnPage | None:
    """Return until when its seats are kept, and which till has it open; None where nothing is reserved any more."""
    if release_at is None:
        return None
    is_open = bool(open_at) and open_seconds is not None and open_seconds > 0
    return ReservedOnPage(
        release_at, float(seconds_left or 0), open_at or "" if is_open else "", float(open_seconds or 0) * is_open
    )


def _lines(session: Session, order_id: int) -> list[Row[Any]]:
    return list(
        session.execute(
            select(
                OrderLine.id,
                OrderLine.kind,
                OrderLine.state,
                OrderLine.price_minor,
                OrderLine.discount_minor,
                OrderLine.for_line_id,
                OrderLine.performance_id,
                OrderLine.seat_id,
                OrderLine.category_id,
                OrderLine.ticket_type_id,
                OrderLine.made_by_id,
                OrderLine.ended_by_id,
                TicketType.name.label("type_name"),
                Event.title,
                Performance.starts_at,
                Performance.ends_at,
                (Performance.state == "cancelled").label("is_cancelled"),
                Venue.time_zone,
                Ticket.id.label("ticket_id"),
                Ticket.short_code,
                Ticket.issue_count,
                Ticket.printed_at,
                Ticket.voided_at,
                TicketPresence.inside,
                func.coalesce(TicketPresence.entries, 0).label("entries"),
                Resale.commission_minor,
                Resale.created_at.label("returned_at"),
                Resale.closed_at.label("resold_at"),
            )
            .outerjoin(Ticket, Ticket.order_line_id == OrderLine.id)
            .outerjoin(TicketPresence, TicketPresence.ticket_id == Ticket.id)
            .outerjoin(Resale, and_(Resale.order_line_id == OrderLine.id, Resale.state.in_(_ON_PAGE)))
            .outerjoin(TicketType, TicketType.id == OrderLine.ticket_type_id)
            .outerjoin(Performance, Performance.id == OrderLine.performance_id)
            .outerjoin(Event, Event.id == Performance.event_id)
            .outerjoin(SeatingPlan, SeatingPlan.id == Performance.plan_id)
            .outerjoin(Venue, Venue.id == SeatingPlan.venue_id)
            .where(OrderLine.order_id == order_id)
            .order_by(OrderLine.id)
        )
    )


def _entered(session: Session, ticket_ids: Sequence[int]) -> dict[int, Row[Any]]:
    """Return the last good scan of tickets that were used, by ticket."""
    last = (
        select(func.max(CheckIn.id))
        .where(CheckIn.ticket_id.in_(ticket_ids), CheckIn.verdict == "admitted", CheckIn.undone_at.is_(None))
        .group_by(CheckIn.ticket_id)
    )
    entered = select(CheckIn.ticket_id, CheckIn.created_at, CheckIn.gate).where(CheckIn.id.in_(last))
    rows: list[Row[Any]] = list(session.execute(entered))
    return {row.ticket_id: row for row in rows}


def _line(row: Row[Any], places: dict[int, Place], entered: dict[int, Row[Any]]) -> LineOnPage:
    return LineOnPage(
        line_id=row.id,
        kind=LineKind(row.kind),
        state=LineState(row.state),
        price_minor=row.price_minor,
        discount_minor=row.discount_minor,
        for_line_id=row.for_line_id,
        performance_id=row.performance_id,
        seat_id=row.seat_id,
        category_id=row.category_id,
        ticket_type_id=row.ticket_type_id,
        place=None if row.seat_id is None else places[row.seat_id],
        ticket_type=row.type_name or "",
        made_by_id=row.made_by_id,
        ended_by_id=row.ended_by_id,
        ticket=None if row.ticket_id is None else _ticket(row, entered.get(row.ticket_id)),
        resale=None if row.returned_at is None else ResaleOnPage(row.commission_minor, row.returned_at, row.resold_at),
    )


def _ticket(row: Row[Any], scan: Row[Any] | None) -> TicketOnPage:
    return TicketOnPage(
        ticket_id=row.ticket_id,
        short_code=row.short_code,
        issue_count=row.issue_count,
        is_waiting=row.printed_at is None and row.voided_at is None,
        is_void=row.voided_at is not None,
        is_inside=bool(row.inside),
        entries=row.entries,
        entered_at=None if scan is None else scan.created_at,
        gate="" if scan is None else scan.gate,
    )


def _payments(session: Session, order_id: int) -> list[Row[Any]]:
    return list(
        session.execute(
            select(
                Payment.id,
                Payment.method,
                Payment.amount_minor,
                Payment.refunded_minor,
                Payment.reference,
                Payment.made_by_id,
                Payment.created_at,
            )
            .where(Payment.order_id == order_id, Payment.state == "captured")
            .order_by(Payment.id)
        )
    )


def _refunds(session: Session, order_id: int) -> list[Row[Any]]:
    return list(
        session.execute(
            select(
                Refund.id,
                Refund.method,
                Refund.amount_minor,
                Refund.state,
                Refund.reference,
                Refund.made_by_id,
                Refund.instead_of_id,
                Refund.created_at,
                Refund.paid_at,
            )
            .where(Refund.order_id == order_id)
            .order_by(Refund.id)
        )
    )


def _payment(row: Row[Any]) -> PaymentOnPage:
    method = PaymentMethod(row.method)
    return PaymentOnPage(row.id, method, row.amount_minor, row.refunded_minor, row.reference, row.created_at)


def _refund(row: Row[Any]) -> RefundOnPage:
    told = row.id, PaymentMethod(row.method), row.amount_minor, RefundState(row.state), row.reference
    return RefundOnPage(*told, row.created_at, row.paid_at, row.made_by_id)


def _performances(rows: Sequence[Row[Any]], places: dict[int, Place]) -> tuple[PerformanceSeats, ...]:
    """Return the evenings of seats by their time, and the places of each."""
    found: dict[int, list[Row[Any]]] = {}
    for row in sorted(rows, key=lambda row: (row.starts_at, row.performance_id, row.seat_id)):
        found.setdefault(row.performance_id, []).append(row)
    return tuple(
        PerformanceSeats(
            performance_id,
            own[0].title,
            own[0].starts_at,
            own[0].time_zone,
            tuple(places[row.seat_id] for row in own),
            own[0].ends_at,
            bool(own[0].is_cancelled),
        )
        for performance_id, own in found.items()
    )
