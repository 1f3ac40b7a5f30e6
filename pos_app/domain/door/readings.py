"""What a scanner meant whose keys another keyboard typed: the digits or the letters that were printed."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, Final

from pos_app.domain.codes import (
    ALPHABET,
    SIGNED_CODE_DIGITS,
    looks_like_short_code,
    looks_like_signed_code,
    normalise_code,
)
from pos_app.domain.door.check_in import LONGEST_SCAN
from pos_app.domain.door.keyboards import DIGITS, KEYBOARDS, US_LETTERS, US_SHIFTED
from pos_app.domain.door.scan_text import clean_scan
from pos_app.domain.sentences import NOTHING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pos_app.domain.door.keyboards import Keyboard
    from pos_app.domain.sentences import Sentence

UNKNOWN_KEY: Final = "?"
"""Stands for a key that is none of the digits, where keys are told and not characters."""

_MARK: Final = r"(?:..\d)?(?:.0000(?:01|03|26|27))?"
"""The marks of scan_text, whatever their signs have become."""
_MISREAD: Final = re.compile(rf"{_MARK}(\d{{{SIGNED_CODE_DIGITS}}})(?:{_MARK}\1)?")
_ENOUGH: Final = 100
"""Characters; so many of so few different ones are the digits of a signed code, be some of them lost."""
_KINDS: Final = range(6, 17)
_LEAST_SHARE: Final = 0.9
_SHIFTED_SIGNS: Final = {";": ":", ",": "<?", ".": ">:", "'": '"', "/": "?"}
"""What keys type with Shift that bear a sign here and a letter there."""
_LONGEST_SHORT: Final = 16
_NOTHING: Final = "*"
"""Stands in no code."""


def signed_readings(text: str) -> tuple[str, ...]:
    """Return the signed codes that a scan may be which is not typed in digits, mostly none or one.

    Which of them is good, its signature tells. Text that is digits already is no misreading.
    """
    printable = _printable(text)
    if len(printable) < SIGNED_CODE_DIGITS or _is_digits(printable):
        return ()
    found: dict[str, None] = {}
    signs = set(printable[-SIGNED_CODE_DIGITS:])
    for row, digits in _digit_rows():
        if signs <= row:
            _note_signed(found, printable.translate(digits))
    _note_signed(found, "".join(map(_digit_of_any_script, printable)))
    return tuple(found)


def read_keys(text: str, keys: str) -> str:
    """Return what was scanned: the characters that came, or the digits of the keys where only these make a code.

    keys: one character for each key that was pressed, UNKNOWN_KEY for one that bears no digit.
    """
    if looks_like_signed_code(clean_scan(text)):
        return text
    read = _MISREAD.fullmatch(keys)
    return read[1] if read and looks_like_signed_code(read[1]) else text


def short_readings(text: str) -> dict[str, Sentence]:
    """Return the short codes that a scan may be, normalised, each with the keyboard that would have typed it so.

    The text itself is not among them. Many are of no ticket at all: only the database knows.
    """
    typed = clean_scan(text)
    if not 0 < len(typed) <= _LONGEST_SHORT:
        return {}
    found: dict[str, Sentence] = {}
    for keyboard, meant in _letter_readings():
        code = normalise_code("".join(meant.get(letter) or _meant_anywhere(letter) for letter in typed))
        if looks_like_short_code(code) and code != normalise_code(typed):
            found.setdefault(code, keyboard.name)
    return found


def misread_on(text: str) -> Sentence | None:
    """Return the keyboard that has garbled a signed code beyond reading; None where this is none. "": not known which.

    For example because keys that type nothing by themselves were lost.
    """
    printable = _printable(text)
    if len(printable) < _ENOUGH or len(set(printable)) not in _KINDS or _is_digits(printable):
        return None
    best, share = NOTHING, _LEAST_SHARE
    for keyboard in KEYBOARDS:
        for row in keyboard.digit_rows:
            known = set(row) | set(row.upper())
            part = sum(letter in known for letter in printable) / len(printable)
            if part > share:
                best, share = keyboard.name, part
    return best


def _printable(text: str) -> str:
    return "".join(filter(str.isprintable, text[: LONGEST_SCAN + 1])).strip()


def _is_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _note_signed(found: dict[str, None], digits: str) -> None:
    read = _MISREAD.fullmatch(digits)
    if read and looks_like_signed_code(read[1]):
        found[read[1]] = None


def _meant_anywhere(letter: str) -> str:
    """Return the digit of any script; what no key of a keyboard types was not typed on it."""
    digit = unicodedata.decimal(letter, None)
    return _NOTHING if digit is None else str(digit)


def _digit_of_any_script(letter: str) -> str:
    digit = unicodedata.decimal(letter, None)
    return letter if digit is None else str(digit)


@cache
def _digit_rows() -> tuple[tuple[frozenset[str], dict[int, int]], ...]:
    """Return the rows with what turns each back."""
    rows: dict[str, None] = {}
    for keyboard in KEYBOARDS:
        for row in keyboard.digit_rows:
            rows[row] = None
            capitals = row.upper()
            if len(capitals) == len(set(capitals)) == len(row):
                # Caps Lock makes other letters of a row, and nothing of its signs.
                rows[capitals] = None
    return tuple((frozenset(row), str.maketrans(row, DIGITS)) for row in rows)


@cache
def _letter_readings() -> tuple[tuple[Keyboard, Mapping[str, str]], ...]:
    return tuple((keyboard, meant) for keyboard in KEYBOARDS for meant in _meanings(keyboard))


def _meanings(keyboard: Keyboard) -> Iterator[Mapping[str, str]]:
    """Return what each character meant that a keyboard typed: with digits as it types them, and with each row."""
    letters = _lettered(keyboard.letters or US_LETTERS.lower(), US_LETTERS)
    dash = {keyboard.dash: "-"}
    plain = dict(zip(DIGITS, DIGITS, strict=True))
    for row in keyboard.digit_rows or (DIGITS,):
        yield {**plain, "-": "-", **dash, **letters, **dict(zip(row, DIGITS, strict=True))}
    if any(letter in ALPHABET.lower() for letter in keyboard.letters):
        # And the other way round: a scanner made for this keyboard, at a computer that is set to US English.
        back = _lettered(US_LETTERS, keyboard.letters.upper())
        yield {**plain, "-": "-", **back, **dict(zip(US_SHIFTED, DIGITS, strict=True))}


def _lettered(typed: str, meant: str) -> dict[str, str]:
    """Return which letter each key meant, with Shift or without."""
    found = {}
    for one, other in zip(typed, meant, strict=True):
        if other.isascii() and other.isalpha():
            for letter in (one.lower(), _SHIFTED_SIGNS.get(one, one.upper())):
                found.update(dict.fromkeys(letter, other))
    return found
