"""A reservation stands at one till to be paid, for as long as that till has it open."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from pos_app.db.models import Order
from pos_app.domain.errors import HoldExpired
from pos_app.services.selling.holds import extend_hold
from tests.services.orders.ledgers import require_sound
from tests.services.orders.reserving import move_release, opened, reserved
from tests.services.stories import put_hold_back

if TYPE_CHECKING:
    from tests.houses import OpenHouse


def test_a_till_that_takes_longer_keeps_it_open_for_longer(house: OpenHouse) -> None:
    small, database = house.small, house.database
    made = reserved(house, [small.seat(1, 1)])
    picked = opened(house, made.order_id)
    key = picked.hold.basket_key
    put_hold_back(house, key, made=300, left=60)
    database.transact(extend_hold, small.cashier, key, request_id=uuid4().hex, reason="looks for the card")
    longer = opened(house, made.order_id, basket_key=key)
    stored = database.read(lambda session: session.get_one(Order, made.order_id))
    assert longer.hold.extended
    assert stored.pickup_until == longer.hold.expires_at > picked.hold.expires_at
    put_hold_back(house, key, made=1800, left=-10)
    with pytest.raises(HoldExpired) as over:
        opened(house, made.order_id, basket_key=key)
    assert over.value.advice == "Open the reservation once more."
    move_release(house, made.order_id, 600, open_too=True)
    require_sound(house)
