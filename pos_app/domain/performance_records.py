"""Performances as a manager sets them up; times in UTC, amounts in minor units of the venue's currency."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import datetime

LONGEST_REASON: Final = 300
MOST_DATES: Final = 200
"""Performances made at once."""


@dataclass(frozen=True, slots=True)
class PerformanceDraft:
    """What a manager decides about a performance. None: no such time (on sale at once, until nobody comes any more)."""

    event_id: int
    plan_id: int
    starts_at: datetime
    doors_at: datetime | None = None
    on_sale_at: datetime | None = None
    off_sale_at: datetime | None = None
    hold_minutes: int = 15
    ticket_fee_minor: int = 0
    order_fee_minor: int = 0


@dataclass(frozen=True, slots=True)
class PerformanceRecord:
    """A performance with its numbers, counted from the inventory.

    sold: places with a live ticket; held: in baskets, reserved or offered; kept: house seats and blocked seats;
    prices: how many are set. cancel_reason: while it is cancelled.
    """

    performance_id: int
    event_id: int
    plan_id: int
    title: str
    venue: str
    plan: str
    time_zone: str
    currency: str
    starts_at: datetime
    doors_at: datetime | None
    on_sale_at: datetime | None
    off_sale_at: datetime | None
    hold_minutes: int
    ticket_fee_minor: int
    order_fee_minor: int
    cancelled: bool
    cancel_reason: str
    capacity: int
    sold: int
    held: int
    kept: int
    prices: int
    archived: bool

    @property
    def free(self) -> int:
        """Return the places that anybody could buy."""
        return self.capacity - self.sold - self.held - self.kept


@dataclass(frozen=True, slots=True)
class PlanChoice:
    """A seating plan on which a performance can be given. seats: places, those of areas too."""

    plan_id: int
    name: str
    venue: str
    time_zone: str
    currency: str
    seats: int


@dataclass(frozen=True, slots=True)
class Cancellation:
    """What a cancellation meets: live tickets of paid orders, what was paid for them, baskets open, people inside.

    paid_minor: prices with fees a ticket, after discounts; the fee of an order is not counted, for it may hold tickets
    of other performances too. orders: their numbers, the first hundred.
    """

    performance_id: int
    title: str
    starts_at: datetime
    time_zone: str
    currency: str
    tickets: int
    orders: tuple[str, ...]
    order_count: int
    paid_minor: int
    held: int
    inside: int
