from __future__ import annotations

import pytest

from pos_app.domain.venues.plan_records import Hindrance, HindranceKind


@pytest.mark.parametrize(
    ("hindrance", "words"),
    [
        (
            Hindrance(HindranceKind.REMOVED, "Stalls, row A, seat 1", "blocked"),
            "Stalls, row A, seat 1 (blocked) would be gone",
        ),
        (Hindrance(HindranceKind.RENAMED, "Box 4", "order A"), "Box 4 (order A) would be called otherwise"),
        (Hindrance(HindranceKind.AREA_FULL, "Floor", "", 1), "Floor has 1 place taken"),
        (Hindrance(HindranceKind.AREA_FULL, "Floor", "", 1200), "Floor has 1,200 places taken"),
        (Hindrance(HindranceKind.BASKET, "", "Till 2"), "Till 2 is just selling a place"),
        (Hindrance(HindranceKind.BASKET, "", "Till 2", 3), "Till 2 is just selling 3 places"),
    ],
)
def test_what_is_in_the_way_is_told_with_who_has_it(hindrance: Hindrance, words: str) -> None:
    assert hindrance.spoken() == words
