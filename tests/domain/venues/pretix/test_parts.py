"""Parts of a file are told by what they are called, else by where they stand."""

from __future__ import annotations

import pytest

from pos_app.domain.venues.pretix.parts import AreaPart, FilePart, RowPart, SeatPart, ZonePart

_STALLS, _NAMELESS = ZonePart("stalls", 1), ZonePart("", 2)


@pytest.mark.parametrize(
    ("part", "within", "beginning"),
    [
        (_STALLS, "stalls", "stalls"),
        (_NAMELESS, "zone 2", "Zone 2"),
        (RowPart(_STALLS, "A", 1), "stalls, row A", "stalls, row A"),
        (RowPart(_NAMELESS, "", 1200), "zone 2, row 1200 of the list", "Zone 2, row 1200 of the list"),
        (SeatPart(RowPart(_NAMELESS, "A", 1), "7"), "zone 2, row A, seat 7", "Zone 2, row A, seat 7"),
        (SeatPart(RowPart(_NAMELESS, "A", 1), ""), "a seat of zone 2, row A", "A seat of zone 2, row A"),
        (AreaPart(_NAMELESS, 3), "zone 2, area 3", "Zone 2, area 3"),
    ],
)
def test_a_part_is_told_within_a_sentence_and_at_its_beginning(part: FilePart, within: str, beginning: str) -> None:
    assert part.spoken() == within
    assert part.spoken(begins=True) == beginning
