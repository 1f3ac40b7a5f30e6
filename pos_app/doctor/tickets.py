"""Tickets: one for each live order line, saying what the line says, and known to the gates. Live: not voided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, func, or_, select

from pos_app.db.models import Order, OrderLine, Ticket, TicketPresence
from pos_app.doctor.findings import Finding, Rule
from pos_app.doctor.names import order_words, state_word, ticket_words
from pos_app.domain.orders.changes import LineKind, LineState
from pos_app.domain.sentences import say, say_count

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from pos_app.doctor.names import Names


def judge_one_ticket(session: Session, names: Names) -> Iterator[Finding]:
    """Count the live tickets of each place, by their order lines and not by the column with the unique key."""
    crowded = session.execute(
        select(OrderLine.performance_id, OrderLine.seat_id)
        .join(Ticket, Ticket.order_line_id == OrderLine.id)
        .where(Ticket.voided_at.is_(None))
        .group_by(OrderLine.performance_id, OrderLine.seat_id)
        .having(func.count() > 1)
        .order_by(OrderLine.performance_id, OrderLine.seat_id)
    ).all()
    names.learn_seats(row.seat_id for row in crowded)
    for place in crowded:
        tickets = session.execute(
            select(Ticket.id, Order.number)
            .join(OrderLine, OrderLine.id == Ticket.order_line_id)
            .join(Order, Order.id == OrderLine.order_id)
            .where(
                OrderLine.performance_id == place.performance_id,
                OrderLine.seat_id == place.seat_id,
                Ticket.voided_at.is_(None),
            )
            .order_by(Ticket.id)
        ).all()
        each = [say("{ticket} of order {order}", ticket=str(ticket.id), order=ticket.number) for ticket in tickets]
        told = say_count(
            "{count} live ticket: {tickets}", "{count} live tickets: {tickets}", len(tickets), tickets=tuple(each)
        )
        yield Finding(Rule.ONE_TICKET, told, names.place(place.performance_id, place.seat_id))


def judge_all_tickets(session: Session, names: Names) -> Iterator[Finding]:
    """Ask each live order line of a seat for its live ticket."""
    rows = session.execute(
        select(
            OrderLine.id,
            OrderLine.performance_id,
            OrderLine.seat_id,
            Order.number,
            Ticket.id.label("ticket_id"),
        )
        .join(Order, Order.id == OrderLine.order_id)
        .outerjoin(Ticket, Ticket.order_line_id == OrderLine.id)
        .where(
            OrderLine.kind == LineKind.SEAT,
            OrderLine.state == LineState.LIVE,
            or_(Ticket.id.is_(None), Ticket.voided_at.is_not(None)),
        )
        .order_by(OrderLine.id)
    ).all()
    names.learn_seats(row.seat_id for row in rows)
    for row in rows:
        place = names.place(row.performance_id, row.seat_id)
        if row.ticket_id is None:
            told = say("there is no ticket for {place}", place=place)
        else:
            told = say("ticket {ticket} is void for {place}", ticket=str(row.ticket_id), place=place)
        yield Finding(Rule.ALL_TICKETS, told, order_words(row.number))


def judge_ticket_places(session: Session, names: Names) -> Iterator[Finding]:
    """Compare tickets with their order lines: a live one names the place, a void one none, a dead line has none."""
    rows = session.execute(
        select(
            Ticket.id,
            Ticket.performance_id,
            Ticket.live_seat_id,
            Ticket.voided_at,
            OrderLine.performance_id.label("line_performance_id"),
            OrderLine.seat_id.label("line_seat_id"),
            OrderLine.kind.label("line_kind"),
            OrderLine.state.label("line_state"),
            Order.number,
        )
        .join(OrderLine, OrderLine.id == Ticket.order_line_id)
        .join(Order, Order.id == OrderLine.order_id)
        .where(
            or_(
                OrderLine.kind != LineKind.SEAT,
                Ticket.performance_id != OrderLine.performance_id,
                and_(Ticket.voided_at.is_not(None), Ticket.live_seat_id.is_not(None)),
                and_(
                    Ticket.voided_at.is_(None),
                    or_(
                        Ticket.live_seat_id.is_(None),
                        Ticket.live_seat_id != OrderLine.seat_id,
                        OrderLine.state != LineState.LIVE,
                    ),
                ),
            )
        )
        .order_by(Ticket.id)
    ).all()
    names.learn_seats(seat for row in rows for seat in (row.line_seat_id, row.live_seat_id))
    for row in rows:
        if row.line_kind != LineKind.SEAT:
            told = say("its order line is for no place")
            yield Finding(Rule.TICKET_PLACE, told, ticket_words(row.id, row.number))
            continue
        place = names.place(row.line_performance_id, row.line_seat_id)
        rule = Rule.TICKET_PLACE
        if row.performance_id != row.line_performance_id:
            told = say(
                "it is for {performance}, its order line for {place}",
                performance=names.performance(row.performance_id),
                place=place,
            )
        elif row.voided_at is not None:
            told = say("it is void, and still keeps {place}", place=place)
        elif row.line_state != LineState.LIVE:
            rule = Rule.TICKET_PLACE if row.line_state == LineState.RESERVED else Rule.ENDED_LINE
            told = say("it is live; its order line is {state}: {place}", state=state_word(row.line_state), place=place)
        elif row.live_seat_id is None:
            told = say("it is live, and does not keep {place}", place=place)
        else:
            told = say(
                "it keeps {kept}, its order line is for {place}",
                kept=names.place(row.performance_id, row.live_seat_id),
                place=place,
            )
        yield Finding(rule, told, ticket_words(row.id, row.number))


def judge_presence(session: Session, _names: Names) -> Iterator[Finding]:
    """Compare what the gates decide by with the tickets: the last print of a live one, none of a void one."""
    rows = session.execute(
        select(Ticket.id, Ticket.issue_count, Ticket.voided_at, Order.number, TicketPresence.issue_count.label("known"))
        .join(OrderLine, OrderLine.id == Ticket.order_line_id)
        .join(Order, Order.id == OrderLine.order_id)
        .outerjoin(TicketPresence, TicketPresence.ticket_id == Ticket.id)
        .where(
            or_(
                TicketPresence.ticket_id.is_(None),
                and_(Ticket.voided_at.is_(None), TicketPresence.issue_count != Ticket.issue_count),
                and_(Ticket.voided_at.is_not(None), TicketPresence.issue_count != 0),
            )
        )
        .order_by(Ticket.id)
    ).all()
    for row in rows:
        if row.known is None:
            told = say("the gates have no record of it")
        elif row.voided_at is not None:
            told = say("it is void, and the gates would still let print {known} in", known=str(row.known))
        else:
            told = say(
                "the gates let print {known} in, the last one is print {last}",
                known=str(row.known),
                last=str(row.issue_count),
            )
        yield Finding(Rule.PRESENCE, told, ticket_words(row.id, row.number))
