"""Reading JSON that others wrote: what is far larger than it may be is refused before it is taken apart.

A few bytes can ask for gigabytes: "[[[[...", "{},{},{},...", numbers of a million digits. The bytes are counted first,
which takes hundredths of a second; only then the reader of the standard library sees them.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Final

from pos_app.domain.errors import PosError
from pos_app.domain.sentences import say

_DEEPEST: Final = 100
_LONGEST_NUMBER: Final = 400
"""Digits, besides a sign or a point; a longer one is no number that anybody has measured."""
_MOST_DOUBLED: Final = 20
_BRACKET: Final = re.compile(rb"[\[\]{}]")
_STRING: Final = re.compile(rb'"(?:[^"\\]|\\.)*"', re.DOTALL)


class JsonRefused(PosError):
    """It is no JSON, or there is far more in it than may be."""


@dataclass(frozen=True, slots=True)
class JsonBounds:
    """How much there may be: bytes, lists and objects, values, letters of one text."""

    most_bytes: int
    most_holders: int
    most_values: int
    longest_text: int


@dataclass(frozen=True, slots=True)
class BoundedJson:
    """What was read. doubled: the first few names that stand twice in one object; the last of each was taken."""

    value: Any
    doubled: tuple[str, ...] = field(default=())


def read_bounded_json(content: bytes, bounds: JsonBounds) -> BoundedJson:
    """Read JSON in UTF-8, with a byte order mark or without. Raises JsonRefused.

    NaN and Infinity are read as such, halves of characters (lone surrogates) as they stand: whoever takes a value
    judges it.
    """
    _require_bounds(content, bounds)
    doubled: dict[str, None] = {}

    def note(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(pairs)
        if len(made) != len(pairs) and len(doubled) < _MOST_DOUBLED:
            names = Counter(name for name, _ in pairs)
            doubled.update((name, None) for name, times in names.items() if times > 1)
        return made

    try:
        value = json.loads(content.decode("utf-8-sig"), object_pairs_hook=note, parse_int=_whole, parse_float=_fraction)
    except RecursionError:
        raise _too_deep() from None
    except ValueError:
        raise JsonRefused(say("This file is no JSON.")) from None
    return BoundedJson(value, tuple(doubled)[:_MOST_DOUBLED])


def _require_bounds(content: bytes, bounds: JsonBounds) -> None:
    if len(content) > bounds.most_bytes:
        raise JsonRefused(say("This file is larger than {most} MB.", most=bounds.most_bytes // 1024 // 1024))
    # What stands in texts is counted as well: the bounds are far above what there ever is.
    holders = content.count(b"{") + content.count(b"[")
    if holders > bounds.most_holders:
        raise JsonRefused(
            say(
                "There are {count} lists and objects in this file, of at most {most}.",
                count=holders,
                most=bounds.most_holders,
            )
        )
    values = content.count(b",") + 1
    if values > bounds.most_values:
        raise JsonRefused(
            say("There are {count} values in this file, of at most {most}.", count=values, most=bounds.most_values)
        )
    if _depth(content) > _DEEPEST and _depth(_STRING.sub(b"", content)) > _DEEPEST:
        raise _too_deep()
    if _has_stretch(content, bounds.longest_text):
        raise JsonRefused(
            say("One text in this file is longer than {most} letters.", most=bounds.longest_text),
        )


def _has_stretch(content: bytes, longest: int) -> bool:
    """Tell whether there is a stretch of twice the longest text, or more, without a quotation mark that ends one.

    Looked at in steps of that length: each such stretch has a whole step in it.
    """
    # An escaped mark ends no text. That of “\\\\"” does, and is passed over too: there is always another one near.
    plain = content.replace(b'\\"', b"__") if b'\\"' in content else content
    return any(plain.find(b'"', start, start + longest) < 0 for start in range(0, len(plain) - longest + 1, longest))


def _depth(content: bytes) -> int:
    deepest = depth = 0
    for found in _BRACKET.finditer(content):
        if found[0] in b"[{":
            depth += 1
            deepest = max(deepest, depth)
        else:
            depth -= 1
    return deepest


def _whole(digits: str) -> int:
    if len(digits) > _LONGEST_NUMBER + 1:
        raise _too_long(digits)
    return int(digits)


def _fraction(digits: str) -> float:
    if len(digits) > _LONGEST_NUMBER + 1:
        raise _too_long(digits)
    return float(digits)


def _too_long(digits: str) -> JsonRefused:
    return JsonRefused(
        say("A number in this file has {count} digits, of at most {most}.", count=len(digits), most=_LONGEST_NUMBER)
    )


def _too_deep() -> JsonRefused:
    return JsonRefused(say("Lists and objects in this file are nested more than {most} deep.", most=_DEEPEST))
