"""What tests ask for after a sale: requests with the money that a preview tells, each with a manager's leave."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from sqlalchemy import select

from pos_app.db.models import OrderLine
from pos_app.domain.orders.changes import ChangeKind, LineKind, LineState
from pos_app.domain.orders.exchanges import ExchangeAsk, ExchangeRequest
from pos_app.domain.orders.refunds import RefundAsk, RefundRequest
from pos_app.domain.roles import Permission
from pos_app.domain.seats import SeatKey
from pos_app.domain.selling.sales import PaymentMethod, SaleLine, Tender
from pos_app.services.orders.exchanges.making import preview_exchange
from pos_app.services.orders.refunds.making import preview_refund
from tests.small_house import allow

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

    from pos_app.domain.roles import Actor
    from tests.small_house import SmallHouse

REASON = "One of them is ill"


def live_lines(session: Session, order_id: int) -> dict[SeatKey, int]:
    """Return the lines of an order that stand for a seat, by the seat."""
    rows = session.execute(
        select(OrderLine.performance_id, OrderLine.seat_id, OrderLine.id)
        .where(OrderLine.order_id == order_id, OrderLine.kind == LineKind.SEAT, OrderLine.state == LineState.LIVE)
        .order_by(OrderLine.performance_id, OrderLine.seat_id)
    )
    return {SeatKey(row.performance_id, row.seat_id): row.id for row in rows}


def live_fees(session: Session, order_id: int) -> dict[int, int | None]:
    """Return the fees of an order that stand, each with the line that it was charged for (None: for the order)."""
    rows = session.execute(
        select(OrderLine.id, OrderLine.for_line_id).where(
            OrderLine.order_id == order_id, OrderLine.kind == LineKind.FEE, OrderLine.state == LineState.LIVE
        )
    )
    return {row.id: row.for_line_id for row in rows}


def refund_request(
    session: Session,
    house: SmallHouse,
    order_id: int,
    lines: Iterable[int],
    *,
    fees: Iterable[int] = (),
    pay_now: bool = True,
    way: PaymentMethod | None = None,
    actor: Actor | None = None,
) -> RefundRequest:
    """Ask for the refund of lines, with the amount of the preview, allowed at the till of the actor (the cashier)."""
    who = actor or house.cashier
    ask = RefundAsk(order_id, tuple(lines), tuple(fees), way)
    told = preview_refund(session, who, ask)
    return RefundRequest(
        request_id=uuid4().hex,
        order_id=order_id,
        revision=told.revision,
        line_ids=ask.line_ids,
        fee_line_ids=ask.fee_line_ids,
        amount_minor=told.amount_minor,
        reason=REASON,
        used=told.used,
        way=way,
        pay_now=pay_now,
        approval_id=allow(session, house, Permission.REFUND, till_id=who.till_id),
    )


def exchange_request(
    session: Session,
    house: SmallHouse,
    order_id: int,
    ended: Iterable[int],
    new: Iterable[SaleLine],
    basket_key: str | None,
    *,
    kind: ChangeKind = ChangeKind.EXCHANGE,
    actor: Actor | None = None,
) -> ExchangeRequest:
    """Ask for an exchange at the difference of the preview, paid in cash, allowed at the till of the actor."""
    who = actor or house.cashier
    ask = ExchangeAsk(order_id, tuple(ended), tuple(new), basket_key)
    told = preview_exchange(session, who, ask)
    owed = told.difference_minor
    return ExchangeRequest(
        request_id=uuid4().hex,
        order_id=order_id,
        revision=told.revision,
        ended=ask.ended,
        new=ask.new,
        basket_key=basket_key,
        difference_minor=owed,
        tender=Tender(PaymentMethod.CASH, owed, owed) if owed > 0 else None,
        reason=REASON,
        approval_id=allow(session, house, Permission.REFUND, till_id=who.till_id),
        kind=kind,
        used=told.used,
    )


def adults(house: SmallHouse, seats: Iterable[SeatKey]) -> tuple[SaleLine, ...]:
    """Return what adults sit on."""
    return tuple(SaleLine(seat, house.adult_id) for seat in seats)
