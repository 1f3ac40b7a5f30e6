from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from sqlalchemy import update

from pos_app.db.clock import utc_plus
from pos_app.db.models import Area, Seat
from pos_app.domain.seats import Place
from pos_app.domain.venues.area_shapes import ShapeKind
from pos_app.services.seats.map_plan import load_plan
from pos_app.services.seats.map_states import load_states
from tests.services.seats.area_stories import take
from tests.services.stories import cash_request
from tests.standing import add_standing

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tests.houses import OpenHouse


def test_a_plan_has_its_areas_and_no_seats_of_theirs(house: OpenHouse, areas: tuple[int, int]) -> None:
    small = house.small
    plan = house.database.read(load_plan, small.plan_id)
    assert list(plan.seat_id) == sorted(small.seat_ids)
    assert [(one.area_id, one.name, one.capacity) for one in plan.areas] == [
        (areas[0], "Standing", 12),
        (areas[1], "Terrace", 3),
    ]
    standing = plan.areas[0]
    assert plan.zones[standing.zone].name == "Standing floor"
    assert plan.categories[standing.category].name == "B"
    assert standing.shape.kind is ShapeKind.RECTANGLE
    assert standing.shape.outline() == ((60.0, 260.0), (260.0, 260.0), (260.0, 340.0), (60.0, 340.0))
    held = take(house, areas[1], 1)
    assert plan.area_of(held.seats[0].seat_id) == 1
    assert plan.area_of(small.seat_id(1, 1)) == -1
    assert plan.index_of(held.seats[0].seat_id) == -1
    assert plan.place_of(held.seats[0].seat_id) == Place("Terrace", "", "")
    assert plan.place_of(small.seat_id(2, 7)).spoken() == "Stalls, row B, seat 7"
    assert [plan.category_of(seat).name for seat in (held.seats[0].seat_id, small.seat_id(1, 1))] == ["B", "A"]
    for ask in (plan.place_of, plan.category_of):
        with pytest.raises(KeyError):
            ask(987_654)


def test_an_area_that_nobody_has_drawn_lies_where_its_places_are(house: OpenHouse, areas: tuple[int, int]) -> None:
    house.database.transact(lambda session: session.execute(update(Area).where(Area.id == areas[0]).values(shape="{}")))
    outline = house.database.read(load_plan, house.small.plan_id).areas[0].shape.outline()
    assert np.mean(outline, axis=0).tolist() == pytest.approx([160.0, 300.0])


def test_an_area_without_places_is_not_shown(house: OpenHouse, areas: tuple[int, int]) -> None:
    def remove(session: Session) -> None:
        session.execute(update(Seat).where(Seat.area_id == areas[0]).values(deleted_at=utc_plus(0)))

    house.database.transact(remove)
    assert [area.name for area in house.database.read(load_plan, house.small.plan_id).areas] == ["Terrace"]


def test_a_house_without_a_single_seat_can_be_shown(house: OpenHouse) -> None:
    area = house.database.transact(add_standing, house.small, 12)

    def remove(session: Session) -> None:
        session.execute(update(Seat).where(Seat.area_id.is_(None)).values(deleted_at=utc_plus(0)))

    house.database.transact(remove)
    plan = house.database.read(load_plan, house.small.plan_id)
    held = take(house, area, 2)
    assert cash_request(house, held).total_minor == 5000
    states = house.database.read(load_states, house.small.performance_id, plan, held.hold_id)
    assert (len(states.state), states.area_free, states.area_mine) == (0, {0: 10}, {0: 2})
