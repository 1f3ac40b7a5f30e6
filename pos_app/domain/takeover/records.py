"""A season that is on sale elsewhere, on its way into this house: what would be taken over, and what cannot be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from pos_app.domain.takeover.file import LineProblem


@dataclass(frozen=True, slots=True)
class OpenPerformance:
    """A performance of this house that sales can be taken over for."""

    performance_id: int
    title: str
    venue: str
    starts_at: datetime
    time_zone: str
    ends_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class MatchedPerformance:
    """A performance of the file. here: the one of this house (None: a manager must choose). lines: of it.

    by_date_only: it was found by its date, and the name in the file says another title.
    """

    name: str
    here: OpenPerformance | None
    lines: int
    by_date_only: bool = False


@dataclass(frozen=True, slots=True)
class TakeoverPreview:
    """What taking over would do. problems: what must be mended first, all of it; nothing is taken over before.

    choices: what the performances of the file can be. sold, reserved: seats, in so many orders and reservations.
    customers: how many would be made; known_customers: how many are here already. paid_minor: by currency, what was
    paid elsewhere; owed_minor: what the reservations cost.
    """

    performances: tuple[MatchedPerformance, ...]
    choices: tuple[OpenPerformance, ...]
    sold: int
    reserved: int
    orders: int
    paid_minor: tuple[tuple[str, int], ...]
    problems: tuple[LineProblem, ...]
    warnings: tuple[LineProblem, ...]
    reservations: int = 0
    customers: int = 0
    known_customers: int = 0
    owed_minor: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class TakenOver:
    """What was taken over: seats sold and reserved, the orders and reservations that they are in, customers made.

    reservations is None where the seats were kept back for their people, as an older Foyer did.
    """

    sold: int
    reserved: int
    orders: int
    reservations: int | None = None
    customers: int = 0
