"""Sold places and live order lines belong together, one to one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import and_, or_, select

from pos_app.db.models import Order, OrderLine, PerformanceSeat
from pos_app.doctor.findings import Finding, Rule
from pos_app.doctor.names import order_words, state_word
from pos_app.domain.sentences import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from pos_app.doctor.names import Names

UNSOLD_STATES: Final = ("void", "reserved")
"""Orders whose lines are not sales: taken back, or not paid yet."""


def judge_sold_places(session: Session, names: Names) -> Iterator[Finding]:
    """Ask each sold place for its order line."""
    rows = session.execute(
        select(
            PerformanceSeat.performance_id,
            PerformanceSeat.seat_id,
            PerformanceSeat.order_line_id,
            OrderLine.id.label("line_id"),
            OrderLine.state.label("line_state"),
            OrderLine.performance_id.label("line_performance_id"),
            OrderLine.seat_id.label("line_seat_id"),
            Order.number,
            Order.state.label("order_state"),
        )
        .outerjoin(OrderLine, OrderLine.id == PerformanceSeat.order_line_id)
        .outerjoin(Order, Order.id == OrderLine.order_id)
        .where(
            PerformanceSeat.state == "sold",
            or_(
                OrderLine.id.is_(None),
                OrderLine.state != "live",
                OrderLine.performance_id != PerformanceSeat.performance_id,
                OrderLine.seat_id != PerformanceSeat.seat_id,
                Order.state.in_(UNSOLD_STATES),
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
        elif (row.line_performance_id, row.line_seat_id) != (row.performance_id, row.seat_id):
            told = say(
                "sold to order line {line} of order {order}, which is for {place}",
                line=line,
                order=row.number,
                place=names.place(row.line_performance_id, row.line_seat_id),
            )
        elif row.order_state == "void":
            rule, told = Rule.VOID_ORDER, say("still sold to order {order}, which is void", order=row.number)
        elif row.order_state in UNSOLD_STATES:
            state = state_word(row.order_state)
            told = say("sold to order {order}, which is {state}", order=row.number, state=state)
        else:
            told = say(
                "sold to order line {line} of order {order}, which is {state}",
                line=line,
                order=row.number,
                state=state_word(row.line_state),
            )
        yield Finding(rule, told, place)


def judge_live_lines(session: Session, names: Names) -> Iterator[Finding]:
    """Ask each live order line of a sale for its sold place."""
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
            OrderLine.state == "live",
            Order.state.not_in(UNSOLD_STATES),
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


def judge_void_lines(session: Session, _names: Names) -> Iterator[Finding]:
    """Look for live lines of void orders."""
    rows = session.execute(
        select(OrderLine.id, Order.number)
        .join(Order, Order.id == OrderLine.order_id)
        .where(OrderLine.state == "live", Order.state == "void")
        .order_by(OrderLine.id)
    ).all()
    for row in rows:
        told = say("order line {line} is still live", line=str(row.id))
        yield Finding(Rule.VOID_ORDER, told, order_words(row.number))
