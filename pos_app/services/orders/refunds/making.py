"""Refunds of tickets and whole orders, at any time: what a line cost is what it gives back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from pos_app.db.models import Order
from pos_app.domain.errors import NotFound, OrderChanged
from pos_app.domain.orders.changes import ChangeKind, RefundState
from pos_app.domain.orders.refunds import RefundDone, RefundPreview
from pos_app.domain.roles import Permission
from pos_app.domain.sentences import Money, say
from pos_app.services.audit import record
from pos_app.services.orders.ledger import claim_order, write_change
from pos_app.services.orders.letters.changes import tell_refund
from pos_app.services.orders.refunds.rules import (
    require_payable,
    require_told_used,
    sound_reason,
    sound_reference,
    told_to,
    weigh_refund,
)
from pos_app.services.orders.refunds.taking_back import take_back
from pos_app.services.orders.resale.taking_back import require_not_wanted
from pos_app.services.payments.refunds import RefundOrigin, load_refunds_made, make_refunds
from pos_app.services.permissions import require
from pos_app.services.staff.approvals import spend_any, told_of

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from pos_app.domain.orders.refunds import RefundAsk, RefundRequest
    from pos_app.domain.roles import Actor
    from pos_app.services.orders.refunds.rules import Weighed
    from pos_app.services.staff.approvals import Approved


def preview_refund(session: Session, actor: Actor, ask: RefundAsk) -> RefundPreview:
    """Tell what a refund would do, and do nothing.

    Raises what weigh_refund raises, ResaleRefused (somebody holds the seat of a ticket on resale), NotFound,
    NotPermitted.
    """
    require(session, actor, Permission.VOID)
    order = session.execute(
        select(Order.number, Order.currency, Order.revision).where(Order.id == ask.order_id)
    ).one_or_none()
    if order is None:
        raise NotFound(say("This order is not there."))
    weighed = weigh_refund(session, ask, order.number, order.currency)
    require_not_wanted(session, ask.order_id, ask.line_ids)
    return RefundPreview(
        order.revision,
        weighed.amount_minor,
        order.currency,
        weighed.parts,
        weighed.needs_approval,
        told_to(actor, weighed.why, weighed.limit),
        weighed.used,
        seats_return=all(line.seat_returns for line in weighed.lines if line.seat is not None),
        needs_way=weighed.needs_way,
    )


def refund(session: Session, actor: Actor, request: RefundRequest, *, allowed: Approved | None = None) -> RefundDone:
    """Give tickets and fees back: codes void, seats on sale again where they can be, the money paid or left due.

    allowed: who has allowed it as a part of something larger, as the service knows that does the larger thing; nothing
    more is spent then. May be repeated.

    Raises OrderChanged (the picture is stale, a guest came in meanwhile, or the amount is not the one that was told),
    RefundRefused (nothing to give back, given back before, paid elsewhere), ApprovalRefused and NotPermitted (a manager
    has to allow it), InvalidInput (reason, reference, way), NotFound.
    """
    reason = sound_reason(request.reason)
    order = claim_order(session, request.order_id, request_id=request.request_id, seen=request.revision)
    if order.done_id is not None:
        return _answer(session, order.number, order.done_id, order.currency)
    require(session, actor, Permission.VOID)
    weighed = weigh_refund(session, request.ask, order.number, order.currency)
    _require_told(weighed, request, order.currency)
    reference = request.reference
    if request.pay_now:
        require_payable(weighed)
        reference = sound_reference(reference, {part.method for part in weighed.parts})
    approved = allowed
    if approved is None and weighed.needs_approval:
        approved = spend_any(session, actor, request.approval_id, Permission.REFUND, request.approved_for)
    change = write_change(
        session,
        actor,
        order,
        ChangeKind.REFUND,
        request_id=request.request_id,
        reason=reason,
        approval_id=approved.approval_id if approved else None,
    )
    ended = take_back(session, change, weighed.lines)
    if allowed is None:
        require_told_used(ended, request.used)
    origin = RefundOrigin(change.change_id, order.order_id, reason, approved.staff_id if approved else None)
    made = make_refunds(session, actor, origin, weighed.parts, paid=request.pay_now, reference=reference)
    paid = request.pay_now or not weighed.parts
    tell_refund(session, actor, change, weighed.amount_minor, paid=paid, work_list_id=request.work_list_id)
    record(
        session,
        actor,
        "refund",
        order=order.number,
        change=change.change_id,
        refund_minor=weighed.amount_minor,
        currency=order.currency,
        paid=[],
        refunds=[one.told for one in made],
        ended=[line.line_id for line in ended],
        **(told_of(approved) if approved else {}),
    )
    return RefundDone(
        order.number,
        change.change_id,
        weighed.amount_minor,
        order.currency,
        weighed.parts,
        paid=paid,
    )


def _require_told(weighed: Weighed, request: RefundRequest, currency: str) -> None:
    if weighed.amount_minor != request.amount_minor:
        raise OrderChanged(
            say(
                "{now} would go back now, and not {told}.",
                now=Money(weighed.amount_minor, currency),
                told=Money(request.amount_minor, currency),
            ),
            advice=say("Nothing was done. Look at the order as it is now, then decide."),
        )


def _answer(session: Session, number: str, change_id: int, currency: str) -> RefundDone:
    """Return what a change made, as it was told first; what became of its refunds since is told elsewhere."""
    made = load_refunds_made(session, change_id)
    paid = all(one.state is RefundState.PAID and one.ended_by_id == change_id for one in made)
    return RefundDone(
        number, change_id, sum(one.amount_minor for one in made), currency, tuple(one.part for one in made), paid=paid
    )
