"""What always holds of the ledger of orders, asked after each step of a story; and the lines of an order by seat."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from pos_app.db.models import Order, OrderLine, Payment, Refund
from pos_app.doctor import judge_database
from pos_app.domain.orders.changes import TAKEN_FROM_PAYMENTS, LineKind, LineState
from pos_app.domain.seats import SeatKey

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tests.houses import OpenHouse


def require_balance(house: OpenHouse) -> None:
    """What came in less what goes back is what lives of each order, and a payment knows what was taken of it."""
    house.database.read(_require_balance)
    assert house.database.read(judge_database) == ()


def live_lines(house: OpenHouse, order_id: int) -> dict[SeatKey, int]:
    """Return the live seat lines of an order by their seats, in the order of the seats."""
    rows = house.database.read(
        lambda session: session.execute(
            select(OrderLine.id, OrderLine.performance_id, OrderLine.seat_id)
            .where(OrderLine.order_id == order_id, OrderLine.kind == LineKind.SEAT, OrderLine.state == LineState.LIVE)
            .order_by(OrderLine.performance_id, OrderLine.seat_id)
        ).all()
    )
    return {SeatKey(row.performance_id, row.seat_id): row.id for row in rows}


def revision_of(house: OpenHouse, order_id: int) -> int:
    """Return the revision of an order."""
    return house.database.read(lambda session: session.get_one(Order, order_id)).revision


def _require_balance(session: Session) -> None:
    taken = Refund.state.in_(TAKEN_FROM_PAYMENTS)
    for order_id in session.scalars(select(Order.id)).all():
        captured = session.scalar(select(func.sum(Payment.amount_minor)).where(Payment.order_id == order_id)) or 0
        back = session.scalar(select(func.sum(Refund.amount_minor)).where(Refund.order_id == order_id, taken)) or 0
        live = session.scalar(
            select(func.sum(OrderLine.price_minor - OrderLine.discount_minor)).where(
                OrderLine.order_id == order_id, OrderLine.state == LineState.LIVE
            )
        )
        assert captured - back == (live or 0), f"order {order_id}"
    for payment in session.scalars(select(Payment)).all():
        back = session.scalar(select(func.sum(Refund.amount_minor)).where(Refund.payment_id == payment.id, taken)) or 0
        assert payment.refunded_minor == back, f"payment {payment.id}"
