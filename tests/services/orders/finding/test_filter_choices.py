"""What orders can be filtered by."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from pos_app.domain.errors import NotPermitted
from pos_app.domain.local_times import wall_time
from pos_app.services.orders.finding.filter_choices import list_filter_choices
from pos_app.services.server_time import load_server_time
from tests.small_house import TIME_ZONE

if TYPE_CHECKING:
    from tests.houses import OpenHouse


def test_performances_come_latest_first_and_tills_and_people_by_name(house: OpenHouse) -> None:
    small = house.small
    choices = house.database.read(list_filter_choices, small.cashier)
    shown = [one.performance_id for one in choices.performances]
    assert shown == [small.gala_id, small.performance_id, small.begun_id]
    assert [one.name for one in choices.tills] == ["Gate 1", "Till 1", "Till 2"]
    assert [one.name for one in choices.people] == ["Carla Cash", "Mario Manager", "Stella Steward"]
    now = wall_time(house.database.read(load_server_time), TIME_ZONE).wall
    assert choices.today in {now.date(), (now - timedelta(minutes=1)).date()}
    with pytest.raises(NotPermitted):
        house.database.read(list_filter_choices, small.steward)
