"""Housekeeping ends resale where the door or the clock has done so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import update

from pos_app.db.clock import utc_plus
from pos_app.db.models import Performance
from pos_app.domain.errors import SeatsTaken
from pos_app.services.resale.came_in import end_unsold, withdraw_came_in
from pos_app.services.selling.holds import release_seats
from pos_app.services.selling.sales import sell
from tests.resale import come_in, resales, returned, seat_row
from tests.services.orders.ledgers import live_lines, require_sound
from tests.services.orders.refunding import refunds_of
from tests.services.stories import cash_request, hold
from tests.waiting import sell_out

if TYPE_CHECKING:
    from tests.houses import OpenHouse


def _begin(house: OpenHouse) -> None:
    change = update(Performance).where(Performance.id == house.small.performance_id).values(starts_at=utc_plus(-1))
    house.database.transact(lambda session: session.execute(change))


def test_a_seat_whose_holder_came_in_leaves_the_sale_at_once(house: OpenHouse) -> None:
    sale = sell_out(house)[0]
    seats = house.small.seats_of(1, [3, 4])
    returned(house, sale, seats)
    come_in(house, sale, seats[0])

    assert house.database.transact(withdraw_came_in) == 1

    now = seat_row(house, seats[0])
    assert (now.state, now.order_line_id) == ("sold", live_lines(house, sale.order_id)[seats[0]])
    assert resales(house) == ["came_in", "open"]
    assert house.database.transact(withdraw_came_in) == 0
    require_sound(house)


def test_what_is_in_a_basket_is_refused_at_its_sale_and_leaves_once_it_is_given_back(house: OpenHouse) -> None:
    sale = sell_out(house)[0]
    seat = house.small.seat(1, 3)
    returned(house, sale, [seat])
    held = hold(house, [seat])
    come_in(house, sale, seat)

    assert house.database.transact(withdraw_came_in) == 0
    with pytest.raises(SeatsTaken, match="has come in"):
        house.database.transact(sell, house.small.cashier, cash_request(house, held))
    house.database.transact(release_seats, held.basket_key)

    assert house.database.transact(withdraw_came_in) == 1
    assert seat_row(house, seat).state == "sold"
    assert resales(house) == ["came_in"]


def test_what_nobody_bought_before_the_start_stays_sold_and_nothing_is_owed(house: OpenHouse) -> None:
    sale = sell_out(house)[0]
    seats = house.small.seats_of(1, [3, 4])
    returned(house, sale, seats)
    assert house.database.transact(end_unsold) == 0
    hold(house, seats[:1])
    _begin(house)

    assert house.database.transact(end_unsold) == 1

    assert resales(house) == ["open", "unsold"]
    assert seat_row(house, seats[1]).state == "sold"
    assert refunds_of(house, sale) == []
    require_sound(house)
