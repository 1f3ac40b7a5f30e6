"""Reading work lists: one with its orders, and those that are open or wait to be opened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import exists, func, select

from pos_app.db.models import (
    Event,
    Order,
    OrderLine,
    Performance,
    SeatingPlan,
    StaffMember,
    Venue,
    WorkItem,
    WorkList,
)
from pos_app.domain.errors import NotFound
from pos_app.domain.orders.changes import LineKind
from pos_app.domain.orders.work_failures import read_failure
from pos_app.domain.orders.work_lists import (
    MovedTo,
    WorkKind,
    WorkListPage,
    WorkListRow,
    WorkOrder,
    WorkOutlook,
    WorkState,
)
from pos_app.domain.roles import Permission
from pos_app.domain.sentences import say
from pos_app.services.orders.work_lists.brought import Brought, load_brought
from pos_app.services.orders.work_lists.kept import STANDING, was_kept
from pos_app.services.permissions import require
from pos_app.services.season.waiting_met import load_waiting_ended, load_waiting_met
from pos_app.services.seats.places import places_of

if TYPE_CHECKING:
    from sqlalchemy import Select
    from sqlalchemy.orm import Session

    from pos_app.domain.roles import Actor
    from pos_app.domain.seats import Place

_LEFT = (WorkState.OPEN.value, WorkState.FAILED.value)


def load_work_list(session: Session, actor: Actor, list_id: int) -> WorkListPage:
    """Return a list with its orders. Raises NotPermitted, NotFound."""
    require(session, actor, Permission.MANAGE)
    row = session.execute(
        _dated(
            select(WorkList, StaffMember.name, Performance.state).join(
                Performance, Performance.id == WorkList.performance_id
            )
        )
        .join(StaffMember, StaffMember.id == WorkList.staff_id)
        .where(WorkList.id == list_id)
    ).one_or_none()
    if row is None:
        raise NotFound(say("This work list is not there."))
    stored: WorkList = row.WorkList
    return WorkListPage(
        list_id=list_id,
        performance_id=stored.performance_id,
        title=row.title,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        time_zone=row.time_zone,
        kind=WorkKind(stored.kind),
        cancelled=row.state == "cancelled",
        to_performance_id=stored.to_performance_id,
        opened_by=row.name,
        created_at=stored.created_at,
        closed=stored.closed_at is not None,
        orders=_orders(session, stored),
        waiting=load_waiting_met(session, stored.performance_id),
        ended=load_waiting_ended(session, stored.performance_id, stored.created_at),
    )


def look_for_work(session: Session, actor: Actor, performance_id: int) -> WorkOutlook:
    """Return the open list of a performance, or what one would hold. Raises NotPermitted, NotFound."""
    require(session, actor, Permission.MANAGE)
    row = session.execute(
        select(Performance.state, WorkList.id.label("list_id"))
        .outerjoin(WorkList, WorkList.open_performance_id == Performance.id)
        .where(Performance.id == performance_id)
    ).one_or_none()
    if row is None:
        raise NotFound(say("This performance is not there any more."))
    live = session.execute(
        select(func.count(OrderLine.order_id.distinct()).label("orders"), func.count().label("tickets")).where(
            OrderLine.performance_id == performance_id, OrderLine.state.in_(STANDING)
        )
    ).one()
    page = load_work_list(session, actor, row.list_id) if row.list_id is not None else None
    met = page.waiting if page is not None else load_waiting_met(session, performance_id)
    return WorkOutlook(performance_id, row.state == "cancelled", live.orders, live.tickets, page, met)


def list_work_lists(session: Session, actor: Actor) -> tuple[WorkListRow, ...]:
    """Return the open lists and the cancelled performances whose orders wait for one, by time. Raises NotPermitted.

    An order that was kept since the cancellation waits for nothing.
    """
    require(session, actor, Permission.MANAGE)
    live_here = exists().where(
        OrderLine.order_id == WorkItem.order_id,
        OrderLine.performance_id == WorkList.performance_id,
        OrderLine.state.in_(STANDING),
    )
    left = (
        select(func.count())
        .where(WorkItem.work_list_id == WorkList.id, WorkItem.state.in_(_LEFT), live_here)
        .correlate(WorkList)
        .scalar_subquery()
    )
    orders = select(func.count()).where(WorkItem.work_list_id == WorkList.id).correlate(WorkList).scalar_subquery()
    opened = session.execute(
        _dated(
            select(
                WorkList.id,
                WorkList.performance_id,
                WorkList.kind,
                Performance.state,
                orders.label("orders"),
                left.label("left_over"),
            ).join(Performance, Performance.id == WorkList.performance_id)
        ).where(WorkList.open_performance_id.is_not(None))
    ).all()
    waiting = session.execute(
        _dated(
            select(
                Performance.id.label("performance_id"),
                func.count(OrderLine.order_id.distinct()).label("orders"),
            ).join(OrderLine, OrderLine.performance_id == Performance.id)
        )
        .where(
            Performance.state == "cancelled",
            Performance.deleted_at.is_(None),
            OrderLine.state.in_(STANDING),
            ~exists().where(WorkList.open_performance_id == Performance.id),
            ~was_kept(OrderLine.order_id, Performance.id),
        )
        .group_by(Performance.id, Event.title, Performance.starts_at, Performance.ends_at, Venue.time_zone)
    ).all()
    found = [
        _listed(row, row.id, WorkKind(row.kind), row.left_over, cancelled=row.state == "cancelled") for row in opened
    ]
    found += [_listed(row, None, WorkKind.CANCELLED, row.orders, cancelled=True) for row in waiting]
    return tuple(sorted(found, key=lambda one: (one.starts_at, one.performance_id)))


def _listed(row: Any, list_id: int | None, kind: WorkKind, left: int, *, cancelled: bool) -> WorkListRow:
    return WorkListRow(
        list_id=list_id,
        performance_id=row.performance_id,
        title=row.title,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        time_zone=row.time_zone,
        kind=kind,
        cancelled=cancelled,
        orders=row.orders,
        left=left,
    )


def _dated(query: Any) -> Select[Any]:
    """Add what is told of the performance that a query has joined."""
    dated: Select[Any] = (
        query.add_columns(Event.title, Performance.starts_at, Performance.ends_at, Venue.time_zone)
        .join(Event, Event.id == Performance.event_id)
        .join(SeatingPlan, SeatingPlan.id == Performance.plan_id)
        .join(Venue, Venue.id == SeatingPlan.venue_id)
    )
    return dated


def _orders(session: Session, work: WorkList) -> tuple[WorkOrder, ...]:
    items = session.execute(
        select(WorkItem.order_id, WorkItem.state, WorkItem.failure, Order.number, Order.customer_name, Order.currency)
        .join(Order, Order.id == WorkItem.order_id)
        .where(WorkItem.work_list_id == work.id)
        .order_by(Order.number)
    ).all()
    on_list = OrderLine.order_id.in_(select(WorkItem.order_id).where(WorkItem.work_list_id == work.id))
    brought = load_brought(session, work, on_list)
    moved = _moved_to(session, work)
    places = places_of(session, [seat_id for one in brought.values() for seat_id in one.seat_ids])
    return tuple(
        _order(item, brought.get(item.order_id, Brought()), places, moved.get(item.order_id)) for item in items
    )


def _order(item: Any, brought: Brought, places: dict[int, Place], moved_to: MovedTo | None) -> WorkOrder:
    state = WorkState(item.state)
    # Refunded at a till meanwhile, or exchanged: told as done, whether or not the list has come by it.
    if not state.is_final and not brought.live:
        state = WorkState.BY_HAND
    return WorkOrder(
        order_id=item.order_id,
        number=item.number,
        customer_name=item.customer_name,
        places=tuple(places[seat_id] for seat_id in brought.seat_ids),
        paid_minor=brought.paid_minor,
        currency=item.currency,
        state=state,
        failure=read_failure(item.failure) if state is WorkState.FAILED else None,
        moved_to=moved_to,
    )


def _moved_to(session: Session, work: WorkList) -> dict[int, MovedTo]:
    """Return to where the list moved each order: it stands so, whatever became of the new tickets since."""
    rows = session.execute(
        _dated(
            select(WorkItem.order_id)
            .join(OrderLine, OrderLine.made_by_id == WorkItem.change_id)
            .join(Performance, Performance.id == OrderLine.performance_id)
        )
        .where(
            WorkItem.work_list_id == work.id,
            WorkItem.state == WorkState.MOVED,
            OrderLine.order_id == WorkItem.order_id,
            OrderLine.kind == LineKind.SEAT,
        )
        .distinct()
    )
    return {row.order_id: MovedTo(row.title, row.starts_at, row.ends_at, row.time_zone) for row in rows}
