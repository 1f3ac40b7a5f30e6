"""The orders of one customer, with their money and what it comes to."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select

from pos_app.db.models import Order, OrderLine, Payment, Refund
from pos_app.domain.orders.changes import LineKind, LineState, RefundState
from pos_app.domain.orders.customer_history import MOST_SHOWN, CustomerHistory, CustomerMoney, CustomerTotals
from pos_app.domain.roles import Permission
from pos_app.domain.selling.sales import PaymentMethod
from pos_app.services.customers.rows import who_is
from pos_app.services.orders.finding.money import load_money
from pos_app.services.orders.finding.rows import load_order_rows
from pos_app.services.payments.refunds import CAPTURED
from pos_app.services.permissions import require

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Select
    from sqlalchemy.orm import Session

    from pos_app.domain.roles import Actor

_AT_ONCE: Final = 500


def load_customer_history(session: Session, actor: Actor, customer_id: int) -> CustomerHistory:
    """Return the orders and the money of a customer; a merged number leads to who it is now.

    The newest MOST_SHOWN orders are listed, all of them are counted. Raises NotPermitted, NotFound.
    """
    require(session, actor, Permission.CUSTOMERS)
    customer_id = who_is(session, customer_id)
    orders = session.execute(
        select(Order.id, Order.currency).where(Order.customer_id == customer_id).order_by(Order.id.desc())
    )
    currencies: dict[int, str] = {row.id: row.currency for row in orders}
    shown = list(currencies)[:MOST_SHOWN]
    return CustomerHistory(
        customer_id,
        load_order_rows(session, shown),
        _money(session, shown),
        _totals(session, currencies),
        more=len(currencies) > len(shown),
    )


def _money(session: Session, order_ids: Sequence[int]) -> tuple[CustomerMoney, ...]:
    """Return what came in and what goes back, the latest first."""
    came_in = session.execute(
        select(Order.id, Order.number, Payment.method, Payment.amount_minor, Order.currency, Payment.created_at)
        .join(Order, Order.id == Payment.order_id)
        .where(Payment.order_id.in_(order_ids), Payment.state == CAPTURED)
    )
    back = session.execute(
        select(
            Order.id,
            Order.number,
            Refund.method,
            Refund.amount_minor,
            Order.currency,
            Refund.created_at,
            Refund.state,
        )
        .join(Order, Order.id == Refund.order_id)
        .where(Refund.order_id.in_(order_ids), Refund.state != RefundState.GIVEN_UP)
    )
    found = [
        CustomerMoney(row.id, row.number, PaymentMethod(row.method), row.amount_minor, row.currency, row.created_at)
        for row in came_in
    ]
    found += [
        CustomerMoney(
            row.id,
            row.number,
            PaymentMethod(row.method),
            row.amount_minor,
            row.currency,
            row.created_at,
            RefundState(row.state),
        )
        for row in back
    ]
    return tuple(sorted(found, key=lambda one: (one.at, one.state is not None), reverse=True))


def _totals(session: Session, currencies: Mapping[int, str]) -> tuple[CustomerTotals, ...]:
    order_ids = list(currencies)
    money = load_money(session, order_ids)
    tickets = _of_each(
        session,
        select(OrderLine.order_id, func.count()).where(
            OrderLine.kind == LineKind.SEAT, OrderLine.state.in_((LineState.LIVE, LineState.RESERVED))
        ),
        order_ids,
    )
    told = []
    for currency in sorted(set(currencies.values())):
        these = [one for one in order_ids if currencies[one] == currency]
        paid, refunded, due, kept, owed = (sum(column) for column in zip(*(money[one] for one in these), strict=True))
        counted = sum(tickets[one] for one in these)
        told.append(CustomerTotals(currency, len(these), counted, paid, refunded, due, kept, owed))
    return tuple(told)


def _of_each(session: Session, statement: Select[int, int], order_ids: Sequence[int]) -> Counter[int]:
    found: Counter[int] = Counter()
    for start in range(0, len(order_ids), _AT_ONCE):
        some = statement.where(OrderLine.order_id.in_(order_ids[start : start + _AT_ONCE]))
        found.update({row[0]: int(row[1]) for row in session.execute(some.group_by(OrderLine.order_id))})
    return found
