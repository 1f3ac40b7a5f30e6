from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pos_app.domain.errors import NotPermitted
from pos_app.domain.venues.plan_seat_edits import remove_seats
from pos_app.services.venues.plan_catalogue import preview_move
from pos_app.services.venues.plan_store import move_performances, save_plan
from tests.services.venues.plan_stories import opened, plan_of
from tests.small_house import sell_seats

if TYPE_CHECKING:
    from tests.houses import OpenHouse


def test_performances_that_stayed_behind_are_told_and_go_over_unless_a_sold_place_is_gone(house: OpenHouse) -> None:
    database, small = house.database, house.small
    sale = database.transact(sell_seats, small, small.seats_of(1, [1]))
    before = opened(house)
    wanted = remove_seats(before.draft, {"1-1"})
    saved = database.transact(save_plan, small.manager, before, wanted, move=()).opened.plan.plan_id
    evening, gala = database.read(preview_move, small.manager, small.plan_id, saved)
    assert (evening.performance_id, gala.performance_id) == (small.performance_id, small.gala_id)
    assert [one.holder.replace("-", "") for one in evening.hindrances] == [f"order {sale.number}".replace("-", "")]
    assert gala.hindrances == ()
    assert database.transact(move_performances, small.manager, [small.gala_id], saved) == (small.gala_id,)
    assert plan_of(house, small.gala_id) == saved
    assert [one.performance_id for one in database.read(preview_move, small.manager, small.plan_id, saved)] == [
        small.performance_id
    ]
    with pytest.raises(NotPermitted):
        database.read(preview_move, small.cashier, small.plan_id, saved)
