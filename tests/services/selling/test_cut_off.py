from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import update

from pos_app.db.clock import utc_plus
from pos_app.db.models import Hold
from pos_app.domain.codes import new_request_id
from pos_app.services.selling.cut_off import list_left_over_holds
from pos_app.services.selling.holds import place_hold, release_seats

if TYPE_CHECKING:
    from tests.houses import OpenHouse


def test_a_till_finds_the_basket_that_its_killed_window_held(house: OpenHouse) -> None:
    small, database = house.small, house.database
    key = new_request_id()
    database.transact(place_hold, small.cashier, key, small.seats_of(1, [1, 2]))
    database.transact(place_hold, small.elsewhere(small.cashier), new_request_id(), small.seats_of(2, [1]))
    (left,) = database.read(list_left_over_holds, small.cashier.till_id)
    assert (left.basket_key, left.seats) == (key, 2)
    assert left.places[0].startswith("Stalls, row A, seat 1")
    assert 800 < left.seconds_left < 901
    database.transact(release_seats, key)
    assert database.read(list_left_over_holds, small.cashier.till_id) == ()


def test_a_basket_whose_time_is_over_is_not_left(house: OpenHouse) -> None:
    small, database = house.small, house.database
    database.transact(place_hold, small.cashier, new_request_id(), small.seats_of(1, [1]))
    database.transact(lambda session: session.execute(update(Hold).values(expires_at=utc_plus(-1))))
    assert database.read(list_left_over_holds, small.cashier.till_id) == ()
