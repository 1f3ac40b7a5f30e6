"""Taking a sale back within ten minutes, and printing a ticket anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import insert, or_, select, update

from pos_app.db.clock import seconds_until, utc_now
from pos_app.db.models import Order, OrderLine, Payment, Performance, Refund, Ticket, TicketPresence
from pos_app.db.results import matched_rows
from pos_app.domain.card_numbers import refuse_card_number
from pos_app.domain.codes import new_short_code
from pos_app.domain.errors import InvalidInput, NotFound, VoidRefused
from pos_app.domain.roles import Permission
from pos_app.domain.seats import SeatState
from pos_app.domain.selling.sales import LONGEST_NOTE, VOID_SECONDS, PaymentMethod, VoidedOrder
from pos_app.domain.sentences import say
from pos_app.domain.texts import clean_line
from pos_app.services.audit import record
from pos_app.services.permissions import require
from pos_app.services.promo_codes.redeeming import undo_redemption
from pos_app.services.seats.claims import INVENTORY, these_seats
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
    order = session.execute(
        select(
            Order.id,
            Order.number,
            Order.state,
            Order.total_minor,
            Order.currency,
            Payment.id.label("payment_id"),
            Payment.method,
            seconds_until(Order.created_at).label("until_made"),
        )
        .join(Payment, Payment.order_id == Order.id)
        .where(Order.id == request.order_id)
        .with_for_update(of=Order)
    ).one_or_none()
    if order is None:
        raise NotFound(say("This order is not there."))
    answer = VoidedOrder(order.number, order.total_minor, order.currency, PaymentMethod(order.method))
    done = session.execute(select(Refund.order_id).where(Refund.request_id == request.request_id)).scalar_one_or_none()
    if done == order.id:
        return answer
    if done is not None:
        raise VoidRefused(say("This request took another order back."), advice=say("Ask once more."))
    require(session, actor, Permission.VOID)
    if order.state != "paid":
        raise VoidRefused(say("Order {number} is void already.", number=order.number))
    if -float(order.until_made) > VOID_SECONDS:
        raise VoidRefused(
            say("Order {number} is older than ten minutes.", number=order.number),
            advice=say("Its tickets stay good. Later than that, Foyer gives no money back."),
        )
    approved = spend_any(session, actor, request.approval_id, Permission.VOID, request.request_id)
    _void_tickets(session, order.id, order.number)
    _free_seats(session, order.id)
    undo_redemption(session, order.id)
    session.execute(update(OrderLine).where(OrderLine.order_id == order.id).values(state="void"))
    session.execute(
        update(Order)
        .where(Order.id == order.id)
        .values(state="void", voided_at=utc_now(), void_reason=reason, void_approver_id=approved.staff_id)
    )
    session.execute(
        insert(Refund).values(
            request_id=request.request_id,
            order_id=order.id,
            payment_id=order.payment_id,
            method=order.method,
            amount_minor=order.total_minor,
            reason=reason,
            till_id=actor.till_id,
            staff_id=actor.staff_id,
            approver_id=approved.staff_id,
            created_at=utc_now(),
        )
    )
    record(
        session,
        actor,
        "void",
        order=order.number,
        refund_minor=order.total_minor,
        currency=order.currency,
        method=order.method,
        reason=reason,
        **told_of(approved),
    )
    return answer


def _void_tickets(session: Session, order_id: int, number: str) -> None:
    """Void the codes; a gate and this decide by the same row, so nobody gets in with a ticket that was taken back."""
    tickets = list(
        session.execute(
            select(Ticket.id)
            .join(OrderLine, OrderLine.id == Ticket.order_line_id)
            .where(OrderLine.order_id == order_id, Ticket.voided_at.is_(None))
            .order_by(Ticket.id)
        ).scalars()
    )
    closed = session.execute(
        update(TicketPresence)
        .where(TicketPresence.ticket_id.in_(tickets), TicketPresence.inside.is_(False))
        .values(issue_count=0, changed_at=utc_now())
    )
    if matched_rows(closed) != len(tickets):
        raise VoidRefused(
            say("A guest of order {number} is inside.", number=number),
            advice=say("The door lets the guest out by a scan first; then it can be taken back."),
        )
    session.execute(update(Ticket).where(Ticket.id.in_(tickets)).values(voided_at=utc_now(), live_seat_id=None))


def _free_seats(session: Session, order_id: int) -> None:
    """Set the seats free, guarded where people wait for them; each by its own line, so that nobody else's is freed."""
    lines = session.execute(
        select(OrderLine.id, OrderLine.performance_id, OrderLine.seat_id, Performance.waiting_open)
        .join(Performance, Performance.id == OrderLine.performance_id)
        .where(OrderLine.order_id == order_id)
        .order_by(OrderLine.performance_id, OrderLine.seat_id)
    ).all()
    for line in lines:
        freed = session.execute(
            update(INVENTORY)
            .where(these_seats(line.performance_id, [line.seat_id]), INVENTORY.c.order_line_id == line.id)
            .values(state=SeatState.FREE, order_line_id=None, guarded=bool(line.waiting_open), changed_at=utc_now())
        )
        if matched_rows(freed) != 1:
            raise VoidRefused(
                say("A seat of this order is not sold to it any more."),
                advice=say("Nothing was changed. Tell support the number of the order."),
            )


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
