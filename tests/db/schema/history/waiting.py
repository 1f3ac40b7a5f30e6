"""A sold-out evening of the small house on which parties wait, and one ticket of which is on resale."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from sqlalchemy import select

from pos_app.db.models import OrderLine
from pos_app.domain.customers.records import CustomerDraft
from pos_app.domain.orders.changes import LineKind
from pos_app.domain.orders.refunds import RefundAsk, RefundRequest
from pos_app.domain.orders.resale import ResaleAsk, ResaleRequest
from pos_app.domain.seats import SeatKey
from pos_app.domain.waiting.entries import JoinRequest
from pos_app.services.customers.records import insert_customer
from pos_app.services.orders.refunds.making import preview_refund, refund
from pos_app.services.orders.resale.returning import preview_resale, return_for_resale
from pos_app.services.seats.claims import INVENTORY, open_to_all
from pos_app.services.waiting.joining import join
from pos_app.services.waiting.lists import open_list
from tests.small_house import sell_seats

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tests.small_house import SmallHouse


def let_parties_wait(session: Session, house: SmallHouse) -> None:
    """Sell the gala out, let two parties join, and free two seats: the first is offered them, the other one waits."""
    free = _free_seats(session, house.gala_id)
    orders = [sell_seats(session, house, some).order_id for some in (free[:4], free[4:])]
    open_list(session, house.manager, uuid4().hex, house.gala_id, offer_minutes=120)
    for name in ("Ada Waits", "Bo Waits"):
        customer = insert_customer(
            session, CustomerDraft(name, email=f"{name[:3].strip()}@example.org"), request_id=uuid4().hex
        )
        join(session, house.cashier, JoinRequest(uuid4().hex, house.gala_id, customer, 2))
    asked = RefundAsk(orders[0], _lines(session, orders[0])[:2])
    told = preview_refund(session, house.manager, asked)
    refund(
        session,
        house.manager,
        RefundRequest(uuid4().hex, orders[0], told.revision, asked.line_ids, told.amount_minor, "Is ill"),
    )
    on_resale = ResaleAsk(orders[1], _lines(session, orders[1])[:1])
    weighed = preview_resale(session, house.cashier, on_resale)
    return_for_resale(
        session,
        house.cashier,
        ResaleRequest(uuid4().hex, orders[1], weighed.revision, on_resale.line_ids, weighed.commission_minor),
    )


def _free_seats(session: Session, performance_id: int) -> list[SeatKey]:
    seat = INVENTORY.c
    free = select(seat.seat_id).where(seat.performance_id == performance_id, open_to_all()).order_by(seat.seat_id)
    return [SeatKey(performance_id, one) for one in session.execute(free).scalars()]


def _lines(session: Session, order_id: int) -> tuple[int, ...]:
    lines = select(OrderLine.id).where(OrderLine.order_id == order_id, OrderLine.kind == LineKind.SEAT)
    return tuple(session.execute(lines.order_by(OrderLine.id)).scalars())
