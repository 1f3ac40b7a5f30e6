"""A sign beside an amount is that of its currency, of another one, or of none."""

from __future__ import annotations

import pytest

from pos_app.domain.currencies import CURRENCIES
from pos_app.domain.currency_signs import is_sign, is_sign_of


@pytest.mark.parametrize(
    ("sign", "currency"),
    [
        ("€", "EUR"),
        ("eur", "EUR"),
        ("$", "USD"),
        ("US$", "USD"),
        ("$", "MXN"),
        ("$AU", "AUD"),
        ("£GB", "GBP"),
        ("$ HK", "HKD"),
        ("kr.", "DKK"),
        ("kr", "SEK"),
        ("SFr.", "CHF"),
        ("KČ", "CZK"),
        ("F\u202fCFA", "XOF"),
        ("د.ك.\u200f", "KWD"),
        ("zł", "PLN"),
    ],
)
def test_people_sign_a_currency_in_many_ways(sign: str, currency: str) -> None:
    assert is_sign_of(sign, currency)


@pytest.mark.parametrize("sign", ["£", "$", "USD", "kr", "Fr."])
def test_the_sign_of_another_currency_is_known_as_one(sign: str) -> None:
    assert is_sign(sign)
    assert not is_sign_of(sign, "EUR")


@pytest.mark.parametrize("sign", ["", ".", "%", "tickets", "+"])
def test_what_is_no_sign_is_none(sign: str) -> None:
    assert not is_sign(sign)
    assert not any(is_sign_of(sign, currency) for currency in CURRENCIES)
