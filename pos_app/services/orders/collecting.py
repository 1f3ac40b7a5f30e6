"""Paid orders that wait at the window: listed, and handed over with their first print."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import select, update

from pos_app.db.models import Event, Order, OrderChange, OrderLine, Performance, SeatingPlan, Ticket, Venue
from pos_app.domain.errors import InvalidInput
from pos_app.domain.orders.changes import ChangeKind
from pos_app.domain.orders.finding import WaitingOrder
from pos_app.domain.roles import Permission
from pos_app.domain.searching import folded
from pos_app.domain.sentences import say
from pos_app.services.audit import record
from pos_app.services.orders.finding.evenings import is_not_over
from pos_app.services.orders.finding.rows import performances_of
from pos_app.services.orders.ledger import open_change
from pos_app.services.permissions import require
from pos_app.services.seats.places import places_of

if TYPE_CHECKING:
    from sqlalchemy import Row
    from sqlalchemy.orm import Session

    from pos_app.domain.roles import Actor


def list_waiting(session: Session, actor: Actor, performance_id: int | None = None) -> tuple[WaitingOrder, ...]:
    """Return what waits at the window, by performance and name; None: of all performances that are not over.

    Raises NotPermitted.
    """
    require(session, actor, Permission.SELL)
    which = is_not_over() if performance_id is None else Performance.id == performance_id
    found: defaultdict[tuple[int, int], list[Row[Any]]] = defaultdict(list)
    rows: list[Row[Any]] = list(
        session.execute(
            select(
                Order.id,
                Order.number,
                Order.customer_name,
                Order.note,
                Order.created_at,
                OrderLine.performance_id,
                OrderLine.seat_id,
                Event.title,
                Performance.starts_at,
                Performance.ends_at,
                (Performance.state == "cancelled").label("is_cancelled"),
                Venue.time_zone,
            )
            .select_from(Ticket)
            .join(OrderLine, OrderLine.id == Ticket.order_line_id)
            .join(Order, Order.id == OrderLine.order_id)
            .join(Performance, Performance.id == Ticket.performance_id)
            .join(Event, Event.id == Performance.event_id)
            .join(SeatingPlan, SeatingPlan.id == Performance.plan_id)
            .join(Venue, Venue.id == SeatingPlan.venue_id)
            .where(Ticket.printed_at.is_(None), Ticket.voided_at.is_(None), which)
        )
    )
    for row in rows:
        found[row.performance_id, row.id].append(row)
    places = places_of(session, [row.seat_id for some in found.values() for row in some])
    waiting = [
        WaitingOrder(
            some[0].id,
            some[0].number,
            some[0].customer_name,
            some[0].note,
            performances_of(some, places)[0],
            len(some),
            some[0].created_at,
        )
        for some in found.values()
    ]
    return tuple(
        sorted(
            waiting,
            key=lambda one: (
                one.performance.starts_at,
                one.performance.performance_id,
                not one.name,
                folded(one.name),
                one.order_id,
            ),
        )
    )


def hand_over(
    session: Session, actor: Actor, order_id: int, request_id: str, *, seen: int | None = None
) -> tuple[int, ...]:
    """Take the tickets of an order that wait at the window for printed, and return them: to be printed now.

    It is their first print, and no reprint: no code becomes void. Repeating the request returns the same tickets.
    seen: the revision of the order that a person looked at; None: of no one's picture.
    Raises NotPermitted, NotFound, OrderChanged (a stale picture), InvalidInput (nothing of it waits).
    """
    require(session, actor, Permission.SELL)
    change = open_change(session, actor, order_id, ChangeKind.HAND_OVER, request_id=request_id, seen=seen)
    of_order = (
        select(Ticket.id)
        .join(OrderLine, OrderLine.id == Ticket.order_line_id)
        .where(OrderLine.order_id == order_id)
        .order_by(Ticket.id)
    )
    # By the moment of the change a repeat knows which tickets it handed over.
    moment = session.execute(select(OrderChange.created_at).where(OrderChange.id == change.change_id)).scalar_one()
    if change.is_repeated:
        return tuple(session.execute(of_order.where(Ticket.printed_at == moment)).scalars())
    waiting = Ticket.printed_at.is_(None), Ticket.voided_at.is_(None)
    tickets = tuple(session.execute(of_order.where(*waiting)).scalars())
    if not tickets:
        raise InvalidInput(
            say("No ticket of this order waits at the window."),
            advice=say("They were printed before. Print them again with a reason, if they are lost."),
        )
    session.execute(update(Ticket).where(Ticket.id.in_(tickets)).values(printed_at=moment))
    record(session, actor, "handed_over", order=change.number, change=change.change_id, tickets=list(tickets))
    return tickets
