"""Amounts as they are typed, or copied from a spreadsheet with its currency and its separators."""

from __future__ import annotations

import unicodedata

from pos_app.domain.money import parse_amount

_DASHES = {"-", "\u2013", "\u2014"}


def read_amount(text: str, currency: str) -> int | None:
    """Return an amount in minor units, None for an empty cell or a dash ("€ 1.234,50", "1,234.50 EUR", "52").

    Raises InvalidAmount for what is no amount of this currency.
    """
    plain = "".join(letter for letter in text if unicodedata.category(letter) != "Sc" and not letter.isspace())
    if plain.upper().startswith(currency) or plain.upper().endswith(currency):
        plain = plain.upper().replace(currency, "", 1)
    if not plain or plain in _DASHES:
        return None
    comma, point = plain.rfind(","), plain.rfind(".")
    if comma >= 0 and point >= 0:
        plain = plain.replace("," if comma < point else ".", "")
    return parse_amount(plain, currency)


def read_block(text: str) -> list[list[str]]:
    """Return the cells of a block as spreadsheets put it on the clipboard: rows by lines, cells by tabs."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n").split("\n")
    return [[cell.strip() for cell in line.split("\t")] for line in lines]
