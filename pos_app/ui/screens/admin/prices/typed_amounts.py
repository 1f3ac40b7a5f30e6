"""Amounts as they are typed, or copied from a spreadsheet with its currency and its separators."""

from __future__ import annotations

import unicodedata

from pos_app.domain.money import parse_amount
from pos_app.domain.typed_digits import alike


def read_amount(text: str, currency: str) -> int | None:
    """Return an amount in minor units, None for an empty cell or a dash, with or without a sign ("€ -").

    Raises InvalidAmount for what is no amount of this currency.
    """
    seen = "".join(letter for letter in alike(text) if unicodedata.category(letter) != "Sc").strip()
    return None if seen in {"", "-"} else parse_amount(text, currency)


def read_block(text: str) -> list[list[str]]:
    """Return the cells of a block as spreadsheets put it on the clipboard: rows by lines, cells by tabs."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n").split("\n")
    return [[cell.strip() for cell in line.split("\t")] for line in lines]
