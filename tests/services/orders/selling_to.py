"""Sales to somebody with a name, for those who look for them again."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from pos_app.domain.selling.sales import PaymentMethod, SaleLine, SaleRequest, Tender
from pos_app.services.selling.holds import place_hold
from pos_app.services.selling.pricing import price_basket
from pos_app.services.selling.sales import sell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from pos_app.domain.roles import Actor
    from pos_app.domain.seats import SeatKey
    from pos_app.domain.selling.sales import Sale
    from tests.houses import OpenHouse


def sell_to(
    session: Session,
    house: OpenHouse,
    seats: Sequence[SeatKey],
    name: str = "",
    note: str = "",
    *,
    actor: Actor | None = None,
    collect: bool = False,
) -> Sale:
    """Sell seats to somebody, for cash."""
    small, basket = house.small, uuid4().hex
    seller = actor or small.cashier
    place_hold(session, seller, basket, seats)
    lines = tuple(SaleLine(seat, small.adult_id) for seat in seats)
    total = price_basket(session, lines).totals.total_minor
    tender = Tender(PaymentMethod.CASH, total, total)
    request = SaleRequest(uuid4().hex, basket, lines, total, tender, name, note, collect=collect)
    return sell(session, seller, request)
