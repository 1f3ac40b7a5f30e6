"""Amounts as countries write them: nothing in them is hidden or rounded, and what is written is read again."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.documents.tickets.words import write_money
from pos_app.domain.currencies import CURRENCIES, exponent
from pos_app.domain.errors import InvalidAmount
from pos_app.domain.money import MOST_SUM_MINOR, parse_amount

LOCALES = ("en_GB", "de_DE", "de_CH", "fr_FR", "sv_SE", "cs_CZ", "tr_TR", "pt_BR", "hi_IN", "ja_JP", "es_CL", "az_AZ")


@pytest.mark.parametrize(
    ("amount", "currency", "locale", "written"),
    [
        (5200, "EUR", "en_GB", "€52.00"),
        (5000, "RWF", "en_GB", "RWF\u00a05,000"),
        (5000, "VUV", "en_GB", "VUV\u00a05,000"),
        (12_125, "LYD", "en_GB", "LYD\u00a012.125"),
        (25_000_000, "IQD", "en_GB", "IQD\u00a025,000"),
        (25_000_125, "IQD", "en_GB", "IQD\u00a025,000.125"),
        (500_000, "ALL", "en_GB", "ALL\u00a05,000"),
        (500_050, "ALL", "en_GB", "ALL\u00a05,000.50"),
        (-500_050, "MGA", "en_GB", "-MGA\u00a05,000.50"),
        (150_000_000, "IDR", "id_ID", "Rp\u00a01.500.000,00"),
        (MOST_SUM_MINOR, "EUR", "en_GB", "€10,000,000,000,000.00"),
    ],
)
def test_digits_are_shown_as_people_are_used_to_unless_something_is_in_them(
    amount: int, currency: str, locale: str, written: str
) -> None:
    assert write_money(amount, currency, locale) == written


def test_short_amounts_keep_what_is_behind_the_point() -> None:
    assert write_money(5200, "EUR", "en_GB", short=True) == "€52"
    assert write_money(5250, "EUR", "en_GB", short=True) == "€52.50"
    assert write_money(5250, "JPY", "en_GB", short=True) == "JP¥5,250"


@given(st.integers(0, 10**13), st.sampled_from(sorted(CURRENCIES)), st.sampled_from(LOCALES))
def test_what_is_written_is_read_again_or_refused(amount: int, currency: str, locale: str) -> None:
    written = write_money(amount, currency, locale)
    if exponent(currency) == 3:
        with contextlib.suppress(InvalidAmount):
            assert parse_amount(written, currency) == amount
    else:
        assert parse_amount(written, currency) == amount
