from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from sqlalchemy import select, update

from pos_app.db.clock import utc_plus
from pos_app.db.models import PerformanceSeat
from pos_app.domain.errors import NotFound
from pos_app.domain.seats import MapState, SeatKind
from pos_app.services.season.offers import list_performances, load_offer
from pos_app.services.seats.map_plan import load_plan
from pos_app.services.seats.map_states import load_changes, load_checksum, load_states
from pos_app.services.selling.expiry import expire_holds
from pos_app.services.selling.holds import release_seats
from tests.services.stories import change_seat, hold, run_out, sold

if TYPE_CHECKING:
    from pos_app.services.seats.map_data import SeatPlan, SeatStates
    from tests.houses import OpenHouse


@dataclass
class Map:
    """What a till knows of the evening: loaded once, then brought up to date by changes."""

    house: OpenHouse
    plan: SeatPlan
    states: SeatStates
    hold_id: int | None = None

    def follow(self) -> SeatStates:
        """Ask for the changes and take them in."""
        changed = self.house.database.read(
            load_changes, self.house.small.performance_id, self.plan, self.hold_id, self.states.cursor
        )
        assert changed.index is not None
        assert changed.crc is not None
        assert self.states.crc is not None
        self.states.state[changed.index] = changed.state
        self.states.crc[changed.index] = changed.crc
        self.states = replace(self.states, cursor=changed.cursor)
        return changed

    def state(self, row: int, number: int) -> MapState:
        return MapState(int(self.states.state[self.plan.index_of(self.house.small.seat_id(row, number))]))

    def checksum(self) -> int:
        assert self.states.crc is not None
        return int(np.bitwise_xor.reduce(self.states.crc))


def load(house: OpenHouse, hold_id: int | None = None) -> Map:
    plan = house.database.read(load_plan, house.small.plan_id)
    return Map(house, plan, house.database.read(load_states, house.small.performance_id, plan, hold_id), hold_id)


def test_a_map_shows_each_seat_as_this_basket_sees_it(house: OpenHouse) -> None:
    small = house.small
    mine = hold(house, [small.seat(1, 1)])
    hold(house, [small.seat(1, 2)], actor=small.elsewhere(small.cashier))
    sold(house, [small.seat(1, 3)])
    for number, kind in enumerate(("house", "blocked", "reservation", "offer"), start=4):
        change_seat(house, small.seat(1, number), state="claimed", claim_kind=kind, claim_id=1)
    change_seat(house, small.seat(1, 8), guarded=True)
    seen = load(house, mine.hold_id)
    assert [seen.state(1, number) for number in range(1, 10)] == [
        MapState.MINE,
        MapState.HELD,
        MapState.SOLD,
        MapState.HOUSE,
        MapState.BLOCKED,
        MapState.HELD,
        MapState.HELD,
        MapState.HELD,
        MapState.FREE,
    ]
    claims = {index: claim.holder for index, claim in seen.states.claims.items()}
    assert claims == {
        seen.plan.index_of(small.seat_id(1, number)): holder
        for number, holder in {2: "Till 2", 6: "Reservation", 7: "Waiting list", 8: "Waiting list"}.items()
    }
    left = seen.states.claims[seen.plan.index_of(small.seat_id(1, 2))].seconds_left
    assert left is not None
    assert 895 < left < 901


def test_a_basket_whose_time_is_over_shows_its_seats_free(house: OpenHouse) -> None:
    held = hold(house, [house.small.seat(1, 1)])
    run_out(house, held)
    assert load(house, held.hold_id).state(1, 1) is MapState.FREE


def test_a_lapsed_seat_that_people_wait_for_does_not_look_free(house: OpenHouse) -> None:
    held = hold(house, [house.small.seat(1, 1)])
    run_out(house, held)
    change_seat(house, house.small.seat(1, 1), guarded=True)
    assert load(house).state(1, 1) is MapState.HELD


