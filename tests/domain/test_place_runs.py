from __future__ import annotations

import random

from pos_app.domain.seats import PlaceRuns, runs_of


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
