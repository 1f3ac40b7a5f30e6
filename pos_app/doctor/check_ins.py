"""Who is inside, by the gates' record and by their scans."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import and_, case, func, or_, select

from pos_app.db.models import CheckIn, Order, OrderLine, Ticket, TicketPresence
from pos_app.doctor.findings import Finding, Rule
from pos_app.doctor.names import ticket_words
from pos_app.domain.sentences import say, say_count

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from pos_app.doctor.names import Names

_ADVICE: Final = say("Look the ticket up at the door: somebody may have come in twice with it.")


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
        yield Finding(Rule.CHECK_INS, told, ticket_words(row.id, row.number), _ADVICE)


def judge_entries(session: Session, _names: Names) -> Iterator[Finding]:
    """Count the scans of each ticket: a guest goes out between two entries, and the gates count every entry.

    A scan that was taken back (undone) still counts as an entry, and moves nobody.
    """
    admitted, counts = CheckIn.verdict == "admitted", CheckIn.undone_at.is_(None)
    scans = (
        select(
            CheckIn.ticket_id,
            func.sum(case((admitted, 1), else_=0)).label("entries"),
            func.sum(case((and_(admitted, counts), 1), (counts, -1), else_=0)).label("inside"),
        )
        .where(CheckIn.verdict.in_(("admitted", "left")), CheckIn.ticket_id.is_not(None))
        .group_by(CheckIn.ticket_id)
        .subquery()
    )
    entries, inside = func.coalesce(scans.c.entries, 0), func.coalesce(scans.c.inside, 0)
    # What the record says of now is asked above; here it is whether the scans themselves make sense.
    rows = session.execute(
        select(
            Ticket.id,
            Order.number,
            TicketPresence.entries.label("counted"),
            entries.label("entries"),
            inside.label("inside"),
        )
        .select_from(TicketPresence)
        .join(Ticket, Ticket.id == TicketPresence.ticket_id)
        .join(OrderLine, OrderLine.id == Ticket.order_line_id)
        .join(Order, Order.id == OrderLine.order_id)
        .outerjoin(scans, scans.c.ticket_id == Ticket.id)
        .where(or_(TicketPresence.entries != entries, inside.not_in((0, 1))))
        .order_by(Ticket.id)
    ).all()
    for row in rows:
        if row.counted != row.entries:
            told = say_count(
                "the gates counted {counted}; {count} scan let it in",
                "the gates counted {counted}; {count} scans let it in",
                int(row.entries),
                counted=str(row.counted),
            )
        elif row.inside > 1:
            told = say("it was let in {times} times more than it went out", times=str(row.inside))
        else:
            told = say("it went out more often than it was let in")
        yield Finding(Rule.CHECK_INS, told, ticket_words(row.id, row.number), _ADVICE)
