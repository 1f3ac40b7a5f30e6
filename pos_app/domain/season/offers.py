"""Performances as a cashier chooses and sells them; times in UTC, amounts in minor units."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from pos_app.domain.season.evenings import comes_and_goes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime


def price_stamp(ticket_fee_minor: int, order_fee_minor: int, prices: Iterable[str]) -> str:
    """Return fees and prices as one text; prices: "category type amount" of each, in any order, of types on offer."""
    return "|".join((f"{ticket_fee_minor} {order_fee_minor}", *sorted(prices)))


@dataclass(frozen=True, slots=True)
class PerformanceSummary:
    """A performance in the list. capacity and free are counted from the inventory: what the list shows, no more.

    counted: whether they are known; where they are not, both are 0 and say nothing.
    on_sale: within its sale window and not cancelled. priced: any price of it is set.
    until_start: seconds by the server's clock, negative: begun. ends_at: None where it has no end.
    """

    performance_id: int
    title: str
    venue: str
    time_zone: str
    starts_at: datetime
    doors_at: datetime | None
    cancelled: bool
    on_sale: bool
    until_start: float
    capacity: int
    free: int
    priced: bool = True
    ends_at: datetime | None = None
    counted: bool = True
    left: SeatsLeft | None = None
    """How its seats stand, and who waits for them; None while they are not counted."""

    @property
    def waiting(self) -> SeatsLeft | None:
        """How many wait for it; None where no list is open and nobody waits, or nobody has counted."""
        left = self.left
        return left if left is not None and (left.list_open or left.parties) else None

    @property
    def now(self) -> datetime:
        """The server's time when it was read, UTC."""
        return self.starts_at - timedelta(seconds=self.until_start)

    @property
    def is_late(self) -> bool:
        """Whether who comes now has missed its beginning: it has begun, and is nothing that people come and go to."""
        return self.until_start <= 0 and not comes_and_goes(self.starts_at, self.ends_at)

    def with_left(self, left: SeatsLeft) -> PerformanceSummary:
        """Return it as it is counted now."""
        return replace(self, capacity=left.capacity, free=left.free, counted=True, left=left)


@dataclass(frozen=True, slots=True)
class SeatsLeft:
    """How the places of a performance stand now, each counted once, and who waits for them.

    free: anybody can take them. first_call: nobody has them, and the waiting list is served first. held: in baskets.
    offered: kept for a party that waited. parties, wanted: those who wait, and how many seats they want in all.
    list_open: people may join the waiting list.
    """

    capacity: int
    free: int
    sold: int = 0
    held: int = 0
    reserved: int = 0
    offered: int = 0
    house: int = 0
    blocked: int = 0
    first_call: int = 0
    parties: int = 0
    wanted: int = 0
    list_open: bool = False


@dataclass(frozen=True, slots=True)
class CategoryOffer:
    """A price category of the performance's plan, in the house's order."""

    category_id: int
    name: str
    color: str


@dataclass(frozen=True, slots=True)
class TypeOffer:
    """A ticket type. seat_kind: only for such seats, when not empty. letter: its key for quick changes.

    complimentary: what costs nothing of it is given away, for which a reason is asked.
    """

    ticket_type_id: int
    name: str
    letter: str
    seat_kind: str
    complimentary: bool = False


@dataclass(frozen=True, slots=True)
class PerformanceOffer:
    """All that is needed to sell one performance. prices: by (category, ticket type); no key: not offered.

    starts_at, ends_at: UTC.
    """

    performance_id: int
    plan_id: int
    title: str
    time_zone: str
    currency: str
    hold_seconds: int
    ticket_fee_minor: int
    order_fee_minor: int
    categories: tuple[CategoryOffer, ...]
    ticket_types: tuple[TypeOffer, ...]
    prices: Mapping[tuple[int, int], int]
    event_id: int = 0
    plan_revision: int = 1
    """Which state of its plan it stands on; it rises with each change of the plan."""
    starts_at: datetime = field(kw_only=True)
    ends_at: datetime | None = None

    @property
    def price_stamp(self) -> str:
        """What it costs, as one text: another text, other prices. The poll of the map tells it of what is stored."""
        offered = {kind.ticket_type_id for kind in self.ticket_types}
        return price_stamp(
            self.ticket_fee_minor,
            self.order_fee_minor,
            (f"{category} {kind} {amount}" for (category, kind), amount in self.prices.items() if kind in offered),
        )

    def types_for(self, category_id: int, seat_kind: str) -> tuple[TypeOffer, ...]:
        """Return the ticket types offered for a seat of a category and kind, the usual one first."""
        return tuple(
            kind
            for kind in self.ticket_types
            if (category_id, kind.ticket_type_id) in self.prices and kind.seat_kind in {"", seat_kind}
        )

    def full_price(self, category_id: int) -> int | None:
        """Return the price of the first ticket type in a category: the one that the map shows."""
        for kind in self.types_for(category_id, "seat"):
            return self.prices[category_id, kind.ticket_type_id]
        return None
