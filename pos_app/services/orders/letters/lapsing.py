"""Reservations that are about to give their seats back, or have: housekeeping tells who they are for.

What is due is found by a plain read and the server's clock, then looked at again behind the orders' locks: safe on
every till at once. An order hears once of each time at which it gives its seats back; who was told that time within the
same hours before it, by the letter of the reservation itself, is not reminded of it.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import exists, or_, select

from pos_app.db.clock import seconds_until, utc_now, utc_plus
from pos_app.db.models import Customer, Order, OrderLine, OutboxEmail, Performance, Setting
from pos_app.domain.letters.kinds import LetterKind
from pos_app.domain.letters.occasions import Occasion
from pos_app.domain.letters.settings import LONGEST_LAPSE_HOURS, MailSettings
from pos_app.domain.orders.changes import LineKind, LineState
from pos_app.domain.seats import SeatKey
from pos_app.services.letters.telling import moment_told, seats_told, tell_change
from pos_app.services.letters.writing import write_order_letter
from pos_app.services.orders.letters.stopping import stop_untrue_letters

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import Select
    from sqlalchemy.orm import Session

BATCH: Final = 50
_SETTING: Final = "letters"
_HOUR: Final = 3600


def tell_lapsed(session: Session, order_id: int, change_id: int, release_at: datetime) -> None:
    """Tell that a reservation was over at a time (UTC), in the transaction that gave its seats back."""
    stop_untrue_letters(session, order_id)
    tell_change(session, LetterKind.LAPSED, order_id, change_id, release_at=moment_told(release_at))


def tell_lapsing(session: Session, *, limit: int = BATCH) -> int:
    """Remind a batch of customers whose reservations end within the hours of the house; return how many were told."""
    hours = _lapse_hours(session)
    if not hours:
        return 0
    due = _not_told(session, session.execute(_due(hours).order_by(Order.release_at, Order.id)).all())[:limit]
    if not due:
        return 0
    # Locked in the order of everybody, and looked at again: one may be picked up or kept longer by now, or told.
    here = session.execute(
        select(Order.id)
        .where(Order.id.in_([order.id for order in due]))
        .order_by(Order.id)
        .with_for_update(skip_locked=True)
    ).scalars()
    again = _due(hours).where(Order.id.in_(list(here))).order_by(Order.id)
    told = 0
    for order in _not_told(session, session.execute(again).all()):
        facts = {"release_at": moment_told(order.release_at), "seats": seats_told(_reserved(session, order.id))}
        occasion = Occasion(LetterKind.LAPSE_SOON, _request_id(order), order_id=order.id, facts=facts)
        told += write_order_letter(session, occasion)
    return told


def _due(hours: int) -> Select[int, datetime | None]:
    """Return the statement for reservations that end within so many hours, and of which nobody was told within them."""
    told = exists().where(
        OutboxEmail.order_id == Order.id,
        OutboxEmail.kind.in_((LetterKind.RESERVATION, LetterKind.LAPSE_SOON)),
        seconds_until(Order.release_at) - seconds_until(OutboxEmail.created_at) < hours * _HOUR,
    )
    # Of a night that is called off its work list tells.
    given = exists().where(
        OrderLine.order_id == Order.id,
        OrderLine.state == LineState.RESERVED,
        Performance.id == OrderLine.performance_id,
        Performance.state != "cancelled",
    )
    return (
        select(Order.id, Order.release_at)
        .join(Customer, Customer.id == Order.customer_id)
        .where(
            Order.release_at > utc_now(),
            Order.release_at < utc_plus(hours * _HOUR),
            or_(Order.pickup_until.is_(None), Order.pickup_until < utc_now()),
            Customer.email != "",
            Customer.erased_at.is_(None),
            given,
            ~told,
        )
    )


def _not_told(session: Session, orders: Sequence[Any]) -> list[Any]:
    """Return those of which no letter tells this very time; the hours of the house may have been others then."""
    known = select(OutboxEmail.request_id).where(OutboxEmail.request_id.in_([_request_id(order) for order in orders]))
    there = set(session.scalars(known)) if orders else set()
    return [order for order in orders if _request_id(order) not in there]


def _request_id(order: Any) -> str:
    return f"lapse-{order.id}-{order.release_at:%Y%m%d%H%M%S%f}"


def _reserved(session: Session, order_id: int) -> list[SeatKey]:
    rows = session.execute(
        select(OrderLine.performance_id, OrderLine.seat_id).where(
            OrderLine.order_id == order_id, OrderLine.kind == LineKind.SEAT, OrderLine.state == LineState.RESERVED
        )
    )
    return [SeatKey(row.performance_id, row.seat_id) for row in rows]


def _lapse_hours(session: Session) -> int:
    """Return how long before its end a reservation is told of; what is damaged counts as the standard."""
    stored = session.execute(select(Setting.value).where(Setting.name == _SETTING)).scalar_one_or_none()
    standard = MailSettings().lapse_hours
    try:
        hours = json.loads(stored or "{}").get("lapse_hours", standard)
    except (ValueError, AttributeError):
        return standard
    return min(hours, LONGEST_LAPSE_HOURS) if type(hours) is int and hours >= 0 else standard
