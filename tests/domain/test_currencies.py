"""The books count each currency in the minor units of ISO 4217."""

from __future__ import annotations

from pos_app.domain.currencies import CURRENCIES, exponent

WHOLE = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF"
THOUSANDTHS = "BHD IQD JOD KWD LYD OMR TND"


def test_the_books_count_as_iso_4217_says() -> None:
    wanted = dict.fromkeys(CURRENCIES, 2) | dict.fromkeys(WHOLE.split(), 0)
    wanted |= dict.fromkeys(THOUSANDTHS.split(), 3)
    assert {currency: exponent(currency) for currency in CURRENCIES} == wanted
    assert wanted.keys() == CURRENCIES


def test_what_is_no_currency_is_counted_in_hundredths() -> None:
    assert exponent("XXX") == 2
