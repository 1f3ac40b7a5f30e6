"""A performance is moved, and what was reserved for it is kept no longer than until its new start."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from pos_app.db.models import Order
from pos_app.services.season.performance_records import load_performance_record
from pos_app.services.season.performances import draft_of, save_performance
from tests.services.orders.ledgers import require_sound
from tests.services.orders.reserving import opened, reserved
from tests.services.stories import seat_row

if TYPE_CHECKING:
    from tests.houses import OpenHouse


def move(house: OpenHouse, by: timedelta) -> None:
    small, database = house.small, house.database
    now = database.read(load_performance_record, small.performance_id)
    before = draft_of(now)
    wanted = replace(before, starts_at=before.starts_at + by, doors_at=before.doors_at and before.doors_at + by)
    database.transact(save_performance, small.manager, now, wanted)


def test_an_evening_begins_earlier_and_nobody_keeps_seats_beyond_its_start(house: OpenHouse) -> None:
    small = house.small
    made = reserved(house, [small.seat(1, 1), small.seat(1, 2, small.gala_id)])
    picked = opened(house, reserved(house, [small.seat(2, 1)]).order_id)

    def release_of(order_id: int) -> Order:
        return house.database.read(lambda session: session.get_one(Order, order_id))

    move(house, timedelta(hours=2))
    assert release_of(made.order_id).release_at == made.release_at, "nobody is thrown out by a later start"
    move(house, timedelta(hours=-8))
    start = house.database.read(load_performance_record, small.performance_id).starts_at
    for order_id in (made.order_id, picked.order_id):
        now = release_of(order_id).release_at
        assert now is not None
        assert now < start
    row = seat_row(house, small.seat(1, 2, small.gala_id))
    assert row.claim_until == release_of(made.order_id).release_at
    require_sound(house)
