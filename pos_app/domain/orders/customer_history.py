"""What a customer bought and reserved, and what became of the money. Minor units, times in UTC."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import datetime

    from pos_app.domain.orders.changes import RefundState
    from pos_app.domain.orders.finding import OrderRow
    from pos_app.domain.selling.sales import PaymentMethod

MOST_SHOWN: Final = 200
"""Of the orders of one customer so many are listed, the newest; all of them are counted."""


@dataclass(frozen=True, slots=True)
class CustomerMoney:
    """Money of a customer that came in, or goes back. number: of its order.

    state: of a refund; None: it is a payment. at: when it was paid, or when the refund was decided.
    """

    order_id: int
    number: str
    method: PaymentMethod
    amount_minor: int
    currency: str
    at: datetime
    state: RefundState | None = None


@dataclass(frozen=True, slots=True)
class CustomerTotals:
    """All orders of a customer in one currency.

    tickets: those that count. kept_minor: what they brought. paid_minor: all that came in; refunded_minor: what was
    paid back; due_minor: what still is to be paid back; reserved_minor: what waits to be picked up and paid.
    """

    currency: str
    orders: int
    tickets: int
    paid_minor: int
    refunded_minor: int
    due_minor: int
    kept_minor: int
    reserved_minor: int


@dataclass(frozen=True, slots=True)
class CustomerHistory:
    """The orders of a customer, the newest first, with their money. more: there are older ones than are listed."""

    customer_id: int
    orders: tuple[OrderRow, ...]
    money: tuple[CustomerMoney, ...]
    totals: tuple[CustomerTotals, ...]
    more: bool = False
