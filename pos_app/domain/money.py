"""Money is a whole number of minor units (cents) with the currency of the venue; never a float."""

from __future__ import annotations

import re
import unicodedata
from typing import Final, NoReturn

from pos_app.domain.currencies import CURRENCIES, exponent, plain
from pos_app.domain.currency_signs import is_sign, is_sign_of
from pos_app.domain.errors import InvalidAmount, InvalidInput
from pos_app.domain.sentences import NOTHING, Money, Sentence, say, say_count
from pos_app.domain.typed_digits import alike

MOST_MINOR: Final = 10**13
"""The largest single amount in minor units, in every currency: a price, a fee, what is handed over."""
MOST_IN_TILL_MINOR: Final = 10**11
"""More than a till ever holds in minor units, in every currency, those with many zeros too."""
MOST_SUM_MINOR: Final = 10**15
"""The largest sum of amounts in minor units, in every currency: an order, a count, the takings of a shift."""

_WITHOUT_COINS: Final = frozenset({"IQD"})
"""Currencies of three decimals whose amounts have none any more: "25.000" is twenty-five thousand as well."""

_LONGEST: Final = 30
_DECIMAL: Final = "\u066b"
_PARTS: Final = re.compile(r"(?P<front>[^0-9]*)(?P<number>[0-9](?:.*[0-9])?)(?P<back>[^0-9]*)")
_FRONT: Final = re.compile(r"(?P<open>\(?)(?P<minus>-?) ?(?P<sign>.*?)(?P<gap> ?)(?P<inner>-?)(?P<point>[.,\u066b]?)")
_BACK: Final = re.compile(r"(?P<point>[.,\u066b]?)(?P<dash>-{0,2}) ?(?P<sign>.*?)(?P<close>\)?)")
_NUMBER: Final = re.compile(r"[0-9]+(?:[.,' \u066b\u066c][0-9]+)*")
_SEPARATORS: Final = re.compile(r"[.,' \u066b\u066c]")


def require_currency(typed: str) -> str:
    """Return the code of the currency that a person means, to be stored for a house.

    Raises InvalidInput for what is no money in use: codes for tests, for metals, for none, and of old.
    """
    currency = typed.strip().upper()
    if not currency:
        raise InvalidInput(say("Choose a currency."), field="currency", advice=say("For example EUR."))
    if currency not in CURRENCIES:
        raise InvalidInput(
            say("“{currency}” is no currency that is in use.", currency=_shown(typed)),
            field="currency",
            advice=say("Type its three letters, for example EUR."),
        )
    return currency


def parse_amount(text: str, currency: str) -> int:
    """Read an amount as people type it or copy it from elsewhere into minor units: "12", "12,50", "€ 1.234,50".

    Thousands may be grouped by commas, points, apostrophes or spaces, and the sign or the code of the currency may
    stand on either side. A separator before exactly three digits groups thousands: "5,000" is five thousand. In a
    currency of three decimals a point alone there is a decimal point, as Foyer itself writes it ("1.250"); a comma
    alone is refused, for it is used both ways where those currencies are at home, and so is a point in Iraqi dinars.
    Raises InvalidAmount for anything else: empty, negative, not a number, another currency, too many decimals, groups
    that do not fit together, too large.
    """
    typed = alike(text)
    if not typed:
        raise InvalidAmount(say("Type an amount."))
    parts = _PARTS.fullmatch(typed)
    front = _FRONT.fullmatch(parts["front"]) if parts else None
    back = _BACK.fullmatch(parts["back"]) if parts else None
    if parts is None or front is None or back is None or not _NUMBER.fullmatch(parts["number"]):
        _refuse(text, currency)
    for sign in (front["sign"], back["sign"]):
        if sign and not is_sign_of(sign, currency):
            _refuse_sign(text, sign, currency)
    first, last = front["point"], back["point"]
    if first and front["sign"] and not (front["gap"] or front["inner"]) and _is_of_letters(front["sign"]):
        if front["sign"].upper() == currency:
            _refuse_grouping(text, currency)
        first = ""  # the point of "Fr." is no decimal point
    if bool(front["open"]) != bool(back["close"]) or (back["dash"] == "--" and not last) or (first and last):
        _refuse(text, currency)
    whole, decimals = _split(first + parts["number"], text, currency)
    if last and (decimals or last in parts["number"]):
        _refuse_grouping(text, currency)
    amount = _minor(whole, decimals, currency)
    negative = front["minus"] or front["inner"] or front["open"] or (back["dash"] and not last)
    if negative and amount:
        raise InvalidAmount(say("An amount cannot be negative."))
    return amount


