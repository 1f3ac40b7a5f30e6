"""Taking a sale back: who allows it is checked first, outside the transaction that takes it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.domain.roles import Permission
from pos_app.domain.selling.sales import VoidedOrder, VoidRequest
from pos_app.flows.sign_in import approve
from pos_app.services.orders.refunds.voids import void_order

if TYPE_CHECKING:
    from pos_app.db.database import Database
    from pos_app.domain.roles import Actor
    from pos_app.domain.staff.sign_in import Approval


def void_with_approval(
    database: Database, actor: Actor, order_id: int, *, request_id: str, reason: str, approval: Approval | None
) -> VoidedOrder:
    """Void an order within ten minutes. approval: of a manager; None where a manager does it.

    Raises ApprovalRefused and what services.orders.refunds.voids.void_order raises.
    """
    approval_id = approve(database, actor, approval, Permission.VOID)
    return database.transact(void_order, actor, VoidRequest(request_id, order_id, reason, approval_id))
