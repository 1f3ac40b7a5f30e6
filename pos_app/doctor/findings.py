"""What is wrong with a database, named so that a person finds it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_SHOWN: Final = 50
"""Findings of one rule that are written out; of the rest the number is told."""


class Rule(StrEnum):
    """The promises that are checked; each value says what is so when it is kept."""

    INVENTORY = "every seat of the plan is for sale"
    SOLD_PLACE = "every sold place has one live order line"
    LIVE_LINE = "every live order line has its sold place"
    ONE_TICKET = "no place is in two live tickets"
    ALL_TICKETS = "every paid order has all its tickets"
    TICKET_PLACE = "every ticket says what its order line says"
    PRESENCE = "the gates know every print of every ticket"
    VOID_ORDER = "a void order has no live line, ticket or place"
    TOTALS = "lines and fees add up to the total"
    PAYMENTS = "payments equal orders"
    REFUNDS = "no refund is more than its payment"
    CLAIMS = "nothing is held without an open hold"
    HOLDS = "every running hold has its places"
    KEPT_BACK = "what the house keeps back is on record"
    PROMO_CODES = "uses of promo codes are their redemptions"
    CHECK_INS = "who is inside came in by a check-in"
    AUDIT = "the audit chains verify"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong. rule: the promise that is broken (a Rule); subject: which place, order, ticket."""

    rule: str
    message: str
    subject: str


def format_findings(findings: Iterable[Finding]) -> str:
    """Return the findings as lines for a terminal, grouped by rule; one sentence when there are none."""
    found = sorted(findings, key=lambda finding: list(Rule).index(Rule(finding.rule)))
    if not found:
        return "Nothing is wrong with this database."
    lines = [f"{len(found)} {'thing is' if len(found) == 1 else 'things are'} wrong with this database."]
    for rule, group in groupby(found, key=lambda finding: finding.rule):
        members = list(group)
        lines += ["", f"Broken: {rule} ({len(members)})"]
        lines += [f"  {finding.subject}: {finding.message}" for finding in members[:MOST_SHOWN]]
        if len(members) > MOST_SHOWN:
            lines.append(f"  and {len(members) - MOST_SHOWN} more")
    return "\n".join(lines)