def typed_amount(amount_minor: int, currency: str) -> str:
    """Write an amount as a field holds it: parse_amount reads exactly this amount again."""
    written = plain(amount_minor, currency)
    if currency not in _WITHOUT_COINS:
        return written
    whole, _, part = written.partition(".")
    return f"{written}0" if part.strip("0") else whole


def check_sum(total_minor: int, currency: str) -> int:
    """Return a sum of amounts in minor units. Raises InvalidAmount beyond what the books hold."""
    if abs(total_minor) > MOST_SUM_MINOR:
        raise InvalidAmount(
            say("That is too large a sum: {most} is the most.", most=Money(MOST_SUM_MINOR, currency)),
            advice=say("Take fewer at a time."),
        )
    return total_minor


def _split(number: str, text: str, currency: str) -> tuple[str, str]:
    """Return the digits before and behind the decimal point of digits with their separators."""
    marks = _SEPARATORS.findall(number)
    groups = _SEPARATORS.split(number)
    if not marks:
        return number, ""
    last = marks[-1]
    alone = last not in marks[:-1]
    if last == _DECIMAL and alone:
        point = True
    elif last not in ".," or not alone:
        point = False
    elif len(marks) > 1:  # "1,234.50", "1 234,50"
        point = len(groups[-1]) != 3 or exponent(currency) == 3 or {last, *marks} >= {".", ","}
    elif not _grouped(groups, marks):  # "12.5", ".5", "1234.567"
        point = True
    elif exponent(currency) != 3:
        point = False
    elif last == "." and currency not in _WITHOUT_COINS:
        point = True
    else:
        _refuse_either(text, groups, currency)
    decimals = groups.pop() if point else ""
    if not _grouped(groups, marks[:-1] if point else marks):
        _refuse_grouping(text, currency)
    return "".join(groups), decimals


def _grouped(groups: list[str], marks: list[str]) -> bool:
    """Tell whether digits are grouped as thousands are, or as in India: 1,234,567 or 12,34,567; or not at all."""
    if not marks:
        return True
    head, *middle, tail = groups
    if len(set(marks)) > 1 or len(tail) != 3 or head[:1] in {"", "0"}:
        return False
    sizes = {len(group) for group in middle}
    return (len(head) <= 3 and sizes <= {3}) or (len(head) <= 2 and sizes == {2} and marks[0] == ",")


def _minor(whole: str, decimals: str, currency: str) -> int:
    digits = exponent(currency)
    if len(decimals) not in {digits, 3}:  # "12.5000"; three digits are never taken for fewer
        decimals = decimals.rstrip("0")
    if len(decimals) > digits:
        raise InvalidAmount(
            say_count(
                "{currency} has {count} decimal place at the most.",
                "{currency} has {count} decimal places at the most.",
                digits,
                currency=currency,
            )
        )
    written = (whole + decimals.ljust(digits, "0")).lstrip("0")
    if len(written) > _LONGEST or int(written or "0") > MOST_MINOR:
        raise InvalidAmount(
            say("That amount is too large: {most} is the most for one.", most=Money(MOST_MINOR, currency))
        )
    return int(written or "0")


def _is_of_letters(sign: str) -> bool:
    return unicodedata.category(sign[-1]) != "Sc"


def _shown(text: str) -> str:
    return text.strip()[:20]


def _refuse(text: str, currency: str, why: Sentence = NOTHING) -> NoReturn:
    raise InvalidAmount(
        why or say("“{text}” is not an amount.", text=_shown(text)),
        advice=say("Type digits, for example {amount}.", amount=f"{20:.{exponent(currency)}f}"),
    )


def _refuse_sign(text: str, sign: str, currency: str) -> NoReturn:
    if not is_sign(sign):
        _refuse(text, currency)
    _refuse(
        text, currency, say("“{text}” is in another currency than {currency}.", text=_shown(text), currency=currency)
    )


def _refuse_grouping(text: str, currency: str) -> NoReturn:
    raise InvalidAmount(
        say("The digits of “{text}” are grouped in a way that can mean several amounts.", text=_shown(text)),
        advice=say(
            "Type it without commas or points between thousands, for example {amount}.", amount=_sample(currency)
        ),
    )


def _refuse_either(text: str, groups: list[str], currency: str) -> NoReturn:
    whole, part = "".join(groups), ".".join(groups) + ("0" if currency in _WITHOUT_COINS else "")
    raise InvalidAmount(
        say("“{text}” can mean {whole} or {part}.", text=_shown(text), whole=whole, part=part),
        advice=say("Type it as {whole} or as {part}.", whole=whole, part=part),
    )


def _sample(currency: str) -> str:
    return f"{1250:.{exponent(currency)}f}"
