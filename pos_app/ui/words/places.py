"""Where somebody sits, on one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.domain.seats import told_numbers
from pos_app.domain.sentences import say
from pos_app.ui.words.lists import side_by_side
from pos_app.ui.words.sentences import spoken

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pos_app.domain.seats import Place


def seat_words(place: Place) -> str:
    """Return row and seat: "Row G · Seat 18"; empty where the house has neither."""
    row = spoken(say("Row {row}", row=place.row)) if place.row else ""
    seat = spoken(say("Seat {seat}", seat=place.number)) if place.number else ""
    return side_by_side(row, seat)


def seats_words(places: Sequence[Place]) -> str:
    """Return row and seats of places in one row: "Row G · Seats 18 to 20", with a dash."""
    if len(places) == 1:
        return seat_words(places[0])
    row = spoken(say("Row {row}", row=places[0].row)) if places[0].row else ""
    numbers = told_numbers(place.number for place in places)
    return side_by_side(row, spoken(say("Seats {seats}", seats=numbers)) if numbers else "")


def place_words(place: Place) -> str:
    """Return the whole place: "Stalls centre · Row G · Seat 18"."""
    return side_by_side(place.zone, seat_words(place))
