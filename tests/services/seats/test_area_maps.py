from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from sqlalchemy import select, update

from pos_app.db.clock import utc_plus
from pos_app.db.models import PerformanceSeat
from pos_app.services.seats import map_states
from pos_app.services.seats.map_plan import load_plan
from pos_app.services.seats.map_states import load_changes, load_checksum, load_states
from pos_app.services.selling.area_holds import set_places
from pos_app.services.selling.holds import release_seats
from tests.services.seats.area_stories import take
from tests.services.stories import change_seat, hold, run_out

if TYPE_CHECKING:
    import pytest

    from tests.houses import OpenHouse


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
