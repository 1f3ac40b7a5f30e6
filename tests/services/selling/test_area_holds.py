from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from pos_app.doctor import judge_database
from pos_app.domain.errors import (
    HoldExpired,
    InvalidInput,
    NotFound,
    NotOnSale,
    SaleAfterStart,
    SeatsTaken,
    TooFewPlaces,
)
from pos_app.domain.selling.sales import VoidRequest
from pos_app.services.door.finding import find_guests
from pos_app.services.orders.refunds.voids import void_order
from pos_app.services.orders.ticket_faces import load_ticket_faces
from pos_app.services.selling.area_holds import MOST_PLACES, set_places
from pos_app.services.selling.holds import load_hold
from pos_app.services.selling.sales import sell
from tests.areas import AreaCount, count_areas
from tests.services.selling.standing_places import CAPACITY, counts, place_ids, take
from tests.services.stories import cash_request, change_performance, hold, run_out

if TYPE_CHECKING:
    from tests.houses import OpenHouse


def test_places_are_held_by_number_and_counted(house: OpenHouse, area: int) -> None:
    held = take(house, area, 4)
    assert len(held.seats) == len(held.taken) == 4
    assert {seat.seat_id for seat in held.seats} <= set(place_ids(house, area))
    assert counts(house, held.hold_id) == AreaCount(area, CAPACITY, free=8, mine=4, held=0, sold=0)
    assert counts(house) == AreaCount(area, CAPACITY, free=8, mine=0, held=4, sold=0)
    assert house.database.read(load_hold, held.basket_key).seats == held.seats


def test_a_total_that_is_asked_for_again_takes_nothing_more_and_is_answered_as_the_first_time(
    house: OpenHouse, area: int
) -> None:
    first = take(house, area, 4)
    again = take(house, area, 4, first.basket_key)
    assert (again.seats, again.hold_id, again.expires_at, again.taken) == (
        first.seats,
        first.hold_id,
        first.expires_at,
        first.taken,
    )
    assert counts(house).held == 4


def test_a_higher_total_takes_the_difference_and_a_lower_one_gives_it_back(house: OpenHouse, area: int) -> None:
    held = take(house, area, 2)
    more = take(house, area, 5, held.basket_key)
    assert len(more.taken) == 3
    assert set(more.seats) == {*held.seats, *more.taken}
    fewer = take(house, area, 1, held.basket_key)
    assert fewer.seats == held.seats[:1]
    assert counts(house, held.hold_id) == AreaCount(area, CAPACITY, free=11, mine=1, held=0, sold=0)
    nothing = house.database.transact(
        set_places, house.small.cashier, held.basket_key, house.small.performance_id, area, 0
    )
    assert nothing is None
    assert counts(house).free == CAPACITY


def test_seats_of_the_same_basket_stay_when_places_go(house: OpenHouse, area: int) -> None:
    small = house.small
    held = hold(house, [small.seat(1, 1), small.seat(1, 2, small.gala_id)])
    take(house, area, 3, held.basket_key)
    left = take(house, area, 0, held.basket_key)
    assert left.seats == held.seats


def test_fewer_than_asked_for_are_not_taken_and_the_sentence_says_how_many_are_left(
    house: OpenHouse, area: int
) -> None:
    small = house.small
    mine = take(house, area, 5, actor=small.elsewhere(small.cashier))
    with pytest.raises(TooFewPlaces) as refused:
        take(house, area, 8)
    assert refused.value.left == 7
    assert refused.value.message == "Only 7 places are left in Standing."
    assert isinstance(refused.value, SeatsTaken)
    assert counts(house) == AreaCount(area, CAPACITY, free=7, mine=0, held=5, sold=0)
    with pytest.raises(TooFewPlaces, match="Only 7 more places are left in Standing"):
        take(house, area, 13, mine.basket_key)
    take(house, area, 6)
    with pytest.raises(TooFewPlaces, match="Only 1 place is left in Standing"):
        take(house, area, 2)
    take(house, area, 1)
    with pytest.raises(TooFewPlaces, match="No place is left in Standing"):
        take(house, area, 1)


def test_places_of_another_performance_are_another_matter(house: OpenHouse, area: int) -> None:
    small = house.small
    held = take(house, area, CAPACITY)
    gala = house.database.transact(set_places, small.cashier, held.basket_key, small.gala_id, area, 3)
    assert gala is not None
    assert len(gala.seats) == CAPACITY + 3
    (count,) = house.database.read(count_areas, small.gala_id, held.hold_id)
    assert (count.free, count.mine) == (9, 3)


def test_places_are_sold_and_come_back_like_seats(house: OpenHouse, area: int) -> None:
    small = house.small
    held = take(house, area, 3)
    sale = house.database.transact(sell, small.cashier, cash_request(house, held, customer_name="Anna Guest"))
    assert sale.total_minor == 3 * 2500
    assert counts(house) == AreaCount(area, CAPACITY, free=9, mine=0, held=0, sold=3)
    faces = house.database.read(load_ticket_faces, sale.ticket_ids)
    assert {(face.place.zone, face.place.row, face.place.number) for face in faces} == {("Standing", "", "")}
    assert len(house.database.read(find_guests, small.performance_id, "anna").guests) == 3
    assert house.database.read(find_guests, small.performance_id, "1").guests == (), (
        "nobody knows the number of such a place"
    )
    assert house.database.read(judge_database) == ()
    void = VoidRequest(uuid4().hex, sale.order_id, "Wrong evening")
    house.database.transact(void_order, small.manager, void)
    assert counts(house).free == CAPACITY
    assert house.database.read(judge_database) == ()


def test_a_lapsed_basket_whose_places_went_is_told_so_by_number(house: OpenHouse, area: int) -> None:
    small = house.small
    held = take(house, area, CAPACITY)
    request = cash_request(house, held)
    run_out(house, held)
    take(house, area, 2, actor=small.elsewhere(small.cashier))
    with pytest.raises(SeatsTaken, match="These seats were just taken by somebody else: 2 places in Standing"):
        house.database.transact(sell, small.cashier, request)


def test_a_basket_that_is_over_takes_no_places(house: OpenHouse, area: int) -> None:
    held = take(house, area, 1)
    run_out(house, held)
    for total in (1, 2):
        with pytest.raises(HoldExpired):
            take(house, area, total, held.basket_key)


def test_what_cannot_be_asked_for_is_refused(house: OpenHouse, area: int) -> None:
    for total in (-1, MOST_PLACES + 1):
        with pytest.raises(InvalidInput):
            take(house, area, total)
    with pytest.raises(NotFound):
        take(house, 987_654, 1)
    assert house.database.transact(set_places, house.small.cashier, "k", house.small.performance_id, area, 0) is None
    with pytest.raises(SaleAfterStart):
        house.database.transact(set_places, house.small.cashier, "k", house.small.begun_id, area, 1)
    change_performance(house, state="cancelled")
    with pytest.raises(NotOnSale):
        take(house, area, 1)
