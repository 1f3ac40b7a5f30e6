"""Picking up: a reservation that stands at a till is paid, all of it or some seats."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select

from pos_app.db.base import table_of
from pos_app.db.models import Order, OrderChange, OrderLine, Payment, Ticket
from pos_app.domain.card_numbers import refuse_card_number
from pos_app.domain.errors import NotFound, SeatsTaken
from pos_app.domain.orders.changes import ChangeKind, LineState
from pos_app.domain.roles import Permission
from pos_app.domain.selling.sales import PaymentMethod, Sale, Tender
from pos_app.domain.sentences import say
from pos_app.services.audit import record
from pos_app.services.house.settings import load_house_settings
from pos_app.services.letters.telling import emailed_to
from pos_app.services.orders.exchanges.rows import insert_difference, insert_new_lines, lines_told
from pos_app.services.orders.ledger import claim_order, write_change
from pos_app.services.orders.letters.changes import tell_picked_up
from pos_app.services.orders.reservations.opening import close_pick_up
from pos_app.services.orders.reservations.plan import plan_pick_up
from pos_app.services.orders.reservations.rows import close_when_empty, end_reserved, make_live
from pos_app.services.permissions import require
from pos_app.services.promo_codes.shares import give_back_uses
from pos_app.services.seats.places import tell_gone
from pos_app.services.seats.reserved import missing_seats, sell_reserved
from pos_app.services.selling.holds import find_hold
from pos_app.services.selling.sale_rows import insert_tickets
from pos_app.services.staff.approvals import look_at_approval, spend_any, told_of

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from pos_app.domain.house.settings import HouseSettings
    from pos_app.domain.orders.reservations import PickUpRequest
    from pos_app.domain.roles import Actor

_ORDER = table_of(Order)
_CHANGE = table_of(OrderChange)
_NOTHING_SOLD: Final = say("Nothing was sold. Open the reservation once more.")


def confirm_pick_up(session: Session, actor: Actor, request: PickUpRequest) -> HouseSettings:
    """Look whether what is reserved can be paid now, and sell nothing; the tender is not judged.

    Returns what the house has decided on taking money. Raises what pick_up raises, for the same reasons.
    """
    hold = find_hold(session, request.basket_key, lock=False)
    plan = plan_pick_up(session, actor, request, hold)
    if request.price_of_now:
        if request.approval_id is None:
            require(session, actor, Permission.PRICE_OF_NOW)
        else:
            look_at_approval(session, actor, request.approval_id, Permission.PRICE_OF_NOW, request.request_id)
    gone = missing_seats(session, request.order_id, plan.seats)
    if gone:
        raise SeatsTaken(
            tell_gone(session, gone),
            seats=tuple((seat.performance_id, seat.seat_id) for seat in gone),
            advice=_NOTHING_SOLD,
        )
    return load_house_settings(session)


def pick_up(session: Session, actor: Actor, request: PickUpRequest) -> Sale:
    """Take the money for what was reserved, and make its tickets. Repeating the request returns the same sale.

    What was told is the price; price_of_now: today's, which needs a permission or an approval. What is not chosen stays
    reserved. Sells as long as the seats are reserved to this order, also where its time at the counter was over.
    Raises PickUpElsewhere (another till has it open), OrderChanged (a line is not reserved any more), SeatsTaken,
    PriceChanged, PaymentRefused, NotOnSale, SaleAfterStart, NotPermitted, ApprovalRefused, InvalidInput, NotFound.
    """
    refuse_card_number(request.tender.reference, "reference")
    order = claim_order(session, request.order_id, request_id=request.request_id, seen=None)
    if order.done_id is not None:
        return _picked_up(session, order.done_id)
    hold = find_hold(session, request.basket_key, lock=True)
    plan = plan_pick_up(session, actor, request, hold)
    request.tender.require_sound(plan.total_minor)
    approved = (
        spend_any(session, actor, request.approval_id, Permission.PRICE_OF_NOW, request.request_id)
        if request.price_of_now
        else None
    )
    change = write_change(
        session,
        actor,
        order,
        ChangeKind.PICK_UP,
        request_id=request.request_id,
        approval_id=None if approved is None else approved.approval_id,
    )
    lines = plan.seats
    if plan.kept:
        make_live(session, plan.kept)
    if plan.new:
        end_reserved(session, change.change_id, plan.replaced, LineState.RELEASED)
        lines = insert_new_lines(session, change, plan.new)
    sell_reserved(session, order.order_id, lines, _NOTHING_SOLD)
    moment = session.execute(select(OrderChange.created_at).where(OrderChange.id == change.change_id)).scalar_one()
    tickets = insert_tickets(session, lines, waiting=request.collect, issued_at=moment)
    payment_id = insert_difference(session, actor, change, request.request_id, request.tender)
    close_when_empty(session, order.order_id)
    if hold is not None and hold.id == plan.reservation.open_hold_id:
        close_pick_up(session, order.order_id, hold.id, "picked_up")
    give_back_uses(session, order.order_id)
    if plan.reservation.customer_id is not None:
        tell_picked_up(session, actor, change, lines, tickets, total_minor=plan.total_minor)
    record(
        session,
        actor,
        "picked_up",
        order=order.number,
        change=change.change_id,
        total_minor=plan.total_minor,
        currency=order.currency,
        method=request.tender.method,
        paid=[[payment_id, request.tender.method, request.tender.amount_minor]],
        lines=sorted(plan.kept),
        ended=sorted(plan.replaced),
        made=lines_told(session, change),
        **(told_of(approved) if approved is not None else {}),
    )
    return _picked_up(session, change.change_id)


def settle_pick_up(session: Session, order_id: int, request_id: str) -> Sale | None:
    """Return what a pick-up sold, or None: surely, for a run that is still committing is waited for."""
    # A change begins with a write of its order: behind this lock it is there, or never will be.
    session.execute(select(Order.id).where(Order.id == order_id).with_for_update())
    done = select(OrderChange.id).where(OrderChange.request_id == request_id, OrderChange.kind == ChangeKind.PICK_UP)
    change_id = session.execute(done).scalar_one_or_none()
    return None if change_id is None else _picked_up(session, change_id)


def _picked_up(session: Session, change_id: int) -> Sale:
    row = session.execute(
        select(
            OrderChange.order_id,
            OrderChange.created_at,
            OrderChange.kind,
            Payment.method,
            Payment.amount_minor,
            Payment.tendered_minor,
            Order.number,
            Order.currency,
            Order.customer_name,
            func.coalesce(emailed_to(_ORDER.c.id, _CHANGE.c.id), "").label("emailed_to"),
        )
        .join(Payment, Payment.made_by_id == OrderChange.id)
        .join(Order, Order.id == OrderChange.order_id)
        .where(OrderChange.id == change_id, OrderChange.kind == ChangeKind.PICK_UP)
    ).one_or_none()
    if row is None:
        raise NotFound(say("This request changed another order."), advice=say("Ask once more."))
    # By the moment of the change a repeat knows its tickets; one that was printed anew since is another paper.
    tickets = session.execute(
        select(Ticket.id, Ticket.printed_at)
        .join(OrderLine, OrderLine.id == Ticket.order_line_id)
        .where(OrderLine.order_id == row.order_id, Ticket.issued_at == row.created_at)
        .order_by(Ticket.id)
    ).all()
    tender = Tender(PaymentMethod(row.method), row.amount_minor, row.tendered_minor)
    return Sale(
        row.order_id,
        row.number,
        row.amount_minor,
        tender.change_minor,
        row.currency,
        tender.method,
        tuple(ticket.id for ticket in tickets),
        waits=any(ticket.printed_at is None for ticket in tickets),
        customer_name=row.customer_name,
        emailed_to=row.emailed_to,
    )
