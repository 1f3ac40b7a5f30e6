"""What orders can be filtered by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class PerformanceChoice:
    """A performance to choose. starts_at, ends_at: UTC."""

    performance_id: int
    title: str
    venue: str
    starts_at: datetime
    time_zone: str
    ends_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class NameChoice:
    """A till or a person to choose."""

    key: int
    name: str


@dataclass(frozen=True, slots=True)
class FilterChoices:
    """All there is to choose: performances, the latest first; tills and people by name. today: on the house's clock."""

    today: date
    performances: tuple[PerformanceChoice, ...] = ()
    tills: tuple[NameChoice, ...] = ()
    people: tuple[NameChoice, ...] = ()
