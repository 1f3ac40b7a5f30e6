"""Sales, what was taken back, and reprints: each has its entry in the audit, and each entry its order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import and_, func, or_, select

from pos_app.db.models import Hold, Order, OrderChange, OrderLine, Payment, Refund, Ticket
from pos_app.doctor.findings import Finding, Rule
from pos_app.doctor.names import order_words, ticket_words
from pos_app.domain.orders.changes import BEGINNINGS, TAKEN_FROM_PAYMENTS, LineKind, LineState
from pos_app.domain.sentences import Money, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import ColumnElement, Row
    from sqlalchemy.orm import Session

    from pos_app.doctor.names import Names
    from pos_app.doctor.told.trail import Sold, Trail

_AT_ONCE: Final = 2000
_MONEY: Final = say(
    "Count the drawer and compare the card terminal's journal with this order, then change the password of the "
    "database."
)
_GONE: Final = say("Compare the last backup: somebody took the order out of the database.")
_TAKEN_BACK: Final = say("Ask who has the money of this order, and change the password of the database.")
_PRINTS: Final = say("Print the ticket anew from its order: older prints are void from then on.")


def judge_told_orders(session: Session, _names: Names, trail: Trail) -> Iterator[Finding]:
    """Compare the orders and their money with the entries of sales and of what was taken back."""
    if trail.opened is None:
        return
    last, voids_before = int(trail.noted("last_order")), {str(number) for number in trail.noted("void_orders")}
    sold_by = [kind.value for kind in BEGINNINGS]
    paid = _sums(Payment, or_(OrderChange.id.is_(None), OrderChange.kind.in_(sold_by)))
    refunded = _sums(Refund, Refund.state.in_([str(state) for state in TAKEN_FROM_PAYMENTS]))
    rows = session.execute(
        select(
            Order.id,
            Order.number,
            is_void().label("is_void"),
            Order.total_minor,
            Order.currency,
            func.coalesce(paid.c.amount, 0).label("paid"),
            func.coalesce(paid.c.parts, 0).label("parts"),
            paid.c.method,
            func.coalesce(refunded.c.amount, 0).label("refunded"),
        )
        .outerjoin(paid, paid.c.order_id == Order.id)
        .outerjoin(refunded, refunded.c.order_id == Order.id)
        .order_by(Order.id),
        execution_options={"yield_per": _AT_ONCE},
    )
    there = set()
    for row in rows:
        there.add(row.number)
        sold, reserved = trail.sales.get(row.number), trail.reservations.get(row.number)
        if sold is not None:
            yield from _sale(row, sold)
        elif reserved is not None:
            yield from _reservation(row, reserved)
        elif row.id > last:
            yield Finding(
                Rule.TOLD_TRADE, say("no entry of the audit tells of its sale"), order_words(row.number), _MONEY
            )
        if row.number not in voids_before:
            yield from _void(row, trail)
    for number, sold in (trail.sales | trail.reservations).items():
        if number not in there:
            told = say(
                "it is gone; entry {entry} of audit chain {chain} tells of its sale",
                entry=str(sold.seq),
                chain=sold.chain,
            )
            yield Finding(Rule.TOLD_TRADE, told, order_words(number), _GONE)


def is_void() -> ColumnElement[bool]:
    """Tell whether all that the order of the enclosing statement sold was taken back."""
    return and_(_has_lines(OrderLine.state == LineState.VOID), ~_has_lines(OrderLine.state != LineState.VOID))


def _sale(row: Row[Any], sold: Sold) -> Iterator[Finding]:
    if sold.total_minor is None:
        return
    told = Money(sold.total_minor, row.currency)
    if row.total_minor != sold.total_minor:
        sentence = say("its total is {now}; by the audit {told}", now=Money(row.total_minor, row.currency), told=told)
        yield Finding(Rule.TOLD_TRADE, sentence, order_words(row.number), _MONEY)
    if int(row.paid) != sold.total_minor:
        paid = Money(int(row.paid), row.currency)
        sentence = say("{paid} are recorded as paid; by the audit {told}", paid=paid, told=told)
        yield Finding(Rule.TOLD_TRADE, sentence, order_words(row.number), _MONEY)
    elif row.parts == 1 and sold.method is not None and row.method != sold.method:
        sentence = say("it is recorded as paid by {now}; by the audit by {told}", now=row.method, told=sold.method)
        yield Finding(Rule.TOLD_TRADE, sentence, order_words(row.number), _MONEY)


def _reservation(row: Row[Any], reserved: Sold) -> Iterator[Finding]:
    """What was paid for a reservation came by pick-ups, whose entries tell of it."""
    told = Money(int(reserved.total_minor or 0), row.currency)
    if row.total_minor != reserved.total_minor:
        sentence = say("its total is {now}; by the audit {told}", now=Money(row.total_minor, row.currency), told=told)
        yield Finding(Rule.TOLD_TRADE, sentence, order_words(row.number), _MONEY)
    if row.parts:
        paid = Money(int(row.paid), row.currency)
        sentence = say("{paid} are recorded as paid with it; by the audit it was reserved unpaid", paid=paid)
        yield Finding(Rule.TOLD_TRADE, sentence, order_words(row.number), _MONEY)


def _void(row: Row[Any], trail: Trail) -> Iterator[Finding]:
    subject, refunded = order_words(row.number), Money(int(row.refunded), row.currency)
    if row.number not in trail.voids:
        if row.is_void:
            told = say("it was taken back, and no entry of the audit tells by whom")
            yield Finding(Rule.TOLD_TRADE, told, subject, _TAKEN_BACK)
        return
    # An entry of today names its refunds, which are judged one by one.
    given_back = trail.voids[row.number] if row.number in trail.untold_voids else None
    if not row.is_void:
        told = say("by the audit it was taken back; it stands")
        yield Finding(Rule.TOLD_TRADE, told, subject, _TAKEN_BACK)
    elif given_back is not None and int(row.refunded) != given_back:
        told = say(
            "{money} are recorded as given back; by the audit {told}",
            money=refunded,
            told=Money(given_back, row.currency),
        )
        yield Finding(Rule.TOLD_TRADE, told, subject, _TAKEN_BACK)


def judge_told_prints(session: Session, _names: Names, trail: Trail) -> Iterator[Finding]:
    """Compare how often each ticket was printed with the entries of reprints."""
    if trail.opened is None:
        return
    expected = {int(ticket): int(count) for ticket, count in trail.noted("prints")}
    for ticket, times in trail.reprints().items():
        expected[ticket] = expected.get(ticket, 1) + times
    rows = session.execute(
        select(Ticket.id, Ticket.issue_count, Order.number)
        .join(OrderLine, OrderLine.id == Ticket.order_line_id)
        .join(Order, Order.id == OrderLine.order_id)
        .order_by(Ticket.id),
        execution_options={"yield_per": _AT_ONCE},
    )
    for row in rows:
        told = expected.get(row.id, 1)
        if row.issue_count != told:
            sentence = say("print {now} is its last one; by the audit {told}", now=str(row.issue_count), told=str(told))
            yield Finding(Rule.TOLD_TRADE, sentence, ticket_words(row.id, row.number), _PRINTS)


def judge_sold_baskets(session: Session, _names: Names, trail: Trail) -> Iterator[Finding]:
    """Look for baskets that were sold or reserved since the books were opened, and of which there is no order."""
    if trail.opened is None:
        return
    rows = session.execute(
        select(Hold.id, Hold.closed_as)
        .outerjoin(Order, Order.hold_id == Hold.id)
        .where(Hold.closed_as.in_(("sold", "reserved")), Hold.closed_at > trail.opened.at, Order.id.is_(None))
        .order_by(Hold.id)
    ).all()
    for row in rows:
        subject = say("Basket {basket}", basket=str(row.id))
        told = (
            say("it was sold, and its order is gone")
            if row.closed_as == "sold"
            else say("it was reserved, and its order is gone")
        )
        yield Finding(Rule.TOLD_TRADE, told, subject, _GONE)


def _sums(table: type[Payment | Refund], which: ColumnElement[bool]) -> Any:
    return (
        select(
            table.order_id,
            func.sum(table.amount_minor).label("amount"),
            func.count().label("parts"),
            func.min(table.method).label("method"),
        )
        .outerjoin(OrderChange, OrderChange.id == table.made_by_id)
        .where(which)
        .group_by(table.order_id)
        .subquery()
    )


def _has_lines(which: ColumnElement[bool]) -> ColumnElement[bool]:
    return select(OrderLine.id).where(OrderLine.order_id == Order.id, OrderLine.kind == LineKind.SEAT, which).exists()
