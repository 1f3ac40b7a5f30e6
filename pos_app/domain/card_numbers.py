"""Whole card numbers in what people type and readers read: they must not be kept anywhere.

A number of a card has 13 to 19 digits, of which the last is a check digit (ISO/IEC 7812-1, Luhn). It is found in any
script, in groups, between whatever marks, glued to letters, and in what a reader of magnetic stripes types: track 1
(“%B4111…^NAME^2512…?”) and track 2 (“;4111…=2512…?”, ISO/IEC 7813).

One number in ten of that length has the right check digit by chance. So digits that are not grouped as those of cards
are (dates, times, lists of seats) must begin as the numbers of cards do. A longer row of digits is none (the code of a
ticket), unless a card's number stands at its beginning, and behind it when it expires.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pos_app.domain.errors import InvalidInput
from pos_app.domain.sentences import Sentence, say
from pos_app.domain.texts import bare

if TYPE_CHECKING:
    from collections.abc import Iterator

FEWEST_DIGITS: Final = 13
"""Of a whole card number; what has fewer is none."""
_LONGEST: Final = 19
_SHOWN: Final = 4
"""How many digits of a number may be kept: PCI DSS allows the last four."""
_GROUP: Final = re.compile("[0-9]+")
_USUAL_GAP: Final = re.compile(r"[ ./_:\\-]{0,40}")
_ODD_GAP: Final = re.compile(r"[^0-9A-Za-z=^;?%]{1,5}")
"""What parts the digits of no card in print, and may do so all the same; the marks of tracks part what is none."""
_AS_ON_CARDS: Final = re.compile("4(,4)+(,[1-5])?|4,6,[45]|8,(8|5)|6,(7|10|13)|1(,1)+|[0-9]+")
"""The sizes of groups in which numbers of cards are printed and typed, whatever they begin with."""
_LONGEST_TELEPHONE: Final = 15
"""Digits behind a plus sign (ITU-T E.164)."""
_LONGEST_TRACK: Final = 40
"""Digits of track 2, all in one row where its mark was lost."""
_SECURITY_CODES: Final = (3, 4)
_EXPIRES: Final = re.compile("[2-4][0-9](0[1-9]|1[0-2])|(0[1-9]|1[0-2])[2-4][0-9]")
_REST_OF_TRACK: Final = re.compile(r"[=Dd][0-9]+\??|\^[^\n?]*\??")
_ISSUED: Final = (
    (re.compile("4"), (13, 16, 19)),
    (re.compile("5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720"), (16,)),
    (re.compile("3[47]"), (15,)),
    (re.compile("30[0-59]|3[689]"), (14, 16)),
    (re.compile("35|6"), (16, 17, 18, 19)),
    (re.compile("50|5[6-8]"), (16, 18, 19)),
    (re.compile("81|82|9792"), (16,)),
)
"""How the numbers of the cards in wide use begin, and how long they are."""

_OF_NAME: Final = say("A whole card number stands in the name.")
_TOLD: Final = {
    "reference": say("That looks like a whole card number."),
    "customer_name": say("A whole card number stands in the customer's name."),
    "note": say("A whole card number stands in the note."),
    "reason": say("A whole card number stands in the reason."),
    "title": say("A whole card number stands in the title."),
    "description": say("A whole card number stands in the description."),
    "address": say("A whole card number stands in the address."),
    "code": say("A whole card number stands in the code."),
    **dict.fromkeys(("name", "manager", "till_name", "house", "drawer", "organisation"), _OF_NAME),
}
_TOLD_HERE: Final = say("A whole card number stands here.")


class CardNumberRefused(InvalidInput):
    """A whole card number stands in a field; where it is shown, it must not stay."""


@dataclass(frozen=True, slots=True)
class _Digits:
    """A group of digits in a plain text. after_plus: as in a telephone number."""

    start: int
    end: int
    digits: str
    after_plus: bool


def has_card_number(text: str) -> bool:
    """Tell whether a whole card number stands in a text."""
    if text.isascii() and sum(map(str.isdigit, text)) < FEWEST_DIGITS:
        return False
    plain, _ = _plain(text)
    return next(_spans(plain), None) is not None


def mask_card_numbers(text: str) -> str:
    """Return a text in which of each whole card number the last four digits are left, and of a track nothing else."""
    masked = list(text)
    plain, places = _plain(text)
    for start, end, shown_from in list(_spans(plain)):
        rest = _REST_OF_TRACK.match(plain, end)
        for at in range(start, rest.end() if rest is not None else end):
            if plain[at].isalnum() and not shown_from <= at < end:
                masked[places[at]] = "*"
    return "".join(masked)


def refuse_card_number(text: str, field: str) -> None:
    """Raise CardNumberRefused for a text that holds a whole card number; field: its name in the form."""
    if has_card_number(text):
        raise CardNumberRefused(tell_card_number(field), field=field, advice=say("Type only its last four digits."))


def tell_card_number(field: str) -> Sentence:
    """Say where a whole card number stands. field: its name in the form."""
    return _TOLD.get(field, _TOLD_HERE)


def _plain(text: str) -> tuple[str, list[int]]:
    """Return a text with digits of any script as 0 to 9, dashes as hyphens, and what is blank or unseen as spaces.

    Beside it, for each of its letters, where the one that it was made of stands.
    """
    plain: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        # Letter by letter: as one text, marks would come together that stand apart.
        alike = letter if letter.isascii() else unicodedata.normalize("NFKC", letter)
        plain += map(_plain_letter, alike)
        places += [place] * len(alike)
    return "".join(plain), places


def _plain_letter(letter: str) -> str:
    if letter.isascii() and letter.isprintable():
        return letter
    value = unicodedata.decimal(letter, None)
    if value is not None:
        return str(value)
    category = unicodedata.category(letter)
    if category == "Pd" or letter == "\N{MINUS SIGN}":
        return "-"
    if letter == "\n":
        return letter
    return " " if category in {"Mn", "Me"} or not bare(letter).strip() else letter


def _spans(plain: str) -> Iterator[tuple[int, int, int]]:
    """Go through the numbers in a plain text: where each begins, where it ends, where its last four digits begin."""
    groups = [
        _Digits(found.start(), found.end(), found[0], plain[max(0, found.start() - 1) : found.start()] == "+")
        for found in _GROUP.finditer(plain)
    ]
    first = 0
    while first < len(groups):
        last = _number_from(plain, groups, first)
        if last is not None:
            end = groups[last].end
            yield groups[first].start, end, _shown_from(groups, last)
            first = last + 1
        else:
            if _begins_with_number(groups[first].digits):
                yield groups[first].start, groups[first].end, groups[first].end
            first += 1


def _number_from(plain: str, groups: list[_Digits], first: int) -> int | None:
    """Return the last of the groups that together are a number, the longest one; None where none begins here."""
    digits, sizes, usual = "", [], True
    found: int | None = None
    for at in range(first, len(groups)):
        if at > first:
            gap = plain[groups[at - 1].end : groups[at].start]
            if not _USUAL_GAP.fullmatch(gap):
                if not _ODD_GAP.fullmatch(gap):
                    break
                usual = False
        digits += groups[at].digits
        sizes.append(str(len(groups[at].digits)))
        if len(digits) > _LONGEST:
            break
        if len(digits) < FEWEST_DIGITS or digits[0] == "0" or not _checks(digits):
            continue
        if groups[first].after_plus and len(digits) <= _LONGEST_TELEPHONE:
            continue
        if (usual and _AS_ON_CARDS.fullmatch(",".join(sizes))) or _is_issued(digits):
            found = at
    return found


def _begins_with_number(digits: str) -> bool:
    """Tell whether a row of digits is a number and when its card expires, or its security code, without a mark."""
    return len(digits) <= _LONGEST_TRACK and any(
        _checks(digits[:length])
        and (_EXPIRES.match(digits, length) is not None or len(digits) - length in _SECURITY_CODES)
        for begins, lengths in _ISSUED
        if begins.match(digits)
        for length in lengths
        if length < len(digits)
    )


def _is_issued(digits: str) -> bool:
    return any(begins.match(digits) and len(digits) in lengths for begins, lengths in _ISSUED)


def _shown_from(groups: list[_Digits], last: int) -> int:
    """Return where the last four digits begin that end with a group."""
    missing = _SHOWN
    for group in reversed(groups[: last + 1]):
        if len(group.digits) >= missing:
            return group.end - missing
        missing -= len(group.digits)
    return groups[0].start


def _checks(digits: str) -> bool:
    """Tell whether the last digit is the check digit of those before it (Luhn)."""
    doubled = [int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(reversed(digits))]
    return sum(value // 10 + value % 10 for value in doubled) % 10 == 0
