"""What the tests of reservations that two change at once begin with: reservations that are open, due, or both."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from sqlalchemy import select, update

from pos_app.db.clock import utc_plus
from pos_app.db.models import Hold, Order, OrderLine, PerformanceSeat
from pos_app.domain.orders.changes import LineKind
from pos_app.domain.orders.reservations import ReserveRequest
from pos_app.domain.selling.sales import SaleLine
from pos_app.services.orders.reservations.making import reserve
from pos_app.services.orders.reservations.opening import open_pick_up
from pos_app.services.selling.holds import place_hold
from pos_app.services.selling.pricing import price_basket

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from pos_app.domain.roles import Actor
    from tests.concurrency.conftest import Arena


def reservations(
    arena: Arena,
    rounds: int = 1,
    *,
    due: bool = False,
    open_at: Actor | None = None,
    customer_id: int | None = None,
) -> list[dict[str, Any]]:
    """Reserve two seats for each round; return each reservation as it is seen now, and what its deeds are called with.

    due: their time is over, and nobody has given them back yet. open_at: each is open for paying there, and its time
    there is over too where it is due. customer_id: whose they are.
    """
    made = []
    for row in range(1, rounds + 1):
        order_id = arena.database.transact(_reserve, arena, row, customer_id)
        basket_key = uuid4().hex
        if open_at is not None:
            arena.database.transact(open_pick_up, open_at, order_id, basket_key)
        if due:
            arena.database.transact(run_out, order_id)
        made.append({**arena.database.read(_look, order_id), "basket_key": basket_key})
    return made


def _reserve(session: Session, arena: Arena, row: int, customer_id: int | None) -> int:
    house, basket_key = arena.house, uuid4().hex
    seats = house.seats_of(row, (1, 2))
    lines = tuple(SaleLine(seat, house.adult_id) for seat in seats)
    place_hold(session, house.cashier, basket_key, seats)
    total = price_basket(session, lines).totals.total_minor
    asked = ReserveRequest(uuid4().hex, basket_key, lines, total, "Anna Novak", customer_id=customer_id)
    return reserve(session, house.cashier, asked).order_id


def _look(session: Session, order_id: int) -> dict[str, Any]:
    of_seats = OrderLine.order_id == order_id, OrderLine.kind == LineKind.SEAT
    order = session.execute(select(Order.revision, Order.total_minor).where(Order.id == order_id)).one()
    lines = session.scalars(select(OrderLine.id).where(*of_seats).order_by(OrderLine.id))
    later: datetime = session.execute(select(utc_plus(3600))).scalar_one()
    return {
        "order_id": order_id,
        "revision": order.revision,
        "total_minor": order.total_minor,
        "line_ids": list(lines),
        "later": later.isoformat(),
    }


def run_out(session: Session, order_id: int, seconds: float = 30) -> None:
    """Let the time of a reservation be over since so many seconds, and that of the till that has it open for paying."""
    now = session.execute(select(utc_plus(0))).scalar_one()
    ends = session.execute(select(Order.release_at).where(Order.id == order_id)).scalar_one()
    assert ends is not None
    move_time(session, order_id, (ends - now).total_seconds() + seconds)


def move_time(session: Session, order_id: int, seconds: float) -> None:
    """Move a reservation and its claims into the past, and the basket in which it is open for paying."""
    earlier = timedelta(seconds=seconds)
    order = session.execute(
        select(Order.release_at, Order.pickup_hold_id, Order.pickup_until).where(Order.id == order_id)
    ).one()
    ends = order.release_at - earlier
    session.execute(update(Order).where(Order.id == order_id).values(release_at=ends))
    claim = PerformanceSeat.claim_kind == "reservation", PerformanceSeat.claim_id == order_id
    until = None if order.pickup_until is None else order.pickup_until - earlier
    session.execute(update(PerformanceSeat).where(*claim).values(claim_until=max(ends, until or ends)))
    if until is not None:
        session.execute(update(Order).where(Order.id == order_id).values(pickup_until=until))
        began = until - timedelta(minutes=15)
        basket = update(Hold).where(Hold.id == order.pickup_hold_id)
        session.execute(basket.values(created_at=began, expires_at=until))


def lines_of(session: Session, order_id: int) -> list[str]:
    """Return what has become of the seats of an order."""
    of_seats = OrderLine.order_id == order_id, OrderLine.kind == LineKind.SEAT
    return list(session.scalars(select(OrderLine.state).where(*of_seats).order_by(OrderLine.id)))
