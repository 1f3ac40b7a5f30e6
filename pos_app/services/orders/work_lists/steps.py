"""Working off one order of a work list: once, whoever tries it how often, in one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, assert_never

from sqlalchemy import or_, select, update

from pos_app.db.clock import utc_now
from pos_app.db.models import Order, OrderLine, Performance, WorkItem, WorkList
from pos_app.domain.errors import ExchangeRefused, InvalidInput, NotFound
from pos_app.domain.orders.changes import LineKind, LineState
from pos_app.domain.orders.refunds import RefundAsk, RefundRequest
from pos_app.domain.orders.work_failures import read_failure
from pos_app.domain.orders.work_lists import (
    NotCancelledNow,
    WorkDeed,
    WorkDone,
    WorkKind,
    WorkListClosed,
    WorkState,
    step_request_id,
    unpaid_request_id,
)
from pos_app.domain.roles import Permission
from pos_app.domain.sentences import say
from pos_app.services.orders.letters.changes import tell_kept
from pos_app.services.orders.refunds.making import preview_refund, refund
from pos_app.services.orders.reservations.keeping import give_up_for_house
from pos_app.services.orders.work_lists.approvals import approved_by_list
from pos_app.services.orders.work_lists.kept import STANDING
from pos_app.services.orders.work_lists.moves import Move, move_guests
from pos_app.services.orders.work_lists.places_alike import GuestPlace, hold_alike
from pos_app.services.permissions import require

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from pos_app.domain.orders.work_lists import WorkStep
    from pos_app.domain.roles import Actor


@dataclass(frozen=True, slots=True)
class _Work:
    """What is known of a step: its list, its order, and the lines that it is about. reserved: seats not paid yet."""

    performance_id: int
    reason: str
    revision: int
    seats: tuple[GuestPlace, ...]
    fees: tuple[int, ...]
    reserved: tuple[int, ...] = ()


def work_off(session: Session, actor: Actor, step: WorkStep) -> WorkDone:
    """Refund, move or keep one order of a list. May be repeated: what is done is answered, and done no second time.

    An order without a live ticket of the performance was settled by hand: that is noted, and nothing else done.
    Raises WorkListClosed, NotCancelledNow, NotFound, NotPermitted, and what refund, exchange and the search for seats
    raise; nothing is changed then, and note_failure keeps why.
    """
    require(session, actor, Permission.MANAGE)
    found = lock_list(session, step.list_id)
    standing = _lock_item(session, step)
    if standing.state.is_final or (standing.state is WorkState.KEPT and step.deed is WorkDeed.KEEP):
        return standing
    work = _load_work(session, step, found.performance_id, found.reason)
    if not work.seats and not work.reserved:
        return _write(session, step, WorkState.BY_HAND, None)
    if step.deed is not WorkDeed.KEEP and not step.although_good and found.kind == WorkKind.CANCELLED:
        require_cancelled(session, found.performance_id)
    match step.deed:
        case WorkDeed.REFUND:
            return _write(session, step, WorkState.REFUNDED, _give_back(session, actor, step, work))
        case WorkDeed.MOVE:
            return _write(session, step, WorkState.MOVED, _move(session, actor, step, work))
        case WorkDeed.KEEP:
            tell_kept(session, actor, step.order_id, step.list_id)
            return _write(session, step, WorkState.KEPT, None)
        case _:
            assert_never(step.deed)


def note_failure(session: Session, actor: Actor, step: WorkStep, failure: str) -> WorkDone:
    """Keep why an order could not be done (see write_failure), unless it was done meanwhile; return how it stands.

    Raises WorkListClosed, NotFound, NotPermitted.
    """
    require(session, actor, Permission.MANAGE)
    lock_list(session, step.list_id)
    standing = _lock_item(session, step)
    if standing.state.is_final:
        return standing
    return _write(session, step, WorkState.FAILED, None, failure)


def aim_work_list(session: Session, actor: Actor, list_id: int, performance_id: int) -> None:
    """Remember to where the orders of a list are moved. Raises NotPermitted."""
    require(session, actor, Permission.MANAGE)
    session.execute(
        update(WorkList)
        .where(WorkList.id == list_id, WorkList.closed_at.is_(None))
        .values(to_performance_id=performance_id)
    )


def lock_list(session: Session, list_id: int) -> Any:
    """Return what is stored of an open list. Nobody closes it before this is done."""
    row = session.execute(
        select(WorkList.performance_id, WorkList.kind, WorkList.reason, WorkList.closed_at)
        .where(WorkList.id == list_id)
        .with_for_update(read=True)
    ).one_or_none()
    if row is None:
        raise NotFound(say("This work list is not there."))
    if row.closed_at is not None:
        raise WorkListClosed(
            say("This work list was closed."), advice=say("What it did stays. Open a new one for what is left.")
        )
    return row


def require_cancelled(session: Session, performance_id: int) -> None:
    """Take nothing from guests whose performance is given after all. Raises NotCancelledNow."""
    state = session.execute(select(Performance.state).where(Performance.id == performance_id)).scalar_one()
    if state != "cancelled":
        raise NotCancelledNow(
            say("This performance is not cancelled any more: its tickets are good."),
            advice=say("Nothing was taken back. Look at the list as it is now, then decide."),
        )


def _lock_item(session: Session, step: WorkStep) -> WorkDone:
    """Lock an order's place on the list, before the order itself; return how it stands."""
    row = session.execute(
        select(WorkItem.state, WorkItem.failure)
        .where(WorkItem.work_list_id == step.list_id, WorkItem.order_id == step.order_id)
        .with_for_update()
    ).one_or_none()
    if row is None:
        raise NotFound(say("This order is not on the work list."))
    return WorkDone(step.order_id, WorkState(row.state), read_failure(row.failure))


