from __future__ import annotations

import pytest

from pos_app.domain.errors import PosError, SeatsTaken, TooFewPlaces


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (PosError("The seat is gone."), "The seat is gone."),
        (PosError("The seat is gone.", advice="Choose another one."), "The seat is gone. Choose another one."),
    ],
)
def test_an_error_is_told_with_what_to_do_next(error: PosError, told: str) -> None:
    assert str(error) == told


def test_an_area_that_has_too_few_places_has_seats_taken_by_others() -> None:
    error = TooFewPlaces("Only 2 are left.", left=2)
    assert isinstance(error, SeatsTaken)
    assert (error.left, error.seats) == (2, ())
