"""What always holds of the ledger of orders, asked after each step of a story; and the lines of an order by seat."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

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


def require_sound(house: OpenHouse) -> None:
    """The same, and the judge finds nothing: for the end of a story."""
    require_balance(house)
    found = house.database.read(judge_database)
    assert not found, [f"{one.subject}: {one}" for one in found]


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
    brought = OrderLine.price_minor - OrderLine.discount_minor
    captured = _sums(session, Payment.order_id, Payment.amount_minor)
    back = _sums(session, Refund.order_id, Refund.amount_minor, taken)
    live = _sums(session, OrderLine.order_id, brought, OrderLine.state == LineState.LIVE)
    for order_id, came_in in captured.items():
        assert came_in - back.get(order_id, 0) == live.get(order_id, 0), f"order {order_id}"
    of_payments = _sums(session, Refund.payment_id, Refund.amount_minor, taken)
    for payment_id, refunded in session.execute(select(Payment.id, Payment.refunded_minor)):
        assert refunded == of_payments.get(payment_id, 0), f"payment {payment_id}"


def _sums(session: Session, key: Any, amount: Any, *which: Any) -> dict[int, int]:
    rows = session.execute(select(key, func.sum(amount)).where(*which).group_by(key))
    return {one: int(total) for one, total in rows}
