"""Who is inside, by the gates' record and by their scans."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, func, or_, select

from pos_app.db.models import CheckIn, Order, OrderLine, Ticket, TicketPresence
from pos_app.doctor.findings import Finding, Rule
from pos_app.doctor.names import ticket_words
from pos_app.domain.sentences import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from pos_app.doctor.names import Names


def judge_check_ins(session: Session, _names: Names) -> Iterator[Finding]:
    """Compare each ticket's record with its last scan, entry or exit, that was not undone."""
    last = (
        select(CheckIn.ticket_id, func.max(CheckIn.id).label("check_in_id"))
        .where(CheckIn.verdict.in_(("admitted", "left")), CheckIn.undone_at.is_(None))
        .group_by(CheckIn.ticket_id)
        .subquery()
    )
    rows = session.execute(
        select(Ticket.id, Order.number, TicketPresence.inside, CheckIn.id.label("check_in_id"), CheckIn.verdict)
        .select_from(TicketPresence)
        .join(Ticket, Ticket.id == TicketPresence.ticket_id)
        .join(OrderLine, OrderLine.id == Ticket.order_line_id)
        .join(Order, Order.id == OrderLine.order_id)
        .outerjoin(last, last.c.ticket_id == Ticket.id)
        .outerjoin(CheckIn, CheckIn.id == last.c.check_in_id)
        .where(
            or_(
                and_(TicketPresence.inside.is_(True), or_(CheckIn.id.is_(None), CheckIn.verdict != "admitted")),
                and_(TicketPresence.inside.is_(False), CheckIn.verdict == "admitted"),
            )
        )
        .order_by(Ticket.id)
    ).all()
    for row in rows:
        scan = str(row.check_in_id)
        if row.check_in_id is None:
            told = say("recorded as inside, but it was never let in")
        elif row.inside:
            told = say("recorded as inside, but its last scan ({scan}) is left", scan=scan)
        else:
            told = say("recorded as not inside, but its last scan ({scan}) is admitted", scan=scan)
        yield Finding(Rule.CHECK_INS, told, ticket_words(row.id, row.number))
