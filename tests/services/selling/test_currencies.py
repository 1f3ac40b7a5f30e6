"""A basket of two currencies cannot be paid: it never comes to be, whichever way its seats are asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pos_app.domain.errors import OtherCurrency
from pos_app.domain.picking.proposals import Wish
from pos_app.domain.selling.sales import SaleLine
from pos_app.services.selling.area_holds import set_places
from pos_app.services.selling.best_seats import hold_best_seats
from pos_app.services.selling.holds import load_hold, place_hold, release_seats
from pos_app.services.selling.pricing import price_basket
from pos_app.services.selling.swaps import swap_seats
from tests.abroad import open_barn
from tests.services.stories import hold, seat_row

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos_app.domain.selling.holds import PlacedHold
    from tests.abroad import Barn
    from tests.houses import OpenHouse

    Way = Callable[[OpenHouse, Barn, str], object]


def _by_click(house: OpenHouse, barn: Barn, key: str) -> object:
    return house.database.transact(place_hold, house.small.cashier, key, [barn.seat(0)])


def _by_band(house: OpenHouse, barn: Barn, key: str) -> object:
    seats = [barn.seat(0), barn.seat(1)]
    return house.database.transact(place_hold, house.small.cashier, key, seats, partial=True)


def _as_best_seats(house: OpenHouse, barn: Barn, key: str) -> object:
    return house.database.transact(hold_best_seats, house.small.cashier, key, barn.performance_id, Wish(2))


def _as_places(house: OpenHouse, barn: Barn, key: str) -> object:
    return house.database.transact(set_places, house.small.cashier, key, barn.performance_id, barn.area_id, 2)


def _by_swap(house: OpenHouse, barn: Barn, key: str) -> object:
    new, old = [barn.seat(0)], [house.small.seat(1, 1)]
    return house.database.transact(swap_seats, house.small.cashier, key, new, old)


@pytest.mark.parametrize("take", [_by_click, _by_band, _as_best_seats, _as_places, _by_swap])
def test_a_seat_in_another_currency_is_refused_and_the_basket_stays_as_it_is(house: OpenHouse, take: Way) -> None:
    barn = open_barn(house)
    held = hold(house, [house.small.seat(1, 1), house.small.seat(1, 1, house.small.gala_id)])
    with pytest.raises(OtherCurrency) as refused:
        take(house, barn, held.basket_key)
    assert refused.value.message == "“The Alp Horn” is sold in CHF, and what is in the basket is paid in EUR."
    assert refused.value.advice == "Pay for what is in the basket first, or release it."
    assert _seats(house, held) == held.seats
    assert seat_row(house, barn.seat(0)).state == "free"


def test_seats_of_two_currencies_that_are_asked_for_at_once_are_refused(house: OpenHouse) -> None:
    barn = open_barn(house)
    with pytest.raises(OtherCurrency):
        hold(house, [barn.seat(0), house.small.seat(1, 1)])
    assert seat_row(house, house.small.seat(1, 1)).state == seat_row(house, barn.seat(0)).state == "free"


def test_another_basket_holds_the_other_currency_and_so_does_this_one_once_it_is_released(house: OpenHouse) -> None:
    barn = open_barn(house)
    held = hold(house, [house.small.seat(1, 1)])
    hold(house, [barn.seat(0)])
    house.database.transact(release_seats, held.basket_key)
    assert hold(house, [barn.seat(1)]).seats == (barn.seat(1),)


def test_lines_of_two_currencies_are_not_added_up(house: OpenHouse) -> None:
    barn = open_barn(house)
    lines = [SaleLine(seat, house.small.adult_id) for seat in (house.small.seat(1, 1), barn.seat(0))]
    with pytest.raises(OtherCurrency):
        house.database.read(price_basket, lines)


def _seats(house: OpenHouse, held: PlacedHold) -> object:
    return house.database.read(load_hold, held.basket_key).seats
