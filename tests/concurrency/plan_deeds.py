"""What tills do while a manager changes the seating plan."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from pos_app.domain.codes import new_request_id
from pos_app.domain.errors import HoldExpired, SeatsTaken, ServerBusy, VoidRefused
from pos_app.domain.roles import Permission
from pos_app.domain.seats import SeatKey
from pos_app.domain.selling.sales import PaymentMethod, SaleLine, SaleRequest, Tender, VoidRequest
from pos_app.services.orders.refunds.voids import void_order
from pos_app.services.selling.holds import place_hold
from pos_app.services.selling.pricing import price_basket
from pos_app.services.selling.sales import sell
from pos_app.services.staff.approvals import make_approval

if TYPE_CHECKING:
    from tests.concurrency.till import Till


def sell_on(till: Till, *, performance_id: int, seats: list[int], adult_id: int, manager_id: int) -> dict[str, int]:
    """Sell seat after seat, by the map of the beginning, and take every third sale back; return how often what was.

    Each sale waits for its turn, so that the manager is as often before it as in its midst or behind it.
    """
    told: dict[str, int] = {}
    for number, seat_id in enumerate(seats):
        till.say("ready")
        till.wait()
        outcome = _sell_one(till, SeatKey(performance_id, seat_id), adult_id, manager_id, taken_back=number % 3 == 0)
        told[outcome] = told.get(outcome, 0) + 1
    return told


def _sell_one(till: Till, seat: SeatKey, adult_id: int, manager_id: int, *, taken_back: bool) -> str:
    basket, lines = uuid4().hex, (SaleLine(seat, adult_id),)
    try:
        till.database.transact(place_hold, till.actor, basket, [seat])
        total = till.database.read(price_basket, lines).totals.total_minor
        tender = Tender(PaymentMethod.CASH, total, total)
        sale = till.database.transact(sell, till.actor, SaleRequest(new_request_id(), basket, lines, total, tender))
        if taken_back:
            allowed = till.transact(make_approval, manager_id, till.actor.till_id, Permission.VOID)
            request = VoidRequest(new_request_id(), sale.order_id, "changed their mind", allowed)
            till.database.transact(void_order, till.actor, request)
            return "taken back"
    except SeatsTaken as refused:
        return "told" if "seating plan was changed" in refused.message else refused.message
    except (ServerBusy, HoldExpired, VoidRefused) as refused:
        return type(refused).__name__
    return "sold"
