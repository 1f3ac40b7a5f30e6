"""By what a picture of an order is seen to be stale: read by turns while one is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, func, select, true

from pos_app.db.clock import utc_now
from pos_app.db.models import Hold, Order, OrderLine, Ticket, TicketPresence, Till
from pos_app.domain.errors import NotFound
from pos_app.domain.orders.page import OrderSign
from pos_app.domain.roles import Permission
from pos_app.domain.sentences import say
from pos_app.services.permissions import require

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from pos_app.domain.roles import Actor


def load_order_sign(session: Session, actor: Actor, order_id: int) -> OrderSign:
    """Return by what a picture of an order is seen to be stale. Raises NotFound, NotPermitted."""
    require(session, actor, Permission.SELL)
    is_open = and_(Hold.id == Order.pickup_hold_id, Order.pickup_until > utc_now())
    at_the_door = (
        select(
            func.coalesce(func.sum(TicketPresence.entries), 0).label("entries"),
            func.coalesce(func.sum(TicketPresence.inside), 0).label("inside"),
        )
        .join(Ticket, Ticket.id == TicketPresence.ticket_id)
        .join(OrderLine, OrderLine.id == Ticket.order_line_id)
        .where(OrderLine.order_id == order_id)
        .subquery()
    )
    row = session.execute(
        select(Order.revision, Till.name, at_the_door.c.entries, at_the_door.c.inside)
        .select_from(Order)
        .join(at_the_door, true())
        .outerjoin(Hold, is_open)
        .outerjoin(Till, Till.id == Hold.till_id)
        .where(Order.id == order_id)
    ).one_or_none()
    if row is None:
        raise NotFound(say("This order is not there."))
    return OrderSign(row.revision, row.name or "", int(row.entries), int(row.inside))
