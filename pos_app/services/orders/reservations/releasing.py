"""Reservations whose time is over: housekeeping gives their seats back, safe on every till at once.

A reservation that a till has open for paying is left alone: that till decides what becomes of it.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from sqlalchemy import and_, or_, select, update

from pos_app.db.clock import utc_now, utc_plus
from pos_app.db.models import Order, OrderChange, OrderLine
from pos_app.db.results import insert_row
from pos_app.domain.codes import new_request_id
from pos_app.domain.orders.changes import ChangeKind, LineState
from pos_app.domain.orders.reservations import ReleasedReservations
from pos_app.domain.seats import SeatKey
from pos_app.services.audit import JOBS_CHAIN, append
from pos_app.services.orders.letters.lapsing import tell_lapsed
from pos_app.services.promo_codes.shares import give_back_uses
from pos_app.services.seats.reserved import free_reserved
from pos_app.services.selling.expiry import GRACE_SECONDS
from pos_app.services.waiting.serving import serve

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Row
    from sqlalchemy.orm import Session

BATCH: Final = 50


def release_reservations(session: Session, *, limit: int = BATCH) -> ReleasedReservations:
    """Give the seats of a batch of reservations back whose time is over; their lines end, and nobody's hand did it."""
    due = session.execute(select(Order.id).where(_is_due()).order_by(Order.release_at, Order.id).limit(limit))
    found = sorted(due.scalars())
    if not found:
        return ReleasedReservations(0, 0, more=False)
    # Locked in the order of everybody, and looked at again: one may have been opened for paying, or kept longer.
    orders = session.execute(
        select(Order.id, Order.number, Order.release_at, Order.customer_id)
        .where(Order.id.in_(found), _is_due())
        .order_by(Order.id)
        .with_for_update(skip_locked=True)
    ).all()
    ids = [order.id for order in orders]
    if not ids:
        return ReleasedReservations(0, 0, more=False)
    lines: defaultdict[int, list[Row[int, int, int | None, int | None]]] = defaultdict(list)
    for line in session.execute(
        select(OrderLine.id, OrderLine.order_id, OrderLine.performance_id, OrderLine.seat_id)
        .where(OrderLine.order_id.in_(ids), OrderLine.state == LineState.RESERVED)
        .order_by(OrderLine.id)
    ):
        lines[line.order_id].append(line)
    given = _seats([line for some in lines.values() for line in some])
    seats = free_reserved(session, ids, given)
    serve(session, {seat.performance_id for seat in given})
    changes: dict[int, int] = {}
    for order in orders:
        changes[order.id] = insert_row(
            session,
            OrderChange,
            request_id=new_request_id(),
            order_id=order.id,
            kind=ChangeKind.RELEASE,
            created_at=utc_now(),
        )
        session.execute(
            update(OrderLine)
            .where(OrderLine.id.in_([line.id for line in lines[order.id]]))
            .values(state=LineState.RELEASED, ended_by_id=changes[order.id])
        )
    session.execute(
        update(Order)
        .where(Order.id.in_(ids))
        .values(revision=Order.revision + 1, release_at=None, pickup_hold_id=None, pickup_until=None)
    )
    give_back_uses(session, *ids)
    for order in orders:
        if order.customer_id is not None:
            tell_lapsed(session, order.id, changes[order.id], order.release_at)
    for order in orders:
        append(
            session,
            JOBS_CHAIN,
            "reservation_released",
            order=order.number,
            change=changes[order.id],
            release_at=order.release_at.isoformat(),
            ended=[line.id for line in lines[order.id]],
            seats=[[seat.performance_id, seat.seat_id] for seat in _seats(lines[order.id])],
        )
    return ReleasedReservations(len(ids), seats, more=len(found) == limit)


def _is_due() -> ColumnElement[bool]:
    over = utc_plus(-GRACE_SECONDS)
    return and_(
        Order.release_at.is_not(None),
        Order.release_at < over,
        or_(Order.pickup_until.is_(None), Order.pickup_until < over),
    )


def _seats(lines: list[Row[int, int, int | None, int | None]]) -> list[SeatKey]:
    return [
        SeatKey(line.performance_id, line.seat_id)
        for line in lines
        if line.performance_id is not None and line.seat_id is not None
    ]
