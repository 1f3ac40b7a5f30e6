"""Cancelling a performance: what it meets is told before, and nothing is paid back by it alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select, update

from pos_app.db.clock import utc_now
from pos_app.db.models import Order, OrderLine, Performance, Ticket, TicketPresence
from pos_app.domain.editing import FieldRefused
from pos_app.domain.errors import NotPermitted
from pos_app.domain.performance_records import LONGEST_REASON, Cancellation, PerformanceRecord
from pos_app.domain.roles import Permission
from pos_app.domain.texts import clean_line
from pos_app.services.audit import record
from pos_app.services.performance_records import load_performance_record
from pos_app.services.permissions import require

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from pos_app.domain.roles import Actor

ORDERS_NAMED: Final = 100


def load_cancellation(session: Session, actor: Actor, performance_id: int) -> Cancellation:
    """Return what a cancellation would meet now. Raises NotPermitted, NotFound."""
    require(session, actor, Permission.MANAGE)
    now = load_performance_record(session, performance_id)
    live = OrderLine.performance_id == performance_id, OrderLine.state == "live"
    paid = OrderLine.price_minor - OrderLine.discount_minor + OrderLine.fee_minor
    sums = session.execute(
        select(func.count(), func.count(OrderLine.order_id.distinct()), func.coalesce(func.sum(paid), 0)).where(*live)
    ).one()
    numbers = session.execute(
        select(Order.number)
        .join(OrderLine, OrderLine.order_id == Order.id)
        .where(*live)
        .distinct()
        .order_by(Order.number)
        .limit(ORDERS_NAMED)
    ).scalars()
    inside = session.execute(
        select(func.count())
        .select_from(TicketPresence)
        .join(Ticket, Ticket.id == TicketPresence.ticket_id)
        .where(Ticket.performance_id == performance_id, TicketPresence.inside)
    ).scalar_one()
    return Cancellation(
        performance_id=performance_id,
        title=now.title,
        starts_at=now.starts_at,
        time_zone=now.time_zone,
        currency=now.currency,
        tickets=int(sums[0]),
        orders=tuple(numbers),
        order_count=int(sums[1]),
        paid_minor=int(sums[2]),
        held=now.held,
        inside=inside,
    )


def cancel_performance(session: Session, actor: Actor, performance_id: int, reason: str) -> PerformanceRecord:
    """Cancel a performance: nobody sells it or gets in by it from now on; its orders stay, to be paid back one by one.

    May be repeated; the first reason stays. Raises NotPermitted, FieldRefused (field "reason"), NotFound.
    """
    require(session, actor, Permission.MANAGE)
    cleaned = clean_line(reason, LONGEST_REASON + 1)
    if not cleaned:
        raise FieldRefused({"reason": "Say why, for guests will ask."})
    if len(cleaned) > LONGEST_REASON:
        raise FieldRefused({"reason": f"This is too long ({LONGEST_REASON} letters at the most)."})
    now = load_performance_record(session, performance_id, lock=True)
    if now.cancelled:
        return now
    session.execute(
        update(Performance)
        .where(Performance.id == performance_id)
        .values(state="cancelled", cancelled_at=utc_now(), cancel_reason=cleaned)
    )
    record(session, actor, "performance_cancelled", performance=performance_id, reason=cleaned, sold=now.sold)
    return load_performance_record(session, performance_id)


def reinstate_performance(session: Session, actor: Actor, performance_id: int) -> PerformanceRecord:
    """Take a cancellation back: tickets that were not paid back are good again. May be repeated.

    Raises NotPermitted (put away), NotFound.
    """
    require(session, actor, Permission.MANAGE)
    now = load_performance_record(session, performance_id, lock=True)
    if not now.cancelled:
        return now
    if now.archived:
        raise NotPermitted("This performance was put away.", advice="Restore it first.")
    session.execute(
        update(Performance)
        .where(Performance.id == performance_id)
        .values(state="scheduled", cancelled_at=None, cancel_reason="")
    )
    record(session, actor, "performance_reinstated", performance=performance_id, reason_was=now.cancel_reason)
    return load_performance_record(session, performance_id)
