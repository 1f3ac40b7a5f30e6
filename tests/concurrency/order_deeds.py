"""What till processes do to orders that are sold: each round when the test says go, and the outcome is told."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from sqlalchemy import select, true
from sqlalchemy.exc import IntegrityError

from pos_app.db.models import Order, WorkItem
from pos_app.db.results import insert_row
from pos_app.domain.door.check_in import Scan
from pos_app.domain.errors import PosError
from pos_app.domain.orders.exchanges import ExchangeRequest
from pos_app.domain.orders.refunds import RefundRequest
from pos_app.domain.orders.work_lists import OpenWorkList, WorkDeed, WorkDone, WorkState, WorkStep
from pos_app.domain.seats import SeatKey
from pos_app.domain.selling.sales import PaymentMethod, SaleLine, Tender
from pos_app.services.door.check_in import check_in
from pos_app.services.orders import ledger
from pos_app.services.orders.exchanges import making as exchanges
from pos_app.services.orders.exchanges.making import exchange
from pos_app.services.orders.ledger import ClaimedOrder
from pos_app.services.orders.refunds import making as refunds
from pos_app.services.orders.refunds import taking_back
from pos_app.services.orders.refunds.making import refund
from pos_app.services.orders.work_lists import lists, steps
from pos_app.services.orders.work_lists.lists import open_work_list
from pos_app.services.orders.work_lists.steps import work_off
from pos_app.services.selling import taking
from tests.concurrency.deeds import hold_and_sell
from tests.concurrency.till import change

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from types import ModuleType

    from sqlalchemy.orm import Session

    from tests.concurrency.till import Till

REASON = "One of them is ill"


def tell_outcome(till: Till, deed: Callable[[], Any], done: str = "") -> None:
    """Say how a deed ended: with the word for that, or what it returns, or with the name of the error."""
    try:
        made = deed()
        told = done or made
    except PosError as error:
        told = type(error).__name__
    till.say("told", told)


def refund_each(till: Till, *, orders: list[dict[str, Any]]) -> None:
    """Refund the first ticket of one order after the other, as it was seen by the test."""
    for order in orders:
        request = RefundRequest(
            request_id=uuid4().hex,
            order_id=order["order_id"],
            revision=order["revision"],
            line_ids=(order["line_id"],),
            amount_minor=order["amount_minor"],
            reason=REASON,
        )
        till.say("ready")
        till.wait()
        tell_outcome(till, lambda: till.transact(refund, till.actor, request), "refunded")  # noqa: B023 - of this turn


def exchange_each(till: Till, *, orders: list[dict[str, Any]], adult_id: int) -> None:
    """Give the first ticket of one order after the other for a seat that a basket holds."""
    for order in orders:
        new = tuple(SaleLine(SeatKey(*seat), adult_id) for seat in order["seats"])
        owed = order["difference_minor"]
        request = ExchangeRequest(
            request_id=uuid4().hex,
            order_id=order["order_id"],
            revision=order["revision"],
            ended=(order["line_id"],),
            new=new,
            basket_key=order["basket_key"],
            difference_minor=owed,
            tender=Tender(PaymentMethod.CASH, owed, owed) if owed > 0 else None,
            reason=REASON,
        )
        till.say("ready")
        till.wait()
        tell_outcome(till, lambda: till.transact(exchange, till.actor, request), "exchanged")  # noqa: B023 - of this turn


def scan_first_of_each(till: Till, *, performance_id: int, gate: str, codes: Iterable[str]) -> None:
    """Scan one ticket after the other."""
    for code in codes:
        till.say("ready")
        till.wait()
        scan = Scan(performance_id, gate, code, uuid4().hex)
        tell_outcome(till, lambda: till.transact(check_in, till.actor, scan).verdict)  # noqa: B023 - of this turn


def hold_and_sell_each(till: Till, *, seats: list[tuple[int, int]], adult_id: int) -> None:
    """Sell one seat after the other, each held only then."""
    for seat in seats:
        till.say("ready")
        till.wait()
        performance_id, seat_id = seat
        asked: dict[str, Any] = {"performance_id": performance_id, "seat_ids": [seat_id], "adult_id": adult_id}
        tell_outcome(till, lambda: hold_and_sell(till, **asked), "sold")  # noqa: B023 - of this turn


def open_list_each(till: Till, *, performance_id: int, rounds: int) -> None:
    """Open the work list of a performance so many times: somebody closes it between them."""
    for _ in range(rounds):
        till.say("ready")
        till.wait()
        work = OpenWorkList(uuid4().hex, performance_id)
        tell_outcome(till, lambda: till.transact(open_work_list, till.actor, work))  # noqa: B023 - of this turn


def work_off_each(
    till: Till,
    *,
    performance_id: int,
    orders: list[int],
    deed: str = WorkDeed.REFUND,
    to_performance_id: int | None = None,
) -> None:
    """Open the work list of a performance, and do one order after the other by it: refund them unless told."""
    till.say("ready")
    till.wait()
    work = OpenWorkList(uuid4().hex, performance_id)
    list_id = till.transact(open_work_list, till.actor, work)
    till.say("told", list_id)
    for order_id in orders:
        step = WorkStep(list_id, order_id, WorkDeed(deed), to_performance_id=to_performance_id)
        till.say("ready")
        till.wait()
        tell_outcome(till, lambda: till.transact(work_off, till.actor, step).state)  # noqa: B023 - of this turn


def refund_unguarded(till: Till, **arguments: Any) -> None:
    """Refund the wrong way: look at the order and its lines, and end them later; nobody waits for anybody."""

    def look(session: Session, order_id: int, *, request_id: str, seen: int | None) -> ClaimedOrder:
        del request_id, seen
        order = session.execute(select(Order.number, Order.currency, Order.revision).where(Order.id == order_id)).one()
        return ClaimedOrder(order_id, order.number, order.currency, order.revision)

    pause_before(till, ledger, "_void_tickets")
    change(refunds, claim_order=look)
    change(taking_back, lock_seats=lambda *_: {}, free_sold=lambda *_: None)
    refund_each(till, **arguments)


def refund_after_a_pause(till: Till, *, trusting: bool, **arguments: Any) -> None:
    """Refund what was looked at, a while later. trusting: the wrong way, by what was seen of the door before."""
    pause_before(till, refunds, "write_change")
    if trusting:
        _believe_nobody_came_in(refunds, "take_back")
    refund_each(till, **arguments)


def exchange_after_a_pause(till: Till, *, trusting: bool, **arguments: Any) -> None:
    """Exchange what was looked at, a while later. trusting: the wrong way, by what was seen of the door before."""
    pause_before(till, exchanges, "write_change")
    if trusting:
        _believe_nobody_came_in(exchanges, "end_lines")
    exchange_each(till, **arguments)


def exchange_for_what_was_free(till: Till, **arguments: Any) -> None:
    """Exchange the wrong way: see that the new seat is free, and take it later, whoever has it then."""
    pause_before(till, exchanges, "write_change")
    change(taking, may_take=lambda *_: true())
    try:
        exchange_each(till, **arguments)
    except IntegrityError:
        till.say("told", "the database refused")


def open_list_after_a_look(till: Till, *, performance_id: int, trusting: bool) -> None:
    """Open a work list where none was seen, a while later. trusting: the wrong way, without the key of the open one."""
    if trusting:
        change(lists, insert_row=lambda *to, **row: insert_row(*to, **{**row, "open_performance_id": None}))
    pause_before(till, lists, "insert_row")
    work_off_each(till, performance_id=performance_id, orders=[])


def work_off_after_a_look(till: Till, *, trusting: bool, **arguments: Any) -> None:
    """Work off what is open on a list, a while later. trusting: the wrong way, with no lock on its place there."""

    def look(session: Session, step: WorkStep) -> WorkDone:
        item = WorkItem.work_list_id == step.list_id, WorkItem.order_id == step.order_id
        return WorkDone(step.order_id, WorkState(session.execute(select(WorkItem.state).where(*item)).scalar_one()))

    pause_before(till, steps, "_load_work")
    if trusting:
        change(steps, _lock_item=look)
    work_off_each(till, **arguments)


def pause_before(till: Till, module: ModuleType, name: str) -> None:
    """Let a function of a module say "looked" and wait before it does anything; when it is run again, it does it."""
    deed = getattr(module, name)
    looks = iter([True])

    def later(*args: Any, **kwargs: Any) -> Any:
        if next(looks, False):
            till.say("looked")
            till.wait()
        return deed(*args, **kwargs)

    change(module, **{name: later})


def _believe_nobody_came_in(module: ModuleType, name: str) -> None:
    deed = getattr(module, name)

    def unused(*args: Any) -> Any:
        return tuple(replace(line, is_used=False, is_inside=False) for line in deed(*args))

    change(module, **{name: unused})
