"""Edits of seats: every edit is another draft, and the one before is as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.domain.seats import SeatKind
from pos_app.domain.venues.plan_draft import DraftRow, DraftSeat
from pos_app.domain.venues.plan_numbers import Numbering
from pos_app.domain.venues.plan_seat_edits import (
    move_seats,
    number_on,
    remove_seats,
    rename_rows,
    rename_zone,
    renumber,
    set_category,
    set_kind,
)
from tests.domain.venues.drafts import drawn, numbers, with_row

if TYPE_CHECKING:
    from pos_app.domain.venues.plan_draft import PlanDraft


def spot(draft: PlanDraft, guid: str) -> tuple[float, float]:
    return next((z.x + r.x + s.x, z.y + r.y + s.y) for z, r, s in draft.seats() if s.guid == guid)


def test_an_edit_shares_what_it_left_alone() -> None:
    draft = drawn()
    edited = set_category(draft, {"stalls-a-1", "nobody"}, "B")
    assert next(seat for _, _, seat in edited.seats()).category == "B"
    assert next(seat for _, _, seat in draft.seats()).category == "A"
    assert edited.zones[1] is draft.zones[1]
    assert edited.zones[0].rows[1] is draft.zones[0].rows[1]
    assert set_kind(draft, set(), SeatKind.WHEELCHAIR) is draft


def test_seats_are_removed_and_rows_that_are_empty_too() -> None:
    draft = drawn()
    edited = remove_seats(draft, {"stalls-a-1", *(seat.guid for seat in draft.zones[0].rows[1].seats)})
    assert [row.label for row in edited.zones[0].rows] == ["A", "C"]
    assert edited.seat_count == 12


def test_seats_are_moved() -> None:
    draft = drawn()
    x, y = spot(draft, "stalls-a-1")
    assert spot(move_seats(draft, {"stalls-a-1"}, 1.5, -2), "stalls-a-1") == (x + 1.5, y - 2)


def test_chosen_seats_are_renumbered_row_by_row() -> None:
    draft = drawn()
    chosen = draft.guids - {"stalls-a-4", "circle-a-1", "circle-a-2", "circle-a-3"}
    edited = renumber(draft, chosen, Numbering.RIGHT_TO_LEFT, first=10)
    assert numbers(edited) == [
        ["12", "11", "10", "4"],
        ["14", "13", "12", "11", "10"],
        ["15", "14", "13", "12", "11", "10"],
    ]
    assert numbers(renumber(draft, chosen, Numbering.ODD_EVEN))[1] == ["5", "3", "1", "2", "4"]


def test_a_row_drawn_from_right_to_left_is_numbered_as_it_stands() -> None:
    draft = drawn()
    row = draft.zones[0].rows[0]
    turned = DraftRow("turned", "Z", tuple(DraftSeat(f"t{s.guid}", s.number, "A", s.x, s.y) for s in row.seats[::-1]))
    edited = renumber(with_row(draft, turned), {seat.guid for seat in turned.seats}, Numbering.LEFT_TO_RIGHT)
    assert numbers(edited)[-1] == ["4", "3", "2", "1"]


def test_rows_are_numbered_through_and_as_a_snake() -> None:
    draft = drawn()
    chosen = {seat.guid for row in draft.zones[0].rows for seat in row.seats}
    assert numbers(number_on(draft, chosen))[1] == ["5", "6", "7", "8", "9"]
    assert numbers(number_on(draft, chosen, serpentine=True))[1] == ["9", "8", "7", "6", "5"]
    assert numbers(number_on(draft, chosen, from_right=True, first=100))[0] == ["103", "102", "101", "100"]


def test_rows_and_zones_are_renamed() -> None:
    edited = rename_zone(rename_rows(drawn(), dict.fromkeys(("stalls-a", "stalls-c"), " X ")), "circle", "Balcony")
    assert [row.label for row in edited.zones[0].rows] == ["X", "B", "X"]
    assert edited.zones[1].name == "Balcony"
