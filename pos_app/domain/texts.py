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
