"""Where somebody sits, on one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.domain.sentences import say
from pos_app.ui.words.lists import side_by_side
from pos_app.ui.words.sentences import spoken

if TYPE_CHECKING:
    from pos_app.domain.seats import Place


def seat_words(place: Place) -> str:
    """Return row and seat: "Row G · Seat 18"; empty where the house has neither."""
    row = spoken(say("Row {row}", row=place.row)) if place.row else ""
    seat = spoken(say("Seat {seat}", seat=place.number)) if place.number else ""
    return side_by_side(row, seat)


def place_words(place: Place) -> str:
    """Return the whole place: "Stalls centre · Row G · Seat 18"."""
    return side_by_side(place.zone, seat_words(place))
