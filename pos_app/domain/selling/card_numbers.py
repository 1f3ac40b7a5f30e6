"""Whole card numbers in what people type: they must not be kept anywhere."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from pos_app.domain.errors import InvalidInput
from pos_app.domain.sentences import Sentence, say

_SHORTEST: Final = 13
_LONGEST: Final = 19
_RUN: Final = re.compile(r"(?<![+0-9])[1-9](?:[ ./_:-]*[0-9])*")
"""Digits in groups. What begins with + or 0 is a telephone number: no card's number does."""
_ISSUED: Final = (
    (re.compile("4"), (13, 16, 19)),
    (re.compile("5[1-5]|2[2-7]"), (16,)),
    (re.compile("3[47]"), (15,)),
    (re.compile("3[0689]"), (14, 16)),
    (re.compile("35|6"), (16, 17, 18, 19)),
)
"""How the numbers of the cards in wide use begin, and how long they are (ISO/IEC 7812-1)."""


def has_card_number(text: str) -> bool:
    """Tell whether a whole card number stands in a text: 13 to 19 digits of any script with the check digit of cards.

    Its digits may stand in groups, between spaces, dashes or dots, and in the midst of other words and figures.
    """
    return any(_holds_one(run.group()) for run in _RUN.finditer(_plain(text)))


def refuse_card_number(text: str, field: str) -> None:
    """Raise InvalidInput for a text that holds a whole card number; field: its name in the form."""
    if has_card_number(text):
        raise InvalidInput(_told(field), field=field, advice=say("Type only its last four digits."))


def _told(field: str) -> Sentence:
    match field:
        case "customer_name":
            return say("A whole card number stands in the customer's name.")
        case "note":
            return say("A whole card number stands in the note.")
        case "reason":
            return say("A whole card number stands in the reason.")
        case _:
            return say("That looks like a whole card number.")


def _plain(text: str) -> str:
    """Return the text with digits of any script as 0 to 9, dashes as hyphens, all that is blank as spaces."""
    plain: list[str] = []
    for letter in text:
        category = unicodedata.category(letter)
        if category == "Nd":
            plain.append(str(unicodedata.digit(letter)))
        elif category == "Pd" or letter == "\N{MINUS SIGN}":
            plain.append("-")
        elif letter.isspace() or category in {"Cf", "Cc"}:
            plain.append(" ")
        else:
            plain.append(letter)
    return "".join(plain)


def _holds_one(run: str) -> bool:
    """Look at each row of whole groups; in a row too long for a card, at what begins and is as long as one."""
    groups = re.findall("[0-9]+", run)
    for first in range(len(groups)):
        digits = ""
        for group in groups[first:]:
            digits += group
            if len(digits) > _LONGEST:
                break
            if len(digits) >= _SHORTEST and digits[0] != "0" and _checks(digits):
                return True
    return any(
        _checks(group[:length])
        for group in groups
        if len(group) > _LONGEST
        for begins, lengths in _ISSUED
        if begins.match(group)
        for length in lengths
    )


def _checks(digits: str) -> bool:
    """Tell whether the last digit is the check digit of those before it (Luhn)."""
    doubled = [int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(reversed(digits))]
    return sum(value // 10 + value % 10 for value in doubled) % 10 == 0
