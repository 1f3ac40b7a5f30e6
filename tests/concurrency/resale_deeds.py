"""Tickets on resale as the fault injector walks through them: given back, taken back, bought, refunded.

The seats are of the performance for which people wait, though nobody does: it is sold out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

from sqlalchemy import select

from pos_app.db.models import Order
from pos_app.domain.orders.resale import ResaleAsk, ResaleBackRequest, ResaleRequest
from pos_app.domain.selling.sales import PaymentMethod, SaleLine, SaleRequest, Tender
from pos_app.services.orders.refunds.making import refund
from pos_app.services.orders.resale.returning import preview_resale, return_for_resale
from pos_app.services.orders.resale.taking_back import take_back_resale
from pos_app.services.selling.sales import sell
from tests.after_sale import live_lines, refund_request
from tests.concurrency.fault_deeds import same
from tests.concurrency.waiting_deeds import TWO_MINOR, give_all_back, sold, tidy

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from pos_app.db.database import Database
    from pos_app.domain.seats import SeatKey
    from tests.concurrency.fault_deeds import Deed
    from tests.concurrency.fault_stage import Stage

COMMISSION_MINOR: Final = TWO_MINOR // 10
"""What the house keeps of two tickets, as it is usual."""


def _ask(stage: Stage, order_id: int) -> ResaleRequest:
    lines = tuple(stage.database.read(live_lines, order_id).values())
    told = stage.database.read(preview_resale, stage.house.cashier, ResaleAsk(order_id, lines))
    assert told.commission_minor == COMMISSION_MINOR
    return ResaleRequest(uuid4().hex, order_id, told.revision, lines, told.commission_minor)


def _on_resale(stage: Stage) -> tuple[ResaleRequest, tuple[SeatKey, ...]]:
    order_id, seats = sold(stage)
    request = _ask(stage, order_id)
    stage.database.transact(return_for_resale, stage.house.cashier, request)
    return request, seats


def _revision(session: Session, order_id: int) -> int:
    return session.execute(select(Order.revision).where(Order.id == order_id)).scalar_one()


def _use_again(stage: Stage, order_id: int, seats: tuple[SeatKey, ...]) -> None:
    give_all_back(stage, order_id)
    tidy(stage, (), seats)


def returning(stage: Stage) -> Deed:
    """Give two tickets back for resale."""
    order_id, seats = sold(stage)
    request = _ask(stage, order_id)

    def ask(till: Database) -> Any:
        done = till.transact(return_for_resale, stage.house.cashier, request)
        return done.is_on, len(done.places)

    return same(ask, lambda: _use_again(stage, order_id, seats))


def taking_back(stage: Stage) -> Deed:
    """Take two tickets off resale."""
    given, seats = _on_resale(stage)
    seen = stage.database.read(_revision, given.order_id)
    request = ResaleBackRequest(uuid4().hex, given.order_id, seen, given.line_ids)

    def ask(till: Database) -> Any:
        done = till.transact(take_back_resale, stage.house.cashier, request)
        return done.is_on, len(done.places)

    return same(ask, lambda: _use_again(stage, given.order_id, seats))


def refunding(stage: Stage) -> Deed:
    """Refund two tickets that are on resale."""
    given, seats = _on_resale(stage)
    request = stage.database.transact(refund_request, stage.house, given.order_id, given.line_ids)

    def ask(till: Database) -> Any:
        return till.transact(refund, stage.house.cashier, request).amount_minor

    return same(ask, lambda: tidy(stage, (), seats))


def buying(stage: Stage) -> Deed:
    """Buy two seats that are on resale."""
    _, seats = _on_resale(stage)
    basket = stage.hold(seats)
    lines = tuple(SaleLine(seat, stage.house.adult_id) for seat in seats)
    request = SaleRequest(uuid4().hex, basket, lines, TWO_MINOR, Tender(PaymentMethod.CASH, TWO_MINOR, TWO_MINOR))
    orders: list[int] = []

    def ask(till: Database) -> Any:
        sale = till.transact(sell, stage.house.cashier, request)
        orders[:] = [sale.order_id]
        return sale.total_minor, len(sale.ticket_ids)

    return same(ask, lambda: _use_again(stage, orders[0], seats))
