"""An evening at a till whose clock is wrong."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from sqlalchemy import select, update

from pos_app.db import types
from pos_app.db.models import Ticket
from pos_app.domain.door.check_in import Scan
from pos_app.domain.errors import SeatsTaken
from pos_app.domain.roles import Permission
from pos_app.domain.selling.sales import VoidRequest
from pos_app.services.door.check_in import check_in
from pos_app.services.orders.refunds.voids import void_order
from pos_app.services.seats.claims import INVENTORY, these_seats
from pos_app.services.selling.expiry import expire_holds
from pos_app.services.selling.holds import extend_hold, load_hold, place_hold
from pos_app.services.selling.pricing import price_basket
from pos_app.services.selling.sales import sell
from pos_app.services.staff.approvals import make_approval
from tests.concurrency.deeds import sale_request, seats_of
from tests.wrong_clock import set_clock_wrong

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from pos_app.domain.selling.sales import SaleRequest
    from tests.concurrency.till import Till


def work_with_a_wrong_clock(
    till: Till,
    *,
    ahead: float,
    performance_id: int,
    adult_id: int,
    seat_ids: list[int],
    running: int,
    over: int,
    code: str,
    approver_id: int,
) -> dict[str, Any]:
    """Hold, extend, sell with a promo code, close holds, check in and take back; tell what each of these said.

    ahead: how many seconds this till's clock is wrong. seat_ids: three of its own. running, over: a seat of another
    till's basket that has its time, and of one whose time is over.
    """
    set_clock_wrong(ahead)
    told: dict[str, Any] = {
        # As any module of the program would ask for the time.
        "clock": [time.time(), vars(types)["datetime"].now(UTC).timestamp()],
    }
    basket_key, seats = uuid4().hex, seats_of(performance_id, seat_ids)
    placed = till.database.transact(place_hold, till.actor, basket_key, seats)
    told["left"] = [placed.seconds_left, placed.total_seconds]
    told["closed"] = till.database.transact(expire_holds).holds
    told["still"] = len(till.database.read(load_hold, basket_key).seats)
    longer = till.database.transact(extend_hold, till.actor, basket_key, request_id=uuid4().hex, reason="Late money")
    told["longer"] = longer.seconds_left
    told["took"] = [_can_take(till, performance_id, seat) for seat in (running, over)]
    request = _with_code(till, sale_request(till, basket_key, seats, adult_id), code)
    sale = till.database.transact(sell, till.actor, request)
    told["paid"] = sale.total_minor
    ticket = till.database.read(_short_code, sale.ticket_ids[0])
    entries = [
        till.database.transact(check_in, till.actor, Scan(performance_id, gate, ticket, uuid4().hex))
        for gate in ("Gate 1", "Gate 1", "Gate 2")
    ]
    told["entries"] = [[entry.verdict, entry.repeated] for entry in entries]
    told["used at"] = entries[-1].used_at.timestamp() if entries[-1].used_at else None
    told["voided"] = _sell_and_take_back(till, seats_of(performance_id, [over]), adult_id, approver_id)
    return told


def take_by_its_own_clock(till: Till, *, ahead: float, performance_id: int, seat_id: int) -> int:
    """Take a seat the wrong way: when its claim is over by this till's clock. Returns how many seats it then has."""
    set_clock_wrong(ahead)
    now = vars(types)["datetime"].now(UTC)
    with till.database.writer.connect() as connection:
        taken = connection.execute(
            update(INVENTORY)
            .where(these_seats(performance_id, [seat_id]), INVENTORY.c.claim_until < now)
            .values(claim_id=till.actor.till_id, changed_at=now)
        )
        connection.commit()
        return taken.rowcount


def _can_take(till: Till, performance_id: int, seat_id: int) -> bool:
    try:
        till.database.transact(place_hold, till.actor, f"{till.actor.till_id}", seats_of(performance_id, [seat_id]))
    except SeatsTaken:
        return False
    return True


def _with_code(till: Till, request: SaleRequest, code: str) -> SaleRequest:
    total = till.database.read(price_basket, request.lines, code).totals.total_minor
    tender = replace(request.tender, amount_minor=total, tendered_minor=total)
    return replace(request, promo_code=code, total_minor=total, tender=tender)


def _short_code(session: Session, ticket_id: int) -> str:
    return session.execute(select(Ticket.short_code).where(Ticket.id == ticket_id)).scalar_one()


def _sell_and_take_back(till: Till, seats: Any, adult_id: int, approver_id: int) -> int:
    """Sell what was taken over, and take it back at once: within the ten minutes of the server."""
    sale = till.database.transact(sell, till.actor, sale_request(till, f"{till.actor.till_id}", seats, adult_id))
    allowed = till.database.transact(make_approval, approver_id, till.actor.till_id, Permission.VOID)
    request = VoidRequest(uuid4().hex, sale.order_id, "Wrong evening", allowed)
    return till.database.transact(void_order, till.actor, request).refund_minor
