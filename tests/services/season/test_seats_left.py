"""Counting seats of the performances that somebody looks at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.domain.season.offers import SeatsLeft
from pos_app.services.season.offers import list_performances
from pos_app.services.season.seats_left import count_left
from tests.services.stories import change_seat, hold, run_out, sold

if TYPE_CHECKING:
    from tests.houses import OpenHouse


def test_what_anybody_can_take_now_is_left(house: OpenHouse) -> None:
    small = house.small
    sold(house, small.seats_of(1, (1, 2)))
    hold(house, [small.seat(1, 3)])
    run_out(house, hold(house, [small.seat(1, 4)]))
    change_seat(house, small.seat(1, 5), guarded=True)
    left = house.database.read(count_left, (small.gala_id, small.performance_id, 987_654))
    assert left == {
        small.performance_id: SeatsLeft(50, 46),
        small.gala_id: SeatsLeft(50, 50),
        987_654: SeatsLeft(0, 0),
    }
    assert house.database.read(count_left, ()) == {}


def test_the_list_counts_those_that_are_looked_at_and_says_so(house: OpenHouse) -> None:
    small = house.small
    sold(house, small.seats_of(1, (1, 2)))
    whole = house.database.read(list_performances)
    assert all(one.counted for one in whole)
    for wanted in ((), (small.gala_id,), (small.gala_id, small.performance_id, 987_654)):
        listed = house.database.read(list_performances, wanted)
        assert [one.performance_id for one in listed] == [one.performance_id for one in whole]
        assert {one.performance_id for one in listed if one.counted} == {*wanted} - {987_654}
        shown = {one.performance_id: (one.capacity, one.free) for one in listed if one.counted}
        assert shown == {one.performance_id: (one.capacity, one.free) for one in whole if one.performance_id in wanted}
