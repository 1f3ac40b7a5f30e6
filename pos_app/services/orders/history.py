"""Who did what to an order, and when, as the ledger of its changes tells it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from pos_app.db.models import Approval, OrderChange, StaffMember, Till
from pos_app.domain.orders.changes import ChangeKind
from pos_app.domain.orders.page import ChangeOnPage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Row
    from sqlalchemy.orm import Session


def load_history(
    session: Session,
    order_id: int,
    lines: Sequence[Row[Any]],
    payments: Sequence[Row[Any]],
    refunds: Sequence[Row[Any]],
) -> tuple[ChangeOnPage, ...]:
    """Return who did what, the latest first; a refund that takes another's place is no more money."""
    of_tickets = {change for line in lines for change in (line.made_by_id, line.ended_by_id)}
    approver, of_request = aliased(StaffMember), aliased(Approval)
    rows = session.execute(
        select(
            OrderChange.id,
            OrderChange.kind,
            OrderChange.created_at,
            OrderChange.reason,
            StaffMember.name.label("staff_name"),
            Till.name.label("till_name"),
            approver.name.label("approver_name"),
        )
        .outerjoin(StaffMember, StaffMember.id == OrderChange.staff_id)
        .outerjoin(Till, Till.id == OrderChange.till_id)
        .outerjoin(Approval, Approval.id == OrderChange.approval_id)
        # A sale names no approval: the one of its complimentary tickets names the sale.
        .outerjoin(of_request, of_request.spent_on == OrderChange.request_id)
        .outerjoin(approver, approver.id == func.coalesce(Approval.staff_id, of_request.staff_id))
        .where(OrderChange.order_id == order_id)
        .order_by(OrderChange.id.desc())
    ).all()
    return tuple(
        ChangeOnPage(
            change_id=row.id,
            kind=ChangeKind(row.kind),
            made_at=row.created_at,
            staff_name=row.staff_name or "",
            till_name=row.till_name or "",
            approver_name=row.approver_name or "",
            reason=row.reason,
            paid_minor=sum(one.amount_minor for one in payments if one.made_by_id == row.id),
            back_minor=sum(
                one.amount_minor for one in refunds if one.made_by_id == row.id and one.instead_of_id is None
            ),
            changes_tickets=row.id in of_tickets,
        )
        for row in rows
    )
