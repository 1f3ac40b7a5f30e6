"""How many tickets of an evening a customer may have, where an order of theirs gets others than it had."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from pos_app.db.models import Order
from pos_app.domain.sentences import say
from pos_app.services.customers.buying import lock_customer, require_tickets_left
from pos_app.services.house.settings import load_house_settings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

    from pos_app.domain.seats import SeatKey


_FEWER: Final = say(
    "Choose no more seats of this performance than the order gives back, or ask a manager to raise the limit under "
    "Manage, Settings."
)


def require_left_for_order(
    session: Session, order_id: int, new: Iterable[SeatKey], ended: Iterable[SeatKey], *, lock: bool
) -> None:
    """Raise CustomerRefused where an order would have more tickets of an evening than its customer may.

    new, ended: the seats that the order gets, and gives back. lock: count behind a write of the customer's row; else it
    is only looked at, before the money. Nothing is asked where no evening gains tickets.
    """
    gained = Counter(seat.performance_id for seat in new)
    gained.subtract(Counter(seat.performance_id for seat in ended))
    more = {performance_id: count for performance_id, count in gained.items() if count > 0}
    if not more or not (house := load_house_settings(session)).customer_tickets:
        return
    customer_id = session.execute(select(Order.customer_id).where(Order.id == order_id)).scalar_one_or_none()
    if customer_id is not None and lock:
        customer_id = lock_customer(session, customer_id)
    if customer_id is not None:
        require_tickets_left(
            session,
            customer_id,
            more,
            house.customer_tickets,
            verified=house.customer_tickets_verified,
            advice=_FEWER,
        )
