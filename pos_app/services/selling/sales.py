"""Selling: order, lines, payment, tickets, seats and audit entry in one transaction."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sqlalchemy import bindparam, func, select, update

from pos_app.db.base import table_of
from pos_app.db.clock import utc_now
from pos_app.db.models import Hold, Order, OrderChange, OrderLine, OutboxEmail, Payment, Ticket
from pos_app.domain.letters.kinds import LetterKind
from pos_app.domain.orders.changes import ChangeKind
from pos_app.domain.promo_codes.combining import joined
from pos_app.domain.selling.holds import by_performance, read_places
from pos_app.domain.selling.sales import PaymentMethod, Sale, Tender
from pos_app.domain.sentences import say
from pos_app.services.audit import record
from pos_app.services.letters.telling import new_tickets, tell_change
from pos_app.services.promo_codes.redeeming import redeem
from pos_app.services.resale.reselling import lock_sellers, owe_sellers, resell
from pos_app.services.search_words import write_orders
from pos_app.services.selling.buyers import claim_buyer
from pos_app.services.selling.checking import price_for_sale, require_storable
from pos_app.services.selling.gifts import require_gift_allowed
from pos_app.services.selling.holds import find_hold
from pos_app.services.selling.pricing import look_at_seats
from pos_app.services.selling.sale_rows import (
    insert_first_change,
    insert_lines,
    insert_order,
    insert_payment,
    insert_tickets,
)
from pos_app.services.selling.taking import take_for_good
from pos_app.services.waiting.baskets import settle

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from pos_app.domain.roles import Actor
    from pos_app.domain.selling.sales import SaleRequest

_HOLD = table_of(Hold)
_ORDER = table_of(Order)
_CHANGE = table_of(OrderChange)
_LINE = table_of(OrderLine)
_TICKET = table_of(Ticket)
_PAYMENT = table_of(Payment)
_LETTER = table_of(OutboxEmail)

_NOTHING_SOLD: Final = say("Nothing was sold. Remove them from the basket, or choose others.")

# Built once, as in holds.py.
_EMAILED_TO = (
    select(_LETTER.c.recipient)
    .where(_LETTER.c.order_id == _ORDER.c.id, _LETTER.c.change_id == _PAYMENT.c.made_by_id)
    .where(_LETTER.c.kind.in_((LetterKind.CONFIRMATION, LetterKind.GIFT)))
    .limit(1)
    .correlate(_ORDER, _PAYMENT)
    .scalar_subquery()
)
_FIND_SALE = (
    select(
        _ORDER.c.id,
        _ORDER.c.number,
        _ORDER.c.total_minor,
        _ORDER.c.currency,
        _ORDER.c.customer_name,
        _PAYMENT.c.method,
        _PAYMENT.c.tendered_minor,
        func.coalesce(_EMAILED_TO, "").label("emailed_to"),
    )
    .join(_PAYMENT, _PAYMENT.c.request_id == _ORDER.c.request_id)
    .where(_ORDER.c.request_id == bindparam("request"))
)
_TICKETS_OF = (
    select(_TICKET.c.id, _TICKET.c.printed_at)
    .join(_LINE, _LINE.c.id == _TICKET.c.order_line_id)
    .join(_CHANGE, _CHANGE.c.id == _LINE.c.made_by_id)
    .where(_LINE.c.order_id == bindparam("of_order"), _CHANGE.c.kind == ChangeKind.SALE)
    .order_by(_TICKET.c.id)
)
_CLOSE_HOLD = update(_HOLD).where(_HOLD.c.id == bindparam("of_hold")).values(closed_at=utc_now(), closed_as="sold")


def find_sale(session: Session, request_id: str) -> Sale | None:
    """Return the sale that a request made, or None. The same answer at every repeat."""
    connection = session.connection()
    row = connection.execute(_FIND_SALE, {"request": request_id}).one_or_none()
    if row is None:
        return None
    tickets = connection.execute(_TICKETS_OF, {"of_order": row.id}).all()
    method = PaymentMethod(row.method)
    tender = Tender(method, row.total_minor, row.tendered_minor)
    return Sale(
        row.id,
        row.number,
        row.total_minor,
        tender.change_minor,
        row.currency,
        method,
        tuple(ticket.id for ticket in tickets),
        waits=any(ticket.printed_at is None for ticket in tickets),
        customer_name=row.customer_name,
        emailed_to=row.emailed_to,
    )


def sell(session: Session, actor: Actor, request: SaleRequest) -> Sale:
    """Sell a basket. Repeating the request returns the sale that was made.

    A basket that ran out still sells if nobody took its seats, and one that was held before the end of the sale sells
    after it while it lasts. Whose account was closed while the customer pays may
    finish a basket of their own as long as it is held: the money may be in the drawer already.
    Raises SeatsTaken (which are gone), PriceChanged, PaymentRefused, NotOnSale, SaleAfterStart, NotPermitted,
    ApprovalRefused, InvalidInput, NotFound, HoldExpired (sold already), PromoCodeRefused, CustomerRefused (it has as
    many tickets of an evening as one may have).
    """
    require_storable(request)
    looked_at = look_at_seats(session, request.lines)
    lock_sellers(session, looked_at.sellers)
    # Locked before anything is looked up or refused: the first run of this request may still be committing.
    found = find_hold(session, request.basket_key, lock=True)
    if (made := find_sale(session, request.request_id)) is not None:
        return made
    request, whose, reached = claim_buyer(session, request)
    hold, basket = price_for_sale(session, actor, request, found, whose, looked_at)
    given_for, gift = require_gift_allowed(
        session, actor, basket, request.gift, request_id=request.request_id, spend=True
    )
    request.tender.require_sound(basket.totals.total_minor)
    order_id, number, texts = insert_order(session, actor, request, basket, hold, given_for=given_for)
    change_id = insert_first_change(session, actor, request, order_id)
    lines = insert_lines(session, order_id, change_id, basket)
    take_for_good(session, hold.id, lines, _NOTHING_SOLD, looked_at.sellers)
    settle(session, hold.id, read_places(hold.places), lines, order_id=order_id, with_offers=hold.with_offers)
    resold = resell(session, actor, looked_at.sellers, _NOTHING_SOLD)
    tickets = insert_tickets(session, lines, waiting=request.collect)
    evenings = tuple(one for one, _ in by_performance(lines))
    write_orders(session, [replace(texts, performances=evenings, email=reached.email, phone=reached.phone)])
    payment_id = insert_payment(session, actor, request, order_id, change_id)
    # In one order for everybody, so that two sales with the same codes do not wait for each other in a ring.
    uses = zip(basket.promos, basket.cuts, strict=True)
    for (rule, saved_minor), cuts in sorted(uses, key=lambda use: use[0][0].promo_code_id):
        shares = {lines[line.seat]: cut for line, cut in zip(basket.lines, cuts, strict=True)}
        redeem(session, rule, order_id, saved_minor, shares=shares, customer_id=request.customer_id)
    session.connection().execute(_CLOSE_HOLD, {"of_hold": hold.id})
    emailed = False
    if reached.email:
        is_given = gift.get("given_away") == len(basket.lines)
        kind = LetterKind.GIFT if is_given else LetterKind.CONFIRMATION
        emailed = tell_change(session, kind, order_id, change_id, staff_id=actor.staff_id, tickets=new_tickets(tickets))
    owe_sellers(session, actor, resold)
    record(
        session,
        actor,
        "sale",
        order=number,
        total_minor=basket.totals.total_minor,
        currency=basket.currency,
        method=request.tender.method,
        change=change_id,
        paid=[[payment_id, request.tender.method, request.tender.amount_minor]],
        promo_code=joined([rule for rule, _ in basket.promos]),
        seats=[
            [line.seat.performance_id, line.seat.seat_id, line.price_minor - line.discount_minor]
            for line in basket.lines
        ],
        **gift,
    )
    tender = request.tender
    total = basket.totals.total_minor
    return Sale(
        order_id,
        number,
        total,
        tender.change_minor,
        basket.currency,
        tender.method,
        tickets,
        waits=request.collect,
        customer_name=texts.name,
        emailed_to=reached.email if emailed else "",
    )


def settle_request(session: Session, request_id: str, basket_key: str) -> Sale | None:
    """Return the sale that a request made, or None: surely, for a run that is still committing is waited for."""
    find_hold(session, basket_key, lock=True)
    return find_sale(session, request_id)
