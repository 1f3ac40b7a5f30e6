from __future__ import annotations

import pytest

from pos_app.domain.seats import Place, tell_places


@pytest.mark.parametrize(
    ("places", "words"),
    [
        ([], ""),
        ([Place("Stalls", "G", "18")], "Stalls, row G, seat 18"),
        ([Place("Stalls", "G", number) for number in ("5", "3", "4", "8")], "Stalls, row G, seats 3-5, 8"),
        ([Place("Stalls", "G", "1"), Place("Stalls", "H", "1")], "Stalls, row G, seat 1; Stalls, row H, seat 1"),
        ([Place("Box 4", "", "1"), Place("Box 4", "", "2")], "Box 4, seats 1-2"),
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
