from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import numpy as np
import pytest
from sqlalchemy import select, update

from pos_app.db.clock import utc_plus
from pos_app.db.models import Area, PerformanceSeat, Seat
from pos_app.domain.seats import Place
from pos_app.domain.venues.area_shapes import ShapeKind
from pos_app.services.seats import map_states
from pos_app.services.seats.map_plan import load_plan
from pos_app.services.seats.map_states import load_changes, load_checksum, load_states
from pos_app.services.selling.area_holds import set_places
from pos_app.services.selling.holds import release_seats
from tests.services.stories import cash_request, change_seat, hold, run_out
from tests.standing import add_standing

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from pos_app.domain.selling.holds import PlacedHold
    from tests.houses import OpenHouse


@pytest.fixture
def areas(house: OpenHouse) -> tuple[int, int]:
    """Give two areas: "Standing" with 12 places, "Terrace" with 3."""
    return (
        house.database.transact(add_standing, house.small, 12),
        house.database.transact(add_standing, house.small, 3, name="Terrace"),
    )


def take(house: OpenHouse, area: int, total: int) -> PlacedHold:
    small = house.small
    held = house.database.transact(set_places, small.cashier, uuid4().hex, small.performance_id, area, total)
    assert held is not None
    return held


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


def test_a_map_counts_what_is_left_and_what_is_this_baskets(house: OpenHouse, areas: tuple[int, int]) -> None:
    small = house.small
    plan = house.database.read(load_plan, small.plan_id)
    mine = take(house, areas[0], 4)
    take(house, areas[1], 3)
    states = house.database.read(load_states, small.performance_id, plan, mine.hold_id)
    assert len(states.state) == len(small.seat_ids)
    assert (states.area_free, states.area_mine) == ({0: 8, 1: 0}, {0: 4, 1: 0})
    assert house.database.read(load_states, small.performance_id, plan, None).area_mine == {0: 0, 1: 0}


def test_only_areas_that_changed_are_counted_anew(
    house: OpenHouse, areas: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(map_states, "_turn", lambda _moment: 0)
    small = house.small
    house.database.transact(lambda session: session.execute(update(PerformanceSeat).values(changed_at=utc_plus(-3600))))
    plan = house.database.read(load_plan, small.plan_id)
    states = house.database.read(load_states, small.performance_id, plan, None)
    quiet = house.database.read(load_changes, small.performance_id, plan, None, states.cursor)
    assert quiet.is_empty
    held = take(house, areas[1], 2)
    changed = house.database.read(load_changes, small.performance_id, plan, held.hold_id, states.cursor)
    assert (changed.area_free, changed.area_mine) == ({1: 1}, {1: 2})
    assert changed.index is not None
    assert not len(changed.index)
    assert not changed.is_empty
    house.database.transact(release_seats, held.basket_key)
    assert house.database.read(load_changes, small.performance_id, plan, None, changed.cursor).area_free == {1: 3}


def test_every_ten_seconds_all_areas_are_counted_anew(house: OpenHouse, areas: tuple[int, int]) -> None:
    """A basket that lapses changes nothing in the inventory, and yet its places are free."""
    small = house.small
    plan = house.database.read(load_plan, small.plan_id)
    run_out(house, take(house, areas[0], 5))
    house.database.transact(lambda session: session.execute(update(PerformanceSeat).values(changed_at=utc_plus(-3600))))
    earlier = house.database.read(lambda session: session.execute(select(utc_plus(-10))).scalar_one())
    changed = house.database.read(load_changes, small.performance_id, plan, None, earlier.isoformat())
    assert changed.area_free == {0: 12, 1: 3}


def test_no_place_of_an_area_disturbs_the_checksum(house: OpenHouse, areas: tuple[int, int]) -> None:
    small = house.small
    if house.database.embedded:
        assert house.database.read(load_checksum, small.performance_id) is None
        return
    house.database.transact(lambda session: set_places(session, small.cashier, "k", small.gala_id, areas[0], 2))
    take(house, areas[0], 4)
    hold(house, small.seats_of(1, (1, 2)))
    change_seat(house, small.seat(3, 1), state="claimed", claim_kind="house", claim_id=7)
    plan = house.database.read(load_plan, small.plan_id)
    states = house.database.read(load_states, small.performance_id, plan, None)
    assert states.crc is not None
    ours = int(np.bitwise_xor.reduce(states.crc))
    assert ours == house.database.read(load_checksum, small.performance_id) != 0


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
