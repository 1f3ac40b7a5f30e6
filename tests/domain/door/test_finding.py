"""What a steward may mean who types to find a guest."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.domain.door.finding import NamedPart, PlanWords, order_numbers, readings
from pos_app.domain.searching import typed_words

STALLS, BOX, FLOOR = NamedPart(1, "Stalls left"), NamedPart(2, "Box 1"), NamedPart(1, "Standing", is_area=True)
PLAN = PlanWords((STALLS, BOX, FLOOR), ("A", "B", "BB1", "G", "Row 0", "Ü", ""))


def places(typed: str) -> set[tuple[frozenset[NamedPart] | None, tuple[str, ...], str]]:
    """Return the places that may be meant where nothing of what was typed is a name."""
    return {
        (one.parts, one.rows, min(one.numbers, default="", key=len))
        for one in readings(typed, PLAN)
        if one.tells_place and not one.names
    }


@pytest.mark.parametrize(
    ("typed", "rows", "number"),
    [
        ("G18", ("G",), "18"),
        ("g 18", ("G",), "18"),
        ("row g seat 18", ("G",), "18"),
        ("Row G, Seat 18", ("G",), "18"),
        ("bb1 4", ("BB1",), "4"),
        ("bb14", ("BB1",), "4"),
        ("row BB1", ("BB1",), ""),
        ("row 0", ("Row 0",), ""),
        ("0 7", ("Row 0",), "7"),
        ("u 3", ("Ü",), "3"),
        ("18 g", ("G",), "18"),
        ("18g", ("G",), "18"),
        ("A 12A", ("A",), "12A"),
    ],
)
def test_a_row_and_a_seat_are_read(typed: str, rows: tuple[str, ...], number: str) -> None:
    assert (None, rows, number) in places(typed)


def test_a_row_that_follows_its_seat_is_read_only_where_no_row_comes_before_one() -> None:
    plan = PlanWords(rows=("3", "12"))
    read = {(one.rows, one.numbers) for one in readings("12 3", plan) if one.rows and one.numbers}
    assert read == {(("12",), ("3",))}


def test_zones_and_areas_are_read_by_any_of_their_words() -> None:
    assert (frozenset({STALLS}), ("G",), "18") in places("stalls g 18")
    assert (frozenset({STALLS}), ("G",), "18") in places("left g18")
    assert (frozenset({STALLS, FLOOR}), (), "") in places("sta")
    assert (frozenset({BOX}), (), "") in places("box 1")
    assert (frozenset({STALLS}), (), "") in places("left stalls")


def test_whatever_is_typed_may_be_a_name() -> None:
    for typed in ("Schubert", "Max Weber", "row a 3", "12a", "!", "山田"):
        first = readings(typed, PLAN)[0]
        assert [ways[0] for ways in first.names] == list(typed_words(typed))
        assert not first.tells_place


def test_a_name_of_one_letter_is_none_beside_a_row_of_that_name() -> None:
    mixed = [one for one in readings("anna a 2", PLAN) if one.names and one.tells_place]
    assert {tuple(ways[0] for ways in one.names) for one in mixed} == {("anna",)}


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("K7PM-3WQX", ("K7PM3WQX",)),
        ("k7pm 3wqx", ("K7PM3WQX",)),
        ("#k7pm3wqx", ("K7PM3WQX",)),
        ("order k7pm-3wqx", ("K7PM3WQX",)),
        ("k7pm", ("K7PM",)),
        ("k7pm-3", ("K7PM3",)),
        ("k7p", ()),
        ("Schubert", ("SCHUBERT",)),
        ("Max Weber", ("MAXWEBER",)),
        ("Nowicki", ()),
    ],
)
def test_an_order_number_is_read_as_it_is_typed(typed: str, numbers: tuple[str, ...]) -> None:
    assert order_numbers(typed_words(typed)) == numbers


@given(st.text(st.sampled_from("aAgG1208 -,büx\u200b'.stalrowe"), max_size=40))
def test_anything_can_be_read_and_there_are_few_readings(typed: str) -> None:
    found = readings(typed, PLAN)
    assert len(found) <= 7
    assert len(set(found)) == len(found)
