from __future__ import annotations

from dataclasses import replace

import pytest

from pos_app.domain.venues.plan_draft import DraftArea, DraftRow, DraftSeat, DraftZone, doubled_places, place_name
from tests.domain.venues.drafts import BOX, drawn


@pytest.mark.parametrize(
    ("spots", "positions"),
    [
        ([], ()),
        ([5.0], (0,)),
        ([0.0, 23.0, 46.0], (0, 1, 2)),
        ([0.0, 23.0, 92.0, 115.0], (0, 1, 3, 4)),  # an aisle
        ([115.0, 92.0, 23.0, 0.0], (0, 1, 3, 4)),  # drawn from the right
    ],
)
def test_an_aisle_leaves_a_position_out(spots: list[float], positions: tuple[int, ...]) -> None:
    row = DraftRow("r", "A", tuple(DraftSeat(f"s{x}", "", "A", x, 0.0) for x in spots))
    assert row.positions() == positions


def test_a_plan_counts_its_seats_and_the_room_of_its_areas() -> None:
    draft = drawn()
    zone = replace(draft.zones[0], areas=(DraftArea("floor", "Floor", 100, "A", BOX),))
    wider = replace(draft, zones=(zone, *draft.zones[1:]))
    assert (draft.seat_count, draft.place_count) == (18, 18)
    assert (wider.seat_count, wider.place_count) == (18, 118)
    assert [area.name for _, area in wider.areas()] == ["Floor"]
    assert len(draft.guids) == 18


def test_nothing_drawn_has_no_bounds() -> None:
    draft = replace(drawn(), zones=(DraftZone("empty", "Empty"),))
    assert draft.bounds() is None
    assert draft.zones[0].label_place() == (0.0, 0.0)


def test_a_name_is_painted_above_the_seats_unless_somebody_said_where() -> None:
    seats = (DraftSeat("1", "1", "A", 0, 0), DraftSeat("2", "2", "A", 20, 0))
    zone = DraftZone("z", "Box", (DraftRow("r", "", seats, x=5, y=10),), x=100, y=200)
    assert zone.label_place() == (115.0, 172.0)
    assert replace(zone, label=(1, 2)).label_place() == (1, 2)


def test_places_that_guests_could_not_tell_apart_are_named() -> None:
    draft = drawn()
    assert doubled_places(draft.zones) == ()
    twin = replace(draft.zones[0].rows[0].seats[0], guid="twin")
    row = replace(draft.zones[0].rows[0], seats=(*draft.zones[0].rows[0].seats, twin))
    zone = replace(draft.zones[0], rows=(row, *draft.zones[0].rows[1:]))
    assert doubled_places([zone, *draft.zones[1:]]) == ("Stalls, row A, seat 1",)


@pytest.mark.parametrize(
    ("place", "words"),
    [(("Box", "", "4"), "Box, seat 4"), (("", "G", ""), "row G"), (("", "", ""), "a place without a name")],
)
def test_a_place_is_named_by_what_it_has(place: tuple[str, str, str], words: str) -> None:
    assert place_name(*place) == words
