"""Refunds that are due: paid out, or given up for another one that takes their place by another way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from pos_app.db.models import Order, Refund
from pos_app.domain.errors import NotFound, RefundRefused
from pos_app.domain.orders.changes import ChangeKind, RefundState
from pos_app.domain.orders.refunds import PaidOut, RefundDue
from pos_app.domain.payments.giving_back import RefundPart
from pos_app.domain.roles import Permission
from pos_app.domain.selling.sales import PaymentMethod
from pos_app.domain.sentences import say
from pos_app.services.audit import record
from pos_app.services.house.settings import load_house_zone
from pos_app.services.orders.ledger import claim_order, write_change
from pos_app.services.orders.letters.changes import tell_refund
from pos_app.services.orders.refunds.rules import needs_limit_approval, require_way, sound_reason, sound_reference
from pos_app.services.payments.refunds import (
    RefundOrigin,
    give_up_refund,
    load_refund,
    load_refund_paid,
    load_refunds_made,
    make_refunds,
    pay_refund,
)
from pos_app.services.permissions import require
from pos_app.services.staff.approvals import spend_any, told_of

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from pos_app.domain.orders.refunds import GiveUp, PayOut
    from pos_app.domain.roles import Actor
    from pos_app.services.orders.ledger import ClaimedOrder, OpenChange
    from pos_app.services.payments.refunds import StoredRefund
    from pos_app.services.staff.approvals import Approved

_WAITING = (RefundState.DUE, RefundState.PENDING, RefundState.FAILED)
MOST_SHOWN = 1000


def list_refunds_due(session: Session, actor: Actor, *, limit: int = MOST_SHOWN) -> tuple[RefundDue, ...]:
    """Return the refunds that are not paid yet, the oldest first. Raises NotPermitted."""
    require(session, actor, Permission.VOID)
    zone = load_house_zone(session)
    rows = session.execute(
        select(
            Refund.id,
            Refund.order_id,
            Order.number,
            Order.customer_name,
            Refund.amount_minor,
            Order.currency,
            Refund.method,
            Refund.state,
            Refund.reason,
            Refund.created_at,
        )
        .join(Order, Order.id == Refund.order_id)
        .where(Refund.state.in_(_WAITING))
        .order_by(Refund.id)
        .limit(limit)
    )
    return tuple(
        RefundDue(
            row.id,
            row.order_id,
            row.number,
            row.customer_name,
            row.amount_minor,
            row.currency,
            PaymentMethod(row.method),
            RefundState(row.state),
            row.reason,
            row.created_at,
            zone,
        )
        for row in rows
    )


def needs_approval_to_pay(session: Session, due: RefundDue, method: PaymentMethod) -> bool:
    """Tell whether a manager has to allow that a refund is paid out by a way."""
    return method is not due.method or needs_limit_approval(session, due.amount_minor, due.currency)


def pay_out(session: Session, actor: Actor, request: PayOut) -> PaidOut:
    """Pay a refund out. By another way than it is due, it is given up for one that is paid at once. May be repeated.

    Raises RefundRefused (paid or given up meanwhile), ApprovalRefused and NotPermitted (above the limit of the house,
    or another way), InvalidInput (reference; reason, where it goes another way; method), NotFound.
    """
    require_way(request.method)
    reference = sound_reference(request.reference, {request.method})
    order, due = _claim(session, request.refund_id, request.request_id)
    if order.done_id is not None:
        paid = load_refund_paid(session, order.done_id)
        if paid is None:
            raise NotFound(say("This request did something else."), advice=say("Ask once more."))
        return PaidOut(order.number, order.done_id, paid.refund_id, paid.part, order.currency)
    require(session, actor, Permission.VOID)
    goes_another_way = request.method is not due.method
    reason = sound_reason(request.reason, needed=goes_another_way)
    _require_waiting(due)
    approved: Approved | None = None
    if goes_another_way or needs_limit_approval(session, due.amount_minor, order.currency):
        approved = spend_any(session, actor, request.approval_id, Permission.REFUND, request.request_id)
    change = write_change(
        session,
        actor,
        order,
        ChangeKind.PAY_OUT,
        request_id=request.request_id,
        reason=reason,
        approval_id=approved.approval_id if approved else None,
    )
    if goes_another_way and approved is not None:
        told = _replace(session, actor, change, due, request.method, approved, reference=reference, paid=True)
    else:
        told = (pay_refund(session, due, change.change_id, reference),)
    tell_refund(session, actor, change, due.amount_minor, paid=True)
    _record(session, actor, "refund_paid", change, told, approved)
    return PaidOut(order.number, change.change_id, told[-1].refund_id, told[-1].part, order.currency)


def give_up(session: Session, actor: Actor, request: GiveUp) -> int:
    """Give a refund up for one of the same amount by another way, due at once; return its id. May be repeated.

    Raises RefundRefused (paid or given up meanwhile, or the same way), ApprovalRefused, NotPermitted, InvalidInput (no
    reason, method), NotFound.
    """
    require_way(request.method)
    reason = sound_reason(request.reason)
    order, due = _claim(session, request.refund_id, request.request_id)
    if order.done_id is not None:
        made = load_refunds_made(session, order.done_id)
        if not made:
            raise NotFound(say("This request did something else."), advice=say("Ask once more."))
        return made[0].refund_id
    require(session, actor, Permission.VOID)
    _require_waiting(due)
    if request.method is due.method:
        raise RefundRefused(say("It is due this way already."), advice=say("Choose another way, or pay it out."))
    approved = spend_any(session, actor, request.approval_id, Permission.REFUND, request.request_id)
    change = write_change(
        session,
        actor,
        order,
        ChangeKind.GIVE_UP,
        request_id=request.request_id,
        reason=reason,
        approval_id=approved.approval_id,
    )
    told = _replace(session, actor, change, due, request.method, approved, reference="", paid=False)
    _record(session, actor, "refund_given_up", change, told, approved)
    return told[-1].refund_id


def _claim(session: Session, refund_id: int, request_id: str) -> tuple[ClaimedOrder, StoredRefund]:
    """Claim the order of a refund, and return the refund as it stands behind that. Raises NotFound."""
    order_id = session.execute(select(Refund.order_id).where(Refund.id == refund_id)).scalar_one_or_none()
    if order_id is None:
        raise NotFound(say("This refund is not there."))
    order = claim_order(session, order_id, request_id=request_id, seen=None)
    due = load_refund(session, refund_id)
    if due is None:
        raise NotFound(say("This refund is not there."))
    return order, due


def _require_waiting(due: StoredRefund) -> None:
    match due.state:
        case RefundState.DUE | RefundState.FAILED:
            return
        case RefundState.PAID:
            told = say("This refund was paid already.")
        case RefundState.GIVEN_UP:
            told = say("This refund was given up already, and another one took its place.")
        case RefundState.PENDING:
            told = say("This refund is under way.")
    raise RefundRefused(told, advice=say("Look at the list of refunds again."))


def _replace(
    session: Session,
    actor: Actor,
    change: OpenChange,
    due: StoredRefund,
    method: PaymentMethod,
    approved: Approved,
    *,
    reference: str,
    paid: bool,
) -> tuple[StoredRefund, ...]:
    """Give a refund up and make the one that takes its place; return both, as they stand now.

    Why money goes back stays with it; why by another way stands in the change.
    """
    given_up = give_up_refund(session, due, change.change_id)
    origin = RefundOrigin(change.change_id, change.order_id, due.reason, approved.staff_id, instead_of_id=due.refund_id)
    part = RefundPart(due.payment_id, method, due.amount_minor)
    return given_up, *make_refunds(session, actor, origin, (part,), paid=paid, reference=reference)


def _record(
    session: Session,
    actor: Actor,
    action: str,
    change: OpenChange,
    told: tuple[StoredRefund, ...],
    approved: Approved | None,
) -> None:
    record(
        session,
        actor,
        action,
        order=change.number,
        change=change.change_id,
        currency=change.currency,
        paid=[],
        refunds=[one.told for one in told],
        **(told_of(approved) if approved else {}),
    )
