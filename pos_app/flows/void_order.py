"""Taking a sale back: the manager's PIN is checked first, outside the transaction that takes it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.domain.selling.sales import VoidedOrder, VoidRequest
from pos_app.flows.sign_in import approve
from pos_app.services.orders.corrections import void_order

if TYPE_CHECKING:
    from pos_app.db.database import Database
    from pos_app.domain.roles import Actor


def void_with_approval(
    database: Database, actor: Actor, order_id: int, *, request_id: str, reason: str, manager: str, pin: str
) -> VoidedOrder:
    """Void an order within ten minutes, approved by a manager's name and PIN.

    Raises ApprovalRefused and what services.corrections.void_order raises.
    """
    approver_id = approve(database, actor.till_id, manager, pin)
    return database.transact(void_order, actor, VoidRequest(request_id, order_id, reason, approver_id))
