"""Sold places and live order lines belong together, one to one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, case, or_, select

from pos_app.db.models import Order, OrderChange, OrderLine, Performance, PerformanceSeat, Ticket, TicketPresence
from pos_app.doctor.findings import Finding, Rule
from pos_app.doctor.names import state_word
from pos_app.domain.orders.changes import LineKind, LineState
from pos_app.domain.sentences import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from pos_app.doctor.names import Names


def judge_sold_places(session: Session, names: Names) -> Iterator[Finding]:
    """Ask each sold place for its order line: a live one, or one whose place is not put back on sale.

    That is so where the line ended after the performance began, or after somebody had come in with its ticket.
    """
    is_kept = and_(
        OrderLine.state.not_in((LineState.LIVE, LineState.RESERVED)),
        or_(OrderChange.created_at >= Performance.starts_at, TicketPresence.entries > 0),
    )
    rows = session.execute(
        select(
            PerformanceSeat.performance_id,
            PerformanceSeat.seat_id,
            PerformanceSeat.order_line_id,
            OrderLine.id.label("line_id"),
            OrderLine.kind.label("line_kind"),
            OrderLine.state.label("line_state"),
            OrderLine.performance_id.label("line_performance_id"),
            OrderLine.seat_id.label("line_seat_id"),
            Order.number,
        )
        .join(Performance, Performance.id == PerformanceSeat.performance_id)
        .outerjoin(OrderLine, OrderLine.id == PerformanceSeat.order_line_id)
        .outerjoin(Order, Order.id == OrderLine.order_id)
        .outerjoin(OrderChange, OrderChange.id == OrderLine.ended_by_id)
        .outerjoin(Ticket, Ticket.order_line_id == OrderLine.id)
        .outerjoin(TicketPresence, TicketPresence.ticket_id == Ticket.id)
        .where(
            PerformanceSeat.state == "sold",
            or_(
                OrderLine.id.is_(None),
                OrderLine.kind != LineKind.SEAT,
                and_(OrderLine.state != LineState.LIVE, case((is_kept, 1), else_=0) == 0),
                OrderLine.performance_id != PerformanceSeat.performance_id,
                OrderLine.seat_id != PerformanceSeat.seat_id,
            ),
        )
        .order_by(PerformanceSeat.performance_id, PerformanceSeat.seat_id)
    ).all()
    names.learn_seats(seat for row in rows for seat in (row.seat_id, row.line_seat_id))
    for row in rows:
        place = names.place(row.performance_id, row.seat_id)
        rule = Rule.SOLD_PLACE
        line = str(row.order_line_id)
        if row.line_id is None:
            told = say("sold to order line {line}, which is not there", line=line)
        elif row.line_kind != LineKind.SEAT:
            told = say("sold to order line {line} of order {order}, which is for no place", line=line, order=row.number)
        elif (row.line_performance_id, row.line_seat_id) != (row.performance_id, row.seat_id):
            told = say(
                "sold to order line {line} of order {order}, which is for {place}",
                line=line,
                order=row.number,
                place=names.place(row.line_performance_id, row.line_seat_id),
            )
        else:
            rule = Rule.SOLD_PLACE if row.line_state == LineState.RESERVED else Rule.ENDED_LINE
            told = say(
                "sold to order line {line} of order {order}, which is {state}",
                line=line,
                order=row.number,
                state=state_word(row.line_state),
            )
        yield Finding(rule, told, place)


def judge_live_lines(session: Session, names: Names) -> Iterator[Finding]:
    """Ask each live order line of a seat for its sold place, or one that waits for a buyer and knows it.

    Whether its holder gave that one back at all is asked by what judges resale.
    """
    is_on_resale = and_(PerformanceSeat.state != "sold", PerformanceSeat.prior_order_line_id == OrderLine.id)
    rows = session.execute(
        select(
            OrderLine.id,
            OrderLine.performance_id,
            OrderLine.seat_id,
            Order.number,
            PerformanceSeat.state,
            PerformanceSeat.order_line_id,
        )
        .join(Order, Order.id == OrderLine.order_id)
        .outerjoin(
            PerformanceSeat,
            and_(
                PerformanceSeat.performance_id == OrderLine.performance_id,
                PerformanceSeat.seat_id == OrderLine.seat_id,
            ),
        )
        .where(
            OrderLine.kind == LineKind.SEAT,
            OrderLine.state == LineState.LIVE,
            case((is_on_resale, 1), else_=0) == 0,
            or_(
                PerformanceSeat.seat_id.is_(None),
                PerformanceSeat.state != "sold",
                PerformanceSeat.order_line_id != OrderLine.id,
            ),
        )
        .order_by(OrderLine.id)
    ).all()
    names.learn_seats(row.seat_id for row in rows)
    for row in rows:
        place = names.place(row.performance_id, row.seat_id)
        if row.state is None:
            told = say("its place is not in the inventory: {place}", place=place)
        elif row.state != "sold":
            told = say("its place is {state}: {place}", state=state_word(row.state), place=place)
        else:
            told = say("its place is sold to order line {line}: {place}", line=str(row.order_line_id), place=place)
        yield Finding(Rule.LIVE_LINE, told, say("Order {order}, line {line}", order=row.number, line=str(row.id)))
