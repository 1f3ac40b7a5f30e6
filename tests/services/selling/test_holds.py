from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from sqlalchemy import update

from pos_app.db.clock import utc_now
from pos_app.db.models import Hold
from pos_app.domain.errors import HoldExpired, InvalidInput, NotFound, SeatsTaken
from pos_app.services.selling.holds import load_hold, place_hold, release_seats
from tests.services.stories import change_performance, change_seat, hold, put_hold_back, run_out, seat_row

if TYPE_CHECKING:
    from tests.houses import OpenHouse


def test_a_seat_is_held_for_fifteen_minutes_by_the_servers_clock(house: OpenHouse) -> None:
    seat = house.small.seat(1, 1)
    held = hold(house, [seat])
    assert held.seats == held.taken == (seat,)
    assert 895 < held.seconds_left < 901
    assert held.total_seconds == pytest.approx(900, abs=1)
    row = seat_row(house, seat)
    assert (row.state, row.claim_kind, row.claim_id, row.claim_until) == (
        "claimed",
        "basket",
        held.hold_id,
        held.expires_at,
    )


def test_a_basket_holds_seats_of_two_performances(house: OpenHouse) -> None:
    small = house.small
    seats = [*small.seats_of(2, (3, 4), small.gala_id), *small.seats_of(2, (3, 4))]
    held = hold(house, seats)
    assert held.seats == tuple(sorted(seats))
    assert house.database.read(load_hold, held.basket_key).seats == tuple(sorted(seats))


def test_the_shorter_hold_time_of_two_performances_counts(house: OpenHouse) -> None:
    small = house.small
    change_performance(house, hold_seconds=120)
    assert hold(house, [small.seat(1, 1, small.gala_id), small.seat(1, 1)]).seconds_left < 121


def test_two_tills_cannot_hold_the_same_seat(house: OpenHouse) -> None:
    small = house.small
    hold(house, [small.seat(1, 2)])
    with pytest.raises(SeatsTaken) as refused:
        hold(house, small.seats_of(1, (1, 2)), actor=small.elsewhere(small.cashier))
    assert refused.value.seats == ((small.performance_id, small.seat_id(1, 2)),)
    assert "Stalls, row A, seat 2" in refused.value.message
    assert seat_row(house, small.seat(1, 1)).state == "free", "all or nothing"


def test_dragging_keeps_what_was_free_and_names_the_rest(house: OpenHouse) -> None:
    small = house.small
    hold(house, small.seats_of(1, (2, 4)))
    held = hold(house, small.seats_of(1, (1, 2, 3, 4)), partial=True)
    assert held.seats == held.taken == small.seats_of(1, (1, 3))
    assert held.refused == small.seats_of(1, (2, 4))


def test_dragging_over_seats_that_are_all_gone_makes_no_basket(house: OpenHouse) -> None:
    small = house.small
    hold(house, small.seats_of(1, (1, 2)))
    key = uuid4().hex
    with pytest.raises(SeatsTaken):
        house.database.transact(place_hold, small.cashier, key, small.seats_of(1, (1, 2)), partial=True)
    with pytest.raises(NotFound):
        house.database.read(load_hold, key)


def test_repeating_a_hold_is_harmless(house: OpenHouse) -> None:
    small = house.small
    seats = small.seats_of(1, (1, 2))
    key = uuid4().hex
    first = house.database.transact(place_hold, small.cashier, key, seats)
    again = house.database.transact(place_hold, small.cashier, key, seats)
    assert (again.hold_id, again.seats, again.expires_at) == (first.hold_id, first.seats, first.expires_at)


def test_adding_a_seat_does_not_restart_the_time(house: OpenHouse) -> None:
    small = house.small
    held = hold(house, [small.seat(1, 1)])
    put_hold_back(house, held.basket_key, made=600, left=300)
    more = house.database.transact(place_hold, small.cashier, held.basket_key, [small.seat(1, 2)])
    assert more.seats == small.seats_of(1, (1, 2))
    assert more.taken == (small.seat(1, 2),)
    assert more.seconds_left < 301
    assert more.total_seconds == pytest.approx(900, abs=1)
    assert seat_row(house, small.seat(1, 2)).claim_until == more.expires_at


@pytest.mark.parametrize("end", ["over", "released", "sold"])
def test_nothing_is_added_to_a_basket_that_has_ended(house: OpenHouse, end: str) -> None:
    small = house.small
    held = hold(house, [small.seat(1, 1)])
    if end == "over":
        run_out(house, held)
    else:
        ended = update(Hold).where(Hold.id == held.hold_id).values(closed_as=end, closed_at=utc_now())
        house.database.transact(lambda session: session.execute(ended))
    with pytest.raises(HoldExpired):
        house.database.transact(place_hold, small.cashier, held.basket_key, [small.seat(1, 2)])
    with pytest.raises(HoldExpired):
        house.database.read(load_hold, held.basket_key)
    assert seat_row(house, small.seat(1, 2)).state == "free"


def test_some_seats_are_given_back_and_the_rest_stay(house: OpenHouse) -> None:
    small = house.small
    held = hold(house, small.seats_of(1, (1, 2, 3)))
    left = house.database.transact(release_seats, held.basket_key, [small.seat(1, 2)])
    assert left is not None
    assert left.seats == small.seats_of(1, (1, 3))
    assert seat_row(house, small.seat(1, 2)).state == "free"
    assert house.database.read(load_hold, held.basket_key).seats == small.seats_of(1, (1, 3))


def test_releasing_all_closes_the_basket_and_may_be_repeated(house: OpenHouse) -> None:
    small = house.small
    held = hold(house, small.seats_of(1, (1, 2)))
    for _ in range(2):
        assert house.database.transact(release_seats, held.basket_key) is None
    assert {seat_row(house, seat).state for seat in held.seats} == {"free"}
    assert house.database.transact(release_seats, "no such basket") is None


def test_an_empty_choice_is_refused(house: OpenHouse) -> None:
    with pytest.raises(InvalidInput):
        hold(house, [])


def test_a_hold_reads_what_it_truly_still_holds(house: OpenHouse) -> None:
    small = house.small
    held = hold(house, small.seats_of(1, (1, 2)))
    change_seat(house, small.seat(1, 1), state="free", claim_kind=None, claim_id=None, claim_until=None)
    assert house.database.read(load_hold, held.basket_key).seats == (small.seat(1, 2),)
