"""The list of what is reserved and waits, the soonest release first."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, func, select

from pos_app.db.clock import seconds_until, utc_now, utc_plus
from pos_app.db.models import Customer, Event, Hold, Order, OrderLine, Performance, SeatingPlan, Till, Venue
from pos_app.domain.codes import normalise_code
from pos_app.domain.customers.contact import looks_like_phone, phone_key
from pos_app.domain.orders.changes import LineKind, LineState
from pos_app.domain.orders.finding import LONGEST_TEXT
from pos_app.domain.orders.reservations import WARN_SECONDS, OpenReservation
from pos_app.domain.roles import Permission
from pos_app.domain.searching import typed_words, words_of
from pos_app.domain.selling.performance_seats import PerformanceSeats
from pos_app.domain.texts import clean_line
from pos_app.services.orders.finding.rows import performances_of
from pos_app.services.permissions import require
from pos_app.services.seats.places import places_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import ColumnElement, Row
    from sqlalchemy.orm import Session

    from pos_app.domain.roles import Actor

_SHORTEST_NUMBER = 3


def list_reservations(
    session: Session, actor: Actor, *, text: str = "", performance_id: int | None = None, limit: int = 200
) -> tuple[OpenReservation, ...]:
    """Return what is reserved, the soonest release first.

    text: an order number or its beginning, words that those of the name or the note begin with, a phone number, or the
    code of a slip. performance_id: only what has a seat of it reserved still. Raises NotPermitted.
    """
    require(session, actor, Permission.SELL)
    which: list[ColumnElement[bool]] = []
    if performance_id is not None:
        of_evening = select(OrderLine.id).where(
            OrderLine.order_id == Order.id,
            OrderLine.performance_id == performance_id,
            OrderLine.state == LineState.RESERVED,
        )
        which.append(of_evening.exists())
    typed = clean_line(text[: 4 * LONGEST_TEXT], LONGEST_TEXT)
    rows = _find(session, which, limit=None if typed else limit)
    if typed:
        rows = [row for row in rows if _fits(row, typed)][:limit]
    return _told(session, rows)


def list_reserved_performances(session: Session, actor: Actor) -> tuple[PerformanceSeats, ...]:
    """Return of which performances seats are reserved, the next one first; without the seats. Raises NotPermitted."""
    require(session, actor, Permission.SELL)
    of_these = select(OrderLine.performance_id).where(
        OrderLine.kind == LineKind.SEAT, OrderLine.state == LineState.RESERVED
    )
    rows = session.execute(
        select(Performance.id, Event.title, Performance.starts_at, Performance.ends_at, Venue.time_zone)
        .join(Event, Event.id == Performance.event_id)
        .join(SeatingPlan, SeatingPlan.id == Performance.plan_id)
        .join(Venue, Venue.id == SeatingPlan.venue_id)
        .where(Performance.id.in_(of_these))
        .order_by(Performance.starts_at, Performance.id)
    )
    return tuple(PerformanceSeats(row.id, row.title, row.starts_at, row.time_zone, (), row.ends_at) for row in rows)


def list_ending(session: Session) -> tuple[OpenReservation, ...]:
    """Return what gives its seats back within WARN_SECONDS, and nobody has open for paying.

    Seats of a cancelled performance do not go on sale again, and nobody wants them kept longer: they are left out.
    """
    is_open = func.coalesce(Order.pickup_until > utc_now(), False)
    found = _told(session, _find(session, [Order.release_at < utc_plus(WARN_SECONDS), ~is_open], limit=200))
    return tuple(one for one in found if not one.is_in_vain)


def _find(session: Session, which: Sequence[ColumnElement[bool]], *, limit: int | None) -> list[Row[Any]]:
    is_open = and_(Hold.id == Order.pickup_hold_id, Order.pickup_until > utc_now())
    found = (
        select(
            Order.id,
            Order.number,
            Order.revision,
            Order.customer_id,
            Order.customer_name,
            Order.note,
            Order.currency,
            Order.created_at,
            Order.release_at,
            seconds_until(Order.release_at).label("seconds_left"),
            Customer.phone,
            Till.name.label("open_at"),
        )
        .outerjoin(Customer, Customer.id == Order.customer_id)
        .outerjoin(Hold, is_open)
        .outerjoin(Till, Till.id == Hold.till_id)
        .where(Order.release_at.is_not(None), *which)
        .order_by(Order.release_at, Order.id)
    )
    return list(session.execute(found if limit is None else found.limit(limit)))


def _fits(row: Row[Any], typed: str) -> bool:
    number = normalise_code(typed)
    if len(number) >= _SHORTEST_NUMBER and row.number.startswith(number):
        return True
    if looks_like_phone(typed) and row.phone and phone_key(typed) in phone_key(row.phone):
        return True
    known = [*words_of(row.customer_name), *words_of(row.note)]
    words = typed_words(typed)
    return bool(words) and all(any(one.startswith(word) for one in known) for word in words)


def _told(session: Session, rows: Sequence[Row[Any]]) -> tuple[OpenReservation, ...]:
    if not rows:
        return ()
    orders = [row.id for row in rows]
    sums = session.execute(
        select(OrderLine.order_id, func.sum(OrderLine.price_minor - OrderLine.discount_minor))
        .where(OrderLine.order_id.in_(orders), OrderLine.state == LineState.RESERVED)
        .group_by(OrderLine.order_id)
    )
    owed = {order_id: int(minor) for order_id, minor in sums}
    lines: defaultdict[int, list[Row[Any]]] = defaultdict(list)
    seated: list[Row[Any]] = list(
        session.execute(
            select(
                OrderLine.order_id,
                OrderLine.performance_id,
                OrderLine.seat_id,
                Event.title,
                Performance.starts_at,
                Performance.ends_at,
                (Performance.state == "cancelled").label("is_cancelled"),
                Venue.time_zone,
            )
            .join(Performance, Performance.id == OrderLine.performance_id)
            .join(Event, Event.id == Performance.event_id)
            .join(SeatingPlan, SeatingPlan.id == Performance.plan_id)
            .join(Venue, Venue.id == SeatingPlan.venue_id)
            .where(
                OrderLine.order_id.in_(orders), OrderLine.kind == LineKind.SEAT, OrderLine.state == LineState.RESERVED
            )
        )
    )
    for line in seated:
        lines[line.order_id].append(line)
    places = places_of(session, [line.seat_id for some in lines.values() for line in some])
    told = []
    for row in rows:
        performances = performances_of(lines[row.id], places)
        told.append(
            OpenReservation(
                order_id=row.id,
                number=row.number,
                revision=row.revision,
                customer_name=row.customer_name,
                phone=row.phone or "",
                performances=performances,
                seats=len(lines[row.id]),
                owed_minor=owed.get(row.id, 0),
                currency=row.currency,
                release_at=row.release_at,
                time_zone=performances[0].time_zone if performances else "UTC",
                seconds_left=float(row.seconds_left),
                created_at=row.created_at,
                note=row.note,
                customer_id=row.customer_id,
                open_at=row.open_at or "",
            )
        )
    return tuple(told)
