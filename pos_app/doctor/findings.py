"""What is wrong with a database, named so that a person finds it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from itertools import groupby
from typing import TYPE_CHECKING, Final

from pos_app.domain.sentences import NOTHING, Sentence, say, say_count

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

MOST_SHOWN: Final = 50
"""Findings of one rule that are written out; of the rest the number is told."""


class Rule(Enum):
    """The promises that are checked; each value says what is so when it is kept."""

    INVENTORY = say("every seat of the plan is for sale")
    SOLD_PLACE = say("every sold place has one live order line")
    LIVE_LINE = say("every live order line has its sold place")
    ONE_TICKET = say("no place is in two live tickets")
    ALL_TICKETS = say("every paid order has all its tickets")
    TICKET_PLACE = say("every ticket says what its order line says")
    PRESENCE = say("the gates know every print of every ticket")
    ENDED_LINE = say("an order line that ended has no ticket and no place")
    CHANGES = say("every order line, payment and refund names the change that made it")
    TOTALS = say("lines and fees add up to the total")
    PAYMENTS = say("payments less refunds are what is sold")
    REFUNDS = say("every payment knows its refunds, and none is more than it")
    APPROVALS = say("what a manager had to allow was allowed")
    WORK_LISTS = say("each order of a work list was done once, as the list says")
    CLAIMS = say("nothing is held without an open hold")
    HOLDS = say("every running hold has its places")
    RESERVATIONS = say("what is reserved has its seats until its time")
    KEPT_BACK = say("what the house keeps back is on record")
    GUARDS = say("a waiting list has first call where it is open, and nowhere else")
    OFFERS = say("an offer has its seats until it is taken or over, and is spent once")
    ENTRIES = say("who waits waits once, and is served in turn")
    RESALE = say("a ticket on resale is its holder's until somebody buys the seat")
    PROMO_CODES = say("uses of promo codes are their redemptions")
    ENDS = say("every performance ends after it begins, within a year")
    CHECK_INS = say("who is inside came in by a check-in")
    SEARCH_WORDS = say("guests and performances are found by their names")
    CUSTOMERS = say("every customer is found by its words, and nothing is left of who was erased")
    LETTERS = say("every letter tells once what was done, of its own order, and nothing of who was erased")
    TILL_KEYS = say("the house vouches for the key of every till")
    WRAPS = say("every manager's password opens the house key")
    PINS = say("every PIN is sealed")
    AUDIT = say("the audit chains verify")
    STRAYS = say("nothing points at what is gone")
    TOLD_TRADE = say("every sale, void and reprint stands as the audit tells it")
    TOLD_STAFF = say("every account and every key of a till is what the audit tells")
    TOLD_SEASON = say("prices, performances, promo codes and kept seats are what the audit tells")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong. rule: the promise that is broken; subject: which place, order, ticket.

    advice: what to do about it, where that is known.
    """

    rule: Rule
    message: Sentence
    subject: Sentence
    advice: Sentence = NOTHING


def format_findings(findings: Iterable[Finding], speak: Callable[[Sentence], str] = str) -> str:
    """Return the findings as lines for a terminal, grouped by rule; one sentence when there are none.

    speak: says a sentence in the language of whoever reads it.
    """
    order = list(Rule)
    found = sorted(findings, key=lambda finding: order.index(finding.rule))
    if not found:
        return speak(say("Nothing is wrong with this database."))
    lines = [
        speak(
            say_count(
                "{count} thing is wrong with this database.",
                "{count} things are wrong with this database.",
                len(found),
            )
        )
    ]
    for rule, group in groupby(found, key=lambda finding: finding.rule):
        members = list(group)
        lines += ["", speak(say("Broken: {promise} ({number})", promise=rule.value, number=len(members)))]
        lines += [f"  {speak(finding.subject)}: {speak(finding.message)}" for finding in members[:MOST_SHOWN]]
        if len(members) > MOST_SHOWN:
            more = say("and {number} more", number=len(members) - MOST_SHOWN)
            lines.append(f"  {speak(more)}")
        advices = dict.fromkeys(finding.advice for finding in members if finding.advice)
        lines += [f"  -> {speak(advice)}" for advice in advices]
    return "\n".join(lines)
