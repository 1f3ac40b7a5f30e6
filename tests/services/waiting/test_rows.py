"""Waiting lists with all that a person is told: names of evenings, categories and places, and who is before whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pos_app.domain.errors import NotFound
from pos_app.domain.waiting.entries import ListState
from pos_app.services.waiting.rows import find_waiting, load_waiting
from tests.waiting import open_waiting, party, refund_seats, sell_out

if TYPE_CHECKING:
    from tests.houses import OpenHouse


def test_a_list_tells_where_parties_will_sit_what_they_are_offered_and_who_is_before_them(house: OpenHouse) -> None:
    small = house.small
    sales = sell_out(house)
    first = party(house, 2, name="Anna Novak")
    before = house.database.read(load_waiting, small.cashier, small.performance_id)
    category, name = before.evening.categories[0]
    second = party(house, 3, name="Bela Kun", categories=(category,))
    third = party(house, 4, name="Clara Kern")
    refund_seats(house, sales[0], small.seats_of(1, (1, 2)))
    page = house.database.read(load_waiting, small.cashier, small.performance_id)
    assert (page.state, page.evening.free, page.evening.title) == (ListState.OPEN, 0, "The Cherry Orchard")
    rows = {row.entry.entry_id: row for row in page.rows}
    offered = rows[first.entry_id]
    assert [(place.row, place.number) for place in offered.places] == [("A", "1"), ("A", "2")]
    assert rows[second.entry_id].categories == (name,)
    assert [row.entry.entry_id for row in page.waiting] == [second.entry_id, third.entry_id]
    assert (page.ahead_of(second.entry_id), page.ahead_of(third.entry_id)) == (0, 3)


def test_with_nothing_typed_open_offers_of_all_performances_are_found_with_their_places(house: OpenHouse) -> None:
    small = house.small
    sales = sell_out(house)
    entry = party(house, 1, name="Anna Novak")
    party(house, 3, name="Bela Kun")
    refund_seats(house, sales[0], small.seats_of(1, (1,)))
    for asked in ("", "anna", entry.code):
        (row,) = house.database.read(find_waiting, small.cashier, asked)
        assert (row.entry.entry_id, len(row.places)) == (entry.entry_id, 1)
    assert house.database.read(find_waiting, small.cashier, "", small.gala_id) == ()


def test_seats_that_are_still_free_are_told_and_a_performance_that_is_gone_is_not_found(house: OpenHouse) -> None:
    small = house.small
    open_waiting(house)
    page = house.database.read(load_waiting, small.cashier, small.performance_id)
    assert (page.state, page.evening.free, page.rows) == (ListState.OPEN, 50, ())
    with pytest.raises(NotFound):
        house.database.read(load_waiting, small.cashier, 987_654)
