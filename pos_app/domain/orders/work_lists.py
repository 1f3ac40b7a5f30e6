"""The work list of a cancelled or moved performance: what becomes of each of its orders. Amounts in minor units.

A list has an item for each order with live tickets of the performance. Each is refunded, moved or kept, once: what is
done to it is asked for under a name made of the list and the order, so that a crash, a repeat and another till all find
what was done.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from pos_app.domain.errors import PosError
from pos_app.domain.orders.refunds import approval_key_of_list
from pos_app.domain.season.waiting_met import NOBODY_WAITS, WaitingMet

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from pos_app.domain.orders.work_failures import WorkFailure
    from pos_app.domain.seats import Place

LONGEST_REASON: Final = 300
"""As long as that of a cancellation."""


class WorkListClosed(PosError):
    """The list was closed meanwhile: nothing more is done by it."""


class NotCancelledNow(PosError):
    """The performance was reinstated meanwhile: its tickets are good, and are not taken back unasked."""


class WorkKind(StrEnum):
    """Why there is work."""

    CANCELLED = "cancelled"
    MOVED = "moved"
    """The performance is on another day than its tickets were sold for."""


class WorkDeed(StrEnum):
    """What is done to an order."""

    REFUND = "refund"
    """The tickets of this performance are given back, with their fees; what else the order holds stays."""
    MOVE = "move"
    """Its guests sit as they sat, in another performance, for the same money."""
    KEEP = "keep"
    """The tickets stay good as they are."""


class WorkState(StrEnum):
    """What became of an order."""

    OPEN = "open"
    REFUNDED = "refunded"
    MOVED = "moved"
    KEPT = "kept"
    BY_HAND = "by_hand"
    """No ticket of the performance is live any more, and it was not this list that did it."""
    FAILED = "failed"

    @property
    def is_final(self) -> bool:
        """Tell whether nothing more can be done to it. What is kept may yet be refunded or moved."""
        return self in {WorkState.REFUNDED, WorkState.MOVED, WorkState.BY_HAND}

    @property
    def is_left(self) -> bool:
        """Tell whether it waits to be done, or to be tried again."""
        return self in {WorkState.OPEN, WorkState.FAILED}


@dataclass(frozen=True, slots=True)
class OpenWorkList:
    """A list as a manager asks for it. reason: why a performance was moved; a cancelled one has its own."""

    request_id: str
    performance_id: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class WorkStep:
    """One order to be worked off.

    What a refund gives back is left due until it is paid out: nobody stands at a terminal or a drawer for it.
    although_good: of a performance that was reinstated, as the person was told. to_performance_id: where to move.
    """

    list_id: int
    order_id: int
    deed: WorkDeed
    although_good: bool = False
    to_performance_id: int | None = None


@dataclass(frozen=True, slots=True)
class WorkDone:
    """What came of a step."""

    order_id: int
    state: WorkState
    failure: WorkFailure | None = None


@dataclass(frozen=True, slots=True)
class MovedTo:
    """The performance to which an order was moved. Times in UTC."""

    title: str
    starts_at: datetime
    ends_at: datetime | None
    time_zone: str


@dataclass(frozen=True, slots=True)
class WorkOrder:
    """An order of a list: its places in the performance and what was paid for them, as much as a refund gives back.

    With their fees; the fee of the order among them when they are all that it holds.
    Once they are given back or moved, these are what they were.
    """

    order_id: int
    number: str
    customer_name: str
    places: tuple[Place, ...]
    paid_minor: int
    currency: str
    state: WorkState
    failure: WorkFailure | None = None
    moved_to: MovedTo | None = None

    def after(self, done: WorkDone) -> WorkOrder:
        """Return the item as a step has left it."""
        return replace(self, state=done.state, failure=done.failure)


@dataclass(frozen=True, slots=True)
class WorkListPage:
    """A list with its orders, by number. Times in UTC. to_performance_id: to where orders were moved last, if any.

    kind: why it was opened. cancelled: the performance is, now. waiting: who waits for it still, and what is on resale;
    ended: what the house has ended of that since the list was opened.
    """

    list_id: int
    performance_id: int
    title: str
    starts_at: datetime
    ends_at: datetime | None
    time_zone: str
    kind: WorkKind
    cancelled: bool
    to_performance_id: int | None
    opened_by: str
    created_at: datetime
    closed: bool
    orders: tuple[WorkOrder, ...]
    waiting: WaitingMet = NOBODY_WAITS
    ended: WaitingMet = NOBODY_WAITS

    @property
    def is_reinstated(self) -> bool:
        """Tell whether its performance was cancelled, and is not any more."""
        return self.kind is WorkKind.CANCELLED and not self.cancelled


@dataclass(frozen=True, slots=True)
class WorkOutlook:
    """What there is to work off at a performance. page: its open list. orders, tickets: with live ones, live ones.

    waiting: who waits for it, and what is on resale.
    """

    performance_id: int
    cancelled: bool
    orders: int
    tickets: int
    page: WorkListPage | None = None
    waiting: WaitingMet = NOBODY_WAITS


@dataclass(frozen=True, slots=True)
class WorkListRow:
    """A list among others: an open one, or a performance whose orders wait for one (list_id None)."""

    list_id: int | None
    performance_id: int
    title: str
    starts_at: datetime
    ends_at: datetime | None
    time_zone: str
    kind: WorkKind
    cancelled: bool
    orders: int
    left: int


@dataclass(frozen=True, slots=True)
class MoveTarget:
    """A performance to which orders can be moved. free: places that anybody could buy.

    same_event: it is another evening of what they were sold for.
    """

    performance_id: int
    title: str
    starts_at: datetime
    ends_at: datetime | None
    time_zone: str
    venue: str
    free: int
    same_event: bool


@dataclass(frozen=True, slots=True)
class WorkCount:
    """How far a list is."""

    orders: int
    left: int
    failed: int
    by_state: tuple[tuple[WorkState, int], ...]

    @property
    def done(self) -> int:
        """Return how many are done."""
        return self.orders - self.left


def count_work(items: Iterable[WorkOrder]) -> WorkCount:
    """Count the orders of a list by what became of them."""
    found = Counter(item.state for item in items)
    left = sum(number for state, number in found.items() if state.is_left)
    told = tuple((state, found[state]) for state in WorkState if found[state])
    return WorkCount(found.total(), left, found[WorkState.FAILED], told)


def step_request_id(list_id: int, order_id: int) -> str:
    """Return the request id under which an order of a list is changed: the same for each try, at each till."""
    return f"{approval_key_of_list(list_id)}:{order_id}"


def unpaid_request_id(request_id: str) -> str:
    """Return the name under which the reserved seats of an order are given back, beside those that are refunded."""
    return f"{request_id}:unpaid"
