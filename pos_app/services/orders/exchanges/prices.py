"""What new lines of an order cost: the prices of now, and the order's own promo codes, which count again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy import select

from pos_app.db.models import PromoCode, PromoRedemption
from pos_app.domain.errors import PromoCodeRefused
from pos_app.domain.promo_codes.combining import in_order
from pos_app.domain.promo_codes.rules import PromoKind, PromoLine, PromoScope, savings
from pos_app.domain.selling.sales import ticket_fee
from pos_app.services.promo_codes.redeeming import load_promo_code
from pos_app.services.selling.pricing import price_basket
from pos_app.services.server_time import load_server_time

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from pos_app.domain.orders.exchanges import SeatLine
    from pos_app.domain.promo_codes.rules import PromoRule
    from pos_app.domain.selling.sales import SaleLine
    from pos_app.domain.sentences import Sentence
    from pos_app.services.selling.pricing import PricedLine


@dataclass(frozen=True, slots=True)
class NewPrices:
    """New lines with what each costs; shares: what each use of a promo code takes off each of them, by the use's id.

    lost: why codes of the order do not count for the new lines, though they took something off the ended ones.
    """

    lines: tuple[PricedLine, ...]
    currency: str
    shares: dict[int, tuple[int, ...]]
    lost: tuple[Sentence, ...] = ()

    @property
    def total_minor(self) -> int:
        """What the new lines cost, with the fees of their tickets."""
        return sum(line.price_minor - line.discount_minor + line.fee_minor for line in self.lines)


def price_new_lines(
    session: Session, order_id: int, ended: Sequence[SeatLine], kept: Sequence[SeatLine], new: Sequence[SaleLine]
) -> NewPrices:
    """Price the new lines of an order. kept: its live seat lines that stay; their prices stay as they were paid.

    A promo code that the order used counts again, without a new use, where it still fits: the least spend is measured
    by all tickets, and an amount off the order is what the kept lines have left of it.
    Raises what price_basket raises.
    """
    priced = price_basket(session, new)
    codes = _codes_of(session, order_id)
    if not codes:
        return NewPrices(priced.lines, priced.currency, {})
    given = _given_to(kept)
    rules: dict[int, PromoRule] = {}
    refused: list[Sentence] = []
    for use, code in codes:
        try:
            rule = load_promo_code(session, code)
            rules[use] = _again(rule, given.get(use, 0))
        except PromoCodeRefused as refusal:
            refused.append(refusal.message)
    now = load_server_time(session)
    seen = [
        PromoLine(line.event_id, line.seat.performance_id, line.category_id, line.ticket_type_id, line.price_minor)
        for line in priced.lines
    ]
    spend = sum(line.price_minor for line in seen) + sum(line.price_minor for line in kept)
    cuts: dict[int, tuple[int, ...]] = {}
    left = list(seen)
    uses = {rule.promo_code_id: use for use, rule in rules.items()}
    for rule in in_order(tuple(rules.values())):
        try:
            cut = savings(rule, left, now, priced.currency, spend_minor=spend)
        except PromoCodeRefused as refusal:
            refused.append(refusal.message)
            continue
        cuts[uses[rule.promo_code_id]] = cut
        left = [replace(line, price_minor=line.price_minor - less) for line, less in zip(left, cut, strict=True)]
    lines = tuple(
        replace(
            line,
            discount_minor=line.price_minor - after.price_minor,
            fee_minor=ticket_fee(line.fee_minor, after.price_minor),
        )
        for line, after in zip(priced.lines, left, strict=True)
    )
    lost = tuple(refused) if any(line.discount_minor for line in ended) else ()
    return NewPrices(lines, priced.currency, cuts, lost)


def _codes_of(session: Session, order_id: int) -> list[tuple[int, str]]:
    """Return the uses of promo codes by an order that were not given back, with the codes."""
    rows = session.execute(
        select(PromoRedemption.id, PromoCode.code)
        .join(PromoRedemption, PromoRedemption.promo_code_id == PromoCode.id)
        .where(PromoRedemption.order_id == order_id, PromoRedemption.undone_at.is_(None))
        .order_by(PromoCode.id)
    )
    return [(row.id, row.code) for row in rows]


def _given_to(kept: Sequence[SeatLine]) -> dict[int, int]:
    """Return what each use of a promo code took off the lines that stay."""
    given: dict[int, int] = {}
    for line in kept:
        for use, amount in line.shares:
            given[use] = given.get(use, 0) + amount
    return given


def _again(rule: PromoRule, given_minor: int) -> PromoRule:
    """Return a code as it counts for the new lines: it is not used once more, and what it gave is given."""
    once = rule.kind is PromoKind.AMOUNT and rule.scope is PromoScope.ORDER
    return replace(rule, most_uses=None, value=max(0, rule.value - given_minor) if once else rule.value)
