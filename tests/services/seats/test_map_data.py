from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pos_app.domain.errors import NotFound
from pos_app.domain.seats import SeatKind
from pos_app.services.seats.map_plan import load_plan

if TYPE_CHECKING:
    from tests.houses import OpenHouse


def test_a_plan_names_its_seats(house: OpenHouse) -> None:
    small = house.small
    plan = house.database.read(load_plan, small.plan_id)
    assert list(plan.seat_id) == sorted(small.seat_ids)
    assert plan.place(plan.index_of(small.seat_id(2, 7))).spoken() == "Stalls, row B, seat 7"
    assert plan.place(plan.index_of(small.seat_id(5, 10))).kind is SeatKind.COMPANION
    assert plan.index_of(987_654) == -1
    assert plan.categories[int(plan.category[plan.index_of(small.seat_id(5, 1))])].name == "B"
    with pytest.raises(NotFound):
        house.database.read(load_plan, 987_654)
