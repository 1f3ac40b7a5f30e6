"""Work lists: one open list a performance at the most, and each order on it done once, by the change that it names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, case, or_, select

from pos_app.db.models import Order, OrderChange, WorkItem, WorkList
from pos_app.doctor.findings import Finding, Rule
from pos_app.doctor.names import order_words
from pos_app.domain.orders.changes import ChangeKind
from pos_app.domain.orders.work_lists import WorkState, step_request_id, unpaid_request_id
from pos_app.domain.sentences import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from pos_app.doctor.names import Names

_DONE_BY = {
    WorkState.REFUNDED: (ChangeKind.REFUND, ChangeKind.GIVE_UP_SEATS),
    WorkState.MOVED: (ChangeKind.MOVE,),
}


def judge_work_lists(session: Session, _names: Names) -> Iterator[Finding]:
    """Compare what lists say with the changes of their orders, both ways."""
    is_open = and_(WorkList.closed_at.is_(None), WorkList.open_performance_id == WorkList.performance_id)
    is_closed = and_(WorkList.closed_at.is_not(None), WorkList.open_performance_id.is_(None))
    wrong = session.execute(
        select(WorkList.id).where(case((or_(is_open, is_closed), 1), else_=0) == 0).order_by(WorkList.id)
    ).scalars()
    for list_id in wrong:
        yield Finding(
            Rule.WORK_LISTS, say("it is neither open nor closed"), say("work list {number}", number=str(list_id))
        )
    items = session.execute(
        select(
            WorkItem.work_list_id,
            WorkItem.order_id,
            WorkItem.state,
            Order.number,
            OrderChange.order_id.label("changed_order"),
            OrderChange.request_id,
            OrderChange.kind,
        )
        .join(Order, Order.id == WorkItem.order_id)
        .outerjoin(OrderChange, OrderChange.id == WorkItem.change_id)
        .order_by(WorkItem.work_list_id, WorkItem.order_id)
    ).all()
    done: set[str] = set()
    for item in items:
        by, name = _DONE_BY.get(WorkState(item.state), ()), step_request_id(item.work_list_id, item.order_id)
        if not by and item.request_id is None:
            continue
        done |= {name, unpaid_request_id(name)}
        if (item.changed_order, item.request_id) != (item.order_id, name) or item.kind not in by:
            yield Finding(Rule.WORK_LISTS, say("its work list says what was not done"), order_words(item.number))
    changes = session.execute(
        select(OrderChange.request_id, Order.number)
        .join(Order, Order.id == OrderChange.order_id)
        .where(OrderChange.request_id.like("wl:%"))
        .order_by(OrderChange.id)
    ).all()
    for change in changes:
        if change.request_id not in done:
            yield Finding(Rule.WORK_LISTS, say("its work list does not say what was done"), order_words(change.number))
