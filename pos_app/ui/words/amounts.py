"""Amounts of money as the windows write them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from babel.numbers import format_decimal, get_decimal_symbol

from pos_app.documents.tickets.words import write_money
from pos_app.domain.percents import told_percent
from pos_app.ui.words.ui_locale import ui_locale

if TYPE_CHECKING:
    from collections.abc import Iterable


def shown_amount(amount_minor: int, currency: str) -> str:
    """Write an amount of minor units with the sign of its currency, never rounded: 5200 EUR is "€52.00"."""
    return write_money(amount_minor, currency, ui_locale())


def shown_short_amount(amount_minor: int, currency: str) -> str:
    """Write an amount without the digits behind the point where there is nothing in them: 2000 EUR is "€20"."""
    return write_money(amount_minor, currency, ui_locale(), short=True)


def shown_sum(parts: Iterable[tuple[int, str]]) -> str:
    """Add up amounts of minor units with their currencies: "€52.00", or "€52.00 + CHF 8.00"."""
    sums: dict[str, int] = {}
    for amount_minor, currency in parts:
        sums[currency] = sums.get(currency, 0) + amount_minor
    return " + ".join(shown_amount(amount_minor, currency) for currency, amount_minor in sums.items())


def shown_number(value: int) -> str:
    """Write a whole number with the separators of the locale: 1404 is "1,404"."""
    return format_decimal(value, locale=ui_locale())


def shown_percent(percent: int) -> str:
    """Write hundredths of a percent without the sign and without noughts behind: 1050 is "10.5"."""
    return format_decimal(told_percent(percent), locale=ui_locale(), decimal_quantization=False)


def decimal_separator() -> str:
    """Return what stands before the decimals in the locale: "." or ","."""
    return get_decimal_symbol(ui_locale())


def counted(number: int, one: str, many: str) -> str:
    """Return `one` for exactly one, else `many` with {0} replaced by the number; both are translated before."""
    return one if number == 1 else many.format(number)
