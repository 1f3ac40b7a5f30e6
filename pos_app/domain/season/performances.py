"""Performances as a manager sets them up; times in UTC, amounts in minor units of the venue's currency."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from pos_app.domain.errors import PosError
from pos_app.domain.season.evenings import lasts_days
from pos_app.domain.season.waiting_met import NOBODY_WAITS, WaitingMet

if TYPE_CHECKING:
    from datetime import datetime

    from pos_app.domain.house.settings import HouseSettings
    from pos_app.domain.season.events import EventRecord

LONGEST_REASON: Final = 300
MOST_DATES: Final = 200
"""Performances made at once."""


@dataclass(frozen=True, slots=True)
class PerformanceDraft:
    """What a manager decides about a performance. None: no such time (on sale at once, until nobody comes any more).

    ends_at: when it is over; None: it has no end, and lasts as long as an evening does.
    """

    event_id: int
    plan_id: int
    starts_at: datetime
    doors_at: datetime | None = None
    on_sale_at: datetime | None = None
    off_sale_at: datetime | None = None
    hold_minutes: int = 15
    ticket_fee_minor: int = 0
    order_fee_minor: int = 0
    ends_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ListedPerformance:
    """A performance as it is set up, its places not counted. prices: how many are set.

    cancel_reason: while it is cancelled. archived: put away; it comes back as it was.
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
    prices: int
    archived: bool
    ends_at: datetime | None = field(default=None, kw_only=True)

    def has_begun(self, now: datetime) -> bool:
        """Tell whether it has begun, or is over."""
        return self.starts_at <= now

    def is_over(self, now: datetime) -> bool:
        """Tell whether it is over: at its end; where it has none, nobody is waited for from its beginning on."""
        return (self.ends_at or self.starts_at) <= now


@dataclass(frozen=True, slots=True)
class CommonChange:
    """What is to be the same on several performances; None and False: each keeps what it has. Fees in minor units.

    lasts_minutes: each ends so long after it begins. no_end: none has an end.
    sale_at_once: the sale begins at no set time. sale_to_the_end: it ends at none. off_sale_minutes: it ends so long
    before each begins. Of what contradicts itself the later holds.
    """

    on_sale_at: datetime | None = None
    sale_at_once: bool = False
    lasts_minutes: int | None = None
    no_end: bool = False
    off_sale_at: datetime | None = None
    off_sale_minutes: int | None = None
    sale_to_the_end: bool = False
    hold_minutes: int | None = None
    ticket_fee_minor: int | None = None
    order_fee_minor: int | None = None

    def applied(self, draft: PerformanceDraft) -> PerformanceDraft:
        """Return a draft with the change made."""
        kept = ("on_sale_at", "off_sale_at", "hold_minutes", "ticket_fee_minor", "order_fee_minor")
        given: dict[str, Any] = {name: value for name in kept if (value := getattr(self, name)) is not None}
        if self.sale_at_once:
            given["on_sale_at"] = None
        if self.lasts_minutes is not None:
            given["ends_at"] = draft.starts_at + timedelta(minutes=self.lasts_minutes)
        if self.no_end:
            given["ends_at"] = None
        if self.off_sale_minutes is not None:
            given["off_sale_at"] = draft.starts_at - timedelta(minutes=self.off_sale_minutes)
        if self.sale_to_the_end:
            given["off_sale_at"] = None
        return replace(draft, **given)


@dataclass(frozen=True, slots=True)
class PlaceCount:
    """The places of a performance, counted from the inventory.

    sold: with a live ticket; held: in baskets, reserved or offered; kept: house seats and blocked seats.
    """

    performance_id: int
    capacity: int
    sold: int
    held: int
    kept: int

    @property
    def free(self) -> int:
        """Return the places that anybody could buy."""
        return self.capacity - self.sold - self.held - self.kept


@dataclass(frozen=True, slots=True)
class PerformanceRecord(ListedPerformance):
    """A performance with its places counted: see PlaceCount."""

    capacity: int
    sold: int
    held: int
    kept: int

    @property
    def count(self) -> PlaceCount:
        """Return the places alone."""
        return PlaceCount(self.performance_id, self.capacity, self.sold, self.held, self.kept)


def with_count(one: ListedPerformance, count: PlaceCount) -> PerformanceRecord:
    """Return a performance with these places."""
    known = {field.name: getattr(one, field.name) for field in fields(ListedPerformance)}
    return PerformanceRecord(**known, capacity=count.capacity, sold=count.sold, held=count.held, kept=count.kept)


def printed_times(
    one: PerformanceDraft | ListedPerformance, time_zone: str
) -> tuple[datetime, datetime | None, datetime | None]:
    """Return the times that stand on tickets of a performance; two of the same: they bear the right ones.

    The end stands there where it lasts for days. Raises InvalidInput for an unknown zone.
    """
    is_long = lasts_days(one.starts_at, one.ends_at, time_zone)
    return one.starts_at, one.doors_at, one.ends_at if is_long else None


class TicketsBearOldTime(PosError):
    """A performance was to be moved, and more tickets bear its old time than the person who moves it was told."""


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
class SetupChoices:
    """What performances are set up from. now: the server's time; house: what new ones begin with."""

    now: datetime
    events: tuple[EventRecord, ...]
    plans: tuple[PlanChoice, ...]
    house: HouseSettings


@dataclass(frozen=True, slots=True)
class AffectedOrder:
    """An order with live tickets for a performance that is cancelled, and whom to tell.

    reserved: seats that are not paid yet, where they are asked for.
    paid_minor: prices with fees a ticket, after discounts; the fee of an order is counted where it holds no ticket of
    any other performance.
    """

    number: str
    name: str
    email: str
    phone: str
    tickets: int
    paid_minor: int
    currency: str
    reserved: int = 0


@dataclass(frozen=True, slots=True)
class Cancellation:
    """What a cancellation meets: live tickets and what was paid for them, places in baskets, people inside.

    waiting: who waits for it, and what is on resale.
    """

    title: str
    starts_at: datetime
    time_zone: str
    currency: str
    tickets: int
    orders: tuple[AffectedOrder, ...]
    paid_minor: int
    held: int
    inside: int
    ends_at: datetime | None = None
    waiting: WaitingMet = NOBODY_WAITS
