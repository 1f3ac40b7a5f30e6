"""Opening and closing the work list of a performance; nobody works off an order here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import case, exists, func, insert, literal, select, update

from pos_app.db.clock import utc_now
from pos_app.db.models import OrderLine, Performance, WorkItem, WorkList
from pos_app.db.results import insert_row, matched_rows
from pos_app.domain.card_numbers import refuse_card_number
from pos_app.domain.errors import InvalidInput, NotFound
from pos_app.domain.orders.refunds import approval_key_of_list
from pos_app.domain.orders.work_lists import LONGEST_REASON, WorkKind, WorkState
from pos_app.domain.roles import Permission
from pos_app.domain.sentences import say
from pos_app.domain.texts import clean_line
from pos_app.services.audit import record
from pos_app.services.orders.work_lists.kept import STANDING, was_kept
from pos_app.services.permissions import require
from pos_app.services.staff.approvals import approve_oneself, told_of

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from pos_app.domain.orders.work_lists import OpenWorkList
    from pos_app.domain.roles import Actor


def open_work_list(session: Session, actor: Actor, request: OpenWorkList) -> int:
    """Open the list of a performance and return its id; where one is open already, that one. May be repeated.

    Who opens it allows all that it does. An open list takes in orders that have got tickets meanwhile: the performance
    may have been reinstated, sold on and cancelled again. Raises NotPermitted, NotFound, InvalidInput (field "reason":
    a moved performance, and no word why).
    """
    require(session, actor, Permission.MANAGE)
    known = session.execute(
        select(WorkList.id, WorkList.closed_at)
        .where(
            (WorkList.request_id == request.request_id) | (WorkList.open_performance_id == request.performance_id),
        )
        .order_by(WorkList.id)
    ).first()
    if known is not None:
        if known.closed_at is None:
            _take_orders(session, known.id, request.performance_id)
        return int(known.id)
    kind, reason = _why(session, request)
    # Of two that open it at once the second waits here for the first one's end, and then finds that list.
    list_id = insert_row(
        session,
        WorkList,
        request_id=request.request_id,
        performance_id=request.performance_id,
        kind=kind,
        reason=reason,
        staff_id=actor.staff_id,
        till_id=actor.till_id,
        created_at=utc_now(),
        open_performance_id=request.performance_id,
    )
    orders = _take_orders(session, list_id, request.performance_id)
    approved = approve_oneself(session, actor, Permission.REFUND, approval_key_of_list(list_id))
    session.execute(update(WorkList).where(WorkList.id == list_id).values(approval_id=approved.approval_id))
    record(
        session,
        actor,
        "work_list_opened",
        list=list_id,
        performance=request.performance_id,
        kind=kind,
        orders=orders,
        **told_of(approved),
    )
    return list_id


def close_work_list(session: Session, actor: Actor, list_id: int) -> None:
    """Close a list, whatever is left of it: another one may then be opened. May be repeated.

    An order that is being worked off at another till is waited for. Raises NotPermitted, NotFound.
    """
    require(session, actor, Permission.MANAGE)
    performance_id = session.execute(select(WorkList.performance_id).where(WorkList.id == list_id)).scalar_one_or_none()
    if performance_id is None:
        raise NotFound(say("This work list is not there."))
    closed = session.execute(
        update(WorkList)
        .where(WorkList.id == list_id, WorkList.closed_at.is_(None))
        .values(closed_at=utc_now(), open_performance_id=None)
    )
    if not matched_rows(closed):
        return
    counted = session.execute(
        select(WorkItem.state, func.count()).where(WorkItem.work_list_id == list_id).group_by(WorkItem.state)
    )
    states = {str(state): int(number) for state, number in counted}
    record(session, actor, "work_list_closed", list=list_id, performance=performance_id, orders=states)


def _why(session: Session, request: OpenWorkList) -> tuple[WorkKind, str]:
    """Return what kind of list it is, and the reason that each of its changes bears. Raises NotFound, InvalidInput."""
    row = session.execute(
        select(Performance.state, Performance.cancel_reason, Performance.deleted_at).where(
            Performance.id == request.performance_id
        )
    ).one_or_none()
    if row is None or row.deleted_at is not None:
        raise NotFound(say("This performance is not there any more."))
    if row.state == "cancelled" and row.cancel_reason:
        return WorkKind.CANCELLED, row.cancel_reason
    reason = clean_line(request.reason, LONGEST_REASON)
    if not reason:
        raise InvalidInput(say("Say why, for guests will ask."), field="reason")
    refuse_card_number(reason, "reason")
    return WorkKind.CANCELLED if row.state == "cancelled" else WorkKind.MOVED, reason


def _take_orders(session: Session, list_id: int, performance_id: int) -> int:
    """Put the orders with seats of the performance on the list, paid or reserved, those that are not; return how many.

    One that was kept on an earlier list comes as kept: it can still be refunded or moved.
    """
    listed = exists().where(WorkItem.work_list_id == list_id, WorkItem.order_id == OrderLine.order_id)
    kept = was_kept(OrderLine.order_id, performance_id)
    live = (
        select(
            literal(list_id),
            OrderLine.order_id,
            case((kept, WorkState.KEPT.value), else_=WorkState.OPEN.value),
            literal(""),
        )
        .where(OrderLine.performance_id == performance_id, OrderLine.state.in_(STANDING), ~listed)
        .group_by(OrderLine.order_id)
        .order_by(OrderLine.order_id)
    )
    taken = session.execute(
        insert(WorkItem).from_select(["work_list_id", "order_id", "state", "failure"], live, include_defaults=False)
    )
    return matched_rows(taken)
