"""What became of the money of many orders."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from sqlalchemy import func, select

from pos_app.db.models import OrderLine, Payment, Refund
from pos_app.domain.orders.changes import LineState, RefundState
from pos_app.domain.orders.page import STILL_OWED
from pos_app.services.payments.refunds import CAPTURED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Select
    from sqlalchemy.orm import Session

_AT_ONCE: Final = 500


class OrderMoney(NamedTuple):
    """Minor units of the order's currency.

    paid: all that came in; refunded: what was paid out; due: what still is to be;
    kept: what its lines that count have brought, which is what came in less all that goes back; owed: what is still to
    be paid for what is reserved.
    """

    paid_minor: int = 0
    refunded_minor: int = 0
    due_minor: int = 0
    kept_minor: int = 0
    owed_minor: int = 0


def load_money(session: Session, order_ids: Sequence[int]) -> dict[int, OrderMoney]:
    """Return the money of each of these orders. Reads only."""
    found: dict[int, OrderMoney] = {}
    back = select(Refund.order_id, func.sum(Refund.amount_minor)).group_by(Refund.order_id)
    came_in = select(Payment.order_id, func.sum(Payment.amount_minor)).group_by(Payment.order_id)
    brought = func.sum(OrderLine.price_minor - OrderLine.discount_minor)
    lines = select(OrderLine.order_id, brought).group_by(OrderLine.order_id)
    for start in range(0, len(order_ids), _AT_ONCE):
        some = order_ids[start : start + _AT_ONCE]
        paid = _sums(session, came_in.where(Payment.order_id.in_(some), Payment.state == CAPTURED))
        refunded = _sums(session, back.where(Refund.order_id.in_(some), Refund.state == RefundState.PAID))
        due = _sums(session, back.where(Refund.order_id.in_(some), Refund.state.in_(STILL_OWED)))
        kept, owed = (
            _sums(session, lines.where(OrderLine.order_id.in_(some), OrderLine.state == state))
            for state in (LineState.LIVE, LineState.RESERVED)
        )
        found |= {one: OrderMoney(*(sums.get(one, 0) for sums in (paid, refunded, due, kept, owed))) for one in some}
    return found


def _sums(session: Session, statement: Select[int, int]) -> dict[int, int]:
    return {order_id: int(total) for order_id, total in session.execute(statement)}
