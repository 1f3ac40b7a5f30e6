"""What is said of a sale that was cut off: seats are called seats, and places to stand are not."""

from __future__ import annotations

from pos_app.domain.seats import Place
from pos_app.ui.screens.selling.cut_off.words import CutOffWords

SEAT, STANDING = Place("Stalls", "A", "3"), Place("Standing", "", "")


def test_places_to_stand_are_not_called_seats(themed: object) -> None:
    words = CutOffWords()
    for seated in (words.held([SEAT, SEAT], 90), words.run_out([SEAT])):
        assert "seat" in seated
    for standing in (words.held([STANDING, SEAT], 90), words.held([STANDING], 90), words.run_out([STANDING] * 2)):
        assert "seat" not in standing
        assert "place" in standing
    assert words.held([STANDING] * 2, 90).endswith("The places are still held for 1:30.")
