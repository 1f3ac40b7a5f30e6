from __future__ import annotations

import random

import pytest

from pos_app.domain.seats import Place, PlaceRuns, runs_of, tell_places


def test_places_in_a_row_are_one_run() -> None:
    assert runs_of(range(7, 5007)) == PlaceRuns(((7, 5006),))
    assert runs_of([]) == PlaceRuns()
    assert runs_of([4, 2, 3, 9, 2]) == PlaceRuns(((2, 4), (9, 9)))


def test_runs_hold_the_same_places_as_what_they_were_made_from() -> None:
    dice = random.Random(3)
    for share in (0.1, 0.5, 0.9):
        seats = {seat for seat in range(200) if dice.random() < share}
        runs = runs_of(seats)
        assert len(runs) == len(seats)
        assert {seat for seat in range(-1, 202) if seat in runs} == seats
    assert "7" not in runs_of([7])


@pytest.mark.parametrize(
    ("places", "words"),
    [
        ([], ""),
        ([Place("Stalls", "G", "18")], "Stalls, row G, seat 18"),
        ([Place("Stalls", "G", number) for number in ("5", "3", "4", "8")], "Stalls, row G, seats 3\u20135, 8"),
        ([Place("Stalls", "G", "1"), Place("Stalls", "H", "1")], "Stalls, row G, seat 1; Stalls, row H, seat 1"),
        ([Place("Box 4", "", "1"), Place("Box 4", "", "2")], "Box 4, seats 1\u20132"),
        (
            [Place("Stalls", "G", "1a"), Place("Stalls", "G", "2"), Place("Stalls", "G", "²")],
            "Stalls, row G, seats 2, 1a, ²",
        ),
        ([Place("Floor", "", "")], "Floor, 1 place"),
        ([Place("Floor", "", "")] * 3 + [Place("Stalls", "A", "1")], "Stalls, row A, seat 1; Floor, 3 places"),
    ],
)
def test_places_are_said_in_few_words(places: list[Place], words: str) -> None:
    assert tell_places(places) == words


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (Place("Stalls", "G", "18"), "Stalls, row G, seat 18"),
        (Place("Stalls", "G", ""), "Stalls, row G"),
        (Place("Box 4", "", "1"), "Box 4, seat 1"),
        (Place("Floor", "", ""), "Floor"),
        (Place("", "G", "18"), "row G, seat 18"),
        (Place("", "G", ""), "row G"),
        (Place("", "", "18"), "seat 18"),
        (Place("", "", ""), ""),
    ],
)
def test_a_place_is_told_by_the_parts_that_the_house_uses(place: Place, words: str) -> None:
    assert place.spoken() == words


def test_zone_row_and_seat_are_facts_of_what_is_told() -> None:
    told = Place("Stalls {row}", "G", "18").spoken()
    assert told.template == "{zone}, row {row}, seat {seat}"
    assert told.facts == {"zone": "Stalls {row}", "row": "G", "seat": "18"}
