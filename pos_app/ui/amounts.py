"""Amounts of money as the windows write them."""

from __future__ import annotations

from pos_app.documents.ticket_words import write_money
from pos_app.ui.ui_locale import ui_locale


def shown_amount(amount_minor: int, currency: str) -> str:
    """Write an amount of minor units with the sign of its currency, never rounded: 5200 EUR is "€52.00"."""
    return write_money(amount_minor, currency, ui_locale())
