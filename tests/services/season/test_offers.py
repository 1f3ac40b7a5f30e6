from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from pos_app.db.models import PerformanceSeat
from pos_app.domain.errors import NotFound
from pos_app.services.season.offers import list_performances, load_offer
from tests.services.stories import change_seat, hold, run_out, sold

if TYPE_CHECKING:
    from tests.houses import OpenHouse


def test_the_list_counts_the_seats_left(house: OpenHouse) -> None:
    small = house.small
    sold(house, small.seats_of(1, (1, 2)))
    hold(house, [small.seat(1, 3)])
    run_out(house, hold(house, [small.seat(1, 4)]))
    change_seat(house, small.seat(1, 5), guarded=True)
    begun, evening, gala = house.database.read(list_performances)
    assert [one.performance_id for one in (begun, evening, gala)] == [
        small.begun_id,
        small.performance_id,
        small.gala_id,
    ]
    rows = house.database.read(
        lambda session: session.scalars(
            select(PerformanceSeat.state).where(PerformanceSeat.performance_id == small.performance_id)
        ).all()
    )
    assert (evening.capacity, evening.free) == (len(rows), len(rows) - 4)
    assert gala.free == gala.capacity
    assert begun.until_start < 0 < evening.until_start


def test_an_offer_says_all_that_is_needed_to_sell(house: OpenHouse) -> None:
    small = house.small
    offer = house.database.read(load_offer, small.gala_id)
    assert offer.prices[small.category_a_id, small.adult_id] == 4000
    assert (offer.ticket_fee_minor, offer.order_fee_minor, offer.currency) == (50, 150, "EUR")
    names = [kind.name for kind in offer.types_for(small.category_b_id, "companion")]
    assert names == ["Adult", "Child", "Complimentary", "Companion"]
    assert offer.full_price(small.category_b_id) == 2500
    with pytest.raises(NotFound):
        house.database.read(load_offer, 987_654)
