"""Several promo codes on one basket: which go together, in which order they take something off, and what each takes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from pos_app.domain.errors import PromoCodeRefused
from pos_app.domain.promo_codes.rules import JOINT, PromoKind, PromoScope, savings
from pos_app.domain.sentences import say, say_count

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from pos_app.domain.promo_codes.rules import PromoLine, PromoRule
    from pos_app.domain.sentences import Sentence

MOST_TOGETHER: Final = 5


def in_order(rules: Sequence[PromoRule]) -> tuple[PromoRule, ...]:
    """Return the codes as they take something off, however they were typed: percentages, then amounts, then by age."""
    return tuple(
        sorted(
            rules,
            key=lambda rule: (
                rule.kind is PromoKind.AMOUNT,
                rule.kind is PromoKind.AMOUNT and rule.scope is PromoScope.ORDER,
                rule.promo_code_id,
            ),
        )
    )


def joined(rules: Sequence[PromoRule]) -> str:
    """Return the codes as one text, as a sale is asked for with them."""
    return JOINT.join(rule.code for rule in rules)


def require_together(rules: Sequence[PromoRule]) -> None:
    """Raise PromoCodeRefused where codes do not go together."""
    if len({rule.promo_code_id for rule in rules}) < len(rules):
        raise PromoCodeRefused(say("{code} is in this basket already.", code=rules[-1].code))
    if len(rules) > MOST_TOGETHER:
        raise PromoCodeRefused(say("A basket takes {most} codes at the most.", most=MOST_TOGETHER))
    alone = next((rule for rule in rules if not rule.combinable), None)
    if alone is not None and len(rules) > 1:
        raise PromoCodeRefused(
            say("{code} cannot be combined with other codes.", code=alone.code),
            advice=say("Take the other one out first."),
        )


def require_customer(rules: Sequence[PromoRule], customer_id: int | None) -> None:
    """Raise PromoCodeRefused where a code is limited for each customer, or verified ones, and nobody knows who this is.

    A plain name is no customer: anybody can be called so.
    """
    limited = next((rule for rule in rules if rule.most_uses_each is not None), None)
    if limited is not None and limited.most_uses_each is not None and customer_id is None:
        raise PromoCodeRefused(
            say_count(
                "{code} can be used once by each customer.",
                "{code} can be used {count} times by each customer.",
                limited.most_uses_each,
                code=limited.code,
            ),
            advice=say("Choose or make the customer first (F8)."),
        )
    verified = next((rule for rule in rules if rule.verified_only), None)
    if verified is not None and customer_id is None:
        raise PromoCodeRefused(tell_verified_only(verified), advice=say("Choose or make the customer first (F8)."))


def tell_verified_only(rule: PromoRule) -> Sentence:
    """Say whom a code is for that asks for a verified address."""
    return say("{code} is for customers whose e-mail address is verified.", code=rule.code)


def savings_of_each(
    rules: Sequence[PromoRule], lines: Sequence[PromoLine], now: datetime, currency: str
) -> tuple[tuple[int, ...], ...]:
    """Return what each code takes off each line, in the order of `rules`; each sees what those before it left.

    The least spend is measured by the full prices. Raises PromoCodeRefused (see savings), also where codes do not go
    together.
    """
    require_together(rules)
    spend = sum(line.price_minor for line in lines)
    left = list(lines)
    found: dict[int, tuple[int, ...]] = {}
    for rule in in_order(rules):
        cuts = savings(rule, left, now, currency, spend_minor=spend)
        left = [replace(line, price_minor=line.price_minor - cut) for line, cut in zip(left, cuts, strict=True)]
        found[rule.promo_code_id] = cuts
    return tuple(found[rule.promo_code_id] for rule in rules)


def saved_together(each: Sequence[Sequence[int]], lines: int) -> tuple[int, ...]:
    """Add up what several codes take off each of so many lines."""
    return tuple(sum(cuts[at] for cuts in each) for at in range(lines))
