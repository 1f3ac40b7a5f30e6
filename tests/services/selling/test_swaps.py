from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pos_app.domain.errors import HoldExpired, SeatsTaken
from pos_app.services.selling.holds import load_hold
from pos_app.services.selling.swaps import swap_seats
from tests.services.stories import hold, run_out, seat_row

if TYPE_CHECKING:
    from tests.houses import OpenHouse


def test_seats_are_swapped_in_one_step_and_asked_for_again_nothing_more_happens(house: OpenHouse) -> None:
    small = house.small
    held = hold(house, small.seats_of(1, (1, 2)))
    for _ in range(2):
        swapped = house.database.transact(
            swap_seats, small.cashier, held.basket_key, [small.seat(2, 5)], [small.seat(1, 2)]
        )
        assert swapped.seats == (small.seat(1, 1), small.seat(2, 5))
        assert swapped.taken == (small.seat(2, 5),)
    assert seat_row(house, small.seat(1, 2)).claim_id is None


def test_a_seat_that_somebody_has_leaves_the_basket_as_it_was(house: OpenHouse) -> None:
    small = house.small
    held = hold(house, small.seats_of(1, (1, 2)))
    hold(house, [small.seat(2, 5)], actor=small.elsewhere(small.cashier))
    with pytest.raises(SeatsTaken):
        house.database.transact(swap_seats, small.cashier, held.basket_key, [small.seat(2, 5)], [small.seat(1, 2)])
    assert house.database.read(load_hold, held.basket_key).seats == held.seats


def test_a_basket_whose_time_is_over_swaps_nothing(house: OpenHouse) -> None:
    small = house.small
    held = hold(house, [small.seat(1, 1)])
    run_out(house, held)
    with pytest.raises(HoldExpired):
        house.database.transact(swap_seats, small.cashier, held.basket_key, [small.seat(2, 5)], [small.seat(1, 1)])
