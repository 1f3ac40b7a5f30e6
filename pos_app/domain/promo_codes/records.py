"""Promo codes as a manager keeps them: drafts, stored records, batches, redemptions, and what makes a rule impossible.

Amounts in minor units, times in UTC.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from pos_app.domain.card_numbers import has_card_number, tell_card_number
from pos_app.domain.codes import ALPHABET
from pos_app.domain.money import MOST_MINOR
from pos_app.domain.percents import WHOLE, told_percent
from pos_app.domain.promo_codes.rules import LONGEST_CODE, PromoKind, PromoScope, normalise_promo_code
from pos_app.domain.sentences import say

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from pos_app.domain.sentences import Sentence

MOST_USES: Final = 1_000_000
MOST_CODES: Final = 5_000
"""The largest batch that is made at once."""
FEWEST_RANDOM: Final = 6
MOST_RANDOM: Final = 16
LONGEST_BATCH: Final = 60
LONGEST_PROMO_NOTE: Final = 500


class PromoStanding(StrEnum):
    """How a code stands now."""

    VALID = "valid"
    LATER = "later"
    OVER = "over"
    USED_UP = "used up"
    ENDED = "ended"
    ARCHIVED = "archived"


@dataclass(frozen=True)
class PromoDraft:
    """What a manager decides of a code. value: whole percent, or minor units. Empty sets: for all.

    currency: of amounts and of the least spend; "" where there is neither. categories: one id for each category of a
    plan, whatever its version. None as a limit or a time: there is none. hundredths: of a percent, beyond the whole.
    verified_only: it asks for a customer whose e-mail address is verified.
    """

    code: str = ""
    kind: PromoKind = PromoKind.PERCENT
    scope: PromoScope = PromoScope.TICKET
    value: int = 0
    currency: str = ""
    valid_from: datetime | None = None
    valid_until: datetime | None = None
    most_uses: int | None = None
    most_uses_each: int | None = None
    least_spend_minor: int = 0
    events: frozenset[int] = frozenset()
    performances: frozenset[int] = frozenset()
    categories: frozenset[int] = frozenset()
    ticket_types: frozenset[int] = frozenset()
    combinable: bool = False
    note: str = ""
    hundredths: int = 0
    verified_only: bool = False

    @property
    def percent(self) -> int:
        """The percentage in hundredths of a percent."""
        return self.value * WHOLE + self.hundredths


@dataclass(frozen=True)
class PromoRecord(PromoDraft):
    """A code as it is stored. uses: redemptions that stand. batch: "" for none."""

    promo_code_id: int = 0
    batch: str = ""
    ended_at: datetime | None = None
    archived: bool = False
    uses: int = 0

    def standing(self, now: datetime) -> PromoStanding:
        """Tell how it stands at a moment."""
        if self.archived:
            return PromoStanding.ARCHIVED
        if self.ended_at is not None:
            return PromoStanding.ENDED
        if self.valid_until is not None and now >= self.valid_until:
            return PromoStanding.OVER
        if self.most_uses is not None and self.uses >= self.most_uses:
            return PromoStanding.USED_UP
        if self.valid_from is not None and now < self.valid_from:
            return PromoStanding.LATER
        return PromoStanding.VALID


@dataclass(frozen=True, slots=True)
class PromoBatch:
    """Codes to be made at once, all of one rule (its code is ignored). random: how many random letters each has."""

    name: str
    prefix: str
    count: int
    random: int
    rule: PromoDraft


@dataclass(frozen=True, slots=True)
class Redemption:
    """One use of a code. undone: the order was taken back."""

    code: str
    order_number: str
    at: datetime
    saved_minor: int
    currency: str
    customer_name: str
    till: str
    undone: bool


@dataclass(frozen=True, slots=True)
class PromoChoice:
    """Something that a code can be limited to. detail: what tells it from others of the same name.

    event_id: the event of a performance. plan: of a performance or a category, as venue and name, of any version.
    """

    key: int
    words: str
    detail: str = ""
    event_id: int = 0
    plan: tuple[int, str] = (0, "")


@dataclass(frozen=True, slots=True)
class PromoChoices:
    """Everything that a code can be limited to, and where its times and amounts are read. now: the server's time."""

    events: tuple[PromoChoice, ...]
    performances: tuple[PromoChoice, ...]
    categories: tuple[PromoChoice, ...]
    ticket_types: tuple[PromoChoice, ...]
    currencies: tuple[str, ...]
    time_zone: str
    now: datetime


def rule_problems(draft: PromoDraft, choices: PromoChoices) -> dict[str, Sentence]:
    """Return all that makes a rule impossible: a sentence by the field it stands beside; nothing when it is sound."""
    return {**limit_problems(draft, choices), **problems_of(draft, choices.currencies)}


