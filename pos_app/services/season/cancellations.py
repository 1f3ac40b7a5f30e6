"""Cancelling a performance: what it meets is told before, and nothing is paid back by it alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import case, func, select
from sqlalchemy.orm import aliased

from pos_app.db.clock import utc_now
from pos_app.db.models import Customer, Order, OrderLine, Ticket, TicketPresence
from pos_app.documents.csv_tables import write_csv
from pos_app.domain.card_numbers import has_card_number, tell_card_number
from pos_app.domain.codes import grouped
from pos_app.domain.currencies import plain
from pos_app.domain.editing import FieldRefused
from pos_app.domain.errors import NotPermitted
from pos_app.domain.orders.changes import LineKind, LineState
from pos_app.domain.roles import Permission
from pos_app.domain.season.performances import LONGEST_REASON, AffectedOrder, Cancellation, PerformanceRecord
from pos_app.domain.sentences import say
from pos_app.domain.texts import clean_line
from pos_app.services.audit import FreeText, record
from pos_app.services.permissions import require
from pos_app.services.season.order_fees import load_order_fees_going
from pos_app.services.season.performance_records import PERFORMANCES, load_performance_record
from pos_app.services.season.waiting_met import load_waiting_met

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy.orm import Session

    from pos_app.domain.roles import Actor


def load_cancellation(session: Session, actor: Actor, performance_id: int) -> Cancellation:
    """Return what a cancellation would meet now. Raises NotPermitted, NotFound."""
    require(session, actor, Permission.MANAGE)
    return _cancellation(session, performance_id, [performance_id])


def load_cancellations(session: Session, actor: Actor, ids: Collection[int]) -> tuple[Cancellation, ...]:
    """As load_cancellation, for several performances: the fee of an order is told once, with the last of them."""
    require(session, actor, Permission.MANAGE)
    going = sorted(ids)
    return tuple(_cancellation(session, one, going[: at + 1]) for at, one in enumerate(going))


def _cancellation(session: Session, performance_id: int, gone: Collection[int]) -> Cancellation:
    now = load_performance_record(session, performance_id)
    affected = _affected_orders(session, [performance_id], gone)
    inside = session.execute(
        select(func.count())
        .select_from(TicketPresence)
        .join(Ticket, Ticket.id == TicketPresence.ticket_id)
        .where(Ticket.performance_id == performance_id, TicketPresence.inside)
    ).scalar_one()
    return Cancellation(
        title=now.title,
        starts_at=now.starts_at,
        time_zone=now.time_zone,
        currency=now.currency,
        tickets=sum(one.tickets for one in affected),
        orders=affected,
        paid_minor=sum(one.paid_minor for one in affected),
        held=now.held,
        inside=inside,
        ends_at=now.ends_at,
        waiting=load_waiting_met(session, performance_id),
    )


def export_affected_orders(session: Session, actor: Actor, ids: Collection[int]) -> bytes:
    """Return the orders with seats of these performances as CSV, with whom to tell: who has only reserved, too.

    Raises NotPermitted.

    Names and addresses leave the house with it: the audit knows who took them out.
    """
    require(session, actor, Permission.MANAGE)
    head = ("Order", "Name", "E-mail", "Phone", "Tickets", "Paid", "Currency", "Reserved")
    affected = _affected_orders(session, ids, states=(LineState.LIVE, LineState.RESERVED))
    content = write_csv(
        head,
        (
            (
                grouped(one.number),
                one.name,
                one.email,
                one.phone,
                str(one.tickets),
                plain(one.paid_minor, one.currency),
                one.currency,
                str(one.reserved),
            )
            for one in affected
        ),
    )
    record(session, actor, "affected_orders_exported", performances=sorted(ids), orders=len(affected))
    return content


def cancel_performance(session: Session, actor: Actor, performance_id: int, reason: str) -> PerformanceRecord:
    """Cancel a performance: nobody sells it or gets in by it from now on; its orders stay, to be paid back one by one.

    May be repeated; the first reason stays. Raises NotPermitted, FieldRefused (field "reason"), NotFound.
    """
    now = PERFORMANCES.locked(session, actor, performance_id)
    cleaned = clean_line(reason, LONGEST_REASON + 1)
    if not cleaned:
        raise FieldRefused({"reason": say("Say why, for guests will ask.")})
    if len(cleaned) > LONGEST_REASON:
        raise FieldRefused({"reason": say("This is too long ({longest} letters at the most).", longest=LONGEST_REASON)})
    if has_card_number(cleaned):
        raise FieldRefused({"reason": tell_card_number("reason")})
    if now.cancelled:
        return now
    values = {"state": "cancelled", "cancelled_at": utc_now(), "cancel_reason": cleaned}
    return PERFORMANCES.write(
        session, actor, now, "cancelled", values, performance=performance_id, reason=FreeText(cleaned), sold=now.sold
    )


def reinstate_performance(session: Session, actor: Actor, performance_id: int) -> PerformanceRecord:
    """Take a cancellation back: tickets that were not paid back are good again. May be repeated.

    Raises NotPermitted (put away), NotFound.
    """
    now = PERFORMANCES.locked(session, actor, performance_id)
    if not now.cancelled:
        return now
    if now.archived:
        raise NotPermitted(say("This performance was put away."), advice=say("Restore it first."))
    values = {"state": "scheduled", "cancelled_at": None, "cancel_reason": ""}
    return PERFORMANCES.write(
        session, actor, now, "reinstated", values, performance=performance_id, reason_was=FreeText(now.cancel_reason)
    )


def _affected_orders(
    session: Session,
    ids: Collection[int],
    gone: Collection[int] = (),
    *,
    states: tuple[LineState, ...] = (LineState.LIVE,),
) -> tuple[AffectedOrder, ...]:
    """Return the orders with seats in these states, as a work list would give them back. gone: performances before."""
    # The name is the order's own: several people may buy under one address, and be one customer.
    fee = aliased(OrderLine)
    fees = (
        select(fee.for_line_id, func.sum(fee.price_minor - fee.discount_minor).label("minor"))
        .where(fee.kind == LineKind.FEE, fee.state == LineState.LIVE)
        .group_by(fee.for_line_id)
        .subquery()
    )
    is_live = OrderLine.state == LineState.LIVE
    brought = OrderLine.price_minor - OrderLine.discount_minor + func.coalesce(fees.c.minor, 0)
    order_fees = load_order_fees_going(session, ids, gone)
    rows = session.execute(
        select(
            Order.id,
            Order.number,
            Order.customer_name,
            Order.currency,
            Customer.email,
            Customer.phone,
            func.sum(case((is_live, 1), else_=0)).label("tickets"),
            func.sum(case((is_live, 0), else_=1)).label("reserved"),
            func.sum(case((is_live, brought), else_=0)).label("paid"),
        )
        .join(OrderLine, OrderLine.order_id == Order.id)
        .outerjoin(Customer, Customer.id == Order.customer_id)
        .outerjoin(fees, fees.c.for_line_id == OrderLine.id)
        .where(OrderLine.performance_id.in_(sorted(ids)), OrderLine.state.in_(states))
        .group_by(Order.id, Order.number, Order.customer_name, Order.currency, Customer.email, Customer.phone)
        .order_by(Order.number)
    )
    return tuple(
        AffectedOrder(
            number=row.number,
            name=row.customer_name,
            email=row.email or "",
            phone=row.phone or "",
            tickets=int(row.tickets),
            paid_minor=int(row.paid) + order_fees.get(row.id, 0),
            currency=row.currency,
            reserved=int(row.reserved),
        )
        for row in rows
    )
