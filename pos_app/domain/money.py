"""Money is a whole number of minor units (cents) with the currency of the venue; never a float."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from pos_app.domain.errors import InvalidAmount

MOST_MINOR: Final = 99_999_999
"""The largest single amount a till takes, in minor units (999,999.99 with two digits)."""

_AMOUNT: Final = re.compile(r"-?(?:[0-9]{1,15}(?:\.[0-9]{0,5})?|\.[0-9]{1,5})")
_EXPONENTS: Final = {
    "BHD": 3, "CLP": 0, "ISK": 0, "JOD": 3, "JPY": 0, "KRW": 0, "KWD": 3, "OMR": 3, "PYG": 0, "TND": 3, "UGX": 0,
    "VND": 0, "XAF": 0, "XOF": 0, "XPF": 0,
}  # fmt: skip
"""Currencies whose minor unit is not a hundredth (ISO 4217)."""


def exponent(currency: str) -> int:
    """Return how many decimal digits the currency has (ISO 4217; 2 unless listed)."""
    return _EXPONENTS.get(currency, 2)


def percent_of(amount_minor: int, percent: int) -> int:
    """Return a percentage of an amount in minor units, halves rounded up (away from zero)."""
    sign = -1 if amount_minor < 0 else 1
    return sign * ((abs(amount_minor) * percent * 2 + 100) // 200)


def parse_amount(text: str, currency: str) -> int:
    """Read an amount as a person types it ("12", "12.5", "12,50") into minor units.

    Raises InvalidAmount for anything else: empty, negative, not a number, too many decimals, too large.
    """
    cleaned = "".join(text.split()).replace(",", ".")
    digits = exponent(currency)
    if not cleaned:
        raise InvalidAmount("Type an amount.")
    if not _AMOUNT.fullmatch(cleaned):
        raise InvalidAmount(
            f"“{text.strip()[:20]}” is not an amount.", advice=f"Type digits, for example {20:.{digits}f}."
        )
    value = Decimal(cleaned)
    if value < 0:
        raise InvalidAmount("An amount cannot be negative.")
    scaled = value.scaleb(digits)
    if scaled != scaled.to_integral_value():
        raise InvalidAmount(f"{currency} has {digits} decimal places at the most.")
    if scaled > MOST_MINOR:
        raise InvalidAmount("That amount is too large for one payment.")
    return int(scaled)


def plain(amount_minor: int, currency: str) -> str:
    """Write an amount with a point and no sign of the currency: 5200 EUR is "52.00"."""
    digits = exponent(currency)
    sign = "-" if amount_minor < 0 else ""
    whole, part = divmod(abs(amount_minor), 10**digits)
    return f"{sign}{whole}.{part:0{digits}d}" if digits else f"{sign}{whole}"
