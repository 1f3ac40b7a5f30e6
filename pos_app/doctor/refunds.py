"""Refunds: what went back of each payment, and that each refund lives as one does. Minor units."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import aliased

from pos_app.db.models import Order, Payment, Refund
from pos_app.doctor.findings import Finding, Rule
from pos_app.doctor.names import order_words, state_word
from pos_app.domain.orders.changes import TAKEN_FROM_PAYMENTS, RefundState
from pos_app.domain.sentences import Money, say, say_count

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from pos_app.doctor.names import Names


def judge_refunds(session: Session, _names: Names) -> Iterator[Finding]:
    """Compare refunds with the payments that they give back, and with those whose place they take."""
    yield from _of_payments(session)
    yield from _of_other_orders(session)
    yield from _given_up(session)
    yield from _half_paid(session)


def _of_payments(session: Session) -> Iterator[Finding]:
    sums = (
        select(Refund.payment_id, func.sum(Refund.amount_minor).label("amount"))
        .where(Refund.state.in_([str(state) for state in TAKEN_FROM_PAYMENTS]))
        .group_by(Refund.payment_id)
        .subquery()
    )
    taken = func.coalesce(sums.c.amount, 0)
    rows = session.execute(
        select(
            Payment.id,
            Payment.amount_minor,
            Payment.refunded_minor,
            Payment.state,
            Order.number,
            Order.currency,
            taken.label("taken"),
        )
        .outerjoin(sums, sums.c.payment_id == Payment.id)
        .join(Order, Order.id == Payment.order_id)
        .where(
            or_(
                Payment.refunded_minor != taken,
                taken > Payment.amount_minor,
                and_(taken > 0, Payment.state != "captured"),
            )
        )
        .order_by(Payment.id)
    ).all()
    for row in rows:
        refunded = Money(int(row.taken), row.currency)
        if row.taken > row.amount_minor or row.state != "captured":
            told = say(
                "{refunded} of payment {payment} were given back; it was {paid}, {state}",
                refunded=refunded,
                payment=str(row.id),
                paid=Money(row.amount_minor, row.currency),
                state=state_word(row.state),
            )
        else:
            told = say(
                "{refunded} of payment {payment} were given back, it says {told}",
                refunded=refunded,
                payment=str(row.id),
                told=Money(row.refunded_minor, row.currency),
            )
        yield Finding(Rule.REFUNDS, told, order_words(row.number))


def _of_other_orders(session: Session) -> Iterator[Finding]:
    rows = session.execute(
        select(Refund.id, Refund.payment_id, Order.number)
        .join(Payment, Payment.id == Refund.payment_id)
        .join(Order, Order.id == Refund.order_id)
        .where(Payment.order_id != Refund.order_id)
        .order_by(Refund.id)
    ).all()
    for row in rows:
        told = say(
            "refund {refund} is against payment {payment} of another order",
            refund=str(row.id),
            payment=str(row.payment_id),
        )
        yield Finding(Rule.REFUNDS, told, order_words(row.number))


def _given_up(session: Session) -> Iterator[Finding]:
    """Count what takes the place of each refund: one where it was given up, none otherwise."""
    other = aliased(Refund)
    successors = (
        select(other.instead_of_id, func.count().label("number"))
        .where(other.instead_of_id.is_not(None))
        .group_by(other.instead_of_id)
        .subquery()
    )
    number = func.coalesce(successors.c.number, 0)
    rows = session.execute(
        select(Refund.id, Refund.state, Order.number, number.label("successors"))
        .join(Order, Order.id == Refund.order_id)
        .outerjoin(successors, successors.c.instead_of_id == Refund.id)
        .where(
            or_(
                and_(Refund.state == RefundState.GIVEN_UP, number != 1),
                and_(Refund.state != RefundState.GIVEN_UP, number != 0),
            )
        )
        .order_by(Refund.id)
    ).all()
    for row in rows:
        told = say_count(
            "refund {refund} is {state}, and {count} refund takes its place",
            "refund {refund} is {state}, and {count} refunds take its place",
            int(row.successors),
            refund=str(row.id),
            state=state_word(row.state),
        )
        yield Finding(Rule.REFUNDS, told, order_words(row.number))


def _half_paid(session: Session) -> Iterator[Finding]:
    is_paid = Refund.state == RefundState.PAID
    rows = session.execute(
        select(Refund.id, Refund.state, Order.number)
        .join(Order, Order.id == Refund.order_id)
        .where(or_(and_(is_paid, Refund.paid_at.is_(None)), and_(~is_paid, Refund.paid_at.is_not(None))))
        .order_by(Refund.id)
    ).all()
    for row in rows:
        told = (
            say("refund {refund} is paid, and nobody knows when", refund=str(row.id))
            if row.state == RefundState.PAID
            else say("refund {refund} is {state}, and was paid", refund=str(row.id), state=state_word(row.state))
        )
        yield Finding(Rule.REFUNDS, told, order_words(row.number))
