"""Taking a sale back within ten minutes: the refund of a whole order that nobody has changed yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from pos_app.db.clock import seconds_until
from pos_app.db.models import Order, OrderLine
from pos_app.domain.codes import grouped
from pos_app.domain.errors import VoidRefused
from pos_app.domain.orders.changes import ChangeKind, LineState
from pos_app.domain.payments.giving_back import needs_a_way, split_back
from pos_app.domain.roles import Permission
from pos_app.domain.selling.sales import VOID_SECONDS, VoidedOrder
from pos_app.domain.sentences import say
from pos_app.services.audit import record
from pos_app.services.orders.ledger import claim_order, write_change
from pos_app.services.orders.letters.changes import tell_refund
from pos_app.services.orders.live_lines import load_live_lines
from pos_app.services.orders.refunds.rules import sound_reason
from pos_app.services.orders.refunds.taking_back import take_back
from pos_app.services.payments.refunds import RefundOrigin, load_payments, load_refunds_made, make_refunds
from pos_app.services.permissions import require
from pos_app.services.staff.approvals import spend_any, told_of

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from pos_app.domain.payments.giving_back import RefundPart
    from pos_app.domain.roles import Actor
    from pos_app.domain.selling.sales import VoidRequest
    from pos_app.services.orders.ledger import ClaimedOrder
    from pos_app.services.orders.live_lines import LiveLine


def void_order(session: Session, actor: Actor, request: VoidRequest) -> VoidedOrder:
    """Take a sale back: seats free again, codes void, the money recorded as given back. May be repeated.

    Raises VoidRefused (too late, void or changed already, a guest is inside), ApprovalRefused, NotPermitted, NotFound,
    InvalidInput (no reason).
    """
    reason = sound_reason(request.reason)
    order = claim_order(session, request.order_id, request_id=request.request_id, seen=None)
    if order.done_id is not None:
        return _answer(session, order, sum(one.amount_minor for one in load_refunds_made(session, order.done_id)))
    require(session, actor, Permission.VOID)
    lines = list(load_live_lines(session, order.order_id).values())
    amount = sum(line.brought_minor for line in lines)
    parts = split_back(load_payments(session, order.order_id), amount)
    _require_fresh(session, order, lines, parts)
    approved = spend_any(session, actor, request.approval_id, Permission.VOID, request.request_id)
    change = write_change(
        session,
        actor,
        order,
        ChangeKind.VOID,
        request_id=request.request_id,
        reason=reason,
        approval_id=approved.approval_id,
    )
    ended = take_back(session, change, lines)
    if any(line.is_inside for line in ended):
        raise VoidRefused(
            say("A guest of order {number} is inside.", number=grouped(order.number)),
            advice=say("The door lets the guest out by a scan first; then it can be taken back."),
        )
    origin = RefundOrigin(change.change_id, order.order_id, reason, approved.staff_id)
    made = make_refunds(session, actor, origin, parts, paid=True)
    tell_refund(session, actor, change, amount, paid=True)
    record(
        session,
        actor,
        "void",
        order=order.number,
        change=change.change_id,
        refund_minor=amount,
        currency=order.currency,
        paid=[],
        refunds=[one.told for one in made],
        ended=[line.line_id for line in ended],
        **told_of(approved),
    )
    return _answer(session, order, amount)


def _require_fresh(session: Session, order: ClaimedOrder, lines: list[LiveLine], parts: tuple[RefundPart, ...]) -> None:
    """Raise VoidRefused unless the order was sold a moment ago, and stands as it was sold."""
    if not lines:
        raise _nothing_sold(session, order)
    row = session.execute(
        select(seconds_until(Order.created_at).label("until_made"), func.count(OrderLine.id).label("lines"))
        .join(OrderLine, OrderLine.order_id == Order.id)
        .where(Order.id == order.order_id)
        .group_by(Order.id, Order.created_at)
    ).one()
    if row.lines != len(lines):
        raise VoidRefused(
            say("Order {number} was changed since it was sold.", number=grouped(order.number)),
            advice=say("What is left of it can be refunded."),
        )
    if needs_a_way(parts):
        raise VoidRefused(
            say("Order {number} was paid elsewhere.", number=grouped(order.number)),
            advice=say("Its tickets can be refunded."),
        )
    if -float(row.until_made) > VOID_SECONDS:
        raise VoidRefused(
            say("Order {number} is older than ten minutes.", number=grouped(order.number)),
            advice=say("It cannot be taken back as a whole any more. Its tickets can be refunded."),
        )


def _nothing_sold(session: Session, order: ClaimedOrder) -> VoidRefused:
    reserved = select(OrderLine.id).where(OrderLine.order_id == order.order_id, OrderLine.state == LineState.RESERVED)
    if session.execute(reserved.limit(1)).first() is None:
        return VoidRefused(say("Order {number} is void already.", number=grouped(order.number)))
    return VoidRefused(
        say("Order {number} is reserved and not paid: there is nothing to take back.", number=grouped(order.number)),
        advice=say("Give its seats back in the list of reservations."),
    )


def _answer(session: Session, order: ClaimedOrder, amount_minor: int) -> VoidedOrder:
    """Return what is told of an order that was taken back; by the way in which its last payment came."""
    method = load_payments(session, order.order_id)[0].method
    return VoidedOrder(order.number, amount_minor, order.currency, method)
