"""The changes that orders taken over begin with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from pos_app.db.base import table_of
from pos_app.db.bulk import insert_rows
from pos_app.db.models import OrderChange
from pos_app.domain.orders.changes import ChangeKind
from pos_app.services.takeover.taken_tickets import in_chunks

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session

    from pos_app.domain.roles import Actor


def insert_changes(session: Session, actor: Actor, orders: Mapping[int, str], now: datetime) -> dict[int, int]:
    """Write that orders were taken over. orders: their ids, each with its request. Returns the change of each.

    now: by the server's clock.
    """
    rows = [
        {
            "request_id": request_id,
            "order_id": order_id,
            "kind": ChangeKind.TAKEN_OVER,
            "staff_id": actor.staff_id,
            "till_id": actor.till_id,
            "created_at": now,
        }
        for order_id, request_id in orders.items()
    ]
    insert_rows(session, table_of(OrderChange), rows)
    made: dict[int, int] = {}
    for ids in in_chunks(list(orders)):
        stored = select(OrderChange.order_id, OrderChange.id).where(OrderChange.order_id.in_(ids))
        made |= {row.order_id: row.id for row in session.execute(stored)}
    return made
