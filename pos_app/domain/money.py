"""Money is a whole number of minor units (cents) with the currency of the venue; never a float."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from pos_app.domain.currencies import exponent
from pos_app.domain.errors import InvalidAmount
from pos_app.domain.sentences import say, say_count

MOST_MINOR: Final = 99_999_999
"""The largest single amount a till takes, in minor units (999,999.99 with two digits)."""


_AMOUNT: Final = re.compile(r"-?(?:[0-9]{1,15}(?:\.[0-9]{0,5})?|\.[0-9]{1,5})")


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
        raise InvalidAmount(say("Type an amount."))
    if not _AMOUNT.fullmatch(cleaned):
        raise InvalidAmount(
            say("“{text}” is not an amount.", text=text.strip()[:20]),
            advice=say("Type digits, for example {amount}.", amount=f"{20:.{digits}f}"),
        )
    value = Decimal(cleaned)
    if value < 0:
        raise InvalidAmount(say("An amount cannot be negative."))
    scaled = value.scaleb(digits)
    if scaled != scaled.to_integral_value():
        raise InvalidAmount(
            say_count(
                "{currency} has {count} decimal place at the most.",
                "{currency} has {count} decimal places at the most.",
                digits,
                currency=currency,
            )
        )
    if scaled > MOST_MINOR:
        raise InvalidAmount(say("That amount is too large for one payment."))
    return int(scaled)
