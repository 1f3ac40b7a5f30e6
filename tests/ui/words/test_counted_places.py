"""Seats are called seats, and places to stand are not."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

import pytest

from pos_app.domain.seats import Place
from pos_app.ui.words import counted_places

if TYPE_CHECKING:
    from collections.abc import Callable

SEAT, STANDING = Place("Stalls", "A", "3"), Place("Standing", "", "")
SENTENCES = [
    one
    for name, one in inspect.getmembers(counted_places, inspect.isfunction)
    if one.__module__ == counted_places.__name__ and name != "are_seats"
]


@pytest.mark.parametrize("say", SENTENCES, ids=lambda one: one.__name__)
def test_only_where_all_of_them_are_seats_they_are_called_so(themed: object, say: Callable[..., str]) -> None:
    def words(*places: Place) -> str:
        facts: dict[str, Any] = {"name": "Carla", "time": "3:00", "title": "Hamlet"}
        return say(**{name: facts.get(name, places) for name in inspect.signature(say).parameters})

    for seated in (words(SEAT), words(SEAT, SEAT)):
        assert "seat" in seated
    for standing in (words(STANDING), words(STANDING, STANDING), words(SEAT, STANDING)):
        assert "seat" not in standing
        assert "place" in standing
    assert words(SEAT) != words(SEAT, SEAT)
