"""What is sold: the lines of a basket, how it is paid, and what comes of it. Amounts in minor units."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final, assert_never

from pos_app.domain.errors import PaymentRefused
from pos_app.domain.money import MOST_MINOR
from pos_app.domain.sentences import say
from pos_app.domain.texts import clean_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pos_app.domain.seats import SeatKey
    from pos_app.domain.selling.gifts import Gift

VOID_SECONDS: Final = 600
"""An order can be voided at the counter for ten minutes."""

LONGEST_NOTE: Final = 500
LONGEST_NAME: Final = 200


@dataclass(frozen=True, slots=True)
class PaymentRule:
    """What a payment method demands of a tender."""

    gives_change: bool = False
    """What is handed over is counted: at least the total, and the rest goes back."""
    needs_reference: bool = False
    for_nothing_only: bool = False


class PaymentMethod(StrEnum):
    """How money comes in, in the order in which it is offered."""

    CARD = "card"
    CASH = "cash"
    FREE = "free"
    """Nothing to pay: complimentary tickets, or what costs nothing."""
    ELSEWHERE = "elsewhere"
    """Paid before the season was taken over; this house's drawers never saw it."""

    @property
    def rule(self) -> PaymentRule:
        """What it demands of a tender."""
        match self:
            case PaymentMethod.CARD:
                return PaymentRule(needs_reference=True)
            case PaymentMethod.CASH:
                return PaymentRule(gives_change=True)
            case PaymentMethod.FREE:
                return PaymentRule(for_nothing_only=True)
            case PaymentMethod.ELSEWHERE:
                return PaymentRule()
            case _:
                assert_never(self)


@dataclass(frozen=True, slots=True)
class SaleLine:
    """One seat of the basket and who will sit there."""

    seat: SeatKey
    ticket_type_id: int


@dataclass(frozen=True, slots=True)
class Tender:
    """What the customer gives. tendered_minor: the cash handed over; reference: approval number or last four digits."""

    method: PaymentMethod
    amount_minor: int
    tendered_minor: int | None = None
    reference: str = ""

    @property
    def change_minor(self) -> int:
        """What the customer gets back."""
        return max(0, (self.tendered_minor or 0) - self.amount_minor) if self.method.rule.gives_change else 0

    def require_sound(self, total_minor: int) -> None:
        """Raise PaymentRefused unless this pays exactly the total."""
        rule = self.method.rule
        if self.amount_minor != total_minor:
            raise PaymentRefused(
                say("The payment is not the total of the basket."), advice=say("Take the payment again.")
            )
        if rule.for_nothing_only and total_minor != 0:
            raise PaymentRefused(say("There is something to pay."), advice=say("Choose cash or card."))
        if rule.gives_change and (self.tendered_minor or 0) < total_minor:
            raise PaymentRefused(say("That is less than the total."), advice=say("Ask for the rest, or take a card."))
        if self.tendered_minor is not None and self.tendered_minor > max(MOST_MINOR, total_minor):
            raise PaymentRefused(
                say("That is more cash than a till takes."), advice=say("Type the cash handed over once more.")
            )
        if rule.needs_reference and not clean_line(self.reference, LONGEST_NAME):
            raise PaymentRefused(
                say("The card payment has no reference."),
                advice=say("Type the approval number or the last four digits."),
            )


@dataclass(frozen=True, slots=True)
class SaleRequest:
    """One sale as the till asks for it.

    request_id: made by the till, so that a repeat sells nothing twice. total_minor: what the customer was told.
    after_start: the cashier has said that the performance has begun. promo_code: as it was typed; several joined by
    "+". gift: why its complimentary tickets are given, and who allowed it. collect: its tickets are not printed now,
    but wait at the window for who collects them. customer_id: whose it is; None: nobody's, or a plain name's. A
    customer's name is told in customer_name as well.
    """

    request_id: str
    basket_key: str
    lines: tuple[SaleLine, ...]
    total_minor: int
    tender: Tender
    customer_name: str = ""
    note: str = ""
    after_start: bool = False
    promo_code: str = ""
    gift: Gift | None = None
    collect: bool = False
    customer_id: int | None = None


@dataclass(frozen=True, slots=True)
class Sale:
    """A sale that was made; the same for each repeat of its request.

    waits: its tickets are printed when picked up, under the name of customer_name. emailed_to: the address of the
    customer whom a letter with the tickets was written to; "" for none.
    """

    order_id: int
    number: str
    total_minor: int
    change_minor: int
    currency: str
    method: PaymentMethod
    ticket_ids: tuple[int, ...]
    waits: bool = False
    customer_name: str = ""
    emailed_to: str = ""


@dataclass(frozen=True, slots=True)
class Totals:
    """The sum of a basket: lines, what was taken off, fees, and the total."""

    lines_minor: int
    discount_minor: int
    fee_minor: int
    total_minor: int


def add_up(lines: Iterable[tuple[int, int]], ticket_fees: Iterable[int], order_fees: Iterable[int]) -> Totals:
    """Add up a basket.

    lines: (price, discount) of each; ticket_fees: one of each paid line; order_fees: one of each performance, of which
    the highest is charged once.
    """
    pairs = list(lines)
    full = sum(price for price, _ in pairs)
    saved = sum(discount for _, discount in pairs)
    fee = sum(ticket_fees) + (max(order_fees, default=0) if full - saved > 0 else 0)
    return Totals(full, saved, fee, full - saved + fee)


def ticket_fee(fee_minor: int, price_minor: int) -> int:
    """Return the fee of a line: complimentary tickets carry none."""
    return fee_minor if price_minor > 0 else 0


@dataclass(frozen=True, slots=True)
class VoidRequest:
    """Taking a sale back. approval_id: of the manager who allows it; None: who acts is one."""

    request_id: str
    order_id: int
    reason: str
    approval_id: int | None = None


@dataclass(frozen=True, slots=True)
class VoidedOrder:
    """An order that was taken back: what to give the customer."""

    number: str
    refund_minor: int
    currency: str
    method: PaymentMethod
