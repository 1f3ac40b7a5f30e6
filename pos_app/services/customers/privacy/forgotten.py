"""Who was erased, for the computers of the house: what lies on each of them of these people goes, too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from pos_app.db.models import Customer, Order
from pos_app.domain.customers.privacy import Forgotten

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def load_forgotten(session: Session) -> Forgotten:
    """Return the numbers of all who were erased, and of their orders; a counter may ask, for no word is in it."""
    ids = select(Customer.id).where(Customer.erased_at.is_not(None)).order_by(Customer.id)
    orders = (
        select(Order.number)
        .join(Customer, Customer.id == Order.customer_id)
        .where(Customer.erased_at.is_not(None))
        .order_by(Order.id)
    )
    return Forgotten(tuple(session.execute(ids).scalars()), tuple(session.execute(orders).scalars()))
