from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from sqlalchemy import delete, update

from pos_app.db.clock import utc_plus
from pos_app.db.models import Performance, PerformanceSeat, Price, TicketType
from pos_app.domain.seats import MapState
from pos_app.services.season.offers import load_offer
from pos_app.services.seats.map_plan import load_plan
from pos_app.services.seats.map_states import load_changes, load_checksum, load_states
from pos_app.services.selling.expiry import expire_holds
from pos_app.services.selling.holds import release_seats
from tests.services.stories import change_seat, hold, run_out, sold

if TYPE_CHECKING:
    from sqlalchemy import Executable

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
        MapState.RESERVED,
        MapState.OFFERED,
        MapState.FIRST_CALL,
        MapState.FREE,
    ]
    claims = {index: claim.holder for index, claim in seen.states.claims.items()}
    assert claims == {seen.plan.index_of(small.seat_id(1, 2)): "Till 2"}
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
    assert load(house).state(1, 1) is MapState.FIRST_CALL


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


@pytest.mark.parametrize(
    "change",
    [
        update(Price).values(amount_minor=Price.amount_minor + 100),
        update(Performance).values(ticket_fee_minor=75),
        update(Performance).values(order_fee_minor=75),
        update(TicketType).where(TicketType.name == "Child").values(deleted_at=utc_plus(-1)),
        delete(Price).where(Price.amount_minor == 0),
    ],
    ids=["price", "fee on a ticket", "fee on an order", "type put away", "no longer offered"],
)
def test_the_map_tells_with_each_answer_what_the_evening_costs(house: OpenHouse, change: Executable) -> None:
    evening = house.small.performance_id
    shown = load(house)
    before = house.database.read(load_offer, evening)
    assert shown.states.price_stamp == shown.follow().price_stamp == before.price_stamp
    house.database.transact(lambda session: session.execute(change))
    after = house.database.read(load_offer, evening)
    assert after.price_stamp != before.price_stamp
    assert shown.follow().price_stamp == load(house).states.price_stamp == after.price_stamp


def test_an_evening_without_prices_has_a_stamp_too(house: OpenHouse) -> None:
    house.database.transact(lambda session: session.execute(delete(Price)))
    offer = house.database.read(load_offer, house.small.performance_id)
    assert load(house).states.price_stamp == offer.price_stamp != ""


def test_a_seat_on_resale_is_shown_as_such_until_somebody_has_it(house: OpenHouse) -> None:
    seat = house.small.seat(1, 1)
    change_seat(house, seat, prior_order_line_id=1)
    seen = load(house)
    assert seen.state(1, 1) is MapState.RESALE
    assert house.database.read(load_checksum, seat.performance_id) in {None, seen.checksum()}
    hold(house, [seat])
    seen.follow()
    assert seen.state(1, 1) is MapState.HELD