def problems_of(draft: PromoDraft, currencies: Collection[str]) -> dict[str, Sentence]:
    """Return what makes a rule impossible in itself, by the field a sentence stands beside."""
    found: dict[str, Sentence] = {}
    code = normalise_promo_code(draft.code)
    if not code:
        found["code"] = say("Type a code.")
    elif len(code) > LONGEST_CODE:
        found["code"] = say("A code has {most} characters at the most.", most=LONGEST_CODE)
    elif not code.isalnum():
        found["code"] = say("A code is made of letters and digits only.")
    for field, text in (("code", code), ("note", draft.note)):
        if has_card_number(text):
            found[field] = tell_card_number(field)
    found.update(_value_problems(draft))
    if (draft.kind is PromoKind.AMOUNT or draft.least_spend_minor) and draft.currency not in currencies:
        found["currency"] = say("Choose the currency of the amount.")
    if draft.valid_from and draft.valid_until and draft.valid_until <= draft.valid_from:
        found["valid_until"] = say("It ends before it begins.")
    for name, limit in (("most_uses", draft.most_uses), ("most_uses_each", draft.most_uses_each)):
        if limit is not None and not 1 <= limit <= MOST_USES:
            found[name] = say("Type a number from 1 to {most}, or nothing for no limit.", most=MOST_USES)
    if draft.most_uses and draft.most_uses_each and draft.most_uses_each > draft.most_uses:
        found.setdefault("most_uses_each", say("One customer cannot use it more often than everybody together."))
    return found


def _value_problems(draft: PromoDraft) -> dict[str, Sentence]:
    found: dict[str, Sentence] = {}
    if draft.kind is PromoKind.PERCENT and not (0 < draft.percent <= 100 * WHOLE and 0 <= draft.hundredths < WHOLE):
        found["percent"] = say(
            "Type a percentage from {least} to {most}.", least=told_percent(1), most=told_percent(100 * WHOLE)
        )
    if draft.kind is PromoKind.AMOUNT and not 1 <= draft.value <= MOST_MINOR:
        found["amount"] = say("Type an amount above nothing.") if draft.value < 1 else say("That amount is too large.")
    if not 0 <= draft.least_spend_minor <= MOST_MINOR:
        found["least_spend"] = (
            say("That amount is too large.") if draft.least_spend_minor > 0 else say("Type an amount.")
        )
    return found


def limit_problems(draft: PromoDraft, choices: PromoChoices) -> dict[str, Sentence]:
    """Return limits that contradict each other, so that no ticket could ever satisfy them."""
    found: dict[str, Sentence] = {}
    wanted = [one for one in choices.performances if one.key in draft.performances]
    if draft.events and wanted:
        strange = [one for one in wanted if one.event_id not in draft.events]
        if strange:
            found["performances"] = say(
                "{performance}, {detail} is not of the chosen events.",
                performance=strange[0].words,
                detail=strange[0].detail,
            )
    if draft.categories:
        plans = {one.plan for one in choices.categories if one.key in draft.categories}
        if wanted and plans.isdisjoint(one.plan for one in wanted):
            found["categories"] = say("None of the chosen performances has these categories.")
        elif draft.events and not wanted:
            of_events = {one.plan for one in choices.performances if one.event_id in draft.events}
            if of_events and plans.isdisjoint(of_events):
                found["categories"] = say("None of the chosen events is played where these categories are.")
    return found


def batch_problems(batch: PromoBatch) -> dict[str, Sentence]:
    """Return what is wrong with a batch, by field; the rule itself is judged by problems_of."""
    found: dict[str, Sentence] = {}
    prefix = normalise_promo_code(batch.prefix)
    if not batch.name:
        found["name"] = say("Type a name for the batch.")
    if prefix and not prefix.isalnum():
        found["prefix"] = say("A prefix is made of letters and digits only.")
    for field, text in (("name", batch.name), ("prefix", prefix)):
        if has_card_number(text):
            found[field] = tell_card_number(field)
    if not 1 <= batch.count <= MOST_CODES:
        found["count"] = say("Type a number from 1 to {most}.", most=MOST_CODES)
    if not FEWEST_RANDOM <= batch.random <= MOST_RANDOM:
        found["random"] = say("Type a number from {fewest} to {most}.", fewest=FEWEST_RANDOM, most=MOST_RANDOM)
    elif len(prefix) + batch.random > LONGEST_CODE:
        found["prefix"] = say("Prefix and letters together have {most} characters at the most.", most=LONGEST_CODE)
    return found


def random_codes(prefix: str, length: int, count: int, taken: Collection[str]) -> tuple[str, ...]:
    """Return so many different codes that are not taken, of a prefix and random letters without look-alikes.

    `secrets` makes them, for a code is worth money to who guesses it.
    """
    found: dict[str, None] = {}
    while len(found) < count:
        code = prefix + "".join(secrets.choice(ALPHABET) for _ in range(length))
        if code not in taken:
            found[code] = None
    return tuple(found)
