from __future__ import annotations

import pytest

from pos_app.domain.errors import PosError, SeatsTaken, TooFewPlaces
from pos_app.domain.sentences import say


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (PosError(say("The seat is gone.")), "The seat is gone."),
        (
            PosError(say("The seat is gone."), advice=say("Choose another one.")),
            "The seat is gone. Choose another one.",
        ),
    ],
)
def test_an_error_is_told_with_what_to_do_next(error: PosError, told: str) -> None:
    assert str(error) == told


def test_an_area_that_has_too_few_places_has_seats_taken_by_others() -> None:
    error = TooFewPlaces(say("Only 2 are left."), left=2)
    assert isinstance(error, SeatsTaken)
    assert (error.left, error.seats) == (2, ())


def test_the_same_problem_may_have_another_next_step() -> None:
    error = TooFewPlaces(say("Only 2 are left."), left=2, advice=say("Take fewer."))
    other = error.advising(say("Choose another area."))
    assert isinstance(other, TooFewPlaces)
    assert (other.message, other.advice, other.left) == ("Only 2 are left.", "Choose another area.", 2)
    assert error.advice == "Take fewer."
