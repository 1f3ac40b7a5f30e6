"""Percentages are exact to the hundredth, and what they take is rounded half up."""

from __future__ import annotations

import contextlib
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.domain.errors import InvalidInput
from pos_app.domain.percents import parse_percent, percent_of, plain_percent, told_percent


@given(st.integers(-(10**15), 10**15), st.integers(0, 10_000))
def test_percentages_round_half_up(amount: int, percent: int) -> None:
    exact = Decimal(amount) * percent / 10_000
    assert percent_of(amount, percent) == int(exact.quantize(Decimal(1), ROUND_HALF_UP))


@pytest.mark.parametrize(
    ("amount", "percent", "taken"), [(5200, 1050, 546), (1000, 1005, 101), (999, 1050, 105), (100, 1, 0), (5000, 1, 1)]
)
def test_a_part_of_a_percent_is_taken_exactly(amount: int, percent: int, taken: int) -> None:
    assert percent_of(amount, percent) == taken


@pytest.mark.parametrize(
    ("typed", "percent"),
    [
        ("10", 1000),
        ("10.5", 1050),
        ("10,5", 1050),
        ("10.5 %", 1050),
        ("10,25%", 1025),
        ("%10", 1000),
        (".5", 50),
        ("10.", 1000),
        ("１０．５％", 1050),
        ("١٠٫٥ ٪", 1050),
        (" 33\u00a0% ", 3300),
        ("\u200f7", 700),
        ("0", 0),
        ("1000", 100_000),
    ],
)
def test_a_percentage_is_read_as_people_type_it(typed: str, percent: int) -> None:
    assert parse_percent(typed) == percent


@pytest.mark.parametrize("typed", ["", "%", ".", "-5", "ten", "1e2", "10 5", "1.2.3", "9" * 5000, "5 EUR", "%%5"])
def test_what_is_no_percentage_is_refused(typed: str) -> None:
    with pytest.raises(InvalidInput, match="for example 10 or"):
        parse_percent(typed)


@pytest.mark.parametrize("typed", ["10.125", "1,000", "10.500"])
def test_more_than_two_decimals_are_refused(typed: str) -> None:
    with pytest.raises(InvalidInput, match="two decimal places"):
        parse_percent(typed)


@given(st.text(max_size=12))
def test_no_text_breaks_the_reading(text: str) -> None:
    with contextlib.suppress(InvalidInput):
        assert parse_percent(text) >= 0


@pytest.mark.parametrize(("percent", "written"), [(1000, "10"), (1050, "10.5"), (1025, "10.25"), (5, "0.05"), (0, "0")])
def test_a_percentage_is_written_without_noughts(percent: int, written: str) -> None:
    assert plain_percent(percent) == written
    assert told_percent(percent) == Decimal(written)


@given(st.integers(0, 99_999))
def test_what_is_written_is_read_again(percent: int) -> None:
    assert parse_percent(plain_percent(percent)) == percent
