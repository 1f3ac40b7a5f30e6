"""Amounts of money as a person reads them."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from pos_app.domain.money import exponent
from pos_app.ui.times import ui_locale


@lru_cache(maxsize=4096)
def shown_amount(minor: int, currency: str) -> str:
    """Return an amount of minor units with the sign of its currency: 5200 EUR is "€52.00"."""
    from babel.numbers import format_currency

    value = Decimal(minor).scaleb(-exponent(currency))
    return str(format_currency(value, currency, locale=ui_locale()))


@lru_cache(maxsize=1024)
def shown_number(value: int) -> str:
    """Return a whole number with the locale's separators."""
    from babel.numbers import format_decimal

    return str(format_decimal(value, locale=ui_locale()))
