"""Reading the seats of an order that a till is about to exchange, and what became of an exchange that was cut off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from pos_app.db.models import Order, OrderChange, OrderLine, PriceCategory, Seat, TicketType
from pos_app.domain.errors import NotFound, OrderChanged
from pos_app.domain.orders.changes import LineKind, LineState
from pos_app.domain.orders.exchange_subject import ExchangeAnew, ExchangeSubject, OldSeat
from pos_app.domain.roles import Actor, Permission
from pos_app.domain.seats import SeatKey, tell_places
from pos_app.domain.sentences import say
from pos_app.services.orders.exchanges.making import exchange_done
from pos_app.services.orders.ledger import tell_ended
from pos_app.services.permissions import require
from pos_app.services.season.offers import load_offer
from pos_app.services.seats.places import places_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy.orm import Session

    from pos_app.domain.orders.exchanges import ExchangeDone
    from pos_app.domain.season.offers import PerformanceOffer
    from pos_app.domain.seats import Place


def load_exchange_subject(session: Session, actor: Actor, order_id: int, line_ids: Sequence[int]) -> ExchangeSubject:
    """Return the seats of an order that are to be given back, as they stand now.

    Raises NotPermitted, NotFound (no such order, or no line was named), OrderChanged (one of them is no live seat of
    it any more).
    """
    subject = _subject(session, actor, order_id, line_ids)
    if len(subject.lines) != len(set(line_ids)):
        raise OrderChanged(
            say(
                "Order {number} was changed meanwhile: not all of these tickets are good any more.",
                number=subject.number,
            ),
            advice=say("Nothing was done. Look at the order as it is now, then decide."),
        )
    return subject


def read_exchange_anew(session: Session, actor: Actor, order_id: int, line_ids: Sequence[int]) -> ExchangeAnew:
    """Return what is left of the seats that were to be given back, and by whom the others are gone.

    Raises NotPermitted, NotFound (no such order, or no line was named).
    """
    subject = _subject(session, actor, order_id, line_ids)
    rows = session.execute(
        select(OrderLine.seat_id, OrderLine.ended_by_id)
        .where(
            OrderLine.id.in_(sorted(set(line_ids) - set(subject.line_ids))),
            OrderLine.order_id == order_id,
            OrderLine.kind == LineKind.SEAT,
        )
        .order_by(OrderLine.ended_by_id, OrderLine.performance_id, OrderLine.seat_id)
    ).all()
    places = places_of(session, [row.seat_id for row in rows])
    gone: dict[int | None, list[Place]] = {}
    for row in rows:
        gone.setdefault(row.ended_by_id, []).append(places[row.seat_id])
    return ExchangeAnew(
        subject, tuple(tell_ended(session, tell_places(them), change_id) for change_id, them in gone.items())
    )


def settle_exchange(session: Session, order_id: int, request_id: str) -> ExchangeDone | None:
    """Return the exchange that a request made, or None: surely, for a run that is still committing is waited for."""
    # A change begins with a write of its order: behind this lock it is there, or never will be.
    session.execute(select(Order.id).where(Order.id == order_id).with_for_update())
    change = session.execute(
        select(OrderChange.id, Order.number, Order.currency)
        .join(Order, Order.id == OrderChange.order_id)
        .where(OrderChange.request_id == request_id, OrderChange.order_id == order_id)
    ).one_or_none()
    return None if change is None else exchange_done(session, change.id, order_id, change.number, change.currency)


def _subject(session: Session, actor: Actor, order_id: int, line_ids: Sequence[int]) -> ExchangeSubject:
    """Return those of the lines that are live."""
    require(session, actor, Permission.EXCHANGE)
    order = session.execute(
        select(Order.id, Order.number, Order.revision, Order.currency, Order.customer_name).where(Order.id == order_id)
    ).one_or_none()
    if order is None or not line_ids:
        raise NotFound(say("This order is not there."), advice=say("Look for it in Orders."))
    rows = session.execute(
        select(
            OrderLine.id,
            OrderLine.performance_id,
            OrderLine.seat_id,
            OrderLine.ticket_type_id,
            TicketType.name.label("ticket_type"),
            (OrderLine.price_minor - OrderLine.discount_minor).label("brought"),
            Seat.category_id,
            PriceCategory.name.label("category"),
            Seat.position,
        )
        .join(Seat, Seat.id == OrderLine.seat_id)
        .join(PriceCategory, PriceCategory.id == Seat.category_id)
        .join(TicketType, TicketType.id == OrderLine.ticket_type_id)
        .where(
            OrderLine.id.in_(sorted(set(line_ids))),
            OrderLine.order_id == order_id,
            OrderLine.kind == LineKind.SEAT,
            OrderLine.state == LineState.LIVE,
        )
        .order_by(OrderLine.performance_id, OrderLine.seat_id)
    ).all()
    places = places_of(session, [row.seat_id for row in rows])
    lines = tuple(
        OldSeat(
            row.id,
            SeatKey(row.performance_id, row.seat_id),
            places[row.seat_id],
            row.category_id,
            row.category,
            row.position,
            row.ticket_type_id,
            row.ticket_type,
            int(row.brought),
        )
        for row in rows
    )
    offers = _offers(session, {line.seat.performance_id for line in lines})
    return ExchangeSubject(order.id, order.number, order.revision, order.currency, order.customer_name, lines, offers)


def _offers(session: Session, performance_ids: Iterable[int]) -> dict[int, PerformanceOffer]:
    offers: dict[int, PerformanceOffer] = {}
    for performance_id in sorted(performance_ids):
        try:
            offers[performance_id] = load_offer(session, performance_id)
        except NotFound:
            continue
    return offers
