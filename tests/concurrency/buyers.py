"""Customers for tills to sell to, merge and erase, and what the house allows each of them."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING
from uuid import uuid4

from sqlalchemy import insert, select

from pos_app.db.models import Order, Setting
from pos_app.domain.customers.records import CustomerDraft
from pos_app.domain.house.settings import HouseSettings
from pos_app.services.customers.records import add_customer
from pos_app.services.house.settings import HOUSE_SETTING

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from pos_app.domain.roles import Actor

NAME = "Anna Novak"


def make_customers(session: Session, actor: Actor, number: int) -> list[int]:
    """Make so many customers of one name; return their numbers."""
    return [
        add_customer(session, actor, CustomerDraft(NAME), request_id=uuid4().hex).customer_id for _ in range(number)
    ]


def allow_each(session: Session, tickets: int) -> None:
    """Let each customer have so many tickets of one evening at the most."""
    decided = asdict(HouseSettings(customer_tickets=tickets))
    session.execute(insert(Setting).values(name=HOUSE_SETTING, value=json.dumps(decided)))


def buyers_of(session: Session) -> list[tuple[int | None, str]]:
    """Return who each order is for, and the name on it, in the order in which they were sold."""
    rows = session.execute(select(Order.customer_id, Order.customer_name).order_by(Order.id))
    return [(row.customer_id, row.customer_name) for row in rows]
