"""What a basket costs, by the prices as they are stored now."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import and_, bindparam, select

from pos_app.db.base import table_of
from pos_app.db.models import OrderLine, Performance, Price, Seat, SeatingPlan, TicketType, Venue
from pos_app.domain.errors import InvalidInput, NotFound, OtherCurrency, SeatsTaken
from pos_app.domain.money import check_sum
from pos_app.domain.promo_codes.combining import require_customer, saved_together, savings_of_each
from pos_app.domain.promo_codes.rules import PromoLine
from pos_app.domain.seats import SeatKey
from pos_app.domain.selling.sales import Totals, add_up, ticket_fee
from pos_app.domain.sentences import say
from pos_app.services.promo_codes.redeeming import load_promo_codes
from pos_app.services.resale.reselling import Seller, sellers_of
from pos_app.services.seats.claims import INVENTORY
from pos_app.services.seats.places import tell_outdated
from pos_app.services.server_time import load_server_time

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from pos_app.domain.promo_codes.rules import PromoRule
    from pos_app.domain.selling.sales import SaleLine

_LINE = table_of(OrderLine)
_PERFORMANCE = table_of(Performance)
_PLAN = table_of(SeatingPlan)
_VENUE = table_of(Venue)
_SEAT = table_of(Seat)
_PRICE = table_of(Price)
_TYPE = table_of(TicketType)

# Built once, as in holds.py.
_TERMS = (
    select(
        _PERFORMANCE.c.id,
        _PERFORMANCE.c.event_id,
        _PERFORMANCE.c.plan_id,
        _VENUE.c.currency,
        _PERFORMANCE.c.ticket_fee_minor,
        _PERFORMANCE.c.order_fee_minor,
    )
    .join(_PLAN, _PLAN.c.id == _PERFORMANCE.c.plan_id)
    .join(_VENUE, _VENUE.c.id == _PLAN.c.venue_id)
    .where(_PERFORMANCE.c.id.in_(bindparam("performances", expanding=True)))
)
_SEATS = select(_SEAT.c.id, _SEAT.c.category_id, _SEAT.c.kind, _SEAT.c.plan_id).where(
    _SEAT.c.id.in_(bindparam("seats", expanding=True))
)
_SEATS_OF_ONE = (
    select(
        _SEAT.c.id,
        _SEAT.c.category_id,
        _SEAT.c.kind,
        _SEAT.c.plan_id,
        _LINE.c.id.label("prior_line_id"),
        _LINE.c.order_id.label("seller_id"),
    )
    .outerjoin(
        INVENTORY,
        and_(INVENTORY.c.performance_id == bindparam("of_performance"), INVENTORY.c.seat_id == _SEAT.c.id),
    )
    .outerjoin(_LINE, _LINE.c.id == INVENTORY.c.prior_order_line_id)
    .where(_SEAT.c.id.in_(bindparam("seats", expanding=True)))
)
"""With whose a seat still is that was given back for resale."""
_PRICES = (
    select(
        _PRICE.c.performance_id,
        _PRICE.c.category_id,
        _PRICE.c.ticket_type_id,
        _PRICE.c.amount_minor,
        _TYPE.c.seat_kind,
        _TYPE.c.complimentary,
    )
    .join(_TYPE, _TYPE.c.id == _PRICE.c.ticket_type_id)
    .where(_PRICE.c.performance_id.in_(bindparam("performances", expanding=True)), _TYPE.c.deleted_at.is_(None))
)


class Whose(NamedTuple):
    """The customer whose a basket is; None: nobody's that is known."""

    customer_id: int | None


class Terms(NamedTuple):
    """By what a performance is priced, beside its prices. Fees: minor units of the currency."""

    event_id: int
    plan_id: int
    currency: str
    ticket_fee_minor: int
    order_fee_minor: int


@dataclass(frozen=True, slots=True)
class LookedAt:
    """The seats of a basket as its plan has them, by id, and whose those are that were given back for resale."""

    seats: Mapping[int, Any]
    sellers: Mapping[SeatKey, Seller]


@dataclass(frozen=True, slots=True)
class PricedLine:
    """A line with its price, saving and fee in minor units, and the category it was priced by."""

    seat: SeatKey
    category_id: int
    ticket_type_id: int
    price_minor: int
    fee_minor: int
    event_id: int
    discount_minor: int = 0
    complimentary: bool = False
    """Its ticket type is kept as one that is given away."""


@dataclass(frozen=True, slots=True)
class PricedBasket:
    """All lines, what they add up to, the currency, and the promo codes with what each took off in all."""

    lines: tuple[PricedLine, ...]
    totals: Totals
    currency: str
    promos: tuple[tuple[PromoRule, int], ...] = ()
    cuts: tuple[tuple[int, ...], ...] = ()
    """What each of the codes took off each of the lines."""


