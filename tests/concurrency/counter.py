"""A counter whose way to the server can be cut: an arena, the door to its server, and a till that goes through it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from uuid import uuid4

from sqlalchemy import select

from pos_app.db.models import Order
from pos_app.domain.selling.sales import PaymentMethod, SaleLine, SaleRequest, Tender
from pos_app.services.selling.holds import place_hold
from pos_app.services.selling.sales import find_sale, sell
from tests.small_house import ADULT_MINOR

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from pos_app.db.database import Database
    from pos_app.domain.selling.sales import Sale
    from tests.concurrency.conftest import Arena
    from tests.concurrency.proxy import Proxy

LOCK_WAIT_SECONDS: Final = 1
"""How long a statement of this counter waits for a lock: less than the program does."""


@dataclass(frozen=True)
class Counter:
    """An arena, the door to its server, and a till that goes through this door."""

    arena: Arena
    proxy: Proxy
    till: Database

    def hold(self, row: int, numbers: Sequence[int]) -> SaleRequest:
        """Hold two seats of a row directly, and write the request of their sale."""
        house = self.arena.house
        seats = house.seats_of(row, numbers)
        basket_key = uuid4().hex
        self.arena.database.transact(place_hold, house.cashier, basket_key, seats)
        lines = tuple(SaleLine(seat, house.adult_id) for seat in seats)
        total = len(seats) * ADULT_MINOR["A" if row <= (house.rows + 1) // 2 else "B"]
        return SaleRequest(uuid4().hex, basket_key, lines, total, Tender(PaymentMethod.CASH, total, total))

    def sell(self, request: SaleRequest) -> Sale:
        """Sell through the door."""
        return self.till.transact(sell, self.arena.house.cashier, request)

    def require_one_sale(self, request: SaleRequest, sale: Sale) -> None:
        """There is exactly one order of this request, and the caller was told of this one."""
        assert self.arena.database.read(orders_of, request.request_id) == [sale.order_id]
        assert self.arena.database.read(find_sale, request.request_id) == sale
        assert len(sale.ticket_ids) == len(request.lines)
        self.arena.require_sound()


def orders_of(session: Session, request_id: str) -> list[int]:
    return list(session.execute(select(Order.id).where(Order.request_id == request_id)).scalars())
