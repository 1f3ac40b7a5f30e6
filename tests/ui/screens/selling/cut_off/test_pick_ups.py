"""A window was cut off while a reservation was open for paying: no till has to wait for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.domain.codes import grouped
from pos_app.domain.selling.basket_notes import BasketNote
from tests.kinds import SQLITE
from tests.services.orders.reserving import opened, reserved
from tests.ui.screens.selling.cut_off.conftest import settled, told

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.evening import Evening
    from tests.houses import OpenHouse
    from tests.ui.screens.selling.cut_off.conftest import CutOff

pytestmark = SQLITE


def test_it_is_closed_at_the_next_sign_in_and_said(
    left: CutOff, enter: Callable[[], Evening], house: OpenHouse
) -> None:
    made = reserved(house, [house.small.seat(1, 3)])
    open_here = opened(house, made.order_id)
    left.leave(BasketNote(open_here.hold.basket_key, places=made.number, pick_up_of=made.order_id))
    evening = enter()
    assert f"Order {grouped(made.number)} was open for paying here when Foyer was cut off" in told(evening)
    evening.wait(lambda: not left.notes())
    settled(evening)
    there = opened(house, made.order_id, house.small.elsewhere(house.small.cashier))
    assert there.order_id == made.order_id


def test_what_is_open_is_written_down_and_dropped_when_it_is_left(
    left: CutOff, enter: Callable[[], Evening], house: OpenHouse
) -> None:
    made = reserved(house, [house.small.seat(1, 3)])
    evening = enter()
    evening.sell.picking_up.open(made.order_id)
    evening.wait(left.notes)
    evening.sell.picking_up.leave()
    evening.wait(lambda: not left.notes())
