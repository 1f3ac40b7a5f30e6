"""Names in scripts that run from right to left, inside sentences that do not."""

from __future__ import annotations

import unicodedata
from typing import Final

_LEFT_TO_RIGHT_MARK: Final = "\u200e"
_ISOLATE: Final = "\u2068"
_END: Final = "\u2069"


def runs_leftwards(text: str) -> bool:
    """Tell whether any letter of a text is written from right to left."""
    return any(unicodedata.bidirectional(letter) in {"R", "AL"} for letter in text)


def isolated(text: str) -> str:
    """Keep a name from turning round what stands beside it."""
    return f"{_ISOLATE}{text}{_END}" if runs_leftwards(text) else text


def begun_rightwards(sentence: str) -> str:
    """Let a sentence run from left to right, though it begins with a name that does not."""
    return f"{_LEFT_TO_RIGHT_MARK}{sentence}" if runs_leftwards(sentence) else sentence
