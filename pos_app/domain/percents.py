"""Percentages, exact to the hundredth: 10.5 % is 1050 hundredths of a percent; never a float."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from pos_app.domain.errors import InvalidInput
from pos_app.domain.sentences import say
from pos_app.domain.typed_digits import alike

WHOLE: Final = 100
"""One percent, in hundredths of a percent."""

_PERCENT: Final = re.compile(r"%? ?(?P<whole>[0-9]{0,6})(?:[.,\u066b](?P<part>[0-9]*))? ?%?")


def percent_of(amount_minor: int, percent: int) -> int:
    """Return a percentage (in hundredths of a percent) of an amount in minor units, halves rounded away from zero."""
    sign = -1 if amount_minor < 0 else 1
    return sign * ((abs(amount_minor) * percent * 2 + 10_000) // 20_000)


def parse_percent(text: str) -> int:
    """Read a percentage as people type it ("10", "10.5", "10,5 %") into hundredths of a percent.

    Raises InvalidInput for anything else: empty, negative, not a number, more than two decimals.
    """
    found = _PERCENT.fullmatch(alike(text))
    if found is None or not (found["whole"] or found["part"]):
        raise InvalidInput(say("Type a percentage, for example 10 or 12.5."))
    part = found["part"] or ""
    if len(part) > 2:
        raise InvalidInput(say("A percentage has two decimal places at the most."))
    return int(found["whole"] or "0") * WHOLE + int(part.ljust(2, "0"))


def plain_percent(percent: int) -> str:
    """Write a percentage with a point and without noughts behind it: 1050 is "10.5"; parse_percent reads it again."""
    return str(told_percent(percent))


def told_percent(percent: int) -> Decimal:
    """Return a percentage as the fact of a sentence, written there as the person's country does: 1000 is 10."""
    whole, part = divmod(percent, WHOLE)
    return Decimal(f"{whole}.{part:02d}".rstrip("0").rstrip("."))
