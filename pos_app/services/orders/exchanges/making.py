"""Exchanging an order's seats and ticket types: old lines end, new ones are made, and the difference is settled.

All of it in one transaction, or nothing. The order's own seats may be among the new ones: they go from the old line to
the new one and are never free between.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from pos_app.db.models import Order, Payment
from pos_app.domain.card_numbers import refuse_card_number
from pos_app.domain.errors import InvalidInput, NotFound, PriceChanged, SeatsTaken
from pos_app.domain.orders.changes import ChangeKind, RefundState
from pos_app.domain.orders.exchanges import ExchangeDone, ExchangePreview, require_sound, require_tender
from pos_app.domain.payments.giving_back import is_paid_at_once, split_back
from pos_app.domain.roles import Permission
from pos_app.domain.selling.holds import by_performance, read_places
from pos_app.domain.selling.sales import LONGEST_NAME, LONGEST_NOTE, PaymentMethod, Tender
from pos_app.domain.sentences import Money, say
from pos_app.domain.texts import clean_line
from pos_app.services.audit import record
from pos_app.services.orders.customer_limit import require_left_for_order
from pos_app.services.orders.exchanges.plan import plan_exchange
from pos_app.services.orders.exchanges.rows import (
    insert_difference,
    insert_exchange_fees,
    insert_new_lines,
    lines_made,
    lines_told,
    tickets_made,
)
from pos_app.services.orders.exchanges.seats import move_seats, spend_hold
from pos_app.services.orders.ledger import all_waiting, claim_order, end_lines, write_change
from pos_app.services.orders.ledger_seats import lock_seats
from pos_app.services.orders.letters.changes import tell_exchanged
from pos_app.services.orders.refunds.rules import require_told_used, told_to
from pos_app.services.orders.resale.taking_back import require_not_wanted, take_off_resale
from pos_app.services.payments.refunds import RefundOrigin, load_payments, load_refunds_made, make_refunds
from pos_app.services.permissions import require
from pos_app.services.promo_codes.shares import give_back_uses
from pos_app.services.resale.reselling import lock_sellers, owe_sellers, require_outside, resell, sellers_of
from pos_app.services.search_words import add_words
from pos_app.services.seats.claims import not_takeable
from pos_app.services.seats.places import tell_gone
from pos_app.services.selling.holds import find_hold
from pos_app.services.selling.sale_rows import insert_tickets
from pos_app.services.staff.approvals import spend_any, told_of
from pos_app.services.waiting.serving import begin_passes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from pos_app.domain.orders.exchanges import ExchangeAsk, ExchangeRequest
    from pos_app.domain.roles import Actor
    from pos_app.domain.seats import SeatKey
    from pos_app.services.orders.exchanges.plan import ExchangePlan
    from pos_app.services.orders.ledger import OpenChange
    from pos_app.services.payments.refunds import StoredRefund
    from pos_app.services.selling.holds import HoldRow
    from pos_app.services.staff.approvals import Approved

_NOTHING_DONE: Final = say("Nothing was exchanged. Choose other seats.")


def preview_exchange(session: Session, actor: Actor, ask: ExchangeAsk) -> ExchangePreview:
    """Tell what an exchange would cost now, and change nothing. What has begun is not judged here.

    Raises what exchange raises, for the same reasons, but for SaleAfterStart and what is about money that moves.
    """
    require_sound(ask, ChangeKind.EXCHANGE)
    require(session, actor, Permission.EXCHANGE)
    order = session.execute(select(Order.revision, Order.currency).where(Order.id == ask.order_id)).one_or_none()
    if order is None:
        raise NotFound(say("This order is not there."))
    hold = find_hold(session, ask.basket_key, lock=False) if ask.basket_key is not None else None
    plan = plan_exchange(session, actor, ask, order.currency, hold, kind=ChangeKind.EXCHANGE, after_start=True)
    require_not_wanted(session, ask.order_id, [line.line_id for line in plan.ended])
    if hold is not None:
        _require_takeable(session, hold, plan.taken)
        sellers = sellers_of(session, plan.taken)
        require_outside(session, {seat: seller.line_id for seat, seller in sellers.items()}, _NOTHING_DONE)
    _require_left_for_customer(session, ask.order_id, plan, lock=False)
    difference = plan.difference_minor
    return ExchangePreview(
        revision=order.revision,
        old_minor=plan.old_minor,
        new_minor=plan.new_minor,
        fee_minor=plan.fee_minor,
        difference_minor=difference,
        currency=plan.currency,
        parts=split_back(load_payments(session, ask.order_id), -difference) if difference < 0 else (),
        needs_approval=bool(plan.why),
        why=told_to(actor, plan.why, plan.limit) + plan.lost,
        promo_kept=not plan.lost,
        used=plan.used,
    )


def exchange(session: Session, actor: Actor, request: ExchangeRequest) -> ExchangeDone:
    """Exchange seats or ticket types of an order. Repeating the request returns the exchange that was made.

    A basket that ran out still serves if nobody took its seats. Where no old ticket was printed yet, the new ones wait
    at the window as those did. What was paid elsewhere before a take-over, and what goes back to a card without the
    terminal's reference, is left due.
    Raises OrderChanged (a stale picture, or a guest came in meanwhile), PriceChanged (the difference is another one
    now), SeatsTaken (which are gone), HoldExpired (spent already), NotOnSale, SaleAfterStart, OtherCurrency,
    ExchangeRefused, ResaleRefused (a ticket is on resale, and somebody is buying its seat), PaymentRefused,
    NotPermitted, ApprovalRefused, InvalidInput, InvalidAmount, NotFound, CustomerRefused (more tickets of an evening
    than its customer may have).
    """
    reason = _sound_reason(request)
    found = sellers_of(session, {line.seat for line in request.new}) if request.basket_key is not None else {}
    before = {seat: seller for seat, seller in found.items() if seller.order_id < request.order_id}
    lock_sellers(session, before)
    order = claim_order(session, request.order_id, request_id=request.request_id, seen=request.revision)
    if order.done_id is not None:
        return exchange_done(session, order.done_id, order.order_id, order.number, order.currency)
    require(session, actor, Permission.EXCHANGE)
    lock_sellers(session, {seat: seller for seat, seller in found.items() if seller.order_id > request.order_id})
    hold = find_hold(session, request.basket_key, lock=True) if request.basket_key is not None else None
    plan = plan_exchange(
        session, actor, request.ask, order.currency, hold, kind=request.kind, after_start=request.after_start
    )
    _require_told(request, plan)
    _require_left_for_customer(session, order.order_id, plan, lock=True)
    if plan.difference_minor < 0 and not reason:
        raise InvalidInput(say("Money that goes back needs a reason."), field="reason")
    approved = _approve(session, actor, request, needed=bool(plan.why))
    change = write_change(
        session,
        actor,
        order,
        request.kind,
        request_id=request.request_id,
        reason=reason,
        approval_id=None if approved is None else approved.approval_id,
    )
    held = set(read_places(hold.places)) if hold is not None else set()
    lock_seats(session, held | {line.seat for line in plan.ended} | {line.seat for line in plan.new})
    take_off_resale(session, change, [line.line_id for line in plan.ended])
    if hold is not None and plan.taken:
        spend_hold(session, hold, plan.taken, order.order_id)
    listed = begin_passes(session, {line.seat.performance_id for line in plan.ended})
    ended = end_lines(session, change, plan.ending)
    require_told_used(ended, request.used)
    lines = insert_new_lines(session, change, plan.new)
    insert_exchange_fees(session, change, plan.fee_each_minor, plan.fees)
    sellers = {seat: seller for seat, seller in found.items() if seat in plan.taken}
    move_seats(session, plan, lines, ended, hold, _NOTHING_DONE, listed, sellers)
    resold = resell(session, actor, sellers, _NOTHING_DONE)
    tickets = insert_tickets(session, lines, waiting=all_waiting(ended))
    add_words(session, order.order_id)
    give_back_uses(session, order.order_id)
    paid, refunds = _settle(session, actor, request, change, plan, reason, approved)
    back, given = sum(one.amount_minor for one in refunds), all(one.state is RefundState.PAID for one in refunds)
    tell_exchanged(session, actor, change, tickets, back_minor=back, paid=given)
    owe_sellers(session, actor, resold)
    record(
        session,
        actor,
        request.kind,
        order=change.number,
        change=change.change_id,
        currency=change.currency,
        difference_minor=plan.difference_minor,
        paid=paid,
        refunds=[refund.told for refund in refunds],
        ended=[line.line_id for line in ended],
        made=lines_told(session, change),
        **(told_of(approved) if approved is not None else {}),
    )
    return exchange_done(session, change.change_id, change.order_id, change.number, change.currency)


def exchange_done(session: Session, change_id: int, order_id: int, number: str, currency: str) -> ExchangeDone:
    """Return what a change made, by what stands there: the same at every repeat."""
    tickets, waits = tickets_made(session, list(lines_made(session, order_id, change_id).values()))
    payment = session.execute(
        select(Payment.method, Payment.amount_minor, Payment.tendered_minor).where(
            Payment.order_id == order_id, Payment.made_by_id == change_id
        )
    ).one_or_none()
    refunds = load_refunds_made(session, change_id)
    difference, change_minor = -sum(refund.amount_minor for refund in refunds), 0
    if payment is not None:
        difference += payment.amount_minor
        tender = Tender(PaymentMethod(payment.method), payment.amount_minor, payment.tendered_minor)
        change_minor = tender.change_minor
    return ExchangeDone(
        number,
        change_id,
        tickets,
        difference,
        currency,
        change_minor,
        tuple(refund.part for refund in refunds),
        # What was due then and was paid since is told elsewhere.
        paid=all(refund.state is RefundState.PAID and refund.ended_by_id == change_id for refund in refunds),
        waits=waits,
    )


def _sound_reason(request: ExchangeRequest) -> str:
    """Return the reason as it is stored. Raises InvalidInput for what can never be made, whatever is stored."""
    require_sound(request.ask, request.kind)
    reason = clean_line(request.reason, LONGEST_NOTE)
    refuse_card_number(reason, "reason")
    refuse_card_number(request.reference, "reference")
    if request.tender is not None:
        refuse_card_number(request.tender.reference, "reference")
    return reason


def _require_left_for_customer(session: Session, order_id: int, plan: ExchangePlan, *, lock: bool) -> None:
    ended = [line.seat for line in plan.ended]
    require_left_for_order(session, order_id, [line.seat for line in plan.new], ended, lock=lock)


def _require_told(request: ExchangeRequest, plan: ExchangePlan) -> None:
    """Raise PriceChanged, PaymentRefused unless the customer was told and pays this very difference."""
    if plan.difference_minor != request.difference_minor:
        raise PriceChanged(
            say(
                "The price has changed: the difference was {before} and is now {difference}.",
                before=Money(request.difference_minor, plan.currency),
                difference=Money(plan.difference_minor, plan.currency),
            ),
            total_minor=plan.difference_minor,
            advice=say("Tell the customer, then go on."),
        )
    require_tender(request.tender, plan.difference_minor)


def _require_takeable(session: Session, hold: HoldRow, seats: Sequence[SeatKey]) -> None:
    gone = [
        seat
        for performance_id, ids in by_performance(seats)
        for seat in not_takeable(session, hold.id, performance_id, ids)
    ]
    if gone:
        raise SeatsTaken(
            tell_gone(session, gone),
            seats=tuple((seat.performance_id, seat.seat_id) for seat in gone),
            advice=_NOTHING_DONE,
        )


def _approve(session: Session, actor: Actor, request: ExchangeRequest, *, needed: bool) -> Approved | None:
    """Spend the approval where one is needed, or was given."""
    if not needed and request.approval_id is None:
        return None
    return spend_any(session, actor, request.approval_id, Permission.REFUND, request.request_id)


def _settle(
    session: Session,
    actor: Actor,
    request: ExchangeRequest,
    change: OpenChange,
    plan: ExchangePlan,
    reason: str,
    approved: Approved | None,
) -> tuple[list[list[object]], tuple[StoredRefund, ...]]:
    """Write down the difference that was paid, or that goes back; return what the audit is told of it."""
    difference = plan.difference_minor
    if difference > 0 and request.tender is not None:
        payment_id = insert_difference(session, actor, change, request.request_id, request.tender)
        return [[payment_id, request.tender.method, difference]], ()
    if difference == 0:
        return [], ()
    parts = split_back(load_payments(session, change.order_id), -difference)
    reference = clean_line(request.reference, LONGEST_NAME)
    paid = is_paid_at_once(parts, reference)
    origin = RefundOrigin(change.change_id, change.order_id, reason, None if approved is None else approved.staff_id)
    return [], make_refunds(session, actor, origin, parts, paid=paid, reference=reference)
