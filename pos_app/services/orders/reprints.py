"""Printing tickets anew: both codes that were printed before are void from then on."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from sqlalchemy import select, update

from pos_app.db.clock import utc_now
from pos_app.db.models import OrderLine, Ticket, TicketPresence
from pos_app.domain.card_numbers import refuse_card_number
from pos_app.domain.codes import new_short_code
from pos_app.domain.errors import InvalidInput, NotFound
from pos_app.domain.orders.changes import ChangeKind
from pos_app.domain.roles import Permission
from pos_app.domain.selling.sales import LONGEST_NOTE
from pos_app.domain.sentences import say
from pos_app.domain.texts import clean_line
from pos_app.services.audit import FreeText, record
from pos_app.services.orders.ledger import open_change
from pos_app.services.permissions import require

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Row
    from sqlalchemy.orm import Session

    from pos_app.domain.roles import Actor

_LONGEST_KEY = 64


def reissue_tickets(
    session: Session,
    actor: Actor,
    ticket_ids: Sequence[int],
    *,
    request_id: str,
    reason: str,
    seen: int | None = None,
) -> None:
    """Count tickets as printed anew: both codes printed before are void from now on. May be repeated.

    seen: the revision of the order that a person looked at; None: of no one's picture, or of several orders.
    Raises InvalidInput (no reason), OrderChanged (a stale picture), NotFound (a ticket is void or not there),
    NotPermitted.
    """
    reason = clean_line(reason, LONGEST_NOTE)
    if not reason:
        raise InvalidInput(say("A reprint needs a reason."), field="reason")
    refuse_card_number(reason, "reason")
    require(session, actor, Permission.REPRINT)
    wanted = set(ticket_ids)
    orders = session.execute(
        select(OrderLine.order_id, Ticket.id)
        .join(Ticket, Ticket.order_line_id == OrderLine.id)
        .where(Ticket.id.in_(wanted))
        .order_by(OrderLine.order_id, Ticket.id)
    ).all()
    if len(orders) != len(wanted):
        raise _void()
    asked: list[int] = []
    for order_id, tickets in groupby(orders, key=lambda row: row.order_id):
        # A request that printed several orders anew has a change in each of them.
        key = f"{request_id}:{order_id}"[-_LONGEST_KEY:]
        change = open_change(session, actor, order_id, ChangeKind.REPRINT, request_id=key, seen=seen, reason=reason)
        asked += [] if change.is_repeated else [row.id for row in tickets]
    if not asked:
        return
    # Behind the orders nobody but a gate changes these tickets, and a gate counts no prints. Presence first, as there.
    now = session.execute(
        select(Ticket.id, Ticket.issue_count)
        .where(Ticket.id.in_(asked), Ticket.voided_at.is_(None))
        .order_by(Ticket.id)
    ).all()
    if len(now) != len(asked):
        raise _void()
    for row in now:
        session.execute(
            update(TicketPresence)
            .where(TicketPresence.ticket_id == row.id)
            .values(issue_count=row.issue_count + 1, changed_at=utc_now())
        )
    for row in now:
        _count(session, row, request_id, reason)
    record(session, actor, "reprint", tickets=[row.id for row in now], reason=FreeText(reason))


def _count(session: Session, row: Row[int, int], request_id: str, reason: str) -> None:
    session.execute(
        update(Ticket)
        .where(Ticket.id == row.id)
        .values(
            issue_count=row.issue_count + 1,
            short_code=new_short_code(),
            reissue_request_id=f"{request_id}:{row.id}"[-_LONGEST_KEY:],
            reissue_reason=reason,
            issued_at=utc_now(),
            printed_at=utc_now(),
        )
    )


def _void() -> NotFound:
    return NotFound(say("A ticket of this order is void."), advice=say("It cannot be printed again."))
