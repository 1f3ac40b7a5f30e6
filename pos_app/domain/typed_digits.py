"""What people type and paste where a number is wanted, with the digits and marks of any script made alike."""

from __future__ import annotations

import unicodedata
from typing import Final

_ALIKE: Final = str.maketrans(
    {
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212\ufe63\uff0d", "-"),
        **dict.fromkeys("\u2018\u2019\u02bc\u2032\u00b4`\uff07", "'"),
        **dict.fromkeys("\uff0c\u060c\u3001", ","),
        **dict.fromkeys("\uff0e\u3002", "."),
        **dict.fromkeys("\u066a\ufe6a\uff05", "%"),
        "\uff04": "$",
        "\uffe5": "\u00a5",
        "\uffe1": "\u00a3",
        "\uffe6": "\u20a9",
    }
)


def alike(text: str) -> str:
    """Return a text with plain digits, dashes, commas, points, apostrophes and single spaces, nothing invisible.

    Of Arabic script the marks of decimals (U+066B) and of thousands (U+066C) stay: each can mean one thing only.
    """
    seen = (letter for letter in text.translate(_ALIKE) if unicodedata.category(letter) != "Cf")
    return " ".join("".join(_digit(letter) for letter in seen).split())


def _digit(letter: str) -> str:
    value = unicodedata.decimal(letter, None)
    return letter if value is None else str(value)