def test_a_map_follows_what_other_tills_do(house: OpenHouse) -> None:
    small = house.small
    made_long_ago = update(PerformanceSeat).values(changed_at=utc_plus(-3600))
    house.database.transact(lambda session: session.execute(made_long_ago))
    seen = load(house)
    held = hold(house, small.seats_of(1, (1, 2)))
    changed = seen.follow()
    assert changed.index is not None
    assert set(changed.index) == {seen.plan.index_of(small.seat_id(1, number)) for number in (1, 2)}
    assert (seen.state(1, 1), seen.state(1, 2)) == (MapState.HELD, MapState.HELD)
    house.database.transact(release_seats, held.basket_key, [small.seat(1, 1)])
    sold(house, [small.seat(1, 3)])
    seen.follow()
    assert (seen.state(1, 1), seen.state(1, 2), seen.state(1, 3)) == (MapState.FREE, MapState.HELD, MapState.SOLD)


def test_a_change_that_commits_late_is_still_seen(house: OpenHouse) -> None:
    """Its time lies before the cursor: the overlap finds it."""
    small = house.small
    seen = load(house)
    change_seat(house, small.seat(1, 1), state="claimed", claim_kind="house", claim_id=1, changed_at=utc_plus(-4))
    seen.follow()
    assert seen.state(1, 1) is MapState.HOUSE


def test_the_tills_checksum_is_the_servers(house: OpenHouse) -> None:
    small = house.small
    if house.database.embedded:
        assert house.database.read(load_checksum, small.performance_id) is None
        return
    seen = load(house)
    assert seen.checksum() == house.database.read(load_checksum, small.performance_id) == 0
    first = hold(house, small.seats_of(1, (1, 2, 3)))
    sold(house, small.seats_of(2, (1, 2)))
    change_seat(house, small.seat(3, 1), state="claimed", claim_kind="house", claim_id=7)
    change_seat(house, small.seat(3, 2), guarded=True)
    assert seen.checksum() != house.database.read(load_checksum, small.performance_id), "the till has not looked yet"
    seen.follow()
    assert seen.checksum() == house.database.read(load_checksum, small.performance_id) != 0
    run_out(house, first)
    house.database.transact(expire_holds)
    seen.follow()
    assert seen.checksum() == house.database.read(load_checksum, small.performance_id)
    assert seen.checksum() == load(house).checksum()


def test_a_missed_change_shows_in_the_checksum_and_a_full_load_repairs_it(house: OpenHouse) -> None:
    small = house.small
    seen = load(house)
    change_seat(house, small.seat(1, 1), state="claimed", claim_kind="house", claim_id=1, changed_at=utc_plus(-3600))
    seen.follow()
    assert seen.state(1, 1) is MapState.FREE
    if not house.database.embedded:
        assert seen.checksum() != house.database.read(load_checksum, small.performance_id)
    assert load(house).state(1, 1) is MapState.HOUSE


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


def test_the_list_counts_the_seats_left(house: OpenHouse) -> None:
    small = house.small
    sold(house, small.seats_of(1, (1, 2)))
    hold(house, [small.seat(1, 3)])
    run_out(house, hold(house, [small.seat(1, 4)]))
    change_seat(house, small.seat(1, 5), guarded=True)
    begun, evening, gala = house.database.read(list_performances)
    assert [one.performance_id for one in (begun, evening, gala)] == [
        small.begun_id,
        small.performance_id,
        small.gala_id,
    ]
    rows = house.database.read(
        lambda session: session.scalars(
            select(PerformanceSeat.state).where(PerformanceSeat.performance_id == small.performance_id)
        ).all()
    )
    assert (evening.capacity, evening.free) == (len(rows), len(rows) - 4)
    assert gala.free == gala.capacity
    assert begun.until_start < 0 < evening.until_start


def test_an_offer_says_all_that_is_needed_to_sell(house: OpenHouse) -> None:
    small = house.small
    offer = house.database.read(load_offer, small.gala_id)
    assert offer.prices[small.category_a_id, small.adult_id] == 4000
    assert (offer.ticket_fee_minor, offer.order_fee_minor, offer.currency) == (50, 150, "EUR")
    names = [kind.name for kind in offer.types_for(small.category_b_id, "companion")]
    assert names == ["Adult", "Child", "Complimentary", "Companion"]
    assert offer.full_price(small.category_b_id) == 2500
    with pytest.raises(NotFound):
        house.database.read(load_offer, 987_654)
