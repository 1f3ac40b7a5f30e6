"""Reservations: what is reserved has its seats until its time, and nothing else is.

One whose time is over and that nobody has released yet is housekeeping, not an error.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import and_, case, func, or_, select

from pos_app.db.models import Hold, Order, OrderChange, OrderLine, Payment, PerformanceSeat, Ticket
from pos_app.doctor.findings import Finding, Rule
from pos_app.doctor.names import order_words, state_word
from pos_app.domain.orders.changes import ChangeKind, LineKind, LineState
from pos_app.domain.sentences import Money, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from pos_app.doctor.names import Names

_CLAIM: Final = "reservation"


def judge_reserved_seats(session: Session, names: Names) -> Iterator[Finding]:
    """Ask each seat that is claimed by a reservation for the reserved line of that very order, and for its time."""
    seat = PerformanceSeat
    rows = session.execute(
        select(
            seat.performance_id,
            seat.seat_id,
            seat.claim_id,
            seat.claim_until,
            OrderLine.id.label("line_id"),
            Order.number,
            Order.release_at,
            Order.pickup_until,
        )
        .outerjoin(Order, Order.id == seat.claim_id)
        .outerjoin(
            OrderLine,
            and_(
                OrderLine.order_id == seat.claim_id,
                OrderLine.performance_id == seat.performance_id,
                OrderLine.seat_id == seat.seat_id,
                OrderLine.state == LineState.RESERVED,
            ),
        )
        .where(
            seat.state == "claimed",
            seat.claim_kind == _CLAIM,
            or_(
                OrderLine.id.is_(None),
                seat.claim_until.is_(None),
                and_(
                    Order.release_at.is_not(None),
                    seat.claim_until != Order.release_at,
                    or_(
                        Order.pickup_until.is_(None),
                        seat.claim_until != Order.pickup_until,
                        Order.pickup_until < Order.release_at,
                    ),
                ),
            ),
        )
        .order_by(seat.performance_id, seat.seat_id)
    ).all()
    names.learn_seats(row.seat_id for row in rows)
    for row in rows:
        if row.number is None:
            told = say("reserved to order {order}, which is not there", order=str(row.claim_id))
        elif row.line_id is None:
            told = say("reserved to order {order}, which has no reserved line for it", order=row.number)
        else:
            told = say(
                "reserved until {until}; order {order} is kept until {release}",
                until=str(row.claim_until),
                order=row.number,
                release=str(row.release_at),
            )
        yield Finding(Rule.RESERVATIONS, told, names.place(row.performance_id, row.seat_id))


def judge_reserved_lines(session: Session, names: Names) -> Iterator[Finding]:
    """Ask each reserved line of a seat for its seat; it has no ticket."""
    rows = session.execute(
        select(
            OrderLine.performance_id,
            OrderLine.seat_id,
            Order.number,
            PerformanceSeat.state,
            Ticket.id.label("ticket_id"),
        )
        .join(Order, Order.id == OrderLine.order_id)
        .outerjoin(Ticket, Ticket.order_line_id == OrderLine.id)
        .outerjoin(
            PerformanceSeat,
            and_(
                PerformanceSeat.performance_id == OrderLine.performance_id,
                PerformanceSeat.seat_id == OrderLine.seat_id,
            ),
        )
        .where(
            OrderLine.kind == LineKind.SEAT,
            OrderLine.state == LineState.RESERVED,
            or_(
                Ticket.id.is_not(None),
                PerformanceSeat.seat_id.is_(None),
                PerformanceSeat.state != "claimed",
                PerformanceSeat.claim_kind != _CLAIM,
                PerformanceSeat.claim_id != OrderLine.order_id,
            ),
        )
        .order_by(OrderLine.id)
    ).all()
    names.learn_seats(row.seat_id for row in rows)
    for row in rows:
        place = names.place(row.performance_id, row.seat_id)
        if row.ticket_id is not None:
            told = say("there is a ticket for {place}, which is reserved and not paid", place=place)
        elif row.state is None:
            told = say("its place is not in the inventory: {place}", place=place)
        elif row.state == "claimed":
            told = say("its place is claimed by somebody else: {place}", place=place)
        else:
            told = say("its place is {state}: {place}", state=state_word(row.state), place=place)
        yield Finding(Rule.RESERVATIONS, told, order_words(row.number))


def judge_releases(session: Session, _names: Names) -> Iterator[Finding]:
    """An order has a time of release exactly while a seat of it is reserved, and no till has it open without one."""
    own = OrderLine.order_id == Order.id, OrderLine.state == LineState.RESERVED
    seats = select(OrderLine.id).where(*own, OrderLine.kind == LineKind.SEAT).exists()
    others = select(OrderLine.id).where(*own, OrderLine.kind != LineKind.SEAT).exists()
    is_wrong = {
        "endless": and_(Order.release_at.is_(None), seats),
        "empty": and_(Order.release_at.is_not(None), ~seats),
        "fees": and_(others, ~seats),
        "open": or_(
            Order.pickup_hold_id.is_(None) != Order.pickup_until.is_(None),
            and_(Order.pickup_until.is_not(None), Order.release_at.is_(None)),
            and_(Order.pickup_hold_id.is_not(None), Hold.id.is_(None)),
        ),
    }
    told = {
        "endless": say("seats of it are reserved, and nothing says until when"),
        "empty": say("it has a time of release, and none of its seats is reserved"),
        "fees": say("a fee of it is reserved, and no seat"),
        "open": say("what it says of the till that has it open for paying cannot be"),
    }
    rows = session.execute(
        select(Order.number, *(case((wrong, 1), else_=0).label(name) for name, wrong in is_wrong.items()))
        .outerjoin(Hold, Hold.id == Order.pickup_hold_id)
        .where(or_(*is_wrong.values()))
        .order_by(Order.id)
    ).all()
    for row in rows:
        for name, sentence in told.items():
            if getattr(row, name):
                yield Finding(Rule.RESERVATIONS, sentence, order_words(row.number))


def judge_pick_ups(session: Session, _names: Names) -> Iterator[Finding]:
    """Each pick-up was paid once, with it; and what was reserved was paid by nothing else."""
    paid = (
        select(Payment.made_by_id, func.count().label("parts"), func.sum(Payment.amount_minor).label("amount"))
        .group_by(Payment.made_by_id)
        .subquery()
    )
    rows = session.execute(
        select(OrderChange.kind, Order.number, Order.currency, paid.c.amount)
        .join(Order, Order.id == OrderChange.order_id)
        .outerjoin(paid, paid.c.made_by_id == OrderChange.id)
        .where(
            or_(
                and_(OrderChange.kind == ChangeKind.PICK_UP, func.coalesce(paid.c.parts, 0) != 1),
                and_(
                    OrderChange.kind.in_(
                        (ChangeKind.RESERVE, ChangeKind.KEEP_LONGER, ChangeKind.GIVE_UP_SEATS, ChangeKind.RELEASE)
                    ),
                    paid.c.parts.is_not(None),
                ),
            )
        )
        .order_by(OrderChange.id)
    ).all()
    for row in rows:
        if row.amount is None:
            told = say("it was picked up, and nothing was paid with it")
        else:
            told = say("{paid} were paid with a change that takes no money", paid=Money(int(row.amount), row.currency))
        yield Finding(Rule.RESERVATIONS, told, order_words(row.number))
