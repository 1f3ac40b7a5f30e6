"""What a work list does is allowed once, by who opened it: its approval was spent on the list, not on each order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from pos_app.db.models import Approval, StaffMember, WorkItem, WorkList
from pos_app.domain.errors import ApprovalRefused
from pos_app.domain.orders.work_lists import step_request_id
from pos_app.domain.sentences import say
from pos_app.services.staff.approvals import Approved

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def approved_by_list(session: Session, list_id: int, order_id: int, request_id: str) -> Approved:
    """Return who allowed it. Raises ApprovalRefused unless an open list has this order, and asks under its own name."""
    row = session.execute(
        select(Approval.id, Approval.staff_id, StaffMember.name)
        .select_from(WorkList)
        .join(WorkItem, WorkItem.work_list_id == WorkList.id)
        .join(Approval, Approval.id == WorkList.approval_id)
        .join(StaffMember, StaffMember.id == Approval.staff_id)
        .where(WorkList.id == list_id, WorkList.closed_at.is_(None), WorkItem.order_id == order_id)
    ).one_or_none()
    if row is None or request_id != step_request_id(list_id, order_id):
        raise ApprovalRefused(say("This order is not on an open work list."), advice=say("Ask a manager once more."))
    return Approved(row.id, row.staff_id, row.name)
