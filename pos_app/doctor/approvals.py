"""Approvals: money goes back only where a manager allowed it.

Of complimentary tickets this is not asked: whether a ticket was given away is a matter of its type as it was when it
was sold, and a type may be changed since.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, or_, select

from pos_app.db.models import Approval, Order, Refund
from pos_app.doctor.findings import Finding, Rule
from pos_app.doctor.names import order_words
from pos_app.domain.roles import Permission
from pos_app.domain.sentences import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from pos_app.doctor.names import Names


def judge_approvals(session: Session, _names: Names) -> Iterator[Finding]:
    """Look for the approval that was spent on each refund, by whom and where the refund says."""
    rows = session.execute(
        select(Refund.id, Order.number, Approval.id.label("approval_id"))
        .join(Order, Order.id == Refund.order_id)
        .outerjoin(Approval, and_(Approval.spent_on == Refund.request_id, Approval.permission == Permission.VOID.value))
        .where(
            or_(
                Approval.id.is_(None),
                Refund.approver_id.is_(None),
                Approval.staff_id != Refund.approver_id,
                Approval.till_id != Refund.till_id,
            )
        )
        .order_by(Refund.id)
    ).all()
    for row in rows:
        told = (
            say("nobody allowed refund {refund}", refund=str(row.id))
            if row.approval_id is None
            else say("refund {refund} was allowed by somebody else, or elsewhere", refund=str(row.id))
        )
        yield Finding(Rule.APPROVALS, told, order_words(row.number))
