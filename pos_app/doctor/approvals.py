"""Approvals: what a manager had to allow was allowed by one, for that very thing.

Of complimentary tickets this is not asked: whether a ticket was given away is a matter of its type as it was when it
was sold, and a type may be changed since. Nor is it asked of refunds that name no approval: up to a limit, which may be
changed since, a cashier gives money back alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import and_, case, func, or_, select

from pos_app.db.models import Approval, Order, OrderChange, OrderLine, Refund
from pos_app.doctor.findings import Finding, Rule
from pos_app.doctor.names import order_words
from pos_app.domain.orders.changes import BEGINNINGS, ChangeKind
from pos_app.domain.sentences import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from pos_app.doctor.names import Names

_OF_MONEY: Final = ("void", "refund", "exchange", "price_of_now")
"""Permissions for which an approval may be spent on a change of an order."""
_OF_PICK_UP: Final = "price_of_now"
_BEFORE: Final = tuple(kind.value for kind in BEGINNINGS)


def judge_approvals(session: Session, _names: Names) -> Iterator[Finding]:
    """Look for the approval that each change names, and for the one that each sale taken back needs."""
    yield from _of_changes(session)
    yield from _of_refunds(session)


def _of_changes(session: Session) -> Iterator[Finding]:
    of_list = func.substr(OrderChange.request_id, 1, func.length(Approval.spent_on) + 1) == Approval.spent_on + ":"
    is_own = and_(Approval.spent_on == OrderChange.request_id, Approval.till_id == OrderChange.till_id)
    is_picked_up = OrderChange.kind == ChangeKind.PICK_UP
    is_right = or_(
        and_(~is_picked_up, Approval.permission.in_(_OF_MONEY), or_(is_own, of_list)),
        and_(is_picked_up, Approval.permission == _OF_PICK_UP, is_own),
    )
    another_price = select(OrderLine.id).where(OrderLine.ended_by_id == OrderChange.id).exists()
    rows = session.execute(
        select(OrderChange.id, OrderChange.kind, Order.number, Approval.id.label("approval_id"))
        .join(Order, Order.id == OrderChange.order_id)
        .outerjoin(Approval, Approval.id == OrderChange.approval_id)
        .where(
            OrderChange.kind.not_in(_BEFORE),
            or_(
                and_(OrderChange.kind == ChangeKind.VOID, OrderChange.approval_id.is_(None)),
                and_(is_picked_up, OrderChange.approval_id.is_(None), another_price),
                and_(Approval.id.is_not(None), case((is_right, 1), else_=0) == 0),
            ),
        )
        .order_by(OrderChange.id)
    ).all()
    for row in rows:
        nobody = (
            say("nobody allowed another price than was told")
            if row.kind == ChangeKind.PICK_UP
            else say("nobody allowed to take it back")
        )
        told = (
            nobody
            if row.approval_id is None
            else say("what was allowed for change {change} was something else, or elsewhere", change=str(row.id))
        )
        yield Finding(Rule.APPROVALS, told, order_words(row.number))


def _of_refunds(session: Session) -> Iterator[Finding]:
    """Compare who allowed a refund, as it tells, with the approval of the change that made it."""
    allowed_by, told_by = func.coalesce(Approval.staff_id, 0), func.coalesce(Refund.approver_id, 0)
    rows = session.execute(
        select(Refund.id, Order.number, Approval.id.label("approval_id"))
        .join(Order, Order.id == Refund.order_id)
        .join(OrderChange, OrderChange.id == Refund.made_by_id)
        .outerjoin(Approval, Approval.id == OrderChange.approval_id)
        .where(allowed_by != told_by)
        .order_by(Refund.id)
    ).all()
    for row in rows:
        told = (
            say("nobody allowed refund {refund}", refund=str(row.id))
            if row.approval_id is None
            else say("refund {refund} was allowed by somebody else", refund=str(row.id))
        )
        yield Finding(Rule.APPROVALS, told, order_words(row.number))
