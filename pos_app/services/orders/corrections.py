"""Taking a sale back within ten minutes, and printing a ticket anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import or_, select, update

from pos_app.db.clock import seconds_until, utc_now
from pos_app.db.models import Order, OrderLine, Payment, Refund, Ticket, TicketPresence
from pos_app.db.results import insert_row, matched_rows
from pos_app.domain.card_numbers import refuse_card_number
from pos_app.domain.codes import new_short_code
from pos_app.domain.errors import InvalidInput, NotFound, VoidRefused
from pos_app.domain.orders.changes import ChangeKind, LineState, RefundState
from pos_app.domain.roles import Permission
from pos_app.domain.seats import SeatKey
from pos_app.domain.selling.sales import LONGEST_NOTE, VOID_SECONDS, PaymentMethod, VoidedOrder
from pos_app.domain.sentences import say
from pos_app.domain.texts import clean_line
from pos_app.services.audit import record
from pos_app.services.orders.ledger import claim_order, end_lines, write_change
from pos_app.services.orders.ledger_seats import free_sold
from pos_app.services.permissions import require
from pos_app.services.promo_codes.redeeming import undo_redemption
from pos_app.services.staff.approvals import spend_any, told_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from pos_app.domain.roles import Actor
    from pos_app.domain.selling.sales import VoidRequest


def void_order(session: Session, actor: Actor, request: VoidRequest) -> VoidedOrder:
    """Take a sale back: seats free again, codes void, the money recorded as given back. May be repeated.

    Raises VoidRefused (too late, void already, a guest is inside), ApprovalRefused, NotPermitted, NotFound,
    InvalidInput (no reason).
    """
    reason = clean_line(request.reason, LONGEST_NOTE)
    if not reason:
        raise InvalidInput(say("Taking a sale back needs a reason."), field="reason")
    refuse_card_number(reason, "reason")
    order = claim_order(session, request.order_id, request_id=request.request_id, seen=None)
    paid = session.execute(
        select(Payment.id, Payment.method, Order.total_minor, seconds_until(Order.created_at).label("until_made"))
        .join(Order, Order.request_id == Payment.request_id)
        .where(Order.id == order.order_id)
    ).one()
    answer = VoidedOrder(order.number, paid.total_minor, order.currency, PaymentMethod(paid.method))
    if order.done_id is not None:
        return answer
    require(session, actor, Permission.VOID)
    lines = session.execute(
        select(OrderLine.id, OrderLine.performance_id, OrderLine.seat_id).where(
            OrderLine.order_id == order.order_id, OrderLine.state == LineState.LIVE
        )
    ).all()
    if not lines:
        raise VoidRefused(say("Order {number} is void already.", number=order.number))
    if -float(paid.until_made) > VOID_SECONDS:
        raise VoidRefused(
            say("Order {number} is older than ten minutes.", number=order.number),
            advice=say("Its tickets stay good. Later than that, Foyer gives no money back."),
        )
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
    free_sold(session, {SeatKey(line.performance_id, line.seat_id): line.id for line in lines if line.seat_id})
    if any(line.is_inside for line in end_lines(session, change, [line.id for line in lines])):
        raise VoidRefused(
            say("A guest of order {number} is inside.", number=order.number),
            advice=say("The door lets the guest out by a scan first; then it can be taken back."),
        )
    undo_redemption(session, order.order_id)
    session.execute(update(Payment).where(Payment.id == paid.id).values(refunded_minor=Payment.amount_minor))
    refund_id = insert_row(
        session,
        Refund,
        request_id=request.request_id,
        order_id=order.order_id,
        payment_id=paid.id,
        method=paid.method,
        state=RefundState.PAID,
        amount_minor=paid.total_minor,
        reason=reason,
        made_by_id=change.change_id,
        ended_by_id=change.change_id,
        paid_at=utc_now(),
        till_id=actor.till_id,
        staff_id=actor.staff_id,
        approver_id=approved.staff_id,
        created_at=utc_now(),
    )
    record(
        session,
        actor,
        "void",
        order=order.number,
        change=change.change_id,
        refund_minor=paid.total_minor,
        currency=order.currency,
        method=paid.method,
        ended=[line.id for line in lines],
        refunds=[[refund_id, paid.id, paid.method, paid.total_minor, RefundState.PAID]],
        **told_of(approved),
    )
    return answer


def reissue_tickets(session: Session, actor: Actor, ticket_ids: Sequence[int], *, request_id: str, reason: str) -> None:
    """Count tickets as printed anew: both codes printed before are void from now on. May be repeated.

    Raises InvalidInput (no reason), NotFound (a ticket is void or not there), NotPermitted.
    """
    reason = clean_line(reason, LONGEST_NOTE)
    if not reason:
        raise InvalidInput(say("A reprint needs a reason."), field="reason")
    refuse_card_number(reason, "reason")
    require(session, actor, Permission.REPRINT)
    counted: list[int] = []
    for ticket_id in sorted(ticket_ids):
        key = f"{request_id}:{ticket_id}"[:64]
        changed = session.execute(
            update(Ticket)
            .where(
                Ticket.id == ticket_id,
                Ticket.voided_at.is_(None),
                or_(Ticket.reissue_request_id.is_(None), Ticket.reissue_request_id != key),
            )
            .values(
                issue_count=Ticket.issue_count + 1,
                short_code=new_short_code(),
                reissue_request_id=key,
                reissue_reason=reason,
                issued_at=utc_now(),
                printed_at=utc_now(),
            )
        )
        row = session.execute(select(Ticket.issue_count, Ticket.voided_at).where(Ticket.id == ticket_id)).one_or_none()
        if row is None or row.voided_at is not None:
            raise NotFound(say("A ticket of this order is void."), advice=say("It cannot be printed again."))
        if matched_rows(changed):
            counted.append(ticket_id)
            session.execute(
                update(TicketPresence)
                .where(TicketPresence.ticket_id == ticket_id)
                .values(issue_count=row.issue_count, changed_at=utc_now())
            )
    if counted:
        record(session, actor, "reprint", tickets=counted, reason=reason)
