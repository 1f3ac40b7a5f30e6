from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pos_app.domain.door.check_in import Verdict
from pos_app.services.door.guest_lists import count_guests, list_door_performances, list_scans
from tests.services.stories import change_performance
from tests.small_house import DAY

if TYPE_CHECKING:
    from tests.services.door.gate import Door


def test_the_door_counts_and_lists(door: Door) -> None:
    small, database = door.house.small, door.house.database
    door.scan()
    door.scan("nonsense")
    counts = database.read(count_guests, small.performance_id)
    assert (counts.inside, counts.expected) == (1, 2)
    scans = database.read(list_scans, small.performance_id)
    assert [one.verdict for one in scans] == [Verdict.REFUSED, Verdict.ADMITTED]
    listed = database.read(list_door_performances)
    assert [one.performance_id for one in listed] == [small.begun_id, small.performance_id, small.gala_id]
    assert [one.until_doors for one in listed] == pytest.approx([-5400, DAY - 1800, 2 * DAY - 1800], abs=60)
    change_performance(door.house, doors_at=None)
    assert database.read(list_door_performances)[1].until_doors == pytest.approx(DAY, abs=60)
    change_performance(door.house, state="cancelled")
    assert [one.cancelled for one in database.read(list_door_performances)] == [False, True, False]