def _load_work(session: Session, step: WorkStep, performance_id: int, reason: str) -> _Work:
    """Lock the order and read which of its lines this is about, with the fees that go with them."""
    revision = session.execute(select(Order.revision).where(Order.id == step.order_id).with_for_update()).scalar_one()
    lines = session.execute(
        select(
            OrderLine.id,
            OrderLine.kind,
            OrderLine.state,
            OrderLine.for_line_id,
            OrderLine.performance_id,
            OrderLine.seat_id,
            OrderLine.category_id,
            OrderLine.ticket_type_id,
        )
        .where(
            OrderLine.order_id == step.order_id,
            OrderLine.state.in_(STANDING),
            or_(OrderLine.kind == LineKind.SEAT, OrderLine.kind == LineKind.FEE),
        )
        .order_by(OrderLine.seat_id, OrderLine.id)
    ).all()
    reserved = tuple(
        line.id
        for line in lines
        if line.kind == LineKind.SEAT and line.state == LineState.RESERVED and line.performance_id == performance_id
    )
    lines = [line for line in lines if line.state == LineState.LIVE]
    seats = [line for line in lines if line.kind == LineKind.SEAT]
    ours = {line.id for line in seats if line.performance_id == performance_id}
    # The fee of the whole order goes with its last tickets: what else it holds was sold under that fee as well.
    whole = len(ours) == len(seats)
    fees = (
        line.id
        for line in lines
        if line.kind == LineKind.FEE and (line.for_line_id in ours or (whole and line.for_line_id is None))
    )
    places = (
        GuestPlace(line.id, line.seat_id, line.category_id, line.ticket_type_id) for line in seats if line.id in ours
    )
    return _Work(performance_id, reason, revision, tuple(places), tuple(fees), reserved)


def _give_back(session: Session, actor: Actor, step: WorkStep, work: _Work) -> int:
    """Give back what is paid, and what is reserved with nothing to refund; return the change that the list names."""
    request_id = step_request_id(step.list_id, step.order_id)
    change_id = _refund(session, actor, step, work) if work.seats else None
    if not work.reserved:
        return change_id or 0
    given_up = give_up_for_house(
        session,
        actor,
        step.order_id,
        work.reserved,
        request_id=request_id if change_id is None else unpaid_request_id(request_id),
        reason=work.reason,
        work_list_id=step.list_id if change_id is None else None,
    )
    return given_up if change_id is None else change_id


def _refund(session: Session, actor: Actor, step: WorkStep, work: _Work) -> int:
    """Give the lines back with their fees; return the change. The money is left due, for whoever paid is not here."""
    line_ids = tuple(place.line_id for place in work.seats)
    told = preview_refund(session, actor, RefundAsk(step.order_id, line_ids, work.fees))
    request_id = step_request_id(step.list_id, step.order_id)
    request = RefundRequest(
        request_id=request_id,
        order_id=step.order_id,
        revision=work.revision,
        line_ids=line_ids,
        fee_line_ids=work.fees,
        amount_minor=told.amount_minor,
        reason=work.reason,
        pay_now=False,
        work_list_id=step.list_id,
    )
    approved = approved_by_list(session, step.list_id, step.order_id, request_id)
    return refund(session, actor, request, allowed=approved).change_id


def _move(session: Session, actor: Actor, step: WorkStep, work: _Work) -> int:
    """Seat the guests in another performance for what they have paid; return the change."""
    if step.to_performance_id is None or step.to_performance_id == work.performance_id:
        raise InvalidInput(say("Choose another performance to move to."), field="to_performance_id")
    if work.reserved:
        raise ExchangeRefused(
            say("Some of its seats are reserved and not paid."),
            advice=say("Reserve seats anew in the other performance, then give these back."),
        )
    request_id = step_request_id(step.list_id, step.order_id)
    seats = hold_alike(session, actor, request_id, step.to_performance_id, work.seats)
    approved = approved_by_list(session, step.list_id, step.order_id, request_id)
    return move_guests(session, actor, Move(request_id, step.order_id, seats, request_id, work.reason), approved)


def _write(session: Session, step: WorkStep, state: WorkState, change_id: int | None, failure: str = "") -> WorkDone:
    session.execute(
        update(WorkItem)
        .where(WorkItem.work_list_id == step.list_id, WorkItem.order_id == step.order_id)
        .values(state=state, failure=failure, change_id=change_id, done_at=utc_now())
    )
    return WorkDone(step.order_id, state, read_failure(failure))
