"""The refunds of a till that the fault injector walks through: of an order, of a ticket, paid out later, given up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

from sqlalchemy import select

from pos_app.db.models import Refund
from pos_app.domain.orders.refunds import GiveUp, PayOut
from pos_app.domain.roles import Permission
from pos_app.domain.selling.sales import PaymentMethod
from pos_app.services.orders.refunds.due import give_up, pay_out
from pos_app.services.orders.refunds.making import refund
from tests.after_sale import live_lines, refund_request
from tests.concurrency.fault_deeds import same
from tests.small_house import allow

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from pos_app.db.database import Database
    from pos_app.domain.seats import SeatKey
    from tests.concurrency.fault_deeds import Deed
    from tests.concurrency.fault_stage import Stage

_REASON: Final = "The bank sent it back"


def refund_of_an_order(stage: Stage) -> Deed:
    """Refund both tickets of an order."""
    order_id = stage.sell(stage.request()).order_id
    return _refund(stage, order_id, stage.database.read(live_lines, order_id))


def refund_of_a_ticket(stage: Stage) -> Deed:
    """Refund one ticket of many."""
    order_id, seat, line = stage.line()
    return _refund(stage, order_id, {seat: line})


def refund_left_due(stage: Stage) -> Deed:
    """Refund one ticket of many, whose money is paid out later."""
    order_id, seat, line = stage.line()
    return _refund(stage, order_id, {seat: line}, pay_now=False)


def _refund(stage: Stage, order_id: int, lines: dict[SeatKey, int], *, pay_now: bool = True) -> Deed:
    request = stage.database.transact(refund_request, stage.house, order_id, lines.values(), pay_now=pay_now)

    def ask(till: Database) -> Any:
        done = till.transact(refund, stage.house.cashier, request)
        return done.amount_minor, done.currency, [(part.method, part.amount_minor) for part in done.parts], done.paid

    return same(ask, lambda: stage.reuse(tuple(lines)))


def _due(stage: Stage) -> tuple[int, SeatKey]:
    """Refund one ticket and do not pay it out; return what is due, and the seat that is free again."""
    order_id, seat, line = stage.line()
    house = stage.house
    request = stage.database.transact(refund_request, house, order_id, [line], pay_now=False)
    made = stage.database.transact(refund, house.cashier, request).change_id
    return stage.database.read(_refund_of, made), seat


def _refund_of(session: Session, change_id: int) -> int:
    return session.execute(select(Refund.id).where(Refund.made_by_id == change_id)).scalar_one()


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

    return same(ask, lambda: stage.reuse((free,)))


def give_up_of_one(stage: Stage) -> Deed:
    """Give up the way in which one ticket was to be paid back: another refund takes its place."""
    due, free = _due(stage)
    allowed = stage.database.transact(allow, stage.house, Permission.REFUND)
    request = GiveUp(
        request_id=uuid4().hex, refund_id=due, reason=_REASON, method=PaymentMethod.CARD, approval_id=allowed
    )
    return same(lambda till: till.transact(give_up, stage.house.cashier, request) > due, lambda: stage.reuse((free,)))
