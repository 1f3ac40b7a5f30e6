"""What people, files and scanners hand over as text, made fit to be stored and shown."""

from __future__ import annotations

import unicodedata
from typing import Final

_DROPPED: Final = {"Cc", "Cs"}
"""Control characters, and halves of characters (lone surrogates), which no database takes."""

_DIRECTIONS: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Marks that turn the text behind them around, so that a name could rewrite the line that it stands in."""


def clean_line(text: str, longest: int) -> str:
    """Return text of any script as one line of so many characters at the most; "" when nothing is left of it."""
    flat = " ".join(text.split())
    kept = (letter for letter in flat if unicodedata.category(letter) not in _DROPPED and letter not in _DIRECTIONS)
    return " ".join(unicodedata.normalize("NFC", "".join(kept)).split())[:longest].strip()


def clean_text(text: str, longest: int) -> str:
    """Return text of several lines, each as clean_line leaves it; empty lines inside stay, one at a time."""
    lines: list[str] = []
    for line in text.splitlines():
        cleaned = clean_line(line, longest)
        if cleaned or (lines and lines[-1]):
            lines.append(cleaned)
    return "\n".join(lines).strip()[:longest]


def searched_words(text: str) -> tuple[str, ...]:
    """Return the words of a text as searches compare them: without case, accents and apostrophes, ss for \u00df.

    Whatever is neither letter nor digit parts words.
    """
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return tuple("".join(map(_compared, plain)).split())


_APOSTROPHES: Final = frozenset("'`\u00b4\u2018\u2019\u02bc\u2032\uff07")


def _compared(letter: str) -> str:
    kind = unicodedata.category(letter)
    if kind in {"Mn", "Cf"} or letter in _APOSTROPHES:
        return ""
    digit = unicodedata.decimal(letter, None)
    return str(digit) if digit is not None else letter if kind[0] in "LMN" else " "
