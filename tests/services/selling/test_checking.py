"""What no basket may hold, whoever asks: before the money moves, and when it is sold."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from sqlalchemy import select

from pos_app.db.models import Event, PriceCategory, SeatingPlan, Venue
from pos_app.domain.errors import InvalidInput, PosError
from pos_app.domain.seats import SeatKey
from pos_app.domain.selling.sales import PaymentMethod, SaleLine, SaleRequest, Tender
from pos_app.services.selling.quotes import confirm_basket
from pos_app.services.selling.sales import sell
from tests.services.selling.refusals import orders_made
from tests.services.stories import cash_request, hold
from tests.small_house_rows import add, add_performance, add_prices, add_seats, fill_inventory

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tests.houses import OpenHouse


def _add_evening_abroad(session: Session, house: OpenHouse) -> SeatKey:
    """Add an evening at a venue of another currency; return a seat of it."""
    small = house.small
    venue = add(session, Venue, name="Alp Barn", address="", time_zone="Europe/Zurich", currency="CHF")
    size = {"width": 300.0, "height": 300.0, "focal_x": 150.0, "focal_y": 20.0}
    plan = add(session, SeatingPlan, venue_id=venue, name="Barn", version=1, **size)
    category = add(session, PriceCategory, plan_id=plan, name="A")
    seats = add_seats(session, plan, {"A": category, "B": category}, 1, 3)
    event = session.execute(select(Event.id).limit(1)).scalar_one()
    evening = add_performance(session, event, plan, starts_in=86_400)
    add_prices(session, evening, {(category, small.adult_id): 3000})
    fill_inventory(session, evening)
    return SeatKey(evening, seats[0])


def test_two_currencies_are_not_added_up(house: OpenHouse) -> None:
    small = house.small
    here, abroad = small.seat(1, 1), house.database.transact(_add_evening_abroad, house)
    held = hold(house, [here])
    lines = tuple(SaleLine(seat, small.adult_id) for seat in (here, abroad))
    request = SaleRequest(uuid4().hex, held.basket_key, lines, 7000, Tender(PaymentMethod.CASH, 7000, 7000))
    for service in (confirm_basket, sell):
        with pytest.raises(PosError, match="currenc"):
            house.database.transact(service, small.cashier, request)
    assert orders_made(house) == 0


@pytest.mark.parametrize("field", ["reference", "customer_name", "note"])
def test_a_whole_card_number_is_kept_nowhere(house: OpenHouse, field: str) -> None:
    request = cash_request(house, hold(house, [house.small.seat(1, 1)]))
    number = "Visa 4111 1111 1111 1111 12/25"
    asked: SaleRequest = (
        replace(request, tender=replace(request.tender, reference=number))
        if field == "reference"
        else replace(request, **{field: number})  # type: ignore[arg-type]
    )
    for service in (confirm_basket, sell):
        with pytest.raises(InvalidInput, match="whole card number") as refusal:
            house.database.transact(service, house.small.cashier, asked)
        assert refusal.value.field == field
    assert orders_made(house) == 0
