"""Spending what a manager allowed, at several windows at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import update

from pos_app.db.models import Approval
from pos_app.domain.errors import ApprovalRefused
from pos_app.domain.selling.sales import VoidRequest
from pos_app.services.orders.refunds import voids
from pos_app.services.staff.approvals import look_at_approval
from tests.concurrency.till import change

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from pos_app.domain.roles import Actor, Permission
    from pos_app.services.staff.approvals import Approved
    from tests.concurrency.till import Till


def take_back_each(till: Till, *, order_ids: list[int], approval_ids: list[int]) -> list[str]:
    """Take back one order after the other, each when the test says go; tell what became of it."""
    return [
        _take_back(till, order_id, approval_id) for order_id, approval_id in zip(order_ids, approval_ids, strict=True)
    ]


def take_back_after_a_look(till: Till, *, order_id: int, approval_id: int) -> str:
    """Take an order back the wrong way: look whether the approval is good, and note afterwards that it was spent."""

    def careless(session: Session, actor: Actor, approval_id: int, permission: Permission, request_id: str) -> Approved:
        approved = look_at_approval(session, actor, approval_id, permission, request_id)
        till.say("looked")
        till.wait()
        session.execute(update(Approval).where(Approval.id == approval_id).values(spent_on=request_id))
        return approved

    change(voids, spend_any=careless)
    return _take_back(till, order_id, approval_id)


def _take_back(till: Till, order_id: int, approval_id: int) -> str:
    till.say("ready")
    till.wait()
    request = VoidRequest(f"void {order_id} at {till.actor.till_id}", order_id, "Wrong evening", approval_id)
    void: Any = voids.void_order
    try:
        till.transact(void, till.actor, request)
    except ApprovalRefused as refused:
        return str(refused.message)
    return "done"
