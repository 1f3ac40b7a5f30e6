"""What a customer probably hands over: banknotes, and the round sums above a total. Amounts in minor units."""

from __future__ import annotations

from typing import Final

from pos_app.domain.currencies import exponent

_USUAL: Final = (5, 10, 20, 50, 100)
_NOTES: Final = {
    "CZK": (100, 200, 500, 1000, 2000),
    "DKK": (50, 100, 200, 500, 1000),
    "GBP": (5, 10, 20, 50),
    "HUF": (500, 1000, 5000, 10_000, 20_000),
    "ISK": (500, 1000, 2000, 5000, 10_000),
    "JPY": (1000, 2000, 5000, 10_000),
    "KRW": (1000, 5000, 10_000, 50_000),
    "KWD": (1, 5, 10, 20),
    "NOK": (50, 100, 200, 500, 1000),
    "SEK": (20, 50, 100, 200, 500),
}
"""Banknotes in whole units of currencies whose notes are not the usual ones."""

_MOST_SUMS: Final = 3


def banknotes(currency: str) -> tuple[int, ...]:
    """Return the banknotes that a drawer sees most, the smallest first."""
    digits = exponent(currency)
    whole = _NOTES.get(currency, tuple(note * 100 for note in _USUAL) if digits == 0 else _USUAL)
    return tuple(note * 10**digits for note in whole)


def round_sums(total_minor: int, currency: str) -> tuple[int, ...]:
    """Return the next sums that notes can make above a total, at most three: 158.44 gives 160.00 and 200.00."""
    sums = {-(-total_minor // note) * note for note in banknotes(currency)} - {total_minor}
    return tuple(sorted(sums)[:_MOST_SUMS])