def look_at_seats(session: Session, lines: Sequence[SaleLine]) -> LookedAt:
    """Read the seats of a basket plainly, before anything is locked; of one performance in one statement."""
    connection = session.connection()
    performances = {line.seat.performance_id for line in lines}
    asked: dict[str, Any] = {"seats": list({line.seat.seat_id for line in lines})}
    seats: dict[int, Any]
    if len(performances) > 1:
        seats = {row.id: row for row in connection.execute(_SEATS, asked)}
        return LookedAt(seats, sellers_of(session, {line.seat for line in lines}))
    (performance,) = performances
    seats = {row.id: row for row in connection.execute(_SEATS_OF_ONE, asked | {"of_performance": performance})}
    sellers = {
        SeatKey(performance, row.id): Seller(row.prior_line_id, row.seller_id)
        for row in seats.values()
        if row.prior_line_id is not None
    }
    return LookedAt(seats, sellers)


def price_basket(
    session: Session,
    lines: Sequence[SaleLine],
    promo_code: str = "",
    *,
    whose: Whose | None = None,
    terms: Mapping[int, Terms] | None = None,
    looked_at: LookedAt | None = None,
) -> PricedBasket:
    """Price lines by what is stored now; promo_code: as it was typed, "" for none, several joined by "+".

    whose: for codes that are limited for each customer; None where it does not matter yet. terms: those of all
    performances of the lines, where this transaction has read them already; looked_at: likewise, its seats.

    Raises PromoCodeRefused, NotFound when a performance is gone, SeatsTaken when seats are no longer of its plan,
    InvalidInput when a ticket type is not offered for a seat, OtherCurrency when the lines are not of one currency,
    InvalidAmount when they cost more than the books hold.
    """
    performances = {line.seat.performance_id for line in lines}
    connection = session.connection()
    if terms is None:
        rows = connection.execute(_TERMS, {"performances": list(performances)})
        terms = {row.id: Terms(*row[1:]) for row in rows}
    if len(terms) != len(performances):
        raise NotFound(say("A performance of this basket is not there any more."), advice=say("Release the seats."))
    if len({one.currency for one in terms.values()}) > 1:
        raise OtherCurrency(
            say("One basket cannot be paid in two currencies."), advice=say("Sell them one after the other.")
        )
    seats = (
        looked_at.seats
        if looked_at is not None
        else {row.id: row for row in connection.execute(_SEATS, {"seats": list({line.seat.seat_id for line in lines})})}
    )
    outdated = [
        line.seat
        for line in lines
        if (seat := seats.get(line.seat.seat_id)) is None or seat.plan_id != terms[line.seat.performance_id].plan_id
    ]
    if outdated:
        raise SeatsTaken(
            tell_outdated(session, outdated),
            seats=tuple((seat.performance_id, seat.seat_id) for seat in outdated),
            advice=say("Nothing was sold. Remove them from the basket, and choose the seats again."),
        )
    prices = {
        (row.performance_id, row.category_id, row.ticket_type_id): row
        for row in connection.execute(_PRICES, {"performances": list(performances)})
    }
    priced: list[PricedLine] = []
    for line in lines:
        seat = seats[line.seat.seat_id]
        price = prices.get((line.seat.performance_id, seat.category_id, line.ticket_type_id))
        if not price or (price.seat_kind and price.seat_kind != seat.kind):
            raise InvalidInput(
                say("A ticket type of this basket is not offered for its seat."),
                advice=say("Choose another ticket type."),
            )
        fee = ticket_fee(terms[line.seat.performance_id].ticket_fee_minor, price.amount_minor)
        event_id = terms[line.seat.performance_id].event_id
        priced.append(
            PricedLine(
                line.seat,
                seat.category_id,
                line.ticket_type_id,
                price.amount_minor,
                fee,
                event_id,
                complimentary=bool(price.complimentary),
            )
        )
    currency = next(iter(terms.values())).currency
    promos: tuple[tuple[PromoRule, int], ...] = ()
    each: tuple[tuple[int, ...], ...] = ()
    if promo_code:
        rules = load_promo_codes(session, promo_code)
        if whose is not None:
            require_customer(rules, whose.customer_id)
        each = _savings(rules, priced, load_server_time(session), currency)
        promos = tuple((rule, sum(cuts)) for rule, cuts in zip(rules, each, strict=True))
        priced = _reduced(priced, saved_together(each, len(priced)))
    totals = add_up(
        ((line.price_minor, line.discount_minor) for line in priced),
        (line.fee_minor for line in priced),
        (one.order_fee_minor for one in terms.values()),
    )
    check_sum(totals.total_minor, currency)
    return PricedBasket(tuple(priced), totals, currency, promos, each)


def _savings(
    rules: tuple[PromoRule, ...], lines: list[PricedLine], now: datetime, currency: str
) -> tuple[tuple[int, ...], ...]:
    seen = [
        PromoLine(line.event_id, line.seat.performance_id, line.category_id, line.ticket_type_id, line.price_minor)
        for line in lines
    ]
    return savings_of_each(rules, seen, now, currency)


def _reduced(lines: list[PricedLine], cuts: tuple[int, ...]) -> list[PricedLine]:
    """Take off what the codes take off; what costs nothing then carries no fee."""
    return [
        replace(line, discount_minor=cut, fee_minor=ticket_fee(line.fee_minor, line.price_minor - cut))
        for line, cut in zip(lines, cuts, strict=True)
    ]
