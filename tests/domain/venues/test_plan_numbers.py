from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.domain.venues.plan_numbers import Numbering, RowNames, row_index, row_name, seat_numbers


@pytest.mark.parametrize(
    ("numbering", "first", "numbers"),
    [
        (Numbering.LEFT_TO_RIGHT, 1, [1, 2, 3, 4, 5]),
        (Numbering.LEFT_TO_RIGHT, 101, [101, 102, 103, 104, 105]),
        (Numbering.RIGHT_TO_LEFT, 1, [5, 4, 3, 2, 1]),
        (Numbering.ODD_EVEN, 1, [5, 3, 1, 2, 4]),
        (Numbering.EVEN_ODD, 1, [4, 2, 1, 3, 5]),
        (Numbering.ODD_EVEN, 2, [5, 3, 2, 4, 6]),
        (Numbering.ONLY_ODD, 1, [1, 3, 5, 7, 9]),
        (Numbering.ONLY_EVEN, 1, [2, 4, 6, 8, 10]),
    ],
)
def test_the_ways_of_numbering_a_row(numbering: Numbering, first: int, numbers: list[int]) -> None:
    assert seat_numbers(5, numbering, first=first) == numbers


@given(st.integers(0, 80), st.sampled_from(Numbering), st.integers(0, 500))
def test_every_seat_of_a_row_has_a_number_of_its_own(count: int, numbering: Numbering, first: int) -> None:
    numbers = seat_numbers(count, numbering, first=first)
    assert len(set(numbers)) == count
    assert all(number >= first for number in numbers)


def test_rows_are_called_by_letters_with_or_without_those_that_look_like_numbers() -> None:
    names = [row_name(at, RowNames.LETTERS) for at in range(26)]
    assert "".join(names[:24]) == "ABCDEFGHJKLMNPQRSTUVWXYZ"
    assert names[24:] == ["AA", "AB"]
    assert [row_name(at, RowNames.LETTERS, clear_letters=False) for at in (8, 25, 26, 701, 702)] == [
        "I", "Z", "AA", "ZZ", "AAA",
    ]  # fmt: skip
    assert [row_name(at, RowNames.DOUBLED_LETTERS) for at in (0, 23, 24, 25, 48)] == ["A", "Z", "AA", "BB", "AAA"]
    assert row_name(9, RowNames.NUMBERS) == "10"


@given(index=st.integers(0, 5000), names=st.sampled_from(RowNames), clear=st.booleans())
def test_a_row_is_found_by_its_name(index: int, names: RowNames, *, clear: bool) -> None:
    assert row_index(row_name(index, names, clear_letters=clear), names, clear_letters=clear) == index


@pytest.mark.parametrize(
    ("name", "names"),
    [("", RowNames.LETTERS), ("I", RowNames.LETTERS), ("1", RowNames.LETTERS), ("AB", RowNames.DOUBLED_LETTERS),
     ("0", RowNames.NUMBERS), ("x", RowNames.NUMBERS), ("²", RowNames.NUMBERS)],
)  # fmt: skip
def test_what_no_row_is_called_is_no_row(name: str, names: RowNames) -> None:
    assert row_index(name, names) is None
