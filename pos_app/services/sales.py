"""Selling: order, lines, payment, tickets, seats and audit entry in one transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import case, insert, select, update

from pos_app.db.clock import utc_now
from pos_app.db.models import Hold, Order, OrderLine, Payment, Ticket, TicketPresence
from pos_app.domain.codes import new_order_number, new_short_code
from pos_app.domain.errors import HoldExpired, InvalidInput, NotFound, PriceChanged, SeatsTaken
from pos_app.domain.holds import by_performance, read_places
from pos_app.domain.money import plain
from pos_app.domain.orders import LONGEST_NAME, LONGEST_NOTE, PaymentMethod, Sale, Tender
from pos_app.domain.promo_combining import joined
from pos_app.domain.seats import SeatKey, SeatState
from pos_app.domain.texts import clean_line
from pos_app.services.audit import record
from pos_app.services.holds import find_hold, free_seats
from pos_app.services.on_sale import require_on_sale
from pos_app.services.pricing import price_basket, tell_total
from pos_app.services.promo_codes import redeem
from pos_app.services.takeover import INVENTORY, may_take, tell_gone, these_seats

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from pos_app.domain.orders import SaleRequest
    from pos_app.domain.roles import Actor
    from pos_app.services.holds import HoldRow
    from pos_app.services.pricing import PricedBasket


def find_sale(session: Session, request_id: str) -> Sale | None:
    """Return the sale that a request made, or None. The same answer at every repeat."""
    row = session.execute(
        select(Order.id, Order.number, Order.total_minor, Order.currency, Payment.method, Payment.tendered_minor)
        .join(Payment, Payment.order_id == Order.id)
        .where(Order.request_id == request_id)
    ).one_or_none()
    if row is None:
        return None
    tickets = session.execute(
        select(Ticket.id)
        .join(OrderLine, OrderLine.id == Ticket.order_line_id)
        .where(OrderLine.order_id == row.id)
        .order_by(Ticket.id)
    )
    method = PaymentMethod(row.method)
    tender = Tender(method, row.total_minor, row.tendered_minor)
    return Sale(
        row.id, row.number, row.total_minor, tender.change_minor, row.currency, method, tuple(tickets.scalars())
    )


def sell(session: Session, actor: Actor, request: SaleRequest) -> Sale:
    """Sell a basket. Repeating the request returns the sale that was made.

    A basket that ran out still sells if nobody took its seats. Whose account was closed while the customer pays may
    finish a basket of their own as long as it is held: the money may be in the drawer already.
    Raises SeatsTaken (which are gone), PriceChanged, PaymentRefused, NotOnSale, SaleAfterStart, NotPermitted,
    InvalidInput, NotFound, HoldExpired (sold already).
    """
    if (made := find_sale(session, request.request_id)) is not None:
        return made
    _require_lines(request)
    # Locked before anything can refuse: the first run of this request may still be committing.
    hold = find_hold(session, request.basket_key, lock=True)
    if (made := find_sale(session, request.request_id)) is not None:
        return made
    for performance in sorted({line.seat.performance_id for line in request.lines}):
        require_on_sale(
            session,
            actor,
            performance,
            after_start=request.after_start,
            may_finish=lambda: _is_under_way(session, actor, hold),
        )
    if hold is None:
        raise NotFound("This basket holds no seats.", advice="Choose the seats again.")
    if hold.closed_as == "sold":
        raise HoldExpired("This basket is sold already.", advice="Look among the last orders.")
    basket = price_basket(session, request.lines, request.promo_code, request.customer_name)
    if basket.totals.total_minor != request.total_minor:
        raise PriceChanged(
            f"The price has changed: the total was {plain(request.total_minor, basket.currency)} and is now "
            f"{tell_total(basket)}.",
            total_minor=basket.totals.total_minor,
            advice="Tell the customer, then take the payment.",
        )
    request.tender.require_sound(basket.totals.total_minor)
    order_id, number = _insert_order(session, actor, request, basket, hold)
    lines = _insert_lines(session, order_id, basket)
    _take_for_good(session, hold, lines)
    tickets = _insert_tickets(session, lines)
    _insert_payment(session, actor, request, order_id)
    # In one order for everybody, so that two sales with the same codes do not wait for each other in a ring.
    for rule, saved_minor in sorted(basket.promos, key=lambda pair: pair[0].promo_code_id):
        redeem(session, rule, order_id, saved_minor, customer_name=request.customer_name)
    for performance, ids in by_performance(set(read_places(hold.places)) - set(lines)):
        free_seats(session, [hold.id], performance, ids)
    session.execute(update(Hold).where(Hold.id == hold.id).values(closed_at=utc_now(), closed_as="sold"))
    record(
        session,
        actor,
        "sale",
        order=number,
        total_minor=basket.totals.total_minor,
        currency=basket.currency,
        method=request.tender.method,
        promo_code=joined([rule for rule, _ in basket.promos]),
        seats=[
            [line.seat.performance_id, line.seat.seat_id, line.price_minor - line.discount_minor]
            for line in basket.lines
        ],
    )
    tender = request.tender
    total = basket.totals.total_minor
    return Sale(order_id, number, total, tender.change_minor, basket.currency, tender.method, tickets)


def settle_request(session: Session, request_id: str, basket_key: str) -> Sale | None:
    """Return the sale that a request made, or None: surely, for a run that is still committing is waited for."""
    find_hold(session, basket_key, lock=True)
    return find_sale(session, request_id)


def _is_under_way(session: Session, actor: Actor, hold: HoldRow | None) -> bool:
    """Tell whether the seats were taken by this very person, and are held still."""
    if hold is None or hold.closed_as is not None or hold.seconds_left <= 0:
        return False
    return session.execute(select(Hold.staff_id).where(Hold.id == hold.id)).scalar_one() == actor.staff_id


def _require_lines(request: SaleRequest) -> None:
    if not request.lines:
        raise InvalidInput("The basket is empty.", advice="Choose a seat on the map.")
    if len({line.seat for line in request.lines}) != len(request.lines):
        raise InvalidInput("A seat stands in this basket twice.", advice="Remove one of the two lines.")


def _insert_order(
    session: Session, actor: Actor, request: SaleRequest, basket: PricedBasket, hold: HoldRow
) -> tuple[int, str]:
    number = new_order_number()
    result = session.execute(
        insert(Order).values(
            request_id=request.request_id,
            number=number,
            state="paid",
            till_id=actor.till_id,
            staff_id=actor.staff_id,
            customer_name=clean_line(request.customer_name, LONGEST_NAME),
            note=clean_line(request.note, LONGEST_NOTE),
            currency=basket.currency,
            lines_minor=basket.totals.lines_minor,
            fee_minor=basket.totals.fee_minor,
            total_minor=basket.totals.total_minor,
            hold_id=hold.id,
            created_at=utc_now(),
        )
    )
    return int(result.inserted_primary_key[0]), number  # type: ignore[attr-defined]  # an INSERT knows its key


def _insert_lines(session: Session, order_id: int, basket: PricedBasket) -> dict[SeatKey, int]:
    """Insert the lines; return their ids by seat."""
    session.execute(
        insert(OrderLine),
        [
            {
                "order_id": order_id,
                "performance_id": line.seat.performance_id,
                "seat_id": line.seat.seat_id,
                "category_id": line.category_id,
                "ticket_type_id": line.ticket_type_id,
                "price_minor": line.price_minor,
                "discount_minor": line.discount_minor,
                "fee_minor": line.fee_minor,
            }
            for line in sorted(basket.lines, key=lambda line: line.seat)
        ],
    )
    seats = {(line.seat.performance_id, line.seat.seat_id): line.seat for line in basket.lines}
    rows = session.execute(
        select(OrderLine.performance_id, OrderLine.seat_id, OrderLine.id)
        .where(OrderLine.order_id == order_id)
        .order_by(OrderLine.id)
    )
    return {seats[row.performance_id, row.seat_id]: row.id for row in rows}


def _take_for_good(session: Session, hold: HoldRow, lines: dict[SeatKey, int]) -> None:
    """Turn the seats to sold with the take-over predicate of holding; all of them, or SeatsTaken."""
    gone: list[SeatKey] = []
    by_seat = {(seat.performance_id, seat.seat_id): line for seat, line in lines.items()}
    for performance, ids in by_performance(lines):
        result = session.execute(
            update(INVENTORY)
            .where(these_seats(performance, ids), may_take(hold.id))
            .values(
                state=SeatState.SOLD,
                claim_kind=None,
                claim_id=None,
                claim_until=None,
                order_line_id=case({seat: by_seat[performance, seat] for seat in ids}, value=INVENTORY.c.seat_id),
                changed_at=utc_now(),
            )
        )
        if result.rowcount != len(ids):  # type: ignore[attr-defined]  # an UPDATE has a row count
            ours = session.execute(
                select(INVENTORY.c.seat_id).where(
                    these_seats(performance, ids), INVENTORY.c.order_line_id.in_(list(lines.values()))
                )
            )
            got = set(ours.scalars())
            gone += [SeatKey(performance, seat) for seat in ids if seat not in got]
    if gone:
        raise SeatsTaken(
            tell_gone(session, gone),
            seats=tuple((seat.performance_id, seat.seat_id) for seat in gone),
            advice="Nothing was sold. Remove them from the basket, or choose others.",
        )


def _insert_tickets(session: Session, lines: dict[SeatKey, int]) -> tuple[int, ...]:
    session.execute(
        insert(Ticket),
        [
            {
                "order_line_id": line,
                "performance_id": seat.performance_id,
                "live_seat_id": seat.seat_id,
                "short_code": new_short_code(),
            }
            for seat, line in lines.items()
        ],
    )
    tickets = tuple(
        session.execute(
            select(Ticket.id).where(Ticket.order_line_id.in_(list(lines.values()))).order_by(Ticket.id)
        ).scalars()
    )
    session.execute(insert(TicketPresence), [{"ticket_id": ticket} for ticket in tickets])
    return tickets


def _insert_payment(session: Session, actor: Actor, request: SaleRequest, order_id: int) -> None:
    tender = request.tender
    session.execute(
        insert(Payment).values(
            request_id=request.request_id,
            order_id=order_id,
            method=tender.method,
            amount_minor=tender.amount_minor,
            tendered_minor=tender.tendered_minor,
            reference=clean_line(tender.reference, LONGEST_NAME),
            till_id=actor.till_id,
            created_at=utc_now(),
        )
    )
