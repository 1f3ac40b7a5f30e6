"""Reserving: an order under a name, its lines, its seats until a time, and the audit entry in one transaction."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select, update

from pos_app.db.base import table_of
from pos_app.db.clock import utc_now
from pos_app.db.models import Customer, Hold, Order, OrderChange, OrderLine, Performance, SeatingPlan, Venue
from pos_app.domain.errors import NotFound, SeatsTaken
from pos_app.domain.letters.kinds import LetterKind
from pos_app.domain.orders.changes import ChangeKind, LineKind, LineState
from pos_app.domain.orders.reservations import Reservation
from pos_app.domain.promo_codes.combining import joined
from pos_app.domain.roles import Permission
from pos_app.domain.selling.holds import by_performance, read_places
from pos_app.domain.selling.sales import LONGEST_NAME, PaymentMethod, SaleRequest, Tender
from pos_app.domain.sentences import say
from pos_app.domain.texts import clean_line
from pos_app.services.audit import record
from pos_app.services.customers.records import insert_customer, told_customer
from pos_app.services.house.settings import load_house_settings
from pos_app.services.letters.telling import emailed_to, moment_told, tell_change
from pos_app.services.orders.reservations.terms import load_evenings, release_of
from pos_app.services.permissions import require
from pos_app.services.promo_codes.redeeming import look_up_promo_codes, redeem
from pos_app.services.search_words import write_orders
from pos_app.services.seats.claims import not_takeable
from pos_app.services.seats.places import tell_gone
from pos_app.services.seats.reserved import reserve_seats
from pos_app.services.selling.buyers import claim_buyer, look_at_buyer
from pos_app.services.selling.checking import price_for_sale, require_storable
from pos_app.services.selling.gifts import require_gift_allowed
from pos_app.services.selling.holds import find_hold
from pos_app.services.selling.sale_rows import insert_first_change, insert_lines, insert_order
from pos_app.services.waiting.baskets import settle

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from pos_app.domain.orders.reservations import ReserveRequest
    from pos_app.domain.roles import Actor

_NOTHING_RESERVED: Final = say("Nothing was reserved. Remove them from the basket, or choose others.")


def confirm_reservation(session: Session, actor: Actor, request: ReserveRequest) -> None:
    """Look whether a basket can be reserved now as it is asked, and reserve nothing.

    Raises what reserve raises, for the same reasons, but for an e-mail address of a new customer that is taken.
    """
    sale = _as_sale(session, request)
    require_storable(sale)
    require(session, actor, Permission.RESERVE)
    found = find_hold(session, request.basket_key, lock=False)
    if request.new_customer is not None:
        request.new_customer.cleaned()
    sale, whose, _ = look_at_buyer(session, sale)
    hold, basket = price_for_sale(session, actor, sale, found, None if request.new_customer is not None else whose)
    _release_at(session, request, sale.customer_name)
    require_gift_allowed(session, actor, basket, request.gift, request_id=request.request_id, spend=False)
    if request.promo_code:
        look_up_promo_codes(session, request.promo_code, sale.customer_id)
    gone = [
        seat
        for performance_id, ids in by_performance(line.seat for line in request.lines)
        for seat in not_takeable(session, hold.id, performance_id, ids)
    ]
    if gone:
        raise SeatsTaken(
            tell_gone(session, gone),
            seats=tuple((seat.performance_id, seat.seat_id) for seat in gone),
            advice=_NOTHING_RESERVED,
        )


def reserve(session: Session, actor: Actor, request: ReserveRequest) -> Reservation:
    """Reserve a basket: its seats wait under a name, unpaid. Repeating the request returns what the first run made.

    A basket that ran out is still reserved if nobody took its seats. A promo code counts as used from now on.
    Raises FieldRefused ("customer_name", "release_at", "seats", or of the new customer), SeatsTaken (which are gone),
    PriceChanged, NotOnSale, NotPermitted, ApprovalRefused, InvalidInput, NotFound, HoldExpired (sold or reserved
    already), PromoCodeRefused, CustomerRefused (erased meanwhile, or it has as many tickets as one may have).
    """
    sale = _as_sale(session, request)
    require_storable(sale)
    # Locked before anything is looked up or refused: the first run of this request may still be committing.
    found = find_hold(session, request.basket_key, lock=True)
    if (made := find_reservation(session, request.request_id)) is not None:
        return made
    require(session, actor, Permission.RESERVE)
    if request.new_customer is not None:
        require(session, actor, Permission.CUSTOMERS)
        added = insert_customer(session, request.new_customer, request_id=request.request_id)
        sale = replace(sale, customer_id=added)
    elif request.customer_id is not None:
        # No money was taken: unlike a sale, it is refused where the person was erased meanwhile.
        look_at_buyer(session, sale)
    sale, whose, reached = claim_buyer(session, sale)
    hold, basket = price_for_sale(session, actor, sale, found, whose)
    release_at = _release_at(session, request, sale.customer_name)
    given_for, gift = require_gift_allowed(
        session, actor, basket, request.gift, request_id=request.request_id, spend=True
    )
    order_id, number, texts = insert_order(
        session, actor, sale, basket, hold, given_for=given_for, release_at=release_at
    )
    change_id = insert_first_change(session, actor, sale, order_id, ChangeKind.RESERVE)
    lines = insert_lines(session, order_id, change_id, basket, LineState.RESERVED)
    # Behind its lines nobody moves a performance; one that was moved just before is seen now.
    _release_at(session, replace(request, release_at=release_at), sale.customer_name)
    reserve_seats(session, order_id, hold.id, lines, release_at, _NOTHING_RESERVED)
    settle(session, hold.id, read_places(hold.places), lines, order_id=order_id, with_offers=hold.with_offers)
    evenings = tuple(one for one, _ in by_performance(lines))
    write_orders(session, [replace(texts, performances=evenings, email=reached.email, phone=reached.phone)])
    # In one order for everybody, as sell does.
    uses = zip(basket.promos, basket.cuts, strict=True)
    for (rule, saved_minor), cuts in sorted(uses, key=lambda use: use[0][0].promo_code_id):
        shares = {lines[line.seat]: cut for line, cut in zip(basket.lines, cuts, strict=True)}
        redeem(session, rule, order_id, saved_minor, shares=shares, customer_id=sale.customer_id)
    session.execute(update(Hold).where(Hold.id == hold.id).values(closed_at=utc_now(), closed_as="reserved"))
    if reached.email:
        until = moment_told(release_at)
        tell_change(session, LetterKind.RESERVATION, order_id, change_id, staff_id=actor.staff_id, release_at=until)
    customer = None if sale.customer_id is None else told_customer(sale.customer_id)
    if request.new_customer is not None:
        record(session, actor, "customer_added", customer=customer)
    record(
        session,
        actor,
        "reserved",
        order=number,
        change=change_id,
        total_minor=basket.totals.total_minor,
        currency=basket.currency,
        release_at=release_at.isoformat(),
        customer=customer,
        promo_code=joined([rule for rule, _ in basket.promos]),
        seats=[
            [line.seat.performance_id, line.seat.seat_id, line.price_minor - line.discount_minor]
            for line in basket.lines
        ],
        **gift,
    )
    made = find_reservation(session, request.request_id)
    if made is None:
        raise NotFound(say("The reservation was not made."))
    return made


def find_reservation(session: Session, request_id: str) -> Reservation | None:
    """Return the reservation that a request made, or None. The same answer at every repeat, but for its time."""
    mailed = emailed_to(table_of(Order).c.id, table_of(OrderChange).c.id, (LetterKind.RESERVATION,))
    row = session.execute(
        select(
            Order,
            OrderChange.id.label("change_id"),
            OrderChange.created_at.label("made_at"),
            func.coalesce(mailed, "").label("emailed_to"),
        )
        .join(OrderChange, OrderChange.request_id == Order.request_id)
        .where(Order.request_id == request_id, OrderChange.kind == ChangeKind.RESERVE)
    ).one_or_none()
    if row is None:
        return None
    order: Order = row[0]
    of_seats = OrderLine.order_id == order.id, OrderLine.made_by_id == row.change_id, OrderLine.kind == LineKind.SEAT
    zone = (
        select(Venue.time_zone)
        .join(SeatingPlan, SeatingPlan.venue_id == Venue.id)
        .join(Performance, Performance.plan_id == SeatingPlan.id)
        .join(OrderLine, OrderLine.performance_id == Performance.id)
        .where(*of_seats)
        .order_by(Performance.starts_at, Performance.id)
        .limit(1)
    )
    return Reservation(
        order_id=order.id,
        number=order.number,
        customer_name=order.customer_name,
        total_minor=order.total_minor,
        currency=order.currency,
        release_at=order.release_at or row.made_at,
        time_zone=session.execute(zone).scalar_one(),
        seats=session.execute(select(func.count()).select_from(OrderLine).where(*of_seats)).scalar_one(),
        customer_id=order.customer_id,
        emailed_to=row.emailed_to,
    )


def settle_reservation(session: Session, request_id: str, basket_key: str) -> Reservation | None:
    """Return the reservation that a request made, or None: surely, for a run that is still committing is waited for."""
    find_hold(session, basket_key, lock=True)
    return find_reservation(session, request_id)


def _as_sale(session: Session, request: ReserveRequest) -> SaleRequest:
    """Return the request as one of a sale that is not paid, under the name by which it is kept."""
    name = clean_line(request.customer_name, LONGEST_NAME)
    if not name and request.new_customer is not None:
        name = clean_line(request.new_customer.name, LONGEST_NAME)
    if not name and request.customer_id is not None:
        named = select(Customer.name).where(Customer.id == request.customer_id)
        name = session.execute(named).scalar_one_or_none() or ""
    return SaleRequest(
        request.request_id,
        request.basket_key,
        request.lines,
        request.total_minor,
        Tender(PaymentMethod.FREE, 0),
        customer_name=name,
        note=request.note,
        promo_code=request.promo_code,
        gift=request.gift,
        customer_id=request.customer_id,
    )


def _release_at(session: Session, request: ReserveRequest, name: str) -> datetime:
    found = load_evenings(session, {line.seat.performance_id for line in request.lines})
    return release_of(request, name, found, load_house_settings(session))
