from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pos_app.domain.selling.basket_notes import BasketNote, NotedLine
from pos_app.flows.find_cut_off import Outcome, recall
from pos_app.services.orders.reservations.making import reserve
from tests.abroad import open_barn
from tests.services.orders.reserving import ask_to_reserve
from tests.services.stories import hold

if TYPE_CHECKING:
    from tests.houses import OpenHouse


def test_a_basket_comes_back_with_its_seats_side_by_side_in_one_line(house: OpenHouse) -> None:
    small = house.small
    seats = small.seats_of(1, (3, 4, 5))
    held = hold(house, seats)
    note = BasketNote(
        held.basket_key, tuple(NotedLine(one.performance_id, one.seat_id, small.adult_id) for one in seats)
    )
    found = recall(house.database, note)
    assert found.outcome is Outcome.HELD
    assert [str(group.spoken()) for group in found.basket.groups()] == ["Stalls, row A, seats 3\u20135"]
    evening = found.basket.seats_by_performance()[0]
    assert (evening.performance_id, evening.title) == (small.performance_id, "The Cherry Orchard")


def test_a_basket_of_two_currencies_that_was_noted_once_comes_back_in_one(house: OpenHouse) -> None:
    barn, small = open_barn(house), house.small
    here, there = small.seat(1, 3), barn.seat(0)
    lines = tuple(NotedLine(one.performance_id, one.seat_id, small.adult_id) for one in (here, there))
    found = recall(house.database, BasketNote("basket", lines))
    assert found.basket.seats == (here,)
    assert found.basket.currency == "EUR"
    assert found.lost == ("Stalls, row A, seat 1",)
    other = recall(house.database, replace(BasketNote("basket"), lines=lines[::-1]))
    assert (other.basket.seats, other.basket.currency) == ((there,), "CHF")


def test_a_basket_that_was_reserved_is_told_as_reserved(house: OpenHouse) -> None:
    request = ask_to_reserve(house, [house.small.seat(1, 3)])
    made = house.database.transact(reserve, house.small.cashier, request)
    lines = tuple(NotedLine(line.seat.performance_id, line.seat.seat_id, line.ticket_type_id) for line in request.lines)
    found = recall(house.database, BasketNote(request.basket_key, lines))
    assert (found.outcome, found.reserved, found.basket.lines) == (Outcome.RESERVED, made.number, [])
