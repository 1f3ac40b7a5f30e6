"""Banknotes: what a drawer sees most, the sums that they make, and what nobody would hand over."""

from __future__ import annotations

from typing import Final

from pos_app.domain.currencies import exponent

_USUAL: Final = (5, 10, 20, 50, 100)
_NOTES: Final = {
    "AED": (5, 10, 20, 50, 100, 200),
    "ARS": (500, 1000, 2000, 10_000, 20_000),
    "AZN": (1, 5, 10, 20, 50, 100),
    "BHD": (1, 5, 10, 20),
    "CHF": (10, 20, 50, 100, 200),
    "CLP": (1000, 2000, 5000, 10_000, 20_000),
    "COP": (5000, 10_000, 20_000, 50_000, 100_000),
    "CZK": (100, 200, 500, 1000, 2000),
    "DKK": (50, 100, 200, 500, 1000),
    "EGP": (10, 20, 50, 100, 200),
    "GBP": (5, 10, 20, 50),
    "HKD": (10, 20, 50, 100, 500),
    "HUF": (500, 1000, 5000, 10_000, 20_000),
    "IDR": (5000, 10_000, 20_000, 50_000, 100_000),
    "ILS": (20, 50, 100, 200),
    "INR": (20, 50, 100, 200, 500),
    "IQD": (1000, 5000, 10_000, 25_000, 50_000),
    "IRR": (50_000, 100_000, 500_000, 1_000_000),
    "ISK": (500, 1000, 2000, 5000, 10_000),
    "JOD": (1, 5, 10, 20, 50),
    "JPY": (1000, 2000, 5000, 10_000),
    "KES": (50, 100, 200, 500, 1000),
    "KRW": (1000, 5000, 10_000, 50_000),
    "KWD": (1, 5, 10, 20),
    "KZT": (1000, 2000, 5000, 10_000, 20_000),
    "LBP": (10_000, 20_000, 50_000, 100_000),
    "MXN": (20, 50, 100, 200, 500),
    "NGN": (100, 200, 500, 1000),
    "NOK": (50, 100, 200, 500, 1000),
    "OMR": (1, 5, 10, 20, 50),
    "PHP": (20, 50, 100, 500, 1000),
    "PLN": (10, 20, 50, 100, 200),
    "PYG": (5000, 10_000, 20_000, 50_000, 100_000),
    "RON": (5, 10, 50, 100, 200),
    "RSD": (200, 500, 1000, 2000, 5000),
    "RUB": (100, 500, 1000, 2000, 5000),
    "SEK": (20, 50, 100, 200, 500),
    "THB": (20, 50, 100, 500, 1000),
    "TND": (5, 10, 20, 50),
    "TRY": (10, 20, 50, 100, 200),
    "TWD": (100, 500, 1000),
    "UAH": (50, 100, 200, 500, 1000),
    "UGX": (2000, 5000, 10_000, 20_000, 50_000),
    "UZS": (10_000, 20_000, 50_000, 100_000, 200_000),
    "VND": (20_000, 50_000, 100_000, 200_000, 500_000),
    "XAF": (500, 1000, 2000, 5000, 10_000),
    "XOF": (500, 1000, 2000, 5000, 10_000),
    "ZAR": (10, 20, 50, 100, 200),
}
"""Banknotes in whole units of currencies whose notes are not the usual ones."""

_MOST_SUMS: Final = 3


def banknotes(currency: str) -> tuple[int, ...]:
    """Return the banknotes that a drawer sees most in minor units, the smallest first."""
    digits = exponent(currency)
    whole = _NOTES.get(currency, tuple(note * 100 for note in _USUAL) if digits == 0 else _USUAL)
    return tuple(note * 10**digits for note in whole)


def round_sums(total_minor: int, currency: str) -> tuple[int, ...]:
    """Return the next sums that notes can make above a total, at most three: 158.44 gives 160.00 and 200.00."""
    sums = {-(-total_minor // note) * note for note in banknotes(currency)} - {total_minor}
    return tuple(sorted(sums)[:_MOST_SUMS])


def is_unlikely(given_minor: int, total_minor: int, currency: str) -> bool:
    """Tell whether nobody would hand over so much cash for a total, so that it was mistyped most likely.

    That is more than twice the total, more than any single one of the notes that a drawer sees, and more than the
    second of the sums that lie next above the total (a note, or several of the largest one). A note of 100 for 12.00 is
    likely, 120 is not; 200 for 69.00 is likely, 690 is not.
    """
    notes = banknotes(currency)
    largest = notes[-1]
    above = [note for note in notes if note >= total_minor]
    lots = -(-total_minor // largest)
    above += [largest * (lots + more) for more in range(2) if largest * (lots + more) not in above]
    return given_minor > max(2 * total_minor, largest, above[1])
