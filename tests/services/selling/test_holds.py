from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from sqlalchemy import update

from pos_app.db.clock import utc_now, utc_plus
from pos_app.db.models import Hold, Performance
from pos_app.domain.errors import (
    HoldExpired,
    InvalidInput,
    NotFound,
    NotOnSale,
    NotPermitted,
    SaleAfterStart,
    SeatsTaken,
)
from pos_app.domain.seats import SeatKey
from pos_app.services.selling.holds import extend_hold, load_hold, place_hold, release_seats
from tests.services.stories import (
    change_performance,
    change_seat,
    change_staff,
    hold,
    put_hold_back,
    run_out,
    seat_row,
    sold,
)

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


def test_a_seat_of_a_basket_whose_time_is_over_is_taken_in_the_statement(house: OpenHouse) -> None:
    seat = house.small.seat(1, 1)
    old = hold(house, [seat])
    run_out(house, old)
    new = hold(house, [seat], actor=house.small.elsewhere(house.small.cashier))
    assert seat_row(house, seat).claim_id == new.hold_id
    house.database.transact(release_seats, old.basket_key)
    assert seat_row(house, seat).claim_id == new.hold_id, "the old basket gives back nothing that is not its own"


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


@pytest.mark.parametrize("kind", ["house", "blocked", "reservation", "offer"])
def test_seats_kept_back_are_refused_even_when_their_time_is_over(house: OpenHouse, kind: str) -> None:
    seat = house.small.seat(1, 1)
    change_seat(house, seat, state="claimed", claim_kind=kind, claim_id=1, claim_until=utc_plus(-60))
    with pytest.raises(SeatsTaken):
        hold(house, [seat])
    assert seat_row(house, seat).claim_kind == kind


def test_a_seat_kept_back_is_not_said_to_be_taken_by_somebody(house: OpenHouse) -> None:
    seat = house.small.seat(1, 1)
    change_seat(house, seat, state="claimed", claim_kind="house", claim_id=1)
    with pytest.raises(SeatsTaken, match="kept back"):
        hold(house, [seat])


@pytest.mark.parametrize("state", ["free", "lapsed"])
def test_a_seat_guarded_for_the_waiting_list_is_refused(house: OpenHouse, state: str) -> None:
    seat = house.small.seat(1, 1)
    if state == "lapsed":
        run_out(house, hold(house, [seat]))
    change_seat(house, seat, guarded=True)
    with pytest.raises(SeatsTaken):
        hold(house, [seat])


def test_a_sold_seat_is_refused(house: OpenHouse) -> None:
    seat = house.small.seat(1, 1)
    sold(house, [seat])
    with pytest.raises(SeatsTaken):
        hold(house, [seat])


def test_a_seat_that_does_not_exist_is_refused(house: OpenHouse) -> None:
    with pytest.raises(SeatsTaken):
        hold(house, [SeatKey(house.small.performance_id, 987_654)])


def test_a_performance_that_does_not_exist_is_refused(house: OpenHouse) -> None:
    with pytest.raises(NotFound):
        hold(house, [SeatKey(987_654, house.small.seat_id(1, 1))])


def test_an_empty_choice_is_refused(house: OpenHouse) -> None:
    with pytest.raises(InvalidInput):
        hold(house, [])


def test_a_cancelled_performance_is_not_sold(house: OpenHouse) -> None:
    change_performance(house, state="cancelled")
    with pytest.raises(NotOnSale, match="cancelled"):
        hold(house, [house.small.seat(1, 1)])


def test_nothing_is_held_outside_the_time_of_sale(house: OpenHouse) -> None:
    change_performance(house, on_sale_at=utc_plus(60))
    with pytest.raises(NotOnSale, match="not on sale yet"):
        hold(house, [house.small.seat(1, 1)])
    change_performance(house, on_sale_at=utc_plus(-60), off_sale_at=utc_plus(-1))
    with pytest.raises(NotOnSale, match="no longer"):
        hold(house, [house.small.seat(1, 1)])


def test_a_sale_after_the_start_asks_first(house: OpenHouse) -> None:
    late = house.small.seat(1, 1, house.small.begun_id)
    with pytest.raises(SaleAfterStart):
        hold(house, [late])
    assert hold(house, [late], after_start=True).seats == (late,)


def test_a_door_steward_may_not_hold_seats(house: OpenHouse) -> None:
    with pytest.raises(NotPermitted):
        hold(house, [house.small.seat(1, 1)], actor=house.small.steward)


@pytest.mark.parametrize("left", [{"active": False}, {"deleted_at": utc_now()}])
def test_somebody_who_left_may_neither_hold_nor_extend(house: OpenHouse, left: dict[str, object]) -> None:
    small = house.small
    held = hold(house, [small.seat(1, 1)])
    change_staff(house, small.cashier, **left)
    with pytest.raises(NotPermitted):
        hold(house, [small.seat(1, 2)])
    with pytest.raises(NotPermitted):
        house.database.transact(extend_hold, small.cashier, held.basket_key, request_id="ask", reason="why not")


def test_a_person_unknown_to_the_database_may_not_hold(house: OpenHouse) -> None:
    from dataclasses import replace

    with pytest.raises(NotPermitted):
        hold(house, [house.small.seat(1, 1)], actor=replace(house.small.cashier, staff_id=4711))


def test_a_hold_reads_what_it_truly_still_holds(house: OpenHouse) -> None:
    small = house.small
    held = hold(house, small.seats_of(1, (1, 2)))
    change_seat(house, small.seat(1, 1), state="free", claim_kind=None, claim_id=None, claim_until=None)
    assert house.database.read(load_hold, held.basket_key).seats == (small.seat(1, 2),)


def test_a_deleted_performance_is_not_sold(house: OpenHouse) -> None:
    gone = update(Performance).where(Performance.id == house.small.performance_id).values(deleted_at=utc_now())
    house.database.transact(lambda session: session.execute(gone))
    with pytest.raises(NotOnSale):
        hold(house, [house.small.seat(1, 1)])
