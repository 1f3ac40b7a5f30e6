"""Amounts of money as the windows write them."""

from __future__ import annotations

from babel.numbers import format_decimal

from pos_app.documents.tickets.words import write_money
from pos_app.ui.words.ui_locale import ui_locale


def shown_amount(amount_minor: int, currency: str) -> str:
    """Write an amount of minor units with the sign of its currency, never rounded: 5200 EUR is "€52.00"."""
    return write_money(amount_minor, currency, ui_locale())


def shown_number(value: int) -> str:
    """Write a whole number with the separators of the locale: 1404 is "1,404"."""
    return format_decimal(value, locale=ui_locale())


def counted(number: int, one: str, many: str) -> str:
    """Return `one` for exactly one, else `many` with {0} replaced by the number; both are translated before."""
    return one if number == 1 else many.format(number)
