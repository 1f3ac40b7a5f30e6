"""How many reservations are open."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pos_app.domain.errors import NotPermitted
from pos_app.services.orders.reservations.counting import count_reservations
from pos_app.services.orders.reservations.releasing import release_reservations
from tests.services.orders.reserving import move_release, picked_up, reserved
from tests.services.stories import sold

if TYPE_CHECKING:
    from tests.houses import OpenHouse


def counted(house: OpenHouse) -> int:
    return house.database.read(count_reservations, house.small.cashier)


def test_a_reservation_counts_while_a_seat_of_it_is_kept(house: OpenHouse) -> None:
    small = house.small
    sold(house, small.seats_of(3, (1,)))
    assert counted(house) == 0
    first = reserved(house, small.seats_of(1, (1, 2)))
    second = reserved(house, small.seats_of(2, (1, 2)))
    assert counted(house) == 2
    picked_up(house, first.order_id, small.seats_of(1, (1,)))
    assert counted(house) == 2, "one seat of it is still reserved"
    picked_up(house, first.order_id)
    assert counted(house) == 1
    move_release(house, second.order_id, -10)
    house.database.transact(release_reservations)
    assert counted(house) == 0


def test_a_steward_counts_none(house: OpenHouse) -> None:
    with pytest.raises(NotPermitted):
        house.database.read(count_reservations, house.small.steward)
