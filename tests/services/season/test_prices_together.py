from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pos_app.domain.editing import ChangedMeanwhile, FieldRefused
from pos_app.domain.errors import InvalidInput, NotPermitted
from pos_app.services.season.performance_records import load_performance_record
from pos_app.services.season.prices_together import change_prices, preview_change
from tests.other_hall import add_other_evening
from tests.services.season.test_prices import grid_of, with_adult
from tests.services.stories import hold, sold
from tests.small_house import ADULT_MINOR, GALA_ORDER_FEE_MINOR

if TYPE_CHECKING:
    from tests.houses import OpenHouse


def other_evening(house: OpenHouse) -> int:
    event = house.database.read(load_performance_record, house.small.performance_id).event_id
    return house.database.transact(add_other_evening, house.small, event)


def test_what_will_change_is_told_for_each_performance(house: OpenHouse) -> None:
    sold(house, house.small.seats_of(1, (1, 2), house.small.gala_id))
    hold(house, house.small.seats_of(2, (1,)))
    wanted = with_adult(house, grid_of(house), 4500)
    both = (house.small.performance_id, house.small.gala_id)
    evening, gala = house.database.read(preview_change, house.small.manager, both, wanted)
    assert [(one.before_minor, one.after_minor, one.sold, one.held) for one in evening.changes] == [
        (ADULT_MINOR["A"], 4500, 0, 1)
    ]
    assert [(one.sold, one.held) for one in gala.changes] == [(2, 0)]
    assert evening.on_sale
    begun = house.database.read(preview_change, house.small.manager, (house.small.begun_id,), wanted)
    assert [one.on_sale for one in begun] == [False]
    assert gala.grid.order_fee_minor == GALA_ORDER_FEE_MINOR
    assert wanted.order_fee_minor == 0


def test_the_same_prices_are_set_on_several_performances(house: OpenHouse) -> None:
    grids = (grid_of(house, house.small.gala_id), grid_of(house))
    wanted = with_adult(house, grids[1], 4500)
    saved = house.database.transact(change_prices, house.small.manager, grids, wanted)
    assert [one.performance_id for one in saved] == [house.small.gala_id, house.small.performance_id]
    assert [(one.amounts, one.order_fee_minor) for one in saved] == [(wanted.amounts, 0)] * 2
    assert house.database.transact(change_prices, house.small.manager, grids, wanted) == saved


def test_none_is_changed_when_somebody_else_changed_one_of_them(house: OpenHouse) -> None:
    grids = (grid_of(house), grid_of(house, house.small.gala_id))
    house.database.transact(change_prices, house.small.manager, grids[1:], with_adult(house, grids[1], 5000))
    with pytest.raises(ChangedMeanwhile, match="The Cherry Orchard") as told:
        house.database.transact(change_prices, house.small.manager, grids, with_adult(house, grids[0], 4500))
    assert told.value.current == grid_of(house, house.small.gala_id)
    assert grid_of(house) == grids[0]


def test_only_performances_on_one_plan_and_only_by_a_manager(house: OpenHouse) -> None:
    hall = other_evening(house)
    grids = (grid_of(house), grid_of(house, hall))
    wanted = with_adult(house, grids[0], 4500)
    with pytest.raises(InvalidInput, match="one seating plan"):
        house.database.transact(change_prices, house.small.manager, grids, wanted)
    with pytest.raises(NotPermitted):
        house.database.transact(change_prices, house.small.cashier, grids[:1], wanted)
    with pytest.raises(FieldRefused):
        house.database.transact(change_prices, house.small.manager, grids[:1], with_adult(house, grids[0], -1))
    assert grid_of(house) == grids[0]
