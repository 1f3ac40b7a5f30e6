from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.domain.currencies import CURRENCIES, exponent, plain
from pos_app.domain.errors import InvalidAmount, InvalidInput
from pos_app.domain.money import MOST_MINOR, MOST_SUM_MINOR, check_sum, parse_amount, require_currency, typed_amount


@pytest.mark.parametrize(
    ("typed", "currency", "minor"),
    [
        ("12", "EUR", 1200),
        ("12.5", "EUR", 1250),
        ("12,50", "EUR", 1250),
        (" 0.05 ", "EUR", 5),
        (".5", "EUR", 50),
        (",05", "EUR", 5),
        ("5.", "EUR", 500),
        ("12.-", "CHF", 1200),
        ("12,– €", "EUR", 1200),
        ("12,--", "EUR", 1200),
        ("007", "EUR", 700),
        ("12.5000", "EUR", 1250),
        ("1200", "JPY", 1200),
        ("12.00", "JPY", 12),
        ("0", "EUR", 0),
        ("-0", "EUR", 0),
        ("99999999999.99", "EUR", MOST_MINOR - 1),
        ("10000000000000", "IDR", None),
        ("10,000,000,000,000", "JPY", MOST_MINOR),
        ("1500000", "IDR", 150_000_000),
        ("２５．５０", "EUR", 2550),
        ("￥１２，０００", "JPY", 12_000),
        ("٣٤٫٥", "EUR", 3450),
        ("۱۲٬۵۰۰", "IRR", 1_250_000),
        ("\u200f12.50\u200e", "EUR", 1250),
    ],
)
def test_an_amount_is_read_as_people_type_it(typed: str, currency: str, minor: int | None) -> None:
    if minor is None:
        with pytest.raises(InvalidAmount, match=r"too large: 100000000000\.00 IDR"):
            parse_amount(typed, currency)
    else:
        assert parse_amount(typed, currency) == minor


@pytest.mark.parametrize(
    ("typed", "currency", "minor"),
    [
        ("5,000", "JPY", 5000),
        ("150.000", "VND", 150_000),
        ("15.000", "CLP", 15_000),
        ("1,000", "EUR", 100_000),
        ("1.000", "EUR", 100_000),
        ("12.500", "EUR", 1_250_000),
        ("1 000", "EUR", 100_000),
        ("1\u00a0000,00", "EUR", 100_000),
        ("1\u202f234,50", "EUR", 123_450),
        ("1\u2009234,50", "EUR", 123_450),
        ("1.234.567", "EUR", 123_456_700),
        ("1,234,567.50", "EUR", 123_456_750),
        ("1.234,50", "EUR", 123_450),
        ("1.234,5", "EUR", 123_450),
        ("1,234.", "EUR", 123_400),
        ("1'234.50", "CHF", 123_450),
        ("1’234’567", "CHF", 123_456_700),
        ("12,34,567.50", "INR", 123_456_750),
        ("١٬٢٣٤٫٥٠", "EGP", 123_450),
        ("1,234", "MGA", 123_400),
        ("1,234.500", "KWD", 1_234_500),
        ("1.234,500", "TND", 1_234_500),
        ("1 234,500", "TND", 1_234_500),
        ("1,234,567", "KWD", 1_234_567_000),
    ],
)
def test_a_separator_before_three_digits_groups_thousands(typed: str, currency: str, minor: int) -> None:
    assert parse_amount(typed, currency) == minor


@pytest.mark.parametrize(
    ("typed", "currency", "minor"),
    [
        ("1.234", "KWD", 1234),
        ("12.125", "LYD", 12_125),
        ("0,500", "TND", 500),
        (".500", "KWD", 500),
        ("1234,567", "TND", 1_234_567),
        ("12,5", "TND", 12_500),
        ("250.1250", "IQD", 250_125),
        ("25000.000", "IQD", 25_000_000),
    ],
)
def test_three_digits_are_decimals_of_a_currency_that_has_three(typed: str, currency: str, minor: int) -> None:
    assert parse_amount(typed, currency) == minor


@pytest.mark.parametrize(
    ("typed", "currency", "whole", "part"),
    [
        ("1,000", "KWD", "1000", "1.000"),
        ("12,500", "TND", "12500", "12.500"),
        ("25.000", "IQD", "25000", "25.0000"),
        ("25,000", "IQD", "25000", "25.0000"),
    ],
)
def test_what_can_mean_two_amounts_is_refused_and_both_are_told(
    typed: str, currency: str, whole: str, part: str
) -> None:
    with pytest.raises(InvalidAmount, match=f"can mean {whole} or {part}.") as refused:
        parse_amount(typed, currency)
    assert refused.value.advice == f"Type it as {whole} or as {part}."
    assert parse_amount(whole, currency) == 1000 * parse_amount(part, currency)


@pytest.mark.parametrize(
    ("typed", "currency", "minor"),
    [
        ("€ 1.234,50", "EUR", 123_450),
        ("1,234.50 EUR", "EUR", 123_450),
        ("eur 52", "EUR", 5200),
        ("€52", "EUR", 5200),
        ("$1,250", "USD", 125_000),
        ("$1,250.00 USD", "USD", 125_000),
        ("$.50", "USD", 50),
        ("¥12,000", "JPY", 12_000),
        ("12 kr.", "DKK", 1200),
        ("Fr. 12.50", "CHF", 1250),
        ("Fr.12.50", "CHF", 1250),
        ("CHF .50", "CHF", 50),
        ("1 234,50 Kč", "CZK", 123_450),
        ("Rp 1.500.000", "IDR", 150_000_000),
        ("S/.5", "PEN", 500),
    ],
)
def test_the_sign_or_the_code_of_the_currency_may_stand_on_either_side(typed: str, currency: str, minor: int) -> None:
    assert parse_amount(typed, currency) == minor


