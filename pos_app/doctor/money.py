"""Money: what orders say, what their lines add up to, and what was paid and given back. Minor units."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import case, func, or_, select

from pos_app.db.models import Order, OrderChange, OrderLine, Payment, Refund
from pos_app.doctor.findings import Finding, Rule
from pos_app.doctor.names import order_words
from pos_app.domain.orders.changes import BEGINNINGS, TAKEN_FROM_PAYMENTS, LineKind, LineState
from pos_app.domain.sentences import Money, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Row
    from sqlalchemy.orm import Session

    from pos_app.doctor.names import Names


def judge_totals(session: Session, _names: Names) -> Iterator[Finding]:
    """Add up the lines with which each order was sold, or reserved, whatever became of them since."""
    is_fee = OrderLine.kind == LineKind.FEE
    sums = (
        select(
            OrderLine.order_id,
            func.sum(case((is_fee, 0), else_=OrderLine.price_minor)).label("price"),
            func.sum(OrderLine.discount_minor).label("discount"),
            func.sum(case((is_fee, OrderLine.price_minor), else_=0)).label("fee"),
        )
        .join(OrderChange, OrderChange.id == OrderLine.made_by_id)
        .where(OrderChange.kind.in_(BEGINNINGS))
        .group_by(OrderLine.order_id)
        .subquery()
    )
    rows = session.execute(
        select(
            Order.number,
            Order.currency,
            Order.lines_minor,
            Order.fee_minor,
            Order.total_minor,
            sums.c.price,
            sums.c.discount,
            sums.c.fee,
        )
        .outerjoin(sums, sums.c.order_id == Order.id)
        .where(
            or_(
                sums.c.order_id.is_(None),
                Order.lines_minor != sums.c.price,
                Order.fee_minor != sums.c.fee,
                Order.total_minor != Order.lines_minor - sums.c.discount + Order.fee_minor,
            )
        )
        .order_by(Order.id)
    ).all()
    for row in rows:
        if row.price is None:
            told = say("it has no lines that were sold")
        elif row.lines_minor != row.price:
            told = say(
                "its lines add up to {sum}, it says {told}",
                sum=_money(row.price, row),
                told=_money(row.lines_minor, row),
            )
        elif row.fee_minor != row.fee:
            told = say(
                "its lines carry {fees} of fees, it says {told}",
                fees=_money(row.fee, row),
                told=_money(row.fee_minor, row),
            )
        else:
            right = row.lines_minor - int(row.discount) + row.fee_minor
            told = say(
                "lines and fees make {sum}, its total says {total}",
                sum=_money(right, row),
                total=_money(row.total_minor, row),
            )
        yield Finding(Rule.TOTALS, told, order_words(row.number))


def judge_payments(session: Session, _names: Names) -> Iterator[Finding]:
    """Compare what came in and did not go back with the live lines of each order: always the same.

    A refund counts from the moment on at which it is due, until another one takes its place.
    """
    paid = (
        select(Payment.order_id, func.sum(Payment.amount_minor).label("amount"))
        .where(Payment.state == "captured")
        .group_by(Payment.order_id)
        .subquery()
    )
    refunded = (
        select(Refund.order_id, func.sum(Refund.amount_minor).label("amount"))
        .where(Refund.state.in_([str(state) for state in TAKEN_FROM_PAYMENTS]))
        .group_by(Refund.order_id)
        .subquery()
    )
    live = (
        select(OrderLine.order_id, func.sum(OrderLine.price_minor - OrderLine.discount_minor).label("amount"))
        .where(OrderLine.state == LineState.LIVE)
        .group_by(OrderLine.order_id)
        .subquery()
    )
    balance = func.coalesce(paid.c.amount, 0) - func.coalesce(refunded.c.amount, 0)
    sold = func.coalesce(live.c.amount, 0)
    rows = session.execute(
        select(Order.number, Order.currency, balance.label("balance"), sold.label("sold"))
        .outerjoin(paid, paid.c.order_id == Order.id)
        .outerjoin(refunded, refunded.c.order_id == Order.id)
        .outerjoin(live, live.c.order_id == Order.id)
        .where(balance != sold)
        .order_by(Order.id)
    ).all()
    for row in rows:
        told = say(
            "its live lines are worth {sold}; the house has {balance} for it",
            sold=_money(row.sold, row),
            balance=_money(row.balance, row),
        )
        yield Finding(Rule.PAYMENTS, told, order_words(row.number))


def _money(minor: int, order: Row[Any]) -> Money:
    return Money(int(minor), order.currency)
