"""The changes that orders taken over begin with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import insert, select

from pos_app.db.clock import utc_now
from pos_app.db.models import OrderChange
from pos_app.domain.orders.changes import ChangeKind
from pos_app.services.takeover.taken_tickets import in_chunks

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from pos_app.domain.roles import Actor


def insert_changes(session: Session, actor: Actor, orders: Mapping[int, str]) -> dict[int, int]:
    """Write that orders were taken over. orders: their ids, each with its request. Returns the change of each."""
    rows = [
        {
            "request_id": request_id,
            "order_id": order_id,
            "kind": ChangeKind.TAKEN_OVER,
            "staff_id": actor.staff_id,
            "till_id": actor.till_id,
        }
        for order_id, request_id in orders.items()
    ]
    for chunk in in_chunks(rows):
        session.execute(insert(OrderChange).values(created_at=utc_now()), chunk)
    made: dict[int, int] = {}
    for ids in in_chunks(list(orders)):
        stored = select(OrderChange.order_id, OrderChange.id).where(OrderChange.order_id.in_(ids))
        made |= {row.order_id: row.id for row in session.execute(stored)}
    return made
