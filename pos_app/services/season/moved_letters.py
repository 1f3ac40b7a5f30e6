"""What customers are told of a performance that is moved in time: each order once, of the time that it knew last."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import and_, select, update

from pos_app.db.clock import utc_now
from pos_app.db.models import Customer, Order, OrderLine, OutboxEmail, Performance, Ticket
from pos_app.domain.codes import new_request_id
from pos_app.domain.letters.kinds import LetterKind, LetterState
from pos_app.domain.letters.occasions import Occasion
from pos_app.domain.orders.changes import LineKind, LineState
from pos_app.domain.seats import SeatKey
from pos_app.services.letters.telling import moment_told, seats_told
from pos_app.services.letters.waiting import tell_waiting_moved
from pos_app.services.letters.writing import Addressed, write_letters
from pos_app.services.server_time import load_server_time

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from pos_app.domain.roles import Actor


def tell_moved_in_time(
    session: Session, actor: Actor, performance_id: int, starts_was: datetime, starts_at: datetime
) -> int:
    """Write a letter to each order with seats of a performance, paid or reserved; return how many. Times in UTC.

    Their tickets go with it, for those that were printed bear the old time. What waits still of an earlier move is
    stopped, and told with this one; who is back at the time that is known hears nothing. Who waits for it, or
    has an offer of its waiting list, stays so, and is told as well. Nobody is told of what is over or cancelled. Call
    it behind the performance's lock, and before the audit.
    """
    state = session.execute(select(Performance.state).where(Performance.id == performance_id)).scalar_one()
    if state == "cancelled" or starts_at <= load_server_time(session):
        return 0
    known = _stop_earlier(session, performance_id)
    request_id = new_request_id()
    letters = []
    for order in _orders(session, performance_id):
        knows = known.get(order.order_id, starts_was)
        if _minute(knows) == _minute(starts_at):
            continue
        facts = {
            "starts_was": moment_told(knows),
            "tickets": order.tickets,
            "seats": seats_told(SeatKey(performance_id, seat) for seat in order.seats),
        }
        occasion = Occasion(
            LetterKind.MOVED,
            f"moved-{request_id}-{order.order_id}",
            order_id=order.order_id,
            performance_id=performance_id,
            facts=facts,
            staff_id=actor.staff_id,
        )
        letters.append(Addressed(occasion, order.customer_id, order.recipient, order.language))
    told = write_letters(session, letters)
    return told + tell_waiting_moved(session, performance_id, request_id, starts_was)


def _minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)


class _Told(NamedTuple):
    """An order of the performance, and who hears of it."""

    order_id: int
    customer_id: int
    recipient: str
    language: str
    seats: tuple[int, ...]
    tickets: list[list[int]]


def _stop_earlier(session: Session, performance_id: int) -> dict[int, datetime]:
    """Stop letters of earlier moves that still wait; return which time each of their orders knows (UTC)."""
    waiting = session.execute(
        select(OutboxEmail.id, OutboxEmail.order_id, OutboxEmail.facts).where(
            OutboxEmail.performance_id == performance_id,
            OutboxEmail.kind == LetterKind.MOVED,
            OutboxEmail.change_id.is_(None),
            OutboxEmail.state == LetterState.WAITING,
        )
    ).all()
    if not waiting:
        return {}
    ids = [letter.id for letter in waiting]
    session.execute(
        update(OutboxEmail)
        .where(OutboxEmail.id.in_(ids), OutboxEmail.state == LetterState.WAITING)
        .values(state=LetterState.STOPPED, closed_at=utc_now())
    )
    # One that a till has taken meanwhile is on its way, and tells what it tells.
    stopped = set(
        session.scalars(select(OutboxEmail.id).where(OutboxEmail.id.in_(ids), OutboxEmail.state == LetterState.STOPPED))
    )
    return {
        letter.order_id: datetime.fromisoformat(json.loads(letter.facts)["starts_was"])
        for letter in waiting
        if letter.id in stopped and "starts_was" in letter.facts
    }


def _orders(session: Session, performance_id: int) -> list[_Told]:
    rows = session.execute(
        select(
            Order.id,
            Customer.id.label("customer_id"),
            Customer.email,
            Customer.language,
            OrderLine.seat_id,
            Ticket.id.label("ticket_id"),
            Ticket.issue_count,
        )
        .join(OrderLine, OrderLine.order_id == Order.id)
        .join(Customer, Customer.id == Order.customer_id)
        .outerjoin(Ticket, and_(Ticket.order_line_id == OrderLine.id, Ticket.voided_at.is_(None)))
        .where(
            OrderLine.performance_id == performance_id,
            OrderLine.kind == LineKind.SEAT,
            OrderLine.state.in_((LineState.LIVE, LineState.RESERVED)),
            Customer.email != "",
            Customer.erased_at.is_(None),
        )
        .order_by(Order.id, OrderLine.seat_id)
    ).all()
    by_order: dict[int, list[Any]] = {}
    for row in rows:
        by_order.setdefault(row.id, []).append(row)
    return [_told(some) for some in by_order.values()]


def _told(rows: Sequence[Any]) -> _Told:
    first = rows[0]
    tickets = [[row.ticket_id, row.issue_count] for row in rows if row.ticket_id is not None]
    seats = tuple(row.seat_id for row in rows)
    return _Told(first.id, first.customer_id, first.email, first.language, seats, tickets)
