"""How money goes back: to each payment in reverse order, up to what is left of it. Minor units of one currency."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol, assert_never

from pos_app.domain.errors import RefundRefused
from pos_app.domain.selling.sales import PaymentMethod
from pos_app.domain.sentences import Money, Sentence, say, say_in_turn

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

WAYS_BACK: Final = (PaymentMethod.CASH, PaymentMethod.CARD)
"""The ways by which a till can give money back."""


@dataclass(frozen=True, slots=True)
class PaidIn:
    """A payment, how it came in, and what of it has not been given back yet."""

    payment_id: int
    method: PaymentMethod
    left_minor: int


@dataclass(frozen=True, slots=True)
class RefundPart:
    """What goes back of one payment. method: by which it goes back, which need not be the one by which it came."""

    payment_id: int
    method: PaymentMethod
    amount_minor: int


class Amount(Protocol):
    """Some money, and by which way it comes or goes: a payment, or what goes back of one."""

    @property
    def method(self) -> PaymentMethod:
        """The way."""

    @property
    def amount_minor(self) -> int:
        """How much."""


def by_way(amounts: Iterable[Amount]) -> dict[PaymentMethod, int]:
    """Return one sum for each way, in the order of their first coming: a drawer gives each of them back once."""
    sums: dict[PaymentMethod, int] = {}
    for amount in amounts:
        sums[amount.method] = sums.get(amount.method, 0) + amount.amount_minor
    return sums


def split_back(
    payments: Iterable[PaidIn], amount_minor: int, way: PaymentMethod | None = None
) -> tuple[RefundPart, ...]:
    """Tell what goes back of which payment. payments: the last one first; way: None: as each of them came in.

    Raises RefundRefused where less is left of the payments than is to go back.
    """
    parts: list[RefundPart] = []
    left = amount_minor
    for payment in payments:
        taken = min(left, payment.left_minor)
        if taken > 0:
            parts.append(RefundPart(payment.payment_id, way or payment.method, taken))
            left -= taken
    if left > 0:
        raise RefundRefused(
            say("Less is left of what was paid than is to go back."),
            advice=say("Nothing was done. Tell support the number of the order."),
        )
    return tuple(parts)


def goes_another_way(parts: Iterable[RefundPart], payments: Iterable[PaidIn]) -> bool:
    """Tell whether a part goes back by another way than it came in."""
    came_by = {payment.payment_id: payment.method for payment in payments}
    return any(part.method is not came_by[part.payment_id] for part in parts)


def needs_a_way(parts: Iterable[RefundPart]) -> bool:
    """Tell whether a till cannot give back a part as it came in: it was paid elsewhere."""
    return any(part.method not in WAYS_BACK for part in parts)


def needs_reference(methods: Collection[PaymentMethod]) -> bool:
    """Tell whether a card terminal's reference belongs to a refund by these ways."""
    return any(method.rule.needs_reference for method in methods)


def is_paid_at_once(parts: Collection[RefundPart], reference: str) -> bool:
    """Tell whether an exchange gives its parts back at once. reference: of the card terminal, "" for none.

    It is all of them or none: one that has to wait leaves the others due as well.
    """
    return not needs_a_way(parts) and bool(reference or not needs_reference({part.method for part in parts}))


def tell_back(parts: Sequence[RefundPart], currency: str, *, paid: bool) -> Sentence:
    """Return what the customer is told of the money. paid: it was given back at once; else it is still due."""
    if not parts:
        return say("There is no money to give back.")
    sums = by_way(parts)
    if not paid:
        return say("{money} will be given back later.", money=Money(sum(sums.values()), currency))
    return say_in_turn(*(_tell_paid(method, Money(minor, currency)) for method, minor in sums.items()))


def _tell_paid(method: PaymentMethod, money: Money) -> Sentence:
    match method:
        case PaymentMethod.CASH:
            return say("{money} back in cash.", money=money)
        case PaymentMethod.CARD:
            return say("{money} back to the card.", money=money)
        case PaymentMethod.FREE | PaymentMethod.ELSEWHERE:
            return say("{money} given back.", money=money)
        case _:
            assert_never(method)