@pytest.mark.parametrize("typed", ["£5", "5 USD", "$ 5", "kr 5"])
def test_an_amount_in_another_currency_is_refused_as_one(typed: str) -> None:
    with pytest.raises(InvalidAmount, match="another currency than EUR"):
        parse_amount(typed, "EUR")


@pytest.mark.parametrize(
    "typed", ["1,23,4", "1.2.3", "12.34.567,1", "1234,567,890", "1,234.567.890", "12 34", "1'23", "0,123,456", "1.234."]
)
def test_groups_that_do_not_fit_together_are_refused(typed: str) -> None:
    with pytest.raises(InvalidAmount, match="grouped") as refused:
        parse_amount(typed, "EUR")
    assert refused.value.advice == "Type it without commas or points between thousands, for example 1250.00."


@pytest.mark.parametrize("typed", ["12.345,678", "0.500", ".500", "1234.500", "12.3456", "1,234.567"])
def test_more_decimals_than_the_currency_has_are_refused(typed: str) -> None:
    with pytest.raises(InvalidAmount, match="2 decimal places"):
        parse_amount(typed, "EUR")


@pytest.mark.parametrize("typed", ["-1", "-0.01", "−5", "5-", "(5.00)", "- 5", "€ -5", "-€5", "--5"])
def test_a_negative_amount_is_refused_as_one(typed: str) -> None:
    with pytest.raises(InvalidAmount, match="negative"):
        parse_amount(typed, "EUR")


@pytest.mark.parametrize("typed", ["100000000000.01", "9" * 30, "9" * 5000, "9.999.999.999.999.999"])
def test_an_amount_beyond_the_ceiling_is_refused_as_too_large(typed: str) -> None:
    with pytest.raises(InvalidAmount, match="too large"):
        parse_amount(typed, "EUR")


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "\u200f",
        "abc",
        "1e3",
        "1E5",
        "1_000",
        "+5",
        "0x10",
        "NaN",
        "Infinity",
        "²",
        "\x00",
        "\ud800",
        ".",
        "-",
        "€",
        "12 tickets",
        "5 %",
        "1;2",
        "1, 234",
        "5--",
        "(5",
        "5)",
        "1\n2\n3",
    ],
)
def test_what_is_no_amount_is_refused(typed: str) -> None:
    with pytest.raises(InvalidAmount):
        parse_amount(typed, "EUR")


def test_a_currency_without_cents_takes_none() -> None:
    with pytest.raises(InvalidAmount, match="0 decimal"):
        parse_amount("12.5", "JPY")


@given(st.integers(0, MOST_MINOR), st.sampled_from(sorted(CURRENCIES)))
def test_what_a_field_holds_is_read_again(amount: int, currency: str) -> None:
    assert parse_amount(typed_amount(amount, currency), currency) == amount


@given(st.integers(1, 999), st.integers(0, 999), st.sampled_from(sorted(CURRENCIES)), st.sampled_from(".,"))
def test_three_digits_never_divide_by_a_thousand_in_silence(whole: int, tail: int, currency: str, mark: str) -> None:
    typed = f"{whole}{mark}{tail:03d}"
    with contextlib.suppress(InvalidAmount):
        read = parse_amount(typed, currency)
        three = exponent(currency) == 3
        assert read == (whole * 1000 + tail) * (1 if three else 10 ** exponent(currency))
        assert not three or mark == "."


def test_a_sum_is_refused_beyond_what_the_books_hold() -> None:
    assert check_sum(MOST_SUM_MINOR, "EUR") == MOST_SUM_MINOR
    with pytest.raises(InvalidAmount, match=r"too large a sum: 10000000000000\.00 EUR"):
        check_sum(MOST_SUM_MINOR + 1, "EUR")


@given(st.text(max_size=30))
def test_no_text_breaks_the_reading(text: str) -> None:
    with contextlib.suppress(InvalidAmount):
        assert 0 <= parse_amount(text, "EUR") <= MOST_MINOR


@pytest.mark.parametrize(
    ("amount", "currency", "text"),
    [(5200, "EUR", "52.00"), (5, "EUR", "0.05"), (-5, "EUR", "-0.05"), (5200, "JPY", "5200"), (5200, "KWD", "5.200")],
)
def test_amounts_are_written_plainly(amount: int, currency: str, text: str) -> None:
    assert plain(amount, currency) == text


@pytest.mark.parametrize("typed", ["XXX", "XTS", "XAU", "XDR", "DEM", "EU", "EURO", "E\u00dcR", "978", "\uff25UR"])
def test_what_is_no_money_in_use_is_refused(typed: str) -> None:
    with pytest.raises(InvalidInput, match="no currency") as refusal:
        require_currency(typed)
    assert refusal.value.field == "currency"


def test_a_currency_is_stored_by_its_code() -> None:
    assert require_currency(" eur ") == "EUR"
    with pytest.raises(InvalidInput, match=r"^Choose a currency\."):
        require_currency("")
