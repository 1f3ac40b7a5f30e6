"""Money after the sale: each refund, and each payment that an exchange took, has its entry in the audit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from pos_app.db.models import Order, OrderChange, Payment, Refund
from pos_app.doctor.findings import Finding, Rule
from pos_app.doctor.names import order_words, state_word
from pos_app.doctor.told.trade import is_void
from pos_app.domain.orders.changes import BEGINNINGS
from pos_app.domain.sentences import Money, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Row
    from sqlalchemy.orm import Session

    from pos_app.doctor.names import Names
    from pos_app.doctor.told.trail import ToldPayment, ToldRefund, Trail
    from pos_app.domain.sentences import Sentence

_AT_ONCE: Final = 2000
_TAKEN_BACK: Final = say("Ask who has the money of this order, and change the password of the database.")
_SOLD_BY: Final = tuple(kind.value for kind in BEGINNINGS)


def judge_told_refunds(session: Session, _names: Names, trail: Trail) -> Iterator[Finding]:
    """Compare each refund with the last entry that tells of it.

    Those that are older than such entries are let pass, and those of orders that were taken back without a word: that
    is told of the order.
    """
    if trail.opened is None:
        return
    older = {str(number) for number in trail.noted("void_orders")} | trail.untold_voids
    rows = session.execute(
        select(
            Refund.id,
            Refund.payment_id,
            Refund.method,
            Refund.amount_minor,
            Refund.state,
            Order.number,
            Order.currency,
            is_void().label("is_void"),
        )
        .join(Order, Order.id == Refund.order_id)
        .order_by(Refund.id),
        execution_options={"yield_per": _AT_ONCE},
    )
    there = set()
    for row in rows:
        there.add(row.id)
        told = trail.refunds.get(row.id)
        if told is not None:
            yield from _refund(row, told)
        elif row.number not in older and not (row.is_void and row.number not in trail.voids):
            money = Money(row.amount_minor, row.currency)
            sentence = say("{money} of it were given back, and no entry of the audit tells by whom", money=money)
            yield _finding(row.number, sentence)
    for refund_id, told in trail.refunds.items():
        if refund_id not in there:
            sentence = say("refund {refund} is gone; the audit tells of it", refund=str(refund_id))
            yield _finding(told.order, sentence)


def judge_told_payments(session: Session, _names: Names, trail: Trail) -> Iterator[Finding]:
    """Compare each payment that came in after a sale with the entry that tells of it."""
    if trail.opened is None:
        return
    rows = session.execute(
        select(Payment.id, Payment.method, Payment.amount_minor, Order.number, Order.currency)
        .join(Order, Order.id == Payment.order_id)
        .join(OrderChange, OrderChange.id == Payment.made_by_id)
        .where(OrderChange.kind.not_in(_SOLD_BY))
        .order_by(Payment.id)
    ).all()
    there = {row.id for row in rows}
    for row in rows:
        told = trail.payments.get(row.id)
        if told is None:
            money = Money(row.amount_minor, row.currency)
            sentence = say("{money} were paid after its sale, and no entry of the audit tells to whom", money=money)
            yield _finding(row.number, sentence)
        else:
            yield from _payment(row, told)
    for payment_id, told in trail.payments.items():
        if payment_id not in there:
            sentence = say("payment {payment} is gone; the audit tells of it", payment=str(payment_id))
            yield _finding(told.order, sentence)


def _refund(row: Row[int, int, str, int, str, str, str, bool], told: ToldRefund) -> Iterator[Finding]:
    if row.number != told.order or row.payment_id != told.payment_id:
        sentence = say("by the audit refund {refund} is another payment's", refund=str(row.id))
        yield _finding(row.number, sentence)
    if row.amount_minor != told.minor:
        sentence = say(
            "{money} are recorded as given back; by the audit {told}",
            money=Money(row.amount_minor, row.currency),
            told=Money(told.minor, row.currency),
        )
        yield _finding(row.number, sentence)
    if row.method != told.method:
        sentence = say(
            "refund {refund} is recorded as given back by {now}; by the audit by {told}",
            refund=str(row.id),
            now=row.method,
            told=told.method,
        )
        yield _finding(row.number, sentence)
    if row.state != told.state:
        sentence = say(
            "refund {refund} is {now}; by the audit {told}",
            refund=str(row.id),
            now=state_word(row.state),
            told=state_word(told.state),
        )
        yield _finding(row.number, sentence)


def _payment(row: Row[int, str, int, str, str], told: ToldPayment) -> Iterator[Finding]:
    if (row.number, row.amount_minor) != (told.order, told.minor):
        sentence = say(
            "{paid} are recorded as paid; by the audit {told}",
            paid=Money(row.amount_minor, row.currency),
            told=Money(told.minor, row.currency),
        )
        yield _finding(row.number, sentence)
    elif row.method != told.method:
        sentence = say("it is recorded as paid by {now}; by the audit by {told}", now=row.method, told=told.method)
        yield _finding(row.number, sentence)


def _finding(number: str, told: Sentence) -> Finding:
    return Finding(Rule.TOLD_TRADE, told, order_words(number), _TAKEN_BACK)
