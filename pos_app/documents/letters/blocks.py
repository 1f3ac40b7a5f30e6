"""What a letter is made of once its facts are filled in, before it is set as text or as HTML."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a line. is_fact: it was filled in, and may run the other way than the words around it."""

    text: str
    is_fact: bool = False


Line: TypeAlias = tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a letter."""

    line: Line


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that belong together."""

    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One thing of a list. lead: what it is; value: stands opposite; notes: below; code: of a ticket."""

    lead: str
    value: str = ""
    notes: tuple[str, ...] = ()
    code: str = ""


@dataclass(frozen=True, slots=True)
class Rows:
    """A list. caption: above it; "": none. is_sum: rows of money, set close together."""

    rows: tuple[Row, ...]
    caption: str = ""
    is_sum: bool = False


@dataclass(frozen=True, slots=True)
class Code:
    """What is read off and typed, large."""

    code: str


Block: TypeAlias = Heading | Paragraph | Rows | Code


@dataclass(frozen=True, slots=True)
class Composition:
    """A letter, filled in and not yet set. language: a locale; sender: at its head; foot: its last small lines."""

    language: str
    is_right_to_left: bool
    sender: str
    subject: str
    blocks: tuple[Block, ...]
    foot: tuple[str, ...] = ()


def runs_right_to_left(text: str) -> bool | None:
    """Tell which way a text runs, by its first letter that has a direction; None: by none."""
    for letter in text:
        way = unicodedata.bidirectional(letter)
        if way == "L":
            return False
        if way in {"R", "AL"}:
            return True
    return None


def runs_against(text: str, *, right_to_left: bool) -> bool:
    """Tell whether a text runs the other way than what stands around it."""
    return runs_right_to_left(text) is (not right_to_left)
