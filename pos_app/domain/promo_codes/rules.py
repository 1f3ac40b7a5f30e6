"""Promo codes: what a code takes off a basket, and why it does not apply. Amounts in minor units, times in UTC."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import reduce
from typing import TYPE_CHECKING, Final

from pos_app.domain.codes import normalise_code
from pos_app.domain.errors import PromoCodeRefused
from pos_app.domain.percents import WHOLE, percent_of, told_percent
from pos_app.domain.sentences import NOTHING, Moment, Money, say, say_count
from pos_app.domain.texts import clean_line

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from pos_app.domain.sentences import Sentence

LONGEST_CODE: Final = 40
JOINT: Final = "+"
"""Joins several codes that are used together; no code has it in itself."""


class PromoKind(StrEnum):
    """What the value is: a percentage, or an amount in minor units."""

    PERCENT = "percent"
    AMOUNT = "amount"


class PromoScope(StrEnum):
    """What an amount is taken off: each ticket, or the order once. A percentage is the same either way."""

    TICKET = "ticket"
    ORDER = "order"


@dataclass(frozen=True, slots=True)
class PromoRule:
    """A code as the house made it.

    value: whole percent, or minor units; hundredths: of a percent, beyond the whole. Empty sets: for all. most_uses,
    most_uses_each (of one customer) None: no limit. uses: how often it was redeemed. combinable: may stand beside other
    codes that may. time_zone: the venue's, for the words of a refusal. currency: of the amounts; "" where there is
    none. verified_only: it asks for a customer whose e-mail address is verified.
    """

    promo_code_id: int
    code: str
    kind: PromoKind
    scope: PromoScope
    value: int
    currency: str = ""
    valid_from: datetime | None = None
    valid_until: datetime | None = None
    most_uses: int | None = None
    uses: int = 0
    most_uses_each: int | None = None
    least_spend_minor: int = 0
    events: frozenset[int] = frozenset()
    performances: frozenset[int] = frozenset()
    categories: frozenset[int] = frozenset()
    ticket_types: frozenset[int] = frozenset()
    combinable: bool = False
    ended: bool = False
    time_zone: str = "UTC"
    hundredths: int = 0
    verified_only: bool = False

    @property
    def percent(self) -> int:
        """The percentage in hundredths of a percent."""
        return self.value * WHOLE + self.hundredths

    def named(self) -> Sentence:
        """Say what it takes off: "10.5 % off", "5.00 EUR off each ticket"."""
        if self.kind is PromoKind.PERCENT:
            return say("{percent} % off", percent=told_percent(self.percent))
        amount = Money(self.value, self.currency)
        if self.scope is PromoScope.TICKET:
            return say("{amount} off each ticket", amount=amount)
        return say("{amount} off the order", amount=amount)


@dataclass(frozen=True, slots=True)
class PromoLine:
    """A line of a basket as a rule sees it."""

    event_id: int
    performance_id: int
    category_id: int
    ticket_type_id: int
    price_minor: int


def split_codes(text: str) -> tuple[str, ...]:
    """Return the codes of a text in which several are joined by "+", each as it is stored, none twice."""
    return tuple(dict.fromkeys(code for part in text.split(JOINT) if (code := normalise_promo_code(part))))


def normalise_promo_code(text: str) -> str:
    """Return a code as it is stored and compared: upper case, without spaces and dashes. Never raises."""
    return normalise_code(clean_line(text, LONGEST_CODE * 2))[: LONGEST_CODE + 1]


def savings(
    rule: PromoRule, lines: Sequence[PromoLine], now: datetime, currency: str, *, spend_minor: int | None = None
) -> tuple[int, ...]:
    """Return what a code takes off each line; the sum is the saving, to the last unit.

    A percentage is rounded half up on each line; an amount off the order is spread by price, the rest going to the
    dearest lines. spend_minor: what counts for the least spend, where another code has taken something off already.
    Raises PromoCodeRefused with the reason and, where there is one, the way.
    """
    _require_window(rule, now)
    _require_uses(rule)
    if rule.currency != currency and (rule.currency or rule.kind is PromoKind.AMOUNT):
        raise PromoCodeRefused(
            say(
                "{code} is for {currency}, and this basket is in {other}.",
                code=rule.code,
                currency=rule.currency,
                other=currency,
            )
        )
    eligible = [at for at, line in enumerate(lines) if _fits(rule, line)]
    if not eligible:
        raise PromoCodeRefused(say("{code} is not for these tickets.", code=rule.code), advice=_way(rule))
    spend = sum(line.price_minor for line in lines) if spend_minor is None else spend_minor
    if spend < rule.least_spend_minor:
        least, missing = Money(rule.least_spend_minor, currency), Money(rule.least_spend_minor - spend, currency)
        raise PromoCodeRefused(
            say("{code} needs {least}.", code=rule.code, least=least),
            advice=say("The basket is {missing} short.", missing=missing),
        )
    prices = [lines[at].price_minor for at in eligible]
    if not any(prices):
        raise PromoCodeRefused(say("{code} saves nothing here: the tickets are free.", code=rule.code))
    if rule.kind is PromoKind.PERCENT:
        cuts = [min(price, percent_of(price, rule.percent)) for price in prices]
    elif rule.scope is PromoScope.TICKET:
        cuts = [min(price, rule.value) for price in prices]
    else:
        cuts = _spread(min(rule.value, sum(prices)), prices)
    found = [0] * len(lines)
    for at, cut in zip(eligible, cuts, strict=True):
        found[at] = cut
    return tuple(found)


def _spread(amount: int, prices: Sequence[int]) -> list[int]:
    """Spread an amount over prices in proportion (largest remainder); no line gets more than its price."""
    total = sum(prices)
    shares = [amount * price // total for price in prices]
    rest = amount - sum(shares)
    by_remainder = sorted(range(len(prices)), key=lambda at: (-(amount * prices[at] % total), -prices[at], at))
    for at in by_remainder[:rest]:
        shares[at] += 1
    return shares


def _fits(rule: PromoRule, line: PromoLine) -> bool:
    return all(
        not wanted or given in wanted
        for wanted, given in (
            (rule.events, line.event_id),
            (rule.performances, line.performance_id),
            (rule.categories, line.category_id),
            (rule.ticket_types, line.ticket_type_id),
        )
    )


def _way(rule: PromoRule) -> Sentence:
    """Say what it is for, in kind."""
    kinds = [
        kind
        for kind, wanted in (
            (say("events"), rule.events),
            (say("performances"), rule.performances),
            (say("price categories"), rule.categories),
            (say("ticket types"), rule.ticket_types),
        )
        if wanted
    ]
    if not kinds:
        return NOTHING
    return say("It is only for certain {kinds}.", kinds=reduce(_and, kinds))


def _and(kinds: Sentence, another: Sentence) -> Sentence:
    return say("{kinds} and {another}", kinds=kinds, another=another)


def _require_window(rule: PromoRule, now: datetime) -> None:
    if rule.ended:
        raise PromoCodeRefused(say("{code} was ended by the manager.", code=rule.code))
    if rule.valid_from is not None and now < rule.valid_from:
        begin = Moment(rule.valid_from, rule.time_zone)
        raise PromoCodeRefused(
            say("{code} is not valid yet.", code=rule.code), advice=say("It is valid from {begin}.", begin=begin)
        )
    if rule.valid_until is not None and now >= rule.valid_until:
        end = Moment(rule.valid_until, rule.time_zone)
        raise PromoCodeRefused(
            say("{code} is no longer valid.", code=rule.code), advice=say("It ended on {end}.", end=end)
        )


def _require_uses(rule: PromoRule) -> None:
    if rule.most_uses is not None and rule.uses >= rule.most_uses:
        raise PromoCodeRefused(
            say("{code} is used up.", code=rule.code),
            advice=say_count("It could be used once.", "It could be used {count} times.", rule.most_uses),
        )
