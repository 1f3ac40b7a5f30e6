"""Seats are kept under a name until a time: the story of the customer on the phone and the cashier."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from pos_app.domain.errors import HoldExpired, SeatsTaken
from pos_app.services.orders.reservations.making import confirm_reservation, reserve
from pos_app.services.selling.sales import sell
from tests.services.orders.ledgers import require_sound
from tests.services.orders.reserving import ask_to_reserve
from tests.services.stories import cash_request, hold, seat_row

if TYPE_CHECKING:
    from tests.houses import OpenHouse


def test_four_are_kept_under_novak(house: OpenHouse) -> None:
    small, database = house.small, house.database
    request = ask_to_reserve(house, small.seats_of(1, (1, 2, 3, 4)), "Novak")
    database.read(confirm_reservation, small.cashier, request)
    made = database.transact(reserve, small.cashier, request)
    assert (made.customer_name, made.total_minor, made.seats, made.currency) == ("Novak", 16000, 4, "EUR")
    assert database.transact(reserve, small.cashier, request) == made, "a repeat reserves nothing twice"
    row = seat_row(house, small.seat(1, 1))
    assert (row.state, row.claim_kind, row.claim_id) == ("claimed", "reservation", made.order_id)
    assert row.claim_until == made.release_at
    with pytest.raises(SeatsTaken):
        hold(house, [small.seat(1, 2)])
    with pytest.raises(HoldExpired, match="reserved already"):
        database.transact(
            sell,
            small.cashier,
            replace(cash_request(house, hold(house, [small.seat(3, 1)])), basket_key=request.basket_key),
        )
    require_sound(house)
