"""A party that waits, and the offer that is made to it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import datetime

    from pos_app.domain.seats import SeatKey

MOST_OF_A_PARTY: Final = 50
SHORTEST_OFFER_MINUTES: Final = 10
LONGEST_OFFER_MINUTES: Final = 7 * 24 * 60
USUAL_OFFER_MINUTES: Final = 120


class ListState(StrEnum):
    """Whether people may join."""

    OPEN = "open"
    CLOSED = "closed"


class EntryState(StrEnum):
    """What became of a party. Only one that is waiting is ever offered anything; none comes alive again."""

    WAITING = "waiting"
    OFFERED = "offered"
    SOLD = "sold"
    LAPSED = "lapsed"
    """It was offered seats, and did not take them in time."""
    LEFT = "left"
    """It does not want to wait any more, or waited until the time that it had named."""
    CLOSED = "closed"
    """The list was closed, or the performance is not given."""


class OfferState(StrEnum):
    """What became of an offer."""

    OPEN = "open"
    SOLD = "sold"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"
    """The house took it back: the performance is not given, or the party left."""


@dataclass(frozen=True, slots=True)
class JoinRequest:
    """What a party wants. categories, zones: ids that will do, empty: any. until: UTC; None: as long as there is."""

    request_id: str
    performance_id: int
    customer_id: int
    seats: int
    categories: tuple[int, ...] = ()
    zones: tuple[int, ...] = ()
    together: bool = True
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class QueueEntry:
    """An entry as people see it. place: 1 is next; 0: it does not wait. offer: its open offer, if it has one.

    passed_over: JSON as domain/waiting/passing.py reads it; "": it was never passed over.
    """

    entry_id: int
    code: str
    performance_id: int
    customer_id: int
    customer_name: str
    phone: str
    email: str
    seats: int
    categories: tuple[int, ...]
    zones: tuple[int, ...]
    together: bool
    until: datetime | None
    state: EntryState
    revision: int
    place: int
    created_at: datetime
    passed_over: str = ""
    passed_over_at: datetime | None = None
    moved_reason: str = ""
    offer: Offer | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """Seats held for an entry until a time (UTC). till_name: where it is open for paying; "": nowhere."""

    offer_id: int
    entry_id: int
    code: str
    performance_id: int
    customer_id: int
    customer_name: str
    seats: tuple[SeatKey, ...]
    state: OfferState
    expires_at: datetime
    seconds_left: float
    till_name: str = ""


@dataclass(frozen=True, slots=True)
class Queue:
    """The waiting list of a performance. ahead: seats that those who wait want in all."""

    performance_id: int
    state: ListState | None
    offer_minutes: int
    entries: tuple[QueueEntry, ...] = ()
