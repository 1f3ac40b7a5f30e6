"""Money: what orders say, what their lines add up to, and what was paid and given back. Minor units."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import case, func, or_, select

from pos_app.db.models import Order, OrderLine, Payment, Refund
from pos_app.doctor.findings import Finding, Rule
from pos_app.doctor.names import order_words, state_word
from pos_app.domain.sentences import Money, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Row, Subquery
    from sqlalchemy.orm import Session

    from pos_app.doctor.names import Names


def judge_totals(session: Session, _names: Names) -> Iterator[Finding]:
    """Add up the lines of each order. An order's fee is the fees of its lines and at most one more."""
    sums = (
        select(
            OrderLine.order_id,
            func.sum(OrderLine.price_minor).label("price"),
            func.sum(OrderLine.discount_minor).label("discount"),
            func.sum(OrderLine.fee_minor).label("fee"),
        )
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
                Order.fee_minor < sums.c.fee,
                Order.total_minor != Order.lines_minor - sums.c.discount + Order.fee_minor,
            )
        )
        .order_by(Order.id)
    ).all()
    for row in rows:
        if row.price is None:
            told = say("it has no lines")
        elif row.lines_minor != row.price:
            told = say(
                "its lines add up to {sum}, it says {told}",
                sum=_money(row.price, row),
                told=_money(row.lines_minor, row),
            )
        elif row.fee_minor < row.fee:
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
    """Compare settled payments less settled refunds with each order: the total if paid, nothing otherwise."""
    paid = _settled(Payment)
    refunded = _settled(Refund)
    balance = func.coalesce(paid.c.amount, 0) - func.coalesce(refunded.c.amount, 0)
    due = case((Order.state.in_(("void", "reserved")), 0), else_=Order.total_minor)
    rows = session.execute(
        select(Order.number, Order.currency, Order.state, balance.label("balance"), due.label("due"))
        .outerjoin(paid, paid.c.order_id == Order.id)
        .outerjoin(refunded, refunded.c.order_id == Order.id)
        .where(balance != due)
        .order_by(Order.id)
    ).all()
    for row in rows:
        yield Finding(
            Rule.PAYMENTS,
            say(
                "it is {state} and owes the house {due}; the house has {balance}",
                state=state_word(row.state),
                due=_money(row.due, row),
                balance=_money(row.balance, row),
            ),
            order_words(row.number),
        )


def judge_refunds(session: Session, _names: Names) -> Iterator[Finding]:
    """Compare refunds with the payments that they give back."""
    sums = (
        select(Refund.payment_id, func.sum(Refund.amount_minor).label("amount"))
        .where(Refund.state == "settled")
        .group_by(Refund.payment_id)
        .subquery()
    )
    rows = session.execute(
        select(Payment.id, Payment.amount_minor, Payment.state, Order.number, Order.currency, sums.c.amount)
        .join(sums, sums.c.payment_id == Payment.id)
        .join(Order, Order.id == Payment.order_id)
        .where(or_(sums.c.amount > Payment.amount_minor, Payment.state != "settled"))
        .order_by(Payment.id)
    ).all()
    for row in rows:
        told = say(
            "{refunded} of payment {payment} were given back; it was {paid}, {state}",
            refunded=_money(row.amount, row),
            payment=str(row.id),
            paid=_money(row.amount_minor, row),
            state=state_word(row.state),
        )
        yield Finding(Rule.REFUNDS, told, order_words(row.number))
    strays = session.execute(
        select(Refund.id, Refund.payment_id, Order.number)
        .join(Payment, Payment.id == Refund.payment_id)
        .join(Order, Order.id == Refund.order_id)
        .where(Payment.order_id != Refund.order_id)
        .order_by(Refund.id)
    ).all()
    for row in strays:
        told = say(
            "refund {refund} is against payment {payment} of another order",
            refund=str(row.id),
            payment=str(row.payment_id),
        )
        yield Finding(Rule.REFUNDS, told, order_words(row.number))


def _settled(table: type[Payment | Refund]) -> Subquery:
    return (
        select(table.order_id, func.sum(table.amount_minor).label("amount"))
        .where(table.state == "settled")
        .group_by(table.order_id)
        .subquery()
    )


def _money(minor: int, order: Row[Any]) -> Money:
    return Money(int(minor), order.currency)
