"""What the database holds of orders, in the words of the model, and what must always be so with their money."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select
from sqlalchemy.orm import aliased

from pos_app.db.models import Customer, Order, OrderLine, Payment, Refund
from pos_app.domain.seats import SeatKey
from pos_app.services.orders.standing import standing
from tests.state_machines.orders import LIVE, TAKING, Told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Row
    from sqlalchemy.orm import Session

    Rows = Sequence[Row[Any]]

_ORDERS: Final = (
    select(
        Order.id, Order.request_id, Order.customer_name, Customer.request_id.label("whose"),
        standing().label("standing"),
    )
    .outerjoin(Customer, Customer.id == Order.customer_id)
    .order_by(Order.id)
)  # fmt: skip
_LINES: Final = select(
    OrderLine.id, OrderLine.order_id, OrderLine.kind, OrderLine.performance_id, OrderLine.seat_id,
    OrderLine.for_line_id, OrderLine.state, (OrderLine.price_minor - OrderLine.discount_minor).label("brought"),
).order_by(OrderLine.id)  # fmt: skip
_PAYMENTS: Final = select(
    Payment.id, Payment.order_id, Payment.method, Payment.amount_minor, Payment.refunded_minor
).order_by(Payment.id)
_REFUNDS: Final = select(Refund.order_id, Refund.payment_id, Refund.method, Refund.state, Refund.amount_minor).order_by(
    Refund.id
)


def read_customers(session: Session) -> dict[str, tuple[str, str, bool]]:
    """Read each customer: its name, who it is by now, and whether it was erased."""
    now = aliased(Customer)
    rows = session.execute(
        select(Customer.request_id, Customer.name, now.request_id.label("merged"), Customer.erased_at).outerjoin(
            now, now.id == Customer.merged_into_id
        )
    )
    return {row.request_id: (row.name, row.merged or "", row.erased_at is not None) for row in rows}


def read_orders(session: Session) -> dict[str, Told]:
    """Read what has become of each order, and require of its money what must always be so."""
    lines, payments, refunds = (_by_order(session.execute(one).all()) for one in (_LINES, _PAYMENTS, _REFUNDS))
    told: dict[str, Told] = {}
    for order in session.execute(_ORDERS):
        its = lines[order.id], payments[order.id], refunds[order.id]
        require_balance(*its)
        told[order.request_id] = _told(order, *its)
    return told


def require_balance(lines: Rows, payments: Rows, refunds: Rows) -> None:
    """What came in and is not given back is what its lines are worth; each payment knows what refunds take of it."""
    came_in = sum(payment.amount_minor for payment in payments)
    taking = [refund for refund in refunds if refund.state in TAKING]
    assert came_in - sum(refund.amount_minor for refund in taking) == sum(
        line.brought for line in lines if line.state == LIVE
    )
    for payment in payments:
        taken = sum(refund.amount_minor for refund in taking if refund.payment_id == payment.id)
        assert payment.refunded_minor == taken <= payment.amount_minor


def _told(order: Any, lines: Rows, payments: Rows, refunds: Rows) -> Told:
    seats = [line for line in lines if line.kind == "seat"]
    numbers = {line.id: number for number, line in enumerate(seats)}
    paid_by = {payment.id: number for number, payment in enumerate(payments)}
    return Told(
        order.customer_name,
        order.whose or "",
        order.standing,
        [(SeatKey(line.performance_id, line.seat_id), line.state, line.brought) for line in seats],
        [(numbers.get(line.for_line_id), line.state, line.brought) for line in lines if line.kind == "fee"],
        [(one.method, one.amount_minor, one.refunded_minor) for one in payments],
        [(paid_by[one.payment_id], one.method, one.state, one.amount_minor) for one in refunds],
    )


def _by_order(rows: Rows) -> dict[int, list[Row[Any]]]:
    by_order: defaultdict[int, list[Row[Any]]] = defaultdict(list)
    for row in rows:
        by_order[row.order_id].append(row)
    return by_order
