from __future__ import annotations

import contextlib
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.domain.currencies import exponent, plain
from pos_app.domain.errors import InvalidAmount
from pos_app.domain.money import MOST_MINOR, parse_amount, percent_of


@pytest.mark.parametrize(
    ("typed", "currency", "minor"),
    [
        ("12", "EUR", 1200),
        ("12.5", "EUR", 1250),
        ("12,50", "EUR", 1250),
        (" 0.05 ", "EUR", 5),
        (".5", "EUR", 50),
        ("5.", "EUR", 500),
        ("1 000", "EUR", 100_000),
        ("1\u00a0000,00", "EUR", 100_000),
        ("1\u202f000,00", "EUR", 100_000),
        ("12.500", "EUR", 1250),
        ("1200", "JPY", 1200),
        ("1.234", "KWD", 1234),
        ("0", "EUR", 0),
        ("999999.99", "EUR", MOST_MINOR),
    ],
)
def test_an_amount_is_read_as_people_type_it(typed: str, currency: str, minor: int) -> None:
    assert parse_amount(typed, currency) == minor


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "-1",
        "-0.01",
        "abc",
        "1e3",
        "1E5",
        "1_000",
        "+5",
        "0x10",
        "NaN",
        "Infinity",
        "1.2.3",
        "1,234.50",
        "12.345",
        "1000000",
        "9" * 5000,
        "٣٤",
        "²",
        "\x00",
        "\ud800",
        "--5",
        "5-",
        ".",
        "12 EUR",
        "1;2",
    ],
)
def test_what_is_no_amount_is_refused(typed: str) -> None:
    with pytest.raises(InvalidAmount):
        parse_amount(typed, "EUR")


def test_a_currency_without_cents_takes_none() -> None:
    with pytest.raises(InvalidAmount, match="0 decimal"):
        parse_amount("12.5", "JPY")


@given(st.integers(0, MOST_MINOR), st.sampled_from(["EUR", "JPY", "KWD"]))
def test_what_is_written_is_read_again(amount: int, currency: str) -> None:
    assert parse_amount(plain(amount, currency), currency) == amount


@given(st.text(max_size=30))
def test_no_text_breaks_the_reading(text: str) -> None:
    with contextlib.suppress(InvalidAmount):
        assert 0 <= parse_amount(text, "EUR") <= MOST_MINOR


@given(st.integers(-(10**9), 10**9), st.integers(0, 100))
def test_percentages_round_half_up(amount: int, percent: int) -> None:
    exact = Decimal(amount) * percent / 100
    assert percent_of(amount, percent) == int(exact.quantize(Decimal(1), ROUND_HALF_UP))


@pytest.mark.parametrize(
    ("amount", "currency", "text"),
    [(5200, "EUR", "52.00"), (5, "EUR", "0.05"), (-5, "EUR", "-0.05"), (5200, "JPY", "5200"), (5200, "KWD", "5.200")],
)
def test_amounts_are_written_plainly(amount: int, currency: str, text: str) -> None:
    assert plain(amount, currency) == text


def test_most_currencies_have_cents() -> None:
    assert [exponent(currency) for currency in ("EUR", "JPY", "KWD", "XYZ")] == [2, 0, 3, 2]
