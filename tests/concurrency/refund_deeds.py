"""The refunds of a till that the fault injector walks through: of an order, of a ticket, paid out later, given up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

from pos_app.domain.orders.refunds import GiveUp, PayOut
from pos_app.domain.roles import Permission
from pos_app.domain.selling.sales import PaymentMethod
from pos_app.services.orders.refunds import give_up, list_refunds_due, pay_out, refund
from tests.after_sale import live_lines, refund_request
from tests.concurrency.fault_deeds import same
from tests.small_house import allow

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos_app.db.database import Database
    from pos_app.domain.seats import SeatKey
    from tests.concurrency.fault_deeds import Deed
    from tests.concurrency.fault_stage import Stage

_REASON: Final = "The bank sent it back"


def refund_of(given: int) -> Callable[[Stage], Deed]:
    """Refund so many of the two tickets of an order."""

    def prepare(stage: Stage) -> Deed:
        order_id, lines = _sold(stage)
        back = dict(list(lines.items())[:given])
        request = stage.database.transact(refund_request, stage.house, order_id, back.values())

        def ask(till: Database) -> Any:
            done = till.transact(refund, stage.house.cashier, request)
            return (
                done.amount_minor,
                done.currency,
                [(part.method, part.amount_minor) for part in done.parts],
                done.paid,
            )

        return same(ask, lambda: stage.reuse(tuple(back)))

    return prepare


def _sold(stage: Stage) -> tuple[int, dict[SeatKey, int]]:
    order_id = stage.sell(stage.request()).order_id
    return order_id, stage.database.read(live_lines, order_id)


def _due(stage: Stage) -> tuple[int, dict[SeatKey, int]]:
    """Refund one ticket and do not pay it out; return what is due, and the seat that is free again."""
    order_id, lines = _sold(stage)
    seat, line = next(iter(lines.items()))
    house = stage.house
    request = stage.database.transact(refund_request, house, order_id, [line], pay_now=False)
    stage.database.transact(refund, house.cashier, request)
    listed = stage.database.read(list_refunds_due, house.manager)
    return next(one.refund_id for one in listed if one.order_id == order_id), {seat: line}


def pay_out_of_one(stage: Stage) -> Deed:
    """Pay out what is due for one ticket."""
    due, free = _due(stage)
    allowed = stage.database.transact(allow, stage.house, Permission.REFUND)
    request = PayOut(
        request_id=uuid4().hex, refund_id=due, method=PaymentMethod.CASH, reference="", approval_id=allowed
    )

    def ask(till: Database) -> Any:
        paid = till.transact(pay_out, stage.house.cashier, request)
        return paid.amount_minor, paid.currency, paid.method

    return same(ask, lambda: stage.reuse(tuple(free)))


def give_up_of_one(stage: Stage) -> Deed:
    """Give up the way in which one ticket was to be paid back: another refund takes its place."""
    due, free = _due(stage)
    allowed = stage.database.transact(allow, stage.house, Permission.REFUND)
    request = GiveUp(
        request_id=uuid4().hex, refund_id=due, reason=_REASON, method=PaymentMethod.CARD, approval_id=allowed
    )
    return same(
        lambda till: till.transact(give_up, stage.house.cashier, request) > due, lambda: stage.reuse(tuple(free))
    )
