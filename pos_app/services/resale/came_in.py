"""What housekeeping ends of resale: tickets whose holders came in, and those that nobody bought in time.

A gate only reads that a ticket is on resale: it lets its holder in by its usual write. Tills do the rest, each safe
beside the others. What is in a basket is told there, at its sale, and ended here once it is given back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import and_, exists, or_, select

from pos_app.db.clock import utc_now
from pos_app.db.models import Performance, Resale, Ticket, TicketPresence
from pos_app.domain.orders.resale import ResaleState
from pos_app.services.resale.ending import end_found, note_ended
from pos_app.services.seats.claims import INVENTORY
from pos_app.services.seats.returned import is_nobodys

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

BATCH: Final = 50


def withdraw_came_in(session: Session, *, limit: int = BATCH) -> int:
    """Take a batch of seats off sale whose holders came in with the old tickets; return how many."""
    came_in = exists().where(
        Ticket.order_line_id == Resale.order_line_id,
        TicketPresence.ticket_id == Ticket.id,
        TicketPresence.entries > 0,
    )
    # Who stands inside needs no letter.
    return _end(session, limit, ResaleState.CAME_IN, came_in, told=False)


def end_unsold(session: Session, *, limit: int = BATCH) -> int:
    """End a batch of resales whose performance has begun or is called off; nothing is owed for them."""
    over = exists().where(
        Performance.id == Resale.performance_id,
        or_(Performance.starts_at <= utc_now(), Performance.state == "cancelled"),
    )
    return _end(session, limit, ResaleState.UNSOLD, over, told=True)


def _end(session: Session, limit: int, state: ResaleState, over: ColumnElement[bool], *, told: bool) -> int:
    found = session.scalars(
        select(Resale.id)
        .join(
            INVENTORY,
            and_(INVENTORY.c.performance_id == Resale.performance_id, INVENTORY.c.seat_id == Resale.seat_id),
        )
        .where(Resale.open_line_id.is_not(None), over, is_nobodys())
        .order_by(Resale.id)
        .limit(limit)
    ).all()
    ended = end_found(session, found, state, over, told=told)
    note_ended(session, ended, state)
    return sum(len(one.lines) for one in ended)
