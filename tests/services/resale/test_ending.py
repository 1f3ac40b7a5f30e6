"""A performance that is called off ends what is on resale of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from pos_app.db.models import OrderChange
from pos_app.services.resale.ending import end_resales
from tests.resale import resales, returned, seat_row
from tests.services.orders.ledgers import live_lines, require_sound
from tests.services.stories import hold
from tests.waiting import sell_out

if TYPE_CHECKING:
    from tests.houses import OpenHouse


def test_all_that_nobody_holds_is_ended_each_order_by_one_change(house: OpenHouse) -> None:
    first, second = sell_out(house)[:2]
    seats = house.small.seats_of(1, [1, 2]) + house.small.seats_of(2, [1, 2])
    returned(house, first, seats[:2])
    returned(house, second, seats[2:])
    hold(house, seats[3:])

    ended = house.database.transact(end_resales, house.small.manager, house.small.performance_id, "the singer is ill")

    assert ended == 3
    assert resales(house) == ["unsold", "unsold", "unsold", "open"]
    assert seat_row(house, seats[0]).order_line_id == live_lines(house, first.order_id)[seats[0]]
    back = select(OrderChange.order_id, OrderChange.reason).where(OrderChange.kind == "resale_back")
    rows = house.database.read(lambda session: session.execute(back.order_by(OrderChange.id)).all())
    assert [tuple(row) for row in rows] == [(one.order_id, "the singer is ill") for one in (first, second)]
    require_sound(house)


def test_it_may_be_repeated(house: OpenHouse) -> None:
    sale = sell_out(house)[0]
    returned(house, sale, [house.small.seat(1, 1)])
    asked = house.small.manager, house.small.performance_id, "ill"

    assert house.database.transact(end_resales, *asked) == 1
    assert house.database.transact(end_resales, *asked) == 0
