"""What the tests of resale begin with: tickets of a sold-out evening that were given back for resale."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from sqlalchemy import select

from pos_app.db.models import Order, Ticket
from pos_app.domain.orders.resale import ResaleAsk, ResaleRequest
from pos_app.services.orders.resale.returning import preview_resale, return_for_resale

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tests.concurrency.conftest import Arena


def on_resale(arena: Arena, orders: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Give the tickets of sold-out orders back for resale; return each order as it is seen then, with its code."""
    return [{**order, **arena.database.transact(_give_back, arena, order)} for order in orders]


def _give_back(session: Session, arena: Arena, order: dict[str, Any]) -> dict[str, Any]:
    cashier, lines = arena.house.cashier, (order["line_id"],)
    told = preview_resale(session, cashier, ResaleAsk(order["order_id"], lines))
    asked = ResaleRequest(uuid4().hex, order["order_id"], told.revision, lines, told.commission_minor)
    return_for_resale(session, cashier, asked)
    code = select(Ticket.short_code).where(Ticket.order_line_id == order["line_id"])
    seen = select(Order.revision).where(Order.id == order["order_id"])
    return {"code": session.execute(code).scalar_one(), "revision": session.execute(seen).scalar_one()}
