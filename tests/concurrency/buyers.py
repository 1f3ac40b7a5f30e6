"""Customers that a test makes by itself, for tills to sell to, merge and erase."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from pos_app.db.clock import utc_now
from pos_app.db.models import Customer, Order
from tests.small_house_rows import add

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

NAME = "Anna Novak"


def make_customers(session: Session, number: int) -> tuple[int, ...]:
    """Make so many customers of one name; return their numbers."""
    return tuple(add(session, Customer, name=NAME, created_at=utc_now()) for _ in range(number))


def customers_of_orders(session: Session) -> list[tuple[int | None, str]]:
    """Return who each order is for, and the name on it, in the order in which they were sold."""
    rows = session.execute(select(Order.customer_id, Order.customer_name).order_by(Order.id))
    return [(row.customer_id, row.customer_name) for row in rows]
